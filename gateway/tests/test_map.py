"""Where a path of the API is answered."""

import pytest

from gateway.map import service_for

ID = "0b0b8a52-9a57-4f2b-9a3a-0c6f7f0f6d11"


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/ideas", "ideas"),
        (f"/ideas/{ID}/endorse", "ideas"),
        ("/charters", "groups"),
        (f"/charters/{ID}/editions", "groups"),
        (f"/amendments/{ID}/propose", "groups"),
        ("/templates", "groups"),
        (f"/shared_templates/{ID}/copy", "groups"),
        ("/groups", "groups"),
        (f"/groups/{ID}", "groups"),
        (f"/groups/{ID}/apply", "groups"),
        (f"/groups/{ID}/sign_ups", "groups"),
        (f"/groups/{ID}/close_sign_up", "groups"),
        (f"/groups/{ID}/form", "groups"),
        (f"/groups/{ID}/dissolve", "groups"),
        (f"/groups/{ID}/meetings", "meetings"),
        (f"/groups/{ID}/contributions", "meetings"),
        (f"/groups/{ID}/themes", "meetings"),
        (f"/groups/{ID}/proposal", "meetings"),
        (f"/groups/{ID}/shared_understanding/agree", "meetings"),
        (f"/groups/{ID}/leadership_acts", "meetings"),
        (f"/groups/{ID}/anonymous_rounds", "meetings"),
        (f"/groups/{ID}/heard", "meetings"),
        (f"/anonymous_rounds/{ID}/answer", "meetings"),
        (f"/recommendations/{ID}", "meetings"),
        (f"/leadership_acts/{ID}/take_back", "meetings"),
        (f"/sign_ups/{ID}/accept", "groups"),
        (f"/proposals/{ID}/consent", "meetings"),
        ("/meetings/mine", "meetings"),
        (f"/meetings/{ID}/date_poll", "meetings"),
        (f"/meetings/{ID}/calendar.ics", "meetings"),
        (f"/date_polls/{ID}/answer", "meetings"),
        (f"/minutes/{ID}/revisions/1", "meetings"),
        ("/calendar/open", "meetings"),
        ("/docket", "decisions"),
        ("/overdue", "decisions"),
        ("/me", "people"),
        ("/imports/persons", "people"),
    ],
)
def test_each_path_has_one_service(path: str, service: str) -> None:
    assert service_for(path) == (service, path)


def test_a_groups_work_is_what_meetings_calls_the_group() -> None:
    assert service_for(f"/work/{ID}") == ("meetings", f"/groups/{ID}")
    assert service_for(f"/work/{ID}/figures") == ("meetings", f"/groups/{ID}/figures")


@pytest.mark.parametrize(
    "path", ["/doors", f"/doors/{ID}", "/sign_in", f"/standing/{ID}", "/associations", f"/calendars/{ID}", "/healthz", "/readyz"]
)
def test_what_only_the_house_may_ask_is_nobodys_path(path: str) -> None:
    assert service_for(path) is None


@pytest.mark.parametrize(
    "path",
    ["/ideas/../doors", "/ideas/./x", "/ideas//x", "/ideas/a b", "/ideas/a%2fb", "/ideas/a\\b", "/ideas/\x00", "", "/", "/work"]
    + ["ideas", "/ideas/ø", "/ideas/a?b", "/me/..", "/names/\n"],
)
def test_a_path_that_could_mean_two_things_is_nobodys(path: str) -> None:
    assert service_for(path) is None
