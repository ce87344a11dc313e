"""What groups remember of what others told: the policy, departments, bodies, and who sits where."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.event import plain
from contracts.people import BodyRegistered, DepartmentRegistered, MandateRegistered, PolicySet
from services.groups.store.tables import bodies, departments, mandates, policies


def keep_policy(work: Work, heard: PolicySet) -> None:
    """Remember what the association has decided about its own practice."""
    _keep(work, policies, {}, {"version": heard.version, "policy": plain.unstructure(heard.policy)})


def keep_department(work: Work, heard: DepartmentRegistered) -> None:
    """Remember which departments there are."""
    _keep(work, departments, {"department_id": heard.department_id}, {"name": heard.name})


def keep_body(work: Work, heard: BodyRegistered) -> None:
    """Remember which bodies there are, and of which department."""
    _keep(work, bodies, {"body_id": heard.body_id}, {"body": heard.body, "department_id": heard.department_id})


def keep_mandate(work: Work, heard: MandateRegistered) -> None:
    """Remember who sits where, from when to when."""
    facts = {
        "body_id": heard.body_id,
        "person_id": heard.person_id,
        "seat": heard.seat,
        "starts": heard.starts,
        "ends": heard.ends,
    }
    _keep(work, mandates, {"mandate_id": heard.mandate_id}, facts)


def _keep(work: Work, table: Table, key: dict[str, Any], facts: dict[str, Any]) -> None:
    row = insert(table).values(association_id=work.who.association_id, **key, **facts)
    work.execute(row.on_conflict_do_update(index_elements=["association_id", *key], set_=facts))
