"""What every errand of an operator shares: a way to say that it could not be done, and to say how far it is."""

from collections.abc import Callable

Say = Callable[[str], None]
"""Tells whoever typed the command what is being done."""


class CannotDo(Exception):
    """Why not, in one sentence that names no person."""
