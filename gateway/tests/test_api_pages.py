"""The document of the API at the front door."""

from flask import Flask

from gateway import document
from gateway.tests.kit import Village
from gateway.tests.page import Page


def test_the_document_is_served_to_anybody_at_every_door(front: Flask, village: Village) -> None:
    for path in ("/openapi.json", f"/{village.slug}/openapi.json"):
        answer = front.test_client().get(path)

        assert answer.status_code == 200
        assert answer.content_type == "application/json"
        assert answer.text == document.kept()


def test_whoever_has_it_already_is_not_sent_it_again(front: Flask) -> None:
    asking = front.test_client()
    etag = asking.get("/openapi.json").headers["ETag"]

    again = asking.get("/openapi.json", headers={"If-None-Match": etag})

    assert (again.status_code, again.data) == (304, b"")


def test_it_can_be_read_as_a_page_too(front: Flask) -> None:
    answer = front.test_client().get("/openapi.html")
    page = Page(answer.text)

    assert answer.status_code == 200
    assert page.headings.count(1) == 1
    assert len(page.ids) == len(set(page.ids))
    assert page.inline == []
    assert "promises" in page.ids
    for operation in ("ideas.endorse_idea", "groups.apply", "decisions.publish_decision"):
        assert operation in page.ids


def test_every_shape_that_the_page_speaks_of_can_be_followed(front: Flask) -> None:
    text = front.test_client().get("/openapi.html").text
    page = Page(text)

    wanted = {part.partition('"')[0] for part in text.split('href="#')[1:]}
    assert wanted <= {*page.ids, "indhold"}
