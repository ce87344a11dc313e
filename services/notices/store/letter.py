"""How letters are put away, and how many of a notice are left is counted beside them."""

from uuid import UUID

from sqlalchemy import bindparam, select, text

from chassis.work import Work
from contracts.event import Event, plain
from services.notices.rules.letter import Letter, State
from services.notices.rules.notice import Notice
from services.notices.store.tables import LETTERS, letters, notices

KEEP = text("""
    insert into notices (association_id, notice_id, kind, about, links, persons, circles, told_on, send_by, answer_by,
                         letters, to_send, sent)
    values (:association, :id, :kind, :about, :links, :persons, :circles, :told_on, :send_by, :answer_by, 0, 0, 0)
    on conflict do nothing
""").bindparams(*(bindparam(name, type_=notices.c[name].type) for name in ("links", "persons", "circles")))
COUNT = text("""
    update notices set letters = letters + :letters, to_send = to_send + :to_send, sent = sent + :sent
    where association_id = :association and notice_id = :notice
""")
OPEN = select(letters.c.id).where(letters.c.association_id == bindparam("association"), text("state = 'to_send'"))
ABOUT = OPEN.where(letters.c.about == bindparam("about")).order_by(letters.c.id).limit(bindparam("most"))
OF_PERSON = OPEN.where(letters.c.person_id == bindparam("person")).order_by(letters.c.id).limit(bindparam("most"))
FROM_GROUP = OF_PERSON.where(letters.c.within == bindparam("group"))
NOTICE = select(notices).where(notices.c.association_id == bindparam("association"), notices.c.notice_id == bindparam("id"))
MOST = 1000
"""More letters about one thing, or to one person, never lie unsent."""


def keep_notice(work: Work, notice: Notice) -> None:
    """Remember what was told; a second time changes nothing."""
    links, persons, circles = (plain.unstructure(each) for each in (notice.links, notice.persons, notice.circles))
    key = {"association": work.who.association_id, "id": notice.id, "kind": notice.kind, "about": notice.about}
    days = {"told_on": notice.told_on, "send_by": notice.send_by, "answer_by": notice.answer_by}
    work.execute(KEEP, {**key, **days, "links": links, "persons": persons, "circles": circles})


def see_notice(work: Work, id: UUID) -> Notice:
    """What was told, as it was told."""
    row = work.execute(NOTICE, {"association": work.who.association_id, "id": id}).one()
    facts = {name: getattr(row, name) for name in ("kind", "about", "links", "persons", "circles", "told_on", "send_by")}
    return plain.structure(facts | {"id": row.notice_id, "answer_by": row.answer_by}, Notice)


def put_letter(work: Work, before: Letter | None, letter: Letter, told: Event) -> Letter:
    """Put a letter away, and count it where it is now and no longer where it was."""
    kept = LETTERS.put(work, letter, told)
    counted = {
        "letters": 0 if before else 1,
        "to_send": (kept.state is State.TO_SEND) - (before is not None and before.state is State.TO_SEND),
        "sent": int(kept.state is State.SENT),
    }
    work.execute(COUNT, counted | {"association": work.who.association_id, "notice": kept.notice_id})
    return kept


def unsent_about(work: Work, about: UUID) -> list[UUID]:
    """The letters about a thing that are still to be sent."""
    return list(work.execute(ABOUT, {"association": work.who.association_id, "about": about, "most": MOST}).scalars())


def unsent_to(work: Work, person_id: UUID, group_id: UUID | None = None) -> list[UUID]:
    """The letters to a person that are still to be sent: all, or those from one group."""
    values = {"association": work.who.association_id, "person": person_id, "most": MOST}
    found = work.execute(FROM_GROUP, values | {"group": group_id}) if group_id else work.execute(OF_PERSON, values)
    return list(found.scalars())
