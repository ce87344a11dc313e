"""One association by the names of its people, boards and departments, looked up as somebody there."""

from typing import Any

from deploy.demo.world import Visitor, World

ORGANISATION = ""
"""The board of the whole association, where a department's board is named by its department."""


class Here:
    """An association, and what several of its stories have to know of each other. `staff` is who looks things up."""

    def __init__(self, world: World, staff: str) -> None:
        self.world, self.staff = world, staff
        self.ideas: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def as_(self, name: str) -> Visitor:
        """Somebody at the front door."""
        return self.world.visitor(name)

    def who(self, name: str) -> str:
        """Who somebody is, by id."""
        if name not in self._ids:
            self._ids[name] = self.as_(name).get("/me")["id"]
        return self._ids[name]

    def department(self, name: str) -> str:
        """A department, by its name."""
        return str(self._found("/departments", name=name)["id"])

    def board(self, of: str) -> dict[str, Any]:
        """A department's board, or the organisation's."""
        if of == ORGANISATION:
            return self._found("/bodies", kind="organisation_board")
        return self._found("/bodies", department_id=self.department(of))

    def _found(self, path: str, **like: str) -> dict[str, Any]:
        items: list[dict[str, Any]] = self.as_(self.staff).get(path)["items"]
        return next(item for item in items if like.items() <= item.items())
