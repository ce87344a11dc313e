"""What is shown of letters, and of the notices that they are about."""

from chassis.answers import Answer, Choice, Day, Id, Map, May, Moment, Number, Words, Yes
from services.notices.rules.letter import State


class NoticeShown(Answer):
    """What was told, and how far its letters are. `about` is the thing that it is about; `links` are the ids that it leads to."""

    id = Id()
    kind = Words(metadata={"description": "The kind of event that told it.", "examples": ["meeting.convened"]})
    about = Id()
    links = Map(values=Id(), metadata={"description": "Ids by what they are of, such as `meeting_id`."})
    told_on = Day()
    send_by = Day()
    answer_by = Day(allow_none=True)
    letters = Number()
    to_send = Number()
    sent = Number()
    late = Yes()
    may = May()


class LetterShown(Answer):
    """A letter to one person. Where it is sent, `POST /addresses` says."""

    id = Id()
    notice_id = Id()
    person_id = Id()
    send_by = Day()
    written_at = Moment()
    state = Choice(State)
    sent_by = Id(allow_none=True)
    sent_at = Moment(allow_none=True)
    late = Yes()
    may = May()
