"""How notices is put together: its tables, its routes, and what it does when it hears something."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.decisions import TaskPlanned, TaskRevised
from contracts.groups import MemberLeft, OfferExpired, SeatAccepted, SeatDeclined, SignUpApplied, SignUpWithdrawn
from contracts.ideas import CommentWithdrawn, CommentWritten, EndorsementGiven, EndorsementWithdrawn
from contracts.meetings import DatePollDecided, MeetingHeld
from contracts.notices import LetterWritten
from contracts.people import (
    DayTurned,
    InterestJoined,
    InterestLeft,
    MandateRegistered,
    PersonChanged,
    PersonGone,
    PersonRegistered,
    PolicySet,
)
from services.notices.reactions import copies, day, letter
from services.notices.rules.notice import ABOUT_GROUPS, ABOUT_IDEAS, ABOUT_MEETINGS, NAMES
from services.notices.store.tables import TABLES
from services.notices.web import letter as letter_web

KEPT: Listens = {
    PolicySet: copies.keep_policy,
    PersonRegistered: copies.keep_person,
    PersonChanged: copies.keep_person,
    PersonGone: letter.let_go,
    MandateRegistered: copies.keep_mandate,
    InterestJoined: copies.join_interested,
    InterestLeft: copies.leave_interested,
    EndorsementGiven: copies.join_endorsers,
    EndorsementWithdrawn: copies.leave_endorsers,
    CommentWritten: copies.join_commenters,
    CommentWithdrawn: copies.leave_commenters,
    TaskPlanned: copies.keep_owner,
    TaskRevised: copies.keep_owner,
}

LISTENS: Listens = {
    **KEPT,
    **dict.fromkeys(NAMES, letter.write_letters),
    **{event: letter.follow_idea for event in ABOUT_IDEAS if event.thing() == "idea"},
    **{event: letter.follow_sign_up for event in ABOUT_GROUPS if event.thing() == "sign_up"},
    **{event: letter.write_instead for event in ABOUT_MEETINGS if event.thing() in {"meeting", "date_poll"}},
    **dict.fromkeys(
        (SignUpApplied, SignUpWithdrawn, SeatAccepted, SeatDeclined, OfferExpired, MemberLeft), letter.follow_sign_up
    ),
    **dict.fromkeys((MeetingHeld, DatePollDecided), letter.write_instead),
    LetterWritten: letter.write_more,
    DayTurned: day.turn,
}

SERVICE = Service(
    name="notices",
    tables=TABLES,
    routes=[letter_web.routes],
    listens=LISTENS,
    order={
        **dict.fromkeys(("policy", "person", "mandate", "interest", "endorsement"), Order.LATEST),
        **dict.fromkeys(("meeting", "date_poll", "sign_up", "comment", "task"), Order.STRICT),
    },
)
