"""The whole demonstration, played once: what everybody can read of it afterwards, and who cannot."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from chassis import clock
from deploy.bundled import bundled
from deploy.demo.whole import tell_all
from deploy.demo.world import World
from deploy.services import SERVICES
from tests.journeys.worlds import door_of, world_at
from tests.kit import Hall

READERS = {"stjernelund": "olga", "tranevig": "malene", "kornblomsten": "kurt"}


@dataclass
class Played:
    """What is left when all is told: the house, and the worlds of its associations."""

    hall: Hall
    worlds: dict[str, World]

    def read(self, path: str, slug: str = "stjernelund") -> Any:
        """What an ordinary resident reads."""
        return self.worlds[slug].visitor(READERS[slug]).get(path)

    def ideas(self, slug: str = "stjernelund") -> list[Any]:
        """All ideas of an association; the list leaves out what goes on as part of another unless it is asked for."""
        return [idea for asked in ("", "&state=merged") for idea in self.read(f"/ideas?limit=100{asked}", slug)["items"]]

    def idea(self, title: str) -> Any:
        """An idea of Stjernelund, by its title."""
        return self.read("/ideas/" + next(idea["id"] for idea in self.ideas() if idea["title"] == title))

    def group(self, title: str) -> Any:
        """A group of Stjernelund, by its title."""
        items = self.read("/groups?limit=100")["items"]
        return self.read("/groups/" + next(item["id"] for item in items if item["title"] == title))

    def decision(self, title: str) -> Any:
        """The decision that an idea of Stjernelund led to."""
        return self.read(f"/decisions/{self.idea(title)['decision_id']}")


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    with tempfile.TemporaryDirectory(prefix="samskab-whole-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        with bundled(Path(place) / "postgres", durable=False) as url:
            hall = Hall(url, SERVICES)
            door, worlds = door_of(hall, url), {}

            def world_of(slug: str) -> World:
                return worlds.setdefault(slug, world_at(door, hall, slug))

            try:
                tell_all(world_of)
                yield Played(hall, worlds)
            finally:
                clock.set_to(None)
                hall.stop()


def test_no_letter_is_left_that_could_not_be_applied(played: Played) -> None:
    for running in played.hall.running.values():
        with running.post_engine.connect() as connection:
            left = connection.exec_driver_sql("select kind, state, reason from inbox where state <> 'done'").all()
        assert left == [], running.service.name


def test_twenty_ideas_have_each_come_as_far_as_they_have(played: Played) -> None:
    ideas = played.ideas()
    assert Counter(idea["state"] for idea in ideas) == {"taken_up": 7, "published": 9, "parked": 2, "declined": 1, "merged": 1}
    assert all(idea["reason"] for idea in ideas if idea["state"] in {"parked", "declined", "merged"})
    assert {idea["origin"] for idea in ideas} == {"resident", "department_board", "organisation_board", "administration"}


def test_the_most_pressing_idea_comes_from_every_department(played: Played) -> None:
    first = played.read("/ideas?sort=breadth&state=published")["items"][0]
    assert (first["title"], first["endorsers"], first["in_departments"]) == ("Trygge stier og kældre", 9, 6)


def test_an_idea_merged_into_another_brings_its_endorsers_along(played: Played) -> None:
    merged, into = played.idea("Klar besked fra driften"), played.idea("Bedre kommunikation under renoveringer")
    assert merged["merged_into"] == into["id"]
    assert into["endorsers"] == 8 + 3


def test_an_idea_on_paper_is_that_of_whoever_said_it(played: Played) -> None:
    secretary = played.worlds["stjernelund"].visitor("camilla")
    idea = played.idea("Hjælp til dem, der ikke er digitale")
    assert idea["author_id"] != secretary.get("/me")["id"]


@pytest.mark.invariant(32)
def test_somebody_on_paper_got_a_letter_and_another_is_still_to_be_sent(played: Played) -> None:
    office = played.worlds["stjernelund"].visitor("camilla")
    (sent,), (waiting,) = office.get("/notices?state=done")["items"], office.get("/notices")["items"]
    assert (sent["kind"], sent["sent"], waiting["kind"], waiting["to_send"]) == ("idea.published", 1, "group.opened", 1)
    assert waiting["links"]["group_id"] == played.group("Grønne gårdrum med plads til mere liv")["id"]
    letters = [office.get(f"/notices/{notice['id']}/letters")["items"][0] for notice in (sent, waiting)]
    assert letters[0]["person_id"] == letters[1]["person_id"] and letters[0]["sent_by"] == office.get("/me")["id"]


def test_young_people_sign_up_for_seats_that_go_by_lot(played: Played) -> None:
    group = played.group("Unge ind i beboerdemokratiet")
    assert (group["state"], group["selection"]) == ("recruiting", "stratified_lot")
    assert [(target["category"], target["places"]) for target in group["targets"]] == [("resident", 4)]
    assert group["draw"]["state"] == "announced"
    applied = played.worlds["stjernelund"].visitor("camilla").get(f"/groups/{group['id']}/sign_ups")["items"]
    assert len([each for each in applied if each["category"] == "resident"]) == 7


def test_lindehavens_own_board_has_set_up_a_group(played: Played) -> None:
    group = played.group("Grønne gårdrum med plads til mere liv")
    bodies = {body["id"]: body for body in played.read("/bodies")["items"]}
    assert (group["state"], bodies[group["body_id"]]["kind"]) == ("recruiting", "department_board")
    applied = played.worlds["stjernelund"].visitor("torben").get(f"/groups/{group['id']}/sign_ups")["items"]
    assert len(applied) == 6


def test_renovations_are_adopted_with_changes(played: Played) -> None:
    decision = played.decision("Bedre kommunikation under renoveringer")
    assert decision["outcome"] == "adopted_with_changes"
    assert [point["outcome"] for point in decision["points"]] == [
        "adopted",
        "adopted_with_changes",
        "adopted",
        "adopted",
        "adopted",
        "rejected",
    ]
    assert decision["points"][1]["change"] == "Telefontiden bliver tre dage om ugen."
    assert len(played.read(f"/proposals/{decision['proposal_id']}")["dissents"]) == 2
    tasks = played.read(f"/decisions/{decision['id']}/tasks")["items"]
    assert Counter(task["state"] for task in tasks) == {"in_progress": 2, "planned": 2, "done": 1}


def test_charging_points_are_rejected_and_a_task_follows_all_the_same(played: Played) -> None:
    decision = played.decision("Ladestandere på rimelige vilkår")
    assert decision["outcome"] == "rejected"
    ballot = decision["ballot"]
    assert (ballot["votes_for"], ballot["votes_against"], ballot["abstained"]) == (2, 5, 1)
    assert len(decision["recused"]) == 1
    tasks = played.read(f"/decisions/{decision['id']}/tasks")["items"]
    assert [task["title"] for task in tasks] == ["Lav en vejledning på to sider ud fra gruppens materiale"]


def test_department_meetings_are_at_work_and_late(played: Played) -> None:
    group = played.group("Afdelingsmøder, flere har lyst til at komme til")
    work = played.read(f"/work/{group['id']}")
    assert group["state"] == "active"
    assert [meeting["state"] for meeting in work["meetings"]] == ["held", "held", "convened"]
    assert [meeting["minutes"]["state"] for meeting in work["meetings"][:2]] == ["published", "published"]
    assert work["contributions"] == {"themed": 7}
    assert group["decision_by"] < str(played.worlds["stjernelund"].now)[:10]


def test_three_associations_see_nothing_of_each_other(played: Played) -> None:
    ideas = {slug: [idea["id"] for idea in played.ideas(slug)] for slug in READERS}
    homes = {slug: {each["id"] for each in played.read("/departments", slug)["items"]} for slug in READERS}
    assert {slug: (len(ideas[slug]), len(homes[slug])) for slug in READERS} == {
        "stjernelund": (20, 6),
        "tranevig": (2, 2),
        "kornblomsten": (2, 2),
    }
    for here, other in permutations(READERS, 2):
        assert homes[here].isdisjoint(homes[other])
        reader = played.worlds[here].visitor(READERS[here])
        assert {reader.ask("GET", f"/ideas/{idea}").status_code for idea in ideas[other]} == {404}
