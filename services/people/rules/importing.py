"""Who may bring in what an administration system delivers."""

from typing import Any

from chassis.identity import Duty, Identity


def imports(_: Any, who: Identity) -> bool:
    """An importer, an administrator, or the house on an operator's behalf."""
    return who.house or who.has(Duty.IMPORTER, Duty.ADMINISTRATOR)
