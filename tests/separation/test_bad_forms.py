"""Whatever is sent to whichever form, a page answers: never a fault of ours, and what was written is given back."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from deploy.demo.world import SAME_ORIGIN, Visitor
from gateway.pages.forms import FORMS
from gateway.pages.posted import Field
from tests.conftest import Told

WRITTEN = "Skrevet af mig"
TYPES = ["text/plain", "multipart/form-data", "application/json", "", "nonsense"]
RAW = [
    b"",
    b"&&&===",
    b"title=%ED%A0%80&text=%ff%00",
    b"\xff\xfe\0",
    b"a[]=1&title[0]=2&questions-999999999-x=1",
    b"title=" + b"x" * 600_000,
]


def things(told: Told) -> dict[str, str]:
    """One of each thing that the story left."""
    secretary, is_ = told.world.visitor("camilla"), told.story.is_
    work = secretary.get(f"/work/{is_['group']}")
    decision = secretary.get("/decisions")["items"][0]["id"]
    return {
        "idea": is_["idea"],
        "charter": is_["charter"],
        "group": is_["group"],
        "work": is_["group"],
        "sign_up": is_["sign-up anna"],
        "meeting": work["meetings"][0]["id"],
        "minutes": work["meetings"][0]["minutes"]["id"],
        "proposal": work["proposal"]["id"],
        "contribution": next(iter(is_["contributions"].values())),
        "theme": work["themes"][0]["id"],
        "docket": secretary.get("/docket")["items"][0]["id"],
        "decision": decision,
        "task": secretary.get(f"/decisions/{decision}/tasks")["items"][0]["id"],
    }


def filled(fields: Sequence[Field], value: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every field of a form, with this in it."""
    for f in fields:
        if f.kind == "rows":
            yield from filled(f.rows, value, f"{prefix}{f.name}-0-")
        else:
            yield f"{prefix}{f.name}", value


def send(who: Visitor, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded", method: str = "POST") -> Any:
    """What the page says; no page is a fault of ours."""
    answer = who.client.request(
        method, f"/{who.slug}{path}", content=body, headers={**SAME_ORIGIN, **({"Content-Type": kind} if kind else {})}
    )
    assert answer.status_code < 500, f"{path}: {answer.status_code}"
    assert answer.status_code in {200, 303} or "<h1>" in answer.text, f"{path}: {answer.status_code} {answer.text[:200]}"
    return answer


@pytest.mark.parametrize("value", [f"{WRITTEN}\0", WRITTEN + "x" * 30_000], ids=["a sign that cannot be kept", "far too long"])
def test_a_form_full_of_nonsense_is_given_back_as_it_was_written(told: Told, value: str) -> None:
    who, there = told.world.visitor("camilla"), things(told)
    there["me"] = who.get("/me")["id"]
    for (thing, verb), form in FORMS.items():
        if form.fields and thing in there:
            written = dict(filled(form.fields, value))
            answer = send(who, f"/goer/{thing}/{there[thing]}/{verb}", urlencode(written).encode())
            assert answer.status_code in {403, 404, 409, 413, 422}, f"{thing} {verb}: {answer.status_code}"
            if answer.status_code != 404 and any(f.kind in {"line", "text", "lines"} for f in form.fields):
                assert WRITTEN in answer.text, f"{thing} {verb}"


def test_no_form_breaks_on_a_body_that_no_browser_sends(told: Told) -> None:
    who, there = told.world.visitor("camilla"), things(told)
    paths = [
        f"/goer/{thing}/{there[thing]}/{verb}" for (thing, verb), form in FORMS.items() if form.fields and thing == "charter"
    ]
    for path in ["/ideer/ny", "/kommissorier/ny", "/log-ind", *paths]:
        for body in RAW:
            send(who, path, body)
        for kind in TYPES:
            send(who, path, b"title=", kind)
        assert send(who, path, b"title=" + b"x" * 3_000_000).status_code == 413


def test_a_form_of_nothing_there_is_not_found(told: Told) -> None:
    who = told.world.visitor("camilla")
    for thing, verb in FORMS:
        if thing not in {"me", "interest"}:  # these are about whoever asks, whatever the address says
            for id in (str(uuid4()), "x", "%00", "../.."):
                assert send(who, f"/goer/{thing}/{id}/{verb}", b"").status_code in {403, 404, 409, 422}, (thing, verb, id)
    for path in ("/goer/idea/x/y", f"/goer/nothing/{uuid4()}/do", "/%00", "/log-ind/%00"):
        assert send(who, path, b"").status_code in {404, 405, 410}, path
    for method in ("PUT", "DELETE", "PATCH"):
        assert send(who, "/ideer/ny", b"", method=method).status_code == 405


@pytest.mark.parametrize(
    "query", ["fra=x", "fra=%00", "tilstand=x", "tilstand=%00%ff", "fra=W10&tilstand=published", "gjort=%00"]
)
def test_no_list_breaks_on_an_address_that_nobody_wrote(told: Told, query: str) -> None:
    who = told.world.visitor("camilla")
    for path in ("/", "/ideer", "/grupper", "/kommissorier", "/dagsorden", "/beslutninger"):
        send(who, f"{path}?{query}", b"", method="GET")
