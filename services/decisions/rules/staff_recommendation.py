"""What staff recommend a body to decide (indstilling): apart from the decision, and never a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.decisions import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffRecommendation:
    """What the administration recommends, why, who wrote it, and on which day it was last written."""

    outcome: Outcome
    text: str
    by: UUID
    written_on: date

    def followed(self, outcome: Outcome | None, meeting_day: date | None) -> bool | None:
        """Whether the body did as it was recommended to; None where it has not decided, or had it not before the meeting."""
        if outcome is None or meeting_day is None or self.written_on > meeting_day:
            return None
        return outcome is self.outcome
