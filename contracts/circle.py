"""Who is to be told of something, and why: circles of people, named by the thing that they belong to."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Whom(StrEnum):
    """What people have to do with the matter; that is also why they are told.

    `author`, `endorsers` and `commenters` are those of an idea and of every idea that was merged into it; `members`,
    `not_selected` and `applicants` are of a group; `board` (alternates too) and `chair` (vice-chair too) are of a body; `owner`
    is of a task; `interested` are those on the interest list, of the association.
    """

    AUTHOR = "author"
    ENDORSERS = "endorsers"
    NOT_SELECTED = "not_selected"
    MEMBERS = "members"
    BOARD = "board"
    CHAIR = "chair"
    OWNER = "owner"
    COMMENTERS = "commenters"
    APPLICANTS = "applicants"
    INTERESTED = "interested"


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """Some people who are to be told. A letter names the circle, never everybody in it, for a circle may be any size."""

    whom: Whom
    of: UUID
