"""Pages with a keyboard alone, without script, in forced colours, and where something is wrong."""

import pytest
from bundles import LEFT_OUT, manifest
from in_browser import NO_BROWSER
from looking import LOOK, NARROW, WIDE
from page_types import BY_NAME, PAGES
from playwright.sync_api import expect

WALKED = (
    "home",
    "ask-what",
    "ask-when",
    "form",
    "law-one-nation",
    "compare",
    "offence",
    "guidance",
    "search-hits",
    "timeline-topic",
)
pytestmark = NO_BROWSER
STEPS = 35  # of the tabulator key
WRONG = [
    page.name for page in PAGES if page.name.startswith(("ask-", "form-")) and page.status == 400
]
# One page of each template, for what is slow and the same in all of it.
SAMPLED = ("home", "ask-what", "form", "law-one-nation", "compare", "search-hits", "sparql", "none")


def opened(browser, **settings):
    """A page of a new context, with these settings."""
    return browser.new_context(locale="en-GB", **settings).new_page()


@LEFT_OUT
@pytest.mark.parametrize(
    ("name", "size"),
    [
        *((name, WIDE) for name in WALKED),
        *((name, NARROW) for name in ("home", "law-one-nation", "compare")),
    ],
)
def test_focus_goes_everywhere_and_is_seen(browser, site, name, size):
    manifest()
    page = opened(browser, viewport=size)
    page.goto(site + BY_NAME[name].path)
    page.evaluate(LOOK.read_text("utf-8"))
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    expect(page.locator("a.govuk-skip-link")).to_be_focused()
    faults = []
    for _ in range(STEPS):
        faults += page.evaluate("looked.focus()") or []
        page.keyboard.press("Tab")
    page.context.close()
    assert faults == []


@LEFT_OUT
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_has_the_focus_and_leads_to_its_field(browser, site, name):
    manifest()
    page = opened(browser)
    page.goto(site + BY_NAME[name].path)
    summary = page.locator(".govuk-error-summary")
    if summary.count():
        expect(summary).to_be_focused()
        link = summary.get_by_role("link").first
        link.press("Enter")
        field = page.locator(":focus")
        expect(field).to_have_attribute("id", link.get_attribute("href").removeprefix("#"))
        expect(page.locator(".govuk-error-message").first).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("name", SAMPLED)
def test_page_is_whole_without_script(browser, site, name):
    page = opened(browser, viewport=NARROW, java_script_enabled=False)
    page.goto(site + BY_NAME[name].path)
    links = page.get_by_role("navigation", name="Main").get_by_role("link")
    assert links.count() >= 5
    for link in links.all():
        expect(link).to_be_visible()
    folded = page.locator("main details:not([open]) > summary").first
    if page.locator("main details:not([open]) > summary").count():
        folded.press("Enter")
        expect(page.locator("main details[open]").first).to_be_visible()
    page.context.close()


def test_states_are_told_apart_in_forced_colours(browser, site):
    page = opened(browser, forced_colors="active")
    page.goto(site + BY_NAME["compare"].path)
    badges = page.locator("main [class*='state-'], main [class*='sign-']")
    told = badges.evaluate_all(
        """badges => badges.map(badge => {
          const style = getComputedStyle(badge);
          return [badge.className, getComputedStyle(badge, "::before").content, style.borderStyle];
        })"""
    )
    assert told
    marks = {state.split()[-1]: mark for state, mark, _ in told}
    assert len(set(marks.values())) == len(marks), marks
    page.context.close()
