"""What is sent: made up by Schemathesis from the document, right or wrong in form, and mostly about things that are there."""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.control import SkipTest
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks

from gateway.visit import COOKIE
from tests.fuzz.ground import AN_ID, Ground

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
"""No fault of ours, nothing that the document does not speak of, and what has a wrong form is refused."""

AT_ONCE = 3
"""At least so many are made up at a time."""


class Found(AssertionError):
    """An answer that is not as it should be, and the request that it was given to."""


@dataclass
class Sends:
    """Sends things to the API and stops at the first answer that is not as it should be. The seed says all that is sent."""

    ground: Ground
    seed: int
    sent: int = 0
    answered: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.waiting: dict[tuple[str, GenerationMode], list[Any]] = defaultdict(list)
        self.operations = {op.definition.raw["operationId"]: op for op in self.ground.operations()}

    def one_by_one(self, name: str, inputs: int) -> None:
        """So many requests of one operation, half of them wrong in form. Raises `Found`."""
        for mode in GenerationMode:
            for case in self._made_up(name, mode, -(-inputs // 2)):
                self._about_what_is_there(case)
                self.send(case, self._somebody())

    def in_a_row(self, steps: int) -> None:
        """Requests about what the ones before made or found, as the document's links say. Raises `Found`.

        Where an answer leads nowhere it begins anew, somewhere where there is a way on.
        """
        name, given = self._beginning()
        for _ in range(steps):
            if not (cases := self._made_up(name, GenerationMode.POSITIVE, 1)):
                return
            self._about_what_is_there(cases[0])
            cases[0].path_parameters.update(given)
            ways = self._ways_on(name, self.send(cases[0], self._somebody()))
            name, given = self.random.choice(ways) if ways else self._beginning()

    def send(self, case: Any, who: str) -> Any:
        """Send it as somebody, and look at what is answered."""
        headers = dict(self.ground.people[who])
        session = headers.pop("Cookie", "").partition("=")[2]
        answer = case.call(headers=headers, cookies={COOKIE: session} if session else None)
        self.sent += 1
        self.answered[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as wrong:
            said = "\n".join(map(str, wrong.exceptions if isinstance(wrong, FailureGroup) else [wrong]))
            where = f"seed {self.seed}, request {self.sent}, as {who}"
            raise Found(f"{where}\n{said}\n{answer.status_code} {answer.text[:1000]}\n{case.as_curl_command()}") from None
        return answer

    def _beginning(self) -> tuple[str, dict[str, str]]:
        lead_on = [
            name
            for name, op in sorted(self.operations.items())
            if any("links" in answer for answer in op.definition.raw["responses"].values())
        ]
        return self.random.choice(lead_on), {}

    def _somebody(self) -> str:
        return self.random.choice(sorted(self.ground.people))

    def _made_up(self, name: str, mode: GenerationMode, number: int) -> list[Any]:
        """Some more requests of this operation; none where nothing can be made up, such as a wrong one where nothing is asked."""
        waiting = self.waiting[name, mode]
        if len(waiting) < number:
            waiting += _cases(self.operations[name], mode, max(number, AT_ONCE), self.random.getrandbits(32))
        taken, self.waiting[name, mode] = waiting[:number], waiting[number:]
        return taken

    def _ways_on(self, name: str, answer: Any) -> list[tuple[str, dict[str, str]]]:
        """The operations that the answer leads to, each with the id that it gives."""
        said = self.operations[name].definition.raw["responses"].get(str(answer.status_code), {})
        found = []
        for link in said.get("links", {}).values():
            for parameter, where in link["parameters"].items():
                value = answer.json()
                for step in where.removeprefix("$response.body#/").split("/"):
                    value = (value[int(step)] if value else None) if isinstance(value, list) else (value or {}).get(step)
                found += [(link["operationId"], {parameter: value})] if value else []
        return found

    def _about_what_is_there(self, case: Any) -> None:
        """Most ids that are made up are of nothing; let most be of something."""
        for name, value in list(case.path_parameters.items()):
            case.path_parameters[name] = self._known(self.ground.known.of_path(case.operation.path, name), value)
        self._inside(case.body, "")

    def _inside(self, value: Any, name: str) -> None:
        places = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
        for key, inner in places:
            about = name if isinstance(key, int) else key.removesuffix("_id").removesuffix("_ids")
            if isinstance(inner, str) and AN_ID.fullmatch(inner):
                value[key] = self._known(self.ground.known.of(about) or self.ground.known.of("person"), inner)
            else:
                self._inside(inner, about)

    def _known(self, there: list[str], value: Any) -> Any:
        if not there or not isinstance(value, str) or not AN_ID.fullmatch(value) or self.random.random() < 0.1:
            return value
        return self.random.choice(there)


def _cases(operation: Any, mode: GenerationMode, number: int, seed: int) -> list[Any]:
    """So many requests, the same for the same seed."""
    made: list[Any] = []

    def keep(case: Any) -> None:
        made.append(case)

    settings = hypothesis.settings(
        max_examples=number, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    try:
        hypothesis.seed(seed)(settings(hypothesis.given(operation.as_strategy(generation_mode=mode))(keep)))()
    except (SkipTest, Unsatisfiable):
        return []
    return made
