"""Where a path of the API is answered: the one table, and nothing else is let through."""

import re

PREFIX = "/api/v1"

BY_WORD = {
    "ideas": "ideas",
    "comments": "ideas",
    "charters": "groups",
    "amendments": "groups",
    "templates": "groups",
    "shared_templates": "groups",
    "groups": "groups",
    "sign_ups": "groups",
    "meetings": "meetings",
    "minutes": "meetings",
    "date_polls": "meetings",
    "calendar": "meetings",
    "contributions": "meetings",
    "proposals": "meetings",
    "themes": "meetings",
    "recommendations": "meetings",
    "leadership_acts": "meetings",
    "anonymous_rounds": "meetings",
    "work": "meetings",
    "docket": "decisions",
    "decisions": "decisions",
    "tasks": "decisions",
    "rounds": "decisions",
    "reviews": "decisions",
    "surveys": "decisions",
    "overdue": "decisions",
    "notices": "notices",
    "letters": "notices",
    "events": "partners",
    "grants": "partners",
    "credentials": "partners",
    "association": "people",
    "departments": "people",
    "bodies": "people",
    "persons": "people",
    "names": "people",
    "addresses": "people",
    "me": "people",
    "interest": "people",
    "interest_list": "people",
    "policy": "people",
    "duties": "people",
    "imports": "people",
}
"""The service for the first word of a path.

What only the house may ask (doors, sign_in, workplaces, standing, calendars, opens) is not here.
"""

OF_A_GROUP = {"meetings": "meetings", "contributions": "meetings", "themes": "meetings", "proposal": "meetings"} | {
    "shared_understanding": "meetings",
    "leadership_acts": "meetings",
    "anonymous_rounds": "meetings",
    "heard": "meetings",
}
"""What stands after `groups/<id>/` and is answered by somebody else than groups."""

STEP = re.compile(r"(?!\.+$)[A-Za-z0-9_.-]{1,100}")


def service_for(path: str) -> tuple[str, str] | None:
    """The service that answers a path such as `/ideas/mine`, and the path as that service calls it; None: nobody.

    `groups` and `meetings` each have a page of one group at `/groups/<id>`: that of meetings is asked for as `/work/<id>`.
    """
    steps = path.removeprefix("/").split("/")
    if not path.startswith("/") or not all(map(STEP.fullmatch, steps)):
        return None
    service = BY_WORD.get(steps[0])
    if service is None:
        return None
    if steps[0] == "work":
        return (service, "/".join(["/groups", *steps[1:]])) if len(steps) > 1 else None
    if steps[0] == "groups" and len(steps) > 2:
        service = OF_A_GROUP.get(steps[2], service)
    return service, path


def public_path(service: str, path: str) -> str | None:
    """What the world calls a service's own path, such as `/groups/{group_id}`; None: nobody is let through to it."""
    asked = re.sub(r"\{[^}]*\}", "x", path)
    names = (path, path.replace("/groups/", "/work/", 1))
    return next((name for name in names if service_for(re.sub(r"\{[^}]*\}", "x", name)) == (service, asked)), None)


WHOLE = {
    "/ideas/similar": "five at most",
    "/groups/<id>/reserves": "the first hundred of each category of seats",
    "/workplaces": "where one person is employed; asked by the front door alone",
}
"""The lists of the API that are given whole, and why they cannot grow; all others come a page at a time, with a cursor."""
