"""The pages in a browser without script: asking, reading, narrow screens, the keyboard."""

import os
import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from web.app import create_app

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAGES = (
    "/",
    "/law?on=2026-11-01&conduct=share&material=intimate-image",
    "/law?nation=scotland&on=2017-07-03&conduct=share&material=intimate-image&depicted_age=17",
    "/offence/absha-2016-s2-1",
    "/legislation/asp/2016/22/section/2",
    "/legislation/asp/2016/22/section/999",
    "/legislation/asp/2016/22",
    "/coverage",
    "/law?nation=narnia",
    "/timeline",
    "/timeline?topic=share",
)
pytestmark = pytest.mark.skipif(
    os.environ.get("WHICHLAW_NO_BROWSER") == "1",
    reason="WHICHLAW_NO_BROWSER=1: this machine is said to have no browser",
)


class Quiet(WSGIRequestHandler):
    """Serves without writing a line for each request."""

    def log(self, *_):
        """Nothing: the test says what went wrong."""


@pytest.fixture(scope="module")
def site():
    server = make_server("127.0.0.1", 0, create_app(), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def test_question_is_asked_and_answered_without_script(page, site):
    page.goto(site)
    page.get_by_label("Scotland", exact=True).check()
    page.get_by_label("The day on which it was done").fill("2017-07-03")
    page.get_by_label("Share or show", exact=True).check()
    page.get_by_label("Intimate image", exact=True).check()
    page.get_by_label("Age of the person shown").fill("17")
    page.get_by_role("button", name="Which law applies?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Which law applies in Scotland on 3 July 2017"
    )
    first = page.locator("h1 + .summary p").first
    expect(first).to_have_text(re.compile(r"^\s*In Scotland, on 3 July 2017, \d+ offences? appl"))
    page.get_by_role("link", name="Change the question").click()
    expect(page.get_by_label("Share or show", exact=True)).to_be_checked()
    expect(page.get_by_label("Age of the person shown")).to_have_value("17")


def test_refused_question_keeps_what_was_entered(page, site):
    page.goto(site)
    page.get_by_label("Age of the person shown").fill("seventeen")
    page.get_by_label("Possess", exact=True).check()
    page.get_by_role("button", name="Which law applies?").click()
    expect(page.get_by_text("depicted_age cannot be 'seventeen'")).to_be_visible()
    page.get_by_role("link", name="Back to the question").click()
    expect(page.get_by_label("Age of the person shown")).to_have_value("seventeen")
    expect(page.get_by_label("Possess", exact=True)).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_at_320_pixels(browser, site, scheme):
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    for path in PAGES:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_narrow_comparison_still_says_whose_each_cell_is(browser, site):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(site + PAGES[1])
    table = page.get_by_role("table", name="Side by side")
    assert table.get_by_role("cell").count() % 4 == 0
    said = table.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert said == '"England"'
    context.close()


def test_first_tab_reaches_the_skip_link(page, site):
    page.goto(site + PAGES[2])
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_no_page_breaks_its_own_policy(browser, site):
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(site + path)
    assert [text for text in said if "Content Security Policy" in text] == []
    context.close()
