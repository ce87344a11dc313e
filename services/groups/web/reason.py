"""The shape of a reason, wherever one is given."""

from chassis.shapes import Shape, Text


class Reason(Shape):
    """Why."""

    reason = Text(2000, required=True)
