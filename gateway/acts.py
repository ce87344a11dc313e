"""What employees do is written down before it is done: who, in which association, as what, and what came of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chassis import clock
from chassis.identity import Identity
from chassis.telemetry import request_id
from gateway import store
from gateway.store import Store

READS = {"GET", "HEAD", "OPTIONS"}
ASKED_WITH_A_BODY = {"/names", "/addresses"}
"""Questions that are sent as POST because they name many people; nothing is done by them."""


@contextmanager
def noted(keeper: Store, staff: Identity, acting: Identity, method: str, path: str) -> Iterator[Callable[[int], None]]:
    """Write an act down, and what was answered; `acting` is the person on paper where staff act for one.

    Only what somebody does as an employee: what a resident does in their own home is in the things themselves.
    """
    if not staff.employee or staff.person_id is None or method in READS or path in ASKED_WITH_A_BODY:
        yield lambda _: None
        return
    with keeper.of(staff.association_id) as db:
        id = store.add_act(
            db,
            association_id=staff.association_id,
            person_id=staff.person_id,
            acts_for=acting.person_id if acting.person_id != staff.person_id else None,
            roles=roles(staff),
            method=method,
            route=path,
            request_id=request_id(),
            at=clock.now(),
        )

    def note(status: int) -> None:
        with keeper.of(staff.association_id) as db:
            store.answer_act(db, id, status)

    yield note


def roles(who: Identity) -> list[str]:
    """As what somebody acts: an employee, and with which duties."""
    return ["employee", *sorted(duty.value for duty in who.duties)]
