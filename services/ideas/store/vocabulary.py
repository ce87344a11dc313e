"""The words that ideas are found by: PostgreSQL's Danish stems, without the small words that say nothing."""

from sqlalchemy import text

from chassis.work import Work
from services.ideas.rules.idea import Idea

LEARN = text("""
    insert into words (association_id, word, idea_id, in_title)
    select :association, stem, :idea, stem = any(tsvector_to_array(to_tsvector('danish', :title)))
    from unnest(tsvector_to_array(to_tsvector('danish', :whole))) as stem
    on conflict do nothing
""")
STEMS = text("select tsvector_to_array(to_tsvector('danish', :text))")


def learn_words(work: Work, idea: Idea) -> None:
    """Remember the words of an idea; once published, it says the same for good."""
    whole = f"{idea.title}\n{idea.text}"
    here = {"association": work.who.association_id, "idea": idea.id}
    work.execute(LEARN, here | {"title": idea.title, "whole": whole})


def stems(work: Work, written: str) -> list[str]:
    """The stems of what somebody wrote; none when it says nothing that could be found."""
    return list(work.execute(STEMS, {"text": written}).scalar_one())
