"""Every page of the story, found by following links as each of its people: accessible, in Danish, and whole on a small telephone."""

import re
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from deploy.demo.story import SLUG
from tests.conftest import Told

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHO = ["camilla", "birgit", "rasmus", "anna"]
NARROW = {"width": 320, "height": 640}
"""What WCAG 2.1 asks to be read without scrolling sideways (success criterion 1.4.10)."""

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_TABS = 80
FOCUSED = """() => {
    const here = document.activeElement
    return [(here.innerText || here.labels?.[0]?.innerText || "").trim(), here.tagName]
}"""


def open_page(browser: Browser, door: str, name: str | None = None) -> Page:
    """A telephone; somebody's, when there is a name."""
    page = browser.new_context(viewport=NARROW, locale="da-DK").new_page()
    if name:
        email = f"{name}@{SLUG}.example"
        page.goto(f"{door}/log-ind")
        page.fill("#email", email)
        page.click("main form button")
        page.goto(f"{door}/demo/post?to={email}")
        page.click("main a.button >> nth=0")
        page.click("main form button")
    return page


def kind(path: str) -> str:
    """What sort of page a path leads to."""
    return ID.sub("<id>", path.partition("?")[0])


def what_is_wrong(page: Page) -> list[str]:
    """What axe finds, and whether one would have to scroll sideways."""
    found = page.evaluate(f"{AXE}; axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})")
    wrong = [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*wrong, *([f"{too_wide} pixels too wide"] if too_wide > 0 else [])]


def walk(page: Page, door: str, seen: set[str]) -> dict[str, list[str]]:
    """Look at one page of each sort that nobody has looked at yet, and follow its links."""
    waiting, wrong, queued = ["/"], {}, {"/"}
    while waiting:
        path = waiting.pop(0)
        if path != "/" and kind(path) in seen:
            continue
        seen.add(kind(path))
        answer = page.goto(door + path)
        found = what_is_wrong(page) if answer and answer.status < 400 else [f"answers {answer and answer.status}"]
        if found:
            wrong[path] = found
        links = page.eval_on_selector_all("a[href]:not([download])", "links => links.map(link => link.href)")
        here = {each.removeprefix(door).partition("#")[0] for each in links if each.startswith(f"{door}/")}
        onward = sorted(each for each in here - queued if not each.startswith("/log-ind/") and not each.endswith((".ics", ".py")))
        queued |= set(onward)
        waiting += onward
    return wrong


def test_every_page_is_accessible_and_fits_a_small_telephone(browser: Browser, door: str) -> None:
    seen: set[str] = set()
    wrong: dict[str, Any] = {}
    for name in (None, *WHO):
        page = open_page(browser, door, name)
        wrong |= {f"{name} {path}": found for path, found in walk(page, door, seen).items()}
        page.context.close()

    assert wrong == {}
    assert len(seen) >= 20, sorted(seen)


@pytest.mark.parametrize("path", ["/grupper/00000000-0000-4000-8000-000000000000", "/log-ind/nothing-there"])
def test_a_page_that_says_no_is_accessible_too(browser: Browser, door: str, path: str) -> None:
    page = open_page(browser, door)
    page.goto(door + path)

    assert what_is_wrong(page) == []
    page.context.close()


def test_a_form_that_comes_back_is_accessible_and_leads_to_what_is_wrong(browser: Browser, door: str) -> None:
    page = open_page(browser, door, "anna")
    page.goto(f"{door}/ideer/ny")
    page.fill("textarea", "Et sted at lave lektier.")
    page.click("main form .buttons button")

    assert what_is_wrong(page) == []
    assert page.evaluate("document.activeElement.id") == "fejl"
    assert page.input_value("textarea") == "Et sted at lave lektier."
    page.click("#fejl a")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    page.context.close()


def tab_to(page: Page, what: str, tag: str = "") -> None:
    """Press Tab until what has the focus says this, or is called so."""
    reached: list[tuple[str, str]] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        reached.append(tuple(page.evaluate(FOCUSED)))
        if reached[-1][0].startswith(what) and reached[-1][1].startswith(tag):
            return
    raise AssertionError(f"{what!r} cannot be reached with the keyboard: {reached}")


def enter(page: Page) -> None:
    """Press Enter, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_keyboard_alone_signs_in_and_endorses(browser: Browser, door: str, told: Told) -> None:
    idea = told.world.visitor("anna").post("/ideas", title="Flere bænke ved søen", text="Der er langt mellem dem.")
    told.world.visitor("camilla").post(f"/ideas/{idea['id']}/publish")
    told.world.settle()
    page = open_page(browser, door)

    page.goto(f"{door}/log-ind")
    tab_to(page, "Gå til indholdet")
    tab_to(page, "Mailadresse")
    page.keyboard.type("bo@stjernelund.example")
    enter(page)
    tab_to(page, "demonstrationens post")
    enter(page)
    tab_to(page, "Åbn linket")
    enter(page)
    tab_to(page, "Log ind", "BUTTON")
    enter(page)
    tab_to(page, "Flere bænke ved søen")
    enter(page)
    tab_to(page, "Støt")
    enter(page)

    assert page.wait_for_selector("p.happened")
    assert "withdraw_endorsement" in told.world.visitor("bo").get(f"/ideas/{idea['id']}")["may"]
    page.context.close()
