"""The journey in a browser: a professional in Wales, with and without script, and by keyboard."""

import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from bundles import LEFT_OUT, manifest
from in_browser import NO_BROWSER
from playwright.sync_api import expect

from kb.asked import today

pytestmark = NO_BROWSER
MOST_STEPS = 6
SHARED = "A nude or sexual picture was shared"
SHOWN = "How old was the person in the picture?"
ACCUSED = "How old was the person who did it?"
AGREED = "Did the person in the picture, or the person it was sent to, agree?"
YESTERDAY = today() - timedelta(days=1)
# A 15-year-old in Cardiff sent a nude to her boyfriend, 16, who posted it yesterday.
CARDIFF = {
    "nation": "wales",
    "on": YESTERDAY.isoformat(),
    "conduct": "share",
    "material": ["indecent-photograph", "intimate-image"],
    "depicted_age": "15",
    "accused_age": "16",
    "consent": "no",
}
APPLIES = ("pca-1978-s1-1-b", "soa-2003-s66b-1")
JOURNEY = (
    "/",
    "/ask",
    "/ask?answered=what",
    "/ask/where?situation=picture-shared",
    "/ask/when?situation=picture-shared&nation=wales",
    "/ask/when?answered=when&when=day&on-day=30&on-month=2&on-year=2020",
    "/ask/when?from=2020-01-01&to=2020-02-01",
    "/ask/who?situation=picture-shared&nation=wales",
    "/ask/who?answered=who&depicted_age=x&accused_age=y&situation=picture-shared",
    "/ask/check?situation=picture-shared&nation=wales&depicted_age=15",
    "/ask/check?colour=red&nation=nowhere",
    "/form",
    "/form?on=2020-02-30&depicted_age=x&from=2020-01-01",
)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser, request):
    """A page of a browser that runs script, and of one that does not."""
    context = browser.new_context(java_script_enabled=request.param, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(browser):
    manifest()
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def loads(page):
    """The pages that are loaded from now on, redirections not counted."""
    seen = []
    page.on("domcontentloaded", lambda loaded: seen.append(loaded.url))
    return seen


def go_on(page):
    page.get_by_role("button", name="Continue").click()


def expect_cardiff(page, site):
    """The answer: its address is canonical, and the offences of the case are among what applies."""
    expect(page).to_have_url(re.compile(rf"^{re.escape(site)}/law\?"))
    query = parse_qsl(urlsplit(page.url).query)
    stated = {k: [v for name, v in query if name == k] for k, _ in query}
    assert {k: v if k == "material" else v[0] for k, v in stated.items()} == CARDIFF
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wales")
    answer = page.request.get(f"{site}/api/v1/law?{urlsplit(page.url).query}").json()
    applies = {o["id"] for o in answer["nations"]["wales"]["offences"] if o["state"] == "applies"}
    for offence in APPLIES:
        assert offence in applies
        assert page.locator(f'a[href$="/offence/{offence}"], [id="wales-{offence}"]').count()


def test_professional_in_wales_has_the_answer_in_six_steps(page, site):
    page.goto(site)
    seen = loads(page)
    page.get_by_role("link", name=SHARED).click()
    page.get_by_label("Wales").check()
    go_on(page)
    page.get_by_label("Yesterday").check()
    go_on(page)
    page.get_by_role("group", name=SHOWN).get_by_label("Years").fill("15")
    page.get_by_role("group", name=ACCUSED).get_by_label("Years").fill("16")
    page.get_by_role("group", name=AGREED).get_by_label("Did not agree").check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("button", name="Which law applies?").click()
    expect_cardiff(page, site)
    assert len(seen) <= MOST_STEPS, seen


def test_back_is_one_step_with_all_that_was_answered(page, site):
    page.goto(f"{site}/ask/who?situation=picture-shared&nation=wales&on=2020-03-01&depicted_age=15")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("When did it happen?")
    expect(page.get_by_label("On another day")).to_be_checked()
    expect(
        page.get_by_role("group", name="The day", exact=True).get_by_label("Year")
    ).to_have_value("2020")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_label("Wales")).to_be_checked()
    page.go_back()
    go_on(page)
    shown = page.get_by_role("group", name=SHOWN)
    expect(shown.get_by_label("Years")).to_have_value("15")


def test_answer_is_changed_from_the_check(page, site):
    page.goto(f"{site}/ask/check?situation=picture-shared&nation=wales&on=2020-03-01")
    page.get_by_role("link", name="Change Where").click()
    page.get_by_label("Wales").uncheck()
    page.get_by_label("Scotland").check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.locator("main")).to_contain_text("Scotland")
    expect(page.locator("main")).to_contain_text("1 March 2020")


def test_wrong_day_is_kept_and_put_right(page, site):
    page.goto(f"{site}/ask/when?situation=picture-shared&nation=wales")
    page.get_by_label("On another day").check()
    day = page.get_by_role("group", name="The day", exact=True)
    for part, value in (("Day", "31"), ("Month", "2"), ("Year", "2021")):
        day.get_by_label(part).fill(value)
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("The day has to be a real day")
    expect(page).to_have_title(re.compile("^Error:"))
    page.get_by_role("link", name="The day has to be a real day").click()
    expect(day.get_by_label("Day")).to_have_value("31")
    day.get_by_label("Day").fill("28")
    go_on(page)
    expect(page).to_have_url(re.compile("on=2021-02-28"))


# ---- in Welsh ------------------------------------------------------------------------------------


def test_reader_changes_to_welsh_in_the_journey_and_reaches_the_answer(page, site):
    page.goto(f"{site}/ask/where?situation=picture-shared")
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ble y digwyddodd?")
    page.get_by_label("Cymru").check()
    page.get_by_role("button", name="Parhau").click()
    page.get_by_label("Ddoe").check()
    page.get_by_role("button", name="Parhau").click()
    page.get_by_role("group", name="Beth oedd oed y person yn y llun?").get_by_label(
        "Blynyddoedd"
    ).fill("15")
    page.get_by_role("button", name="Parhau").click()
    expect(page.locator("main")).to_contain_text("Rhannwyd llun noeth neu rywiol")
    page.get_by_role("button", name="Pa gyfraith sy’n gymwys?").click()
    expect(page).to_have_url(re.compile(r"/cy/law\?nation=wales"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cymru")
    assert page.locator(f'a[href="#wales-{APPLIES[0]}"]').first.evaluate(
        "link => link.closest('[lang]').lang"
    ) == "en"  # fmt: skip
    there = parse_qsl(urlsplit(page.url).query)
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert (urlsplit(page.url).path, parse_qsl(urlsplit(page.url).query)) == ("/law", there)


# ---- with the keyboard ---------------------------------------------------------------------------


def tab_to(page, target):
    """Presses Tab until something has the focus."""
    for _ in range(80):
        if target.evaluate("found => found === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {target}")


def press(page, target, key):
    tab_to(page, target)
    page.keyboard.press(key)


@LEFT_OUT
def test_journey_is_walked_with_the_keyboard_alone(scripted, site):
    page = scripted
    page.goto(site)
    press(page, page.get_by_role("link", name=SHARED), "Enter")
    press(page, page.get_by_label("Wales"), "Space")
    press(page, page.get_by_role("button", name="Continue"), "Enter")
    tab_to(page, page.get_by_label("Today"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Yesterday")).to_be_checked()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("group", name=SHOWN).get_by_label("Years"))
    page.keyboard.type("15")
    tab_to(page, page.get_by_role("group", name=ACCUSED).get_by_label("Years"))
    page.keyboard.type("16")
    tab_to(page, page.get_by_role("group", name=AGREED).get_by_label("Agreed", exact=True))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    press(page, page.get_by_role("button", name="Which law applies?"), "Enter")
    expect_cardiff(page, site)


@LEFT_OUT
def test_error_summary_has_the_focus_and_leads_to_the_field(scripted, site):
    scripted.goto(f"{site}/ask/who?situation=picture-shared&nation=wales")
    scripted.get_by_role("group", name=ACCUSED).get_by_label("Years").fill("sixteen")
    go_on(scripted)
    expect(scripted.locator(".govuk-error-summary")).to_be_focused()
    scripted.keyboard.press("Tab")
    scripted.keyboard.press("Enter")
    years = scripted.get_by_role("group", name=ACCUSED).get_by_label("Years")
    expect(years).to_be_focused()
    expect(years).to_have_value("sixteen")


@LEFT_OUT
def test_not_knowing_takes_the_other_choices_back(scripted, site):
    scripted.goto(f"{site}/ask/where")
    scripted.get_by_label("Wales").check()
    scripted.get_by_label("I don’t know").check()
    expect(scripted.get_by_label("Wales")).not_to_be_checked()


# ---- narrow screens ------------------------------------------------------------------------------


def test_no_page_of_the_journey_scrolls_sideways(browser, site):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in JOURNEY:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()
