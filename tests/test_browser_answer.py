"""The answer page in a browser: an officer with an old day, the keyboard, narrow screens, paper."""

import re

import pytest
from in_browser import NO_BROWSER
from playwright.sync_api import expect

QUESTION = "/law?nation=scotland&on=2016-05-01&conduct=share&material=intimate-image"
KINDS = (
    QUESTION,
    QUESTION + "&role=police",
    "/law?on=2016-05-01&conduct=share&material=intimate-image",
    "/law?nation=wales&on=2025-01-01",
    "/law/now?nation=scotland&on=2016-05-01&role=police",
    "/law?nation=england&from=2023-12-01&to=2024-03-01&conduct=share&material=intimate-image",
)
pytestmark = NO_BROWSER


@pytest.fixture(scope="module")
def address(site):
    return site


@pytest.fixture
def page(browser):
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def test_an_officer_finds_the_penalty_of_an_old_day_by_keyboard(page, address):
    page.goto(f"{address}{QUESTION}&role=police")
    expect(page.locator(".said-lead")).to_have_text(
        re.compile(r"^In Scotland, on 1 May 2016, \d+ offences? appl")
    )
    expect(page.get_by_role("navigation", name="Your role").locator("[aria-current]")).to_have_text(
        "Police"
    )
    offence = page.locator("details.offence").first
    offence.locator("summary").focus()
    expect(offence).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(offence).to_have_attribute("open", "")
    row = offence.locator("div", has=page.get_by_text("Maximum penalty on the day", exact=True))
    expect(row.last.locator("dd")).to_be_visible()
    expect(row.last.locator("dd")).to_contain_text(re.compile(r"month|year|fine|life"))
    expect(offence.get_by_text("Mode of trial")).to_be_visible()
    page.keyboard.press("Enter")
    expect(offence).not_to_have_attribute("open", "")


def test_an_expert_gets_there_in_one_line_of_the_search_box(page, address):
    page.goto(address)
    page.get_by_role("searchbox").fill("sharing an intimate image scotland 2 july 2017")
    page.keyboard.press("Enter")
    page.locator("main a[href^='/law?']").first.click()
    expect(page).to_have_url(re.compile(r"nation=scotland&on=2017-07-02&conduct=share"))
    expect(page.locator(".said-lead")).to_have_text(re.compile(r"^In Scotland, on 2 July 2017, "))


def test_the_next_change_is_a_press_away_and_the_day_is_carried(page, address):
    page.goto(address + QUESTION)
    change = page.get_by_role("region", name="What would change this answer")
    change.get_by_role("link", name=re.compile("^Ask about")).last.click()
    expect(page).to_have_url(re.compile(r"on=2017-07-03"))
    expect(page.locator(".said-lead")).to_contain_text("3 July 2017")
    page.go_back()
    expect(page.locator(".said-lead")).to_contain_text("1 May 2016")


def test_a_name_in_the_sentence_leads_to_its_offence(page, address):
    page.goto(address + QUESTION)
    page.locator(".said-names a").first.click()
    expect(page.locator("details.offence:target")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_nothing_scrolls_sideways_at_320_pixels(browser, address, path, scheme):
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + path)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_on_paper_every_offence_is_open_and_what_is_pressed_is_gone(page, address):
    page.goto(address + QUESTION)
    page.emulate_media(media="print")
    expect(page.get_by_text("Mode of trial").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Your role")).to_have_count(0)
    expect(page.get_by_text("Not legal advice.").first).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_first_words_read_aloud_are_the_question_and_the_answer(page, address):
    page.goto(address + QUESTION)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Which law applies in Scotland on 1 May 2016")
    after = heading.evaluate("h => h.nextElementSibling.innerText")
    assert after.startswith("In Scotland, on 1 May 2016")


def test_buttons_that_need_a_script_are_there_only_with_one(browser, address, page):
    page.goto(address + QUESTION)
    expect(page.get_by_role("button", name="Print this page")).to_have_count(0)
    context = browser.new_context(locale="en-GB")
    scripted = context.new_page()
    said = []
    scripted.on("console", lambda message: said.append(message.text))
    scripted.goto(address + QUESTION)
    expect(scripted.get_by_role("button", name="Print this page")).to_be_visible()
    expect(scripted.get_by_role("button", name="Copy this citation")).to_be_visible()
    context.close()
    assert said == []
