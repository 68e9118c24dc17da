"""The pages in a browser without script: asking, reading, narrow screens, the keyboard."""

import re

import pytest
from bundles import LEFT_OUT, manifest
from in_browser import NO_BROWSER, served
from playwright.sync_api import expect

from web.app import create_app

PAGES = (
    "/",
    "/form",
    "/law?on=2026-11-01&conduct=share&material=intimate-image",
    "/law?nation=scotland&on=2017-07-03&conduct=share&material=intimate-image&depicted_age=17",
    "/offence/absha-2016-s2-1",
    "/legislation/asp/2016/22/section/2",
    "/legislation/asp/2016/22/section/999",
    "/legislation/asp/2016/22",
    "/coverage",
    "/law/now?nation=northern-ireland&on=2017-07-03&conduct=share&material=intimate-image",
    "/law?nation=narnia",
    "/timeline",
    "/guidance",
    "/guidance/ukccis-sexting-2016a",
    "/guidance?cited=UKCCIS+2016",
    "/practice?nation=scotland",
    "/practice/never-copy",
    "/services",
    "/services/childline",
    "/sources",
    "/sources/kent-police-bait-out",
    "/claims?verdict=outdated",
    "/misconceptions",
    "/timeline?topic=share",
    "/timeline?topic=threats-and-blackmail",
    "/changes?from=2016-01-01&to=2018-01-01&topic=threats-and-blackmail",
    "/data",
    "/ontology",
    "/ontology/schemes/conducts",
    "/id/offence/absha-2016-s2-1.html",
    "/sparql/examples",
)
pytestmark = NO_BROWSER


@pytest.fixture
def page(browser):
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def test_question_is_asked_and_answered_without_script(page, site):
    page.goto(f"{site}/form")
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
    page.goto(f"{site}/form")
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
    page.goto(site + PAGES[2])
    table = page.get_by_role("table", name="Side by side")
    assert table.get_by_role("cell").count() % 4 == 0
    said = table.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert said == '"England"'
    context.close()


def test_first_tab_reaches_the_skip_link(page, site):
    page.goto(site + PAGES[3])
    page.keyboard.press("Tab")
    skip = page.locator("a.govuk-skip-link")
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


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern-ireland"])
def test_the_sheet_is_one_side_of_a4_even_where_much_was_said(page, site, nation):
    facts = "depicted_age=13-15&accused_age=30&recipient_age=14&consent=no&relationship=none"
    did = "&".join(f"conduct={word}" for word in ("share", "threaten-to-share", "possess", "make"))
    to_what = "material=intimate-image&material=indecent-photograph&material=pseudo-photograph"
    page.goto(f"{site}/law/now?nation={nation}&on=2199-01-01&{did}&{to_what}&{facts}")
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    expect(page.get_by_text("Not legal advice.").last).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


# ---- suggestions while typing --------------------------------------------------------------------

SEARCHES = ("/", "/search", "/search?q=nudes")


@pytest.fixture
def scripted(browser):
    """A page of a browser that runs the site's script; nothing may be said on its console."""
    manifest()
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def type_into(page, words):
    """Types into the search box, as a person does, and gives the box and its list."""
    box = page.locator("input#q")
    expect(box).to_have_role("combobox")
    box.press_sequentially(words, delay=20)
    return box, page.locator("#q__listbox")


@LEFT_OUT
@pytest.mark.parametrize("path", SEARCHES)
def test_search_box_keeps_its_name_and_what_was_in_it(scripted, site, path):
    scripted.goto(site + path)
    box = scripted.locator("input#q")
    expect(box).to_have_role("combobox")
    expect(box).to_have_accessible_name(re.compile("citation"))
    expect(box).to_have_value("nudes" if "q=" in path else "")
    box.focus()
    scripted.wait_for_timeout(400)
    expect(scripted.locator("#q__listbox [role=option]")).to_have_count(0)


@LEFT_OUT
@pytest.mark.parametrize("path", SEARCHES[:2])
def test_thing_is_chosen_with_the_keyboard(scripted, site, path):
    scripted.goto(site + path)
    box, options = type_into(scripted, "cjca 2015 s 33")
    expect(options.get_by_role("option")).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    scripted.keyboard.press("ArrowDown")
    expect(options.get_by_role("option", selected=True)).to_be_focused()
    scripted.keyboard.press("Enter")
    expect(scripted).to_have_url(site + "/legislation/ukpga/2015/2/section/33")


@LEFT_OUT
def test_everyday_word_that_is_chosen_is_searched_for(scripted, site):
    scripted.goto(site + "/search")
    _, options = type_into(scripted, "revenge p")
    options.get_by_role("option").first.click()
    expect(scripted).to_have_url(re.compile(r"/search\?q=revenge\+porn\b"))
    expect(scripted.get_by_role("heading", name="results")).to_be_visible()


@LEFT_OUT
def test_enter_searches_for_what_was_typed(scripted, site):
    scripted.goto(site)
    _, options = type_into(scripted, "upskirt")
    expect(options.get_by_role("option").first).to_be_visible()
    scripted.keyboard.press("Enter")
    expect(scripted).to_have_url(site + "/search?q=upskirt")


@LEFT_OUT
def test_escape_closes_the_list_and_leads_back_to_the_box(scripted, site):
    scripted.goto(site)
    box, options = type_into(scripted, "upskirt")
    expect(options.get_by_role("option").first).to_be_visible()
    scripted.keyboard.press("ArrowDown")
    scripted.keyboard.press("Escape")
    expect(options).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("upskirt")
    scripted.keyboard.press("Enter")
    expect(scripted).to_have_url(site + "/search?q=upskirt")


@LEFT_OUT
def test_what_is_typed_is_asked_for_once_typing_pauses(scripted, site):
    asked = []
    scripted.on("request", lambda request: "/suggest" in request.url and asked.append(request.url))
    scripted.goto(site)
    _, options = type_into(scripted, "upskirting")
    expect(options.get_by_role("option").first).to_be_visible()
    assert 1 <= len(asked) <= 3
    assert asked[-1] == f"{site}/api/v1/suggest?q=upskirting"


@LEFT_OUT
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_list_of_suggestions_fits_320_pixels(browser, site, scheme):
    manifest()
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    page.goto(site + "/search")
    _, options = type_into(page, "child protection se")
    expect(options.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert options.evaluate("list => list.scrollWidth <= list.clientWidth")
    context.close()


@LEFT_OUT
def test_search_works_where_nothing_is_suggested(scripted, site):
    scripted.route("**/api/v1/suggest?*", lambda route: route.fulfill(body="busy"))
    scripted.goto(site)
    type_into(scripted, "upskirt")
    scripted.wait_for_timeout(300)
    expect(scripted.locator("#q__listbox [role=option]")).to_have_count(0)
    scripted.keyboard.press("Enter")
    expect(scripted).to_have_url(site + "/search?q=upskirt")


def test_search_works_without_bundles(browser):
    app = create_app()
    app.extensions["assets"] = {}
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    with served(app) as address:
        page.goto(address)
        page.get_by_role("searchbox").fill("upskirting")
        page.get_by_role("searchbox").press("Enter")
        expect(page).to_have_url(address + "/search?q=upskirting")
        expect(page.get_by_role("heading", name="results")).to_be_visible()
    context.close()
    assert said == []
