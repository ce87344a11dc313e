"""Where it happens: a house of its own on a PostgreSQL of its own, an association half way through its year, and people who ask."""

import itertools
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig

from chassis import clock
from contracts.outside import THINGS
from contracts.partners import Scope
from deploy.bundled import bundled
from deploy.demo.story import SLUG, Story
from deploy.demo.strands import Stage, tell
from deploy.demo.whole import tell_all
from deploy.demo.world import World
from deploy.services import SERVICES
from gateway import document
from gateway.map import PREFIX
from gateway.visit import COOKIE
from services.partners.web.feed import waiting
from tests.journeys.worlds import door_of, world_at
from tests.kit import Hall

PEOPLE = ("anna", "bo", "birgit", "camilla", "rasmus", "lone", "susanne", "olga")
"""Members, the board's chair, a secretary, a facilitator, a sponsor, a department board's chair, and somebody who only reads."""

MADE_BY_OTHERS = {"ActFor", "Language", "Meant"}
"""What every request may carry is not made up, but sent as those who ask would send it."""

CONFIG = {"checks": {"negative_data_rejection": {"expected-statuses": ["4xx"]}}}
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOST_KNOWN = 12


class HalfWay(Story):
    """The story until the group has submitted its proposal: then there is something to do for everybody."""

    def stages(self) -> Iterable[Stage]:
        """All but the last two."""
        return list(super().stages())[:-2]


class Known:
    """The ids of what is there, by the name of the thing."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = defaultdict(list)

    def of(self, name: str) -> list[str]:
        """Some of the things of that name."""
        return self.ids.get(singular(name), [])

    def of_path(self, path: str, parameter: str) -> list[str]:
        """Some of what a path is about."""
        things = path.removeprefix(f"{PREFIX}/").partition("/")[0]
        return self.of(parameter.removesuffix("_id") if parameter.endswith("_id") else things)

    def remember(self, name: str, value: Any) -> None:
        """All ids that stand in an answer."""
        if isinstance(value, dict):
            for key, inner in value.items():
                whose = key.removesuffix("_id")
                self.remember(name if key in {"id", "items"} else whose, inner)
        elif isinstance(value, list):
            for inner in value:
                self.remember(name, inner)
        elif isinstance(value, str) and AN_ID.fullmatch(value):
            there = self.ids[singular(name)]
            if value not in there and len(there) < MOST_KNOWN:
                there.append(value)


class Ground:
    """The front door, who asks there, the ids of what is behind it, and the document as Schemathesis reads it."""

    def __init__(self, hall: Hall, door: Any, world: World) -> None:
        self.hall, self.door, self.world = hall, door, world
        self.people = {name: _signed_in(world, name) for name in PEOPLE}
        ellen = self._get("camilla", "/persons?search=ellen")["items"][0]["id"]
        self.people |= {"camilla for ellen": self.people["camilla"] | {"X-Act-For": ellen}, "nobody": {"X-Samskab": "1"}}
        self.said = _asked(world.slug)
        self.schema = schemathesis.openapi.from_dict(self.said, config=SchemathesisConfig.from_dict(CONFIG))
        self.schema.app = door
        self.known = Known()
        self.look_around()
        self.look_around()

    def operations(self) -> list[Any]:
        """Every operation of the API."""
        return [found.ok() for found in self.schema.get_all_operations()]

    def look_around(self) -> None:
        """See all that a secretary and a facilitator can see, and remember the ids of it. A partner's program has a new key."""
        self.people["a partner"] = self._let_in()
        for path, method, _ in document.operations(self.said["paths"]):
            names = re.findall(r"{([^}]*)}", path)
            if method == "get" and len(names) < 2:
                ids = self.known.of_path(path, names[0])[:2] if names else [""]
                things = [word for word in path.split("/") if word and "{" not in word][-1]
                for id, who in itertools.product(ids, ("camilla", "rasmus")):
                    self.known.remember(things, self._get(who, re.sub(r"{.*?}", id, path.removeprefix(PREFIX))))

    def _let_in(self) -> dict[str, str]:
        """What a program sends along that was granted whatever can be granted; the key before may have been revoked by now."""
        granted = {"kinds": [f"{thing}.*" for thing in THINGS], "scopes": list(Scope)}
        grant = self._post("camilla", "/grants", name="Hjemmesiden", **granted)
        key = self._post("camilla", f"/grants/{grant['id']}/credentials", name="Drift")
        return {"Authorization": f"Bearer {key['secret']}"}

    def _post(self, who: str, path: str, **body: Any) -> Any:
        client = self.door.test_client(use_cookies=False)
        answer = client.post(f"/{self.world.slug}{PREFIX}{path}", json=body, headers=self.people[who])
        assert answer.status_code == 201, answer.text
        return answer.json

    def _get(self, who: str, path: str) -> Any:
        answer = self.door.test_client(use_cookies=False).get(f"/{self.world.slug}{PREFIX}{path}", headers=self.people[who])
        return answer.json if answer.status_code == 200 and answer.is_json else None


def singular(name: str) -> str:
    """What one of them is called."""
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def half_way(world_of: Callable[[str], World]) -> None:
    """One association, with its group's proposal before the board."""
    tell([HalfWay(world_of(SLUG))])


def all_that_there_is(world_of: Callable[[str], World]) -> None:
    """Three associations, and most of a year."""
    tell_all(world_of)


@contextmanager
def ground(told: Callable[[Callable[[str], World]], None]) -> Iterator[Ground]:
    """A house in which this is told; its clock stands where the telling ended."""
    with tempfile.TemporaryDirectory(prefix="samskab-fuzz-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        with bundled(Path(place) / "postgres", durable=False) as url:
            hall, worlds = Hall(url, SERVICES), {}
            waiting.most = 0  # whoever would wait for news is answered at once
            door = door_of(hall, url)
            try:
                told(lambda slug: worlds.setdefault(slug, world_at(door, hall, slug)))
                for world in worlds.values():
                    world.people.clear()
                yield Ground(hall, door, worlds[SLUG])
            finally:
                clock.set_to(None)
                hall.stop()


def _signed_in(world: World, name: str) -> dict[str, str]:
    """What somebody's browser sends along."""
    session = next(cookie.value for cookie in world.visitor(name).client.cookies.jar if cookie.name == COOKIE)
    return {"X-Samskab": "1", "Cookie": f"{COOKIE}={session}"}


def _asked(slug: str) -> dict[str, Any]:
    """The document as it is served, at one association's door."""
    said: dict[str, Any] = json.loads(document.kept())
    said["servers"] = [{"url": f"/{slug}"}]
    del said["security"], said["components"]["securitySchemes"]  # who asks is not made up either
    for _, _, operation in document.operations(said["paths"]):
        operation.pop("security", None)
        operation["parameters"] = [
            each for each in operation["parameters"] if each.get("$ref", "").rpartition("/")[2] not in MADE_BY_OTHERS
        ]
    return said
