"""How the world asks about tasks."""

from typing import Any
from uuid import UUID

from chassis.paging import LongPageShape
from chassis.partners import open_to_partners
from chassis.shapes import Day, Id, Line, Many, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from services.decisions.actions import task as actions
from services.decisions.queries import task as queries
from services.decisions.rules.task import Approval
from services.decisions.web.shown.task import Tasks, TaskShown

routes = Routes("tasks", __name__, description="How what was decided is carried out")

OUTSIDE = (
    "id",
    "decision_id",
    "title",
    "recommendation_id",
    "due",
    "weight",
    "departments",
    "state",
    "percent",
    "overdue",
    "late",
)
"""What a partner is given of a task: what is done by when, and how far it has come; not who does it."""


class NewTask(Shape):
    """What is to be done, by whom, and by when. `departments`: those whose meeting must approve first."""

    title = Line(200, required=True)
    recommendation_id = Id(load_default=None, allow_none=True)
    owner = Line(120, required=True)
    owner_id = Id(load_default=None, allow_none=True)
    due = Day(required=True)
    weight = Whole(0, 100, load_default=1)
    departments = Many(Id(), most=200, load_default=[])


class TaskRevision(Shape):
    """How the task is put from now on."""

    title = Line(200, required=True)
    owner = Line(120, required=True)
    owner_id = Id(load_default=None, allow_none=True)
    due = Day(required=True)
    weight = Whole(0, 100, required=True)


class Report(Shape):
    """How far it has come, and a word about it."""

    percent = Whole(0, 99, required=True)
    note = Text(2000, least=0, load_default="")


class DepartmentNamed(Shape):
    """A department."""

    department_id = Id(required=True)


class DepartmentAnswer(DepartmentNamed):
    """What a department meeting answered, and when. The ballot is asked about where the rent rises above 15 %."""

    meeting_day = Day(required=True)
    approved = Yes(required=True)
    note = Text(2000, load_default="")
    ballot_asked = Yes(load_default=None, allow_none=True)
    ballot_held = Yes(load_default=None, allow_none=True)


class Reason(Shape):
    """Why."""

    reason = Text(2000, required=True)


@routes.get("/decisions/<uuid:id>/tasks")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, Tasks)
@open_to_partners("decisions:read", *OUTSIDE)
def list_tasks(asked: dict[str, Any], id: UUID) -> Any:
    """How it is carried out."""
    with work() as w:
        return queries.tasks_of(w, id, **asked)


@routes.post("/decisions/<uuid:id>/tasks")
@routes.arguments(NewTask)
@routes.response(201, TaskShown)
def plan_task(new: dict[str, Any], id: UUID) -> Any:
    """Plan a task that carries out a part of it."""
    with work() as w:
        made = actions.plan_task(w, id, **(new | {"departments": tuple(new["departments"])}))
        return queries.task(w, made.id)


@routes.get("/tasks/<uuid:id>")
@routes.response(200, TaskShown)
@open_to_partners("decisions:read", *OUTSIDE)
def see_task(id: UUID) -> Any:
    """One task."""
    with work() as w:
        return queries.task(w, id)


@routes.post("/tasks/<uuid:id>/start")
@routes.response(200, TaskShown)
def start_task(id: UUID) -> Any:
    """Begin."""
    with work() as w:
        actions.start_task(w, id)
        return queries.task(w, id)


@routes.post("/tasks/<uuid:id>/block")
@routes.arguments(DepartmentNamed)
@routes.response(200, TaskShown)
def block_task(given: dict[str, Any], id: UUID) -> Any:
    """Let it wait for a department's meeting."""
    with work() as w:
        actions.block_task(w, id, **given)
        return queries.task(w, id)


@routes.post("/tasks/<uuid:id>/approve")
@routes.arguments(DepartmentAnswer)
@routes.response(200, TaskShown)
def record_approval(given: dict[str, Any], id: UUID) -> Any:
    """Record what a department meeting answered, yes or no."""
    with work() as w:
        actions.record_approval(w, id, answer=Approval(**given))
        return queries.task(w, id)


@routes.put("/tasks/<uuid:id>")
@routes.arguments(TaskRevision)
@routes.response(200, TaskShown)
def revise_task(given: dict[str, Any], id: UUID) -> Any:
    """Put it differently."""
    with work() as w:
        actions.revise_task(w, id, **given)
        return queries.task(w, id)


@routes.post("/tasks/<uuid:id>/report")
@routes.arguments(Report)
@routes.response(200, TaskShown)
def report_on_task(given: dict[str, Any], id: UUID) -> Any:
    """Say how far it has come."""
    with work() as w:
        actions.report_on_task(w, id, **given)
        return queries.task(w, id)


@routes.post("/tasks/<uuid:id>/finish")
@routes.response(200, TaskShown)
def finish_task(id: UUID) -> Any:
    """It is carried out."""
    with work() as w:
        actions.finish_task(w, id)
        return queries.task(w, id)


@routes.post("/tasks/<uuid:id>/stop")
@routes.arguments(Reason)
@routes.response(200, TaskShown)
def stop_task(given: dict[str, Any], id: UUID) -> Any:
    """It will not be carried out."""
    with work() as w:
        actions.stop_task(w, id, **given)
        return queries.task(w, id)
