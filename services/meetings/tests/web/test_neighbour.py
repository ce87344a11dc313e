"""A neighbour who has every duty and knows every id of a group's work is answered as if none of it were there."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from services.meetings.app import SERVICE
from services.meetings.tests.works import Works
from tests.separation.test_routes import neighbour, nothing_there, routes


def things(works: Works) -> list[UUID]:
    """One of everything that a group at work has."""
    group = f"/groups/{works.group_id}"
    made = works.drafted()
    found = [
        works.group_id,
        works.see()["meetings"][0]["id"],
        made["id"],
        made["recommendations"][0]["id"],
        works.bring(works.anna)["id"],
        works.post(works.anna, f"{group}/themes", name="Nøgler")["id"],
        works.post(works.anna, f"{group}/shared_understanding", text="Booking er besværlig.")["id"],
        works.post(works.facilitator, f"{group}/leadership_acts", act="frame")["id"],
        works.post(works.facilitator, f"{group}/anonymous_rounds", question="Hvad holder dig væk?")["id"],
        works.anna.person_id,
    ]
    return [UUID(str(id)) for id in found]


def rows(works: Works, admin_url: str) -> list[Any]:
    """Every row of the association, as it stands."""
    engine = create_engine(make_url(admin_url).set(database="meetings"))
    with engine.connect() as connection:
        found = [
            (name, row)
            for name, table in sorted(SERVICE.tables.tables.items())
            if "association_id" in table.columns
            for row in connection.execute(
                text(f"select t::text from {name} t where association_id = :here order by 1"), {"here": works.here}
            )
        ]
    engine.dispose()
    return found


@pytest.mark.invariant(1)
def test_a_neighbour_finds_nothing_of_a_groups_work_and_changes_nothing(works: Works, admin_url: str) -> None:
    ids = things(works)
    before, asker = rows(works, admin_url), works.ask(neighbour(ids))
    asked = set()
    for method, rule, body in routes(works, SERVICE):
        for id in ids:
            path = rule.replace("<ID>", str(id))
            answer = asker.client.open(path, method=method, json=body, headers=asker.headers)
            assert answer.status_code == 404 or nothing_there(answer), (
                f"{method} {path}: {answer.status_code} {answer.text[:300]}"
            )
            asked.add(rule)

    words = ("recommendations", "shared_understanding", "leadership_acts", "anonymous_rounds", "figures", "heard", "editions")
    assert all(any(word in rule for rule in asked) for word in words)
    assert rows(works, admin_url) == before


@pytest.mark.parametrize("word", ["recommendations", "contributions", "themes", "anonymous_rounds", "proposals"])
def test_what_is_not_there_is_not_found(works: Works, word: str) -> None:
    assert works.ask(works.anna).get(f"/{word}/{uuid4()}").status_code == 404
