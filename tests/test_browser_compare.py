"""A trainer compares nations in a browser: on a wide screen, on a narrow one and on paper."""

import re

import pytest
from in_browser import NO_BROWSER
from playwright.sync_api import expect

TODAY = "2026-11-22"
ADDRESSES = (
    f"/compare?on={TODAY}",
    f"/compare?on={TODAY}&nation=england&other_nation=scotland",
    "/compare?nation=scotland&on=2017-07-02&other_on=2017-07-03",
    "/compare?on=1979-01-01",
    "/compare?nation=narnia",
)
SHEETS = 8
LANDSCAPE = b"/MediaBox [0 0 841.91998 594.95996]"
pytestmark = NO_BROWSER


@pytest.fixture
def page(browser):
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def opened(browser, width, **more):
    return browser.new_context(viewport={"width": width, "height": 800}, **more).new_page()


def test_trainer_compares_the_nations_then_two_of_them_then_two_days(page, site):
    page.goto(site)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("four nations side by side")
    expect(page.get_by_role("columnheader")).to_have_count(5)
    whole = page.get_by_role("rowheader").count()

    page.get_by_role("link", name="Show only the rows that differ").click()
    shown = page.get_by_role("rowheader").count()
    assert 0 < shown < whole
    expect(page.get_by_text(f"Only the {shown} rows in which they differ.")).to_be_visible()

    page.get_by_text("Compare two nations or two days, or keep to a part").click()
    page.get_by_label("Nation", exact=True).select_option("Scotland")
    page.get_by_label("Other nation").select_option("Wales")
    page.get_by_label("Topic").select_option(label="Sharing images")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Scotland and Wales side by side")
    expect(page.get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_role("heading", name="What differs")).to_be_visible()
    said = page.locator(".compare-differences")
    expect(said.first).to_contain_text("criminal responsibility is 12 in Scotland and 10 in Wales")

    page.get_by_text("Compare two nations or two days, or keep to a part").click()
    page.get_by_label("Day", exact=True).last.fill("2017-07-02")
    page.get_by_label("Other nation").select_option("The same nation, or none")
    page.get_by_label("Other day").fill("2017-07-03")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Scotland on 2 July 2017 and on 3 July 2017"
    )
    expect(page.get_by_text("its first day was 3 July 2017")).to_be_visible()


def test_a_cell_leads_to_the_offence_and_to_the_whole_answer(page, site):
    page.goto(f"{site}/compare?on=2017-07-03&conduct=share")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Share or show"))
    scotland = row.first.get_by_role("cell").nth(2)
    scotland.get_by_role("link", name="Full answer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Scotland")
    page.go_back()
    scotland.get_by_role("link", name=re.compile("Abusive Behaviour")).click()
    assert "/offence/absha-2016-s2-1?nation=scotland&on=2017-07-03" in page.url


def test_csv_is_downloaded_under_a_name_with_the_day(browser, site):
    page = opened(browser, 1280)
    page.goto(f"{site}/compare?on={TODAY}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename == f"compare_{TODAY}.csv"
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_at_320_pixels(browser, site, scheme):
    page = opened(browser, 320, color_scheme=scheme)
    for path in ADDRESSES:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, (path, width)
    page.context.close()


def test_at_320_pixels_each_cell_says_its_nation_and_the_table_is_still_one(browser, site):
    page = opened(browser, 320)
    page.goto(f"{site}/compare?on={TODAY}&conduct=take")
    before = page.evaluate(
        "[...document.querySelectorAll('.compare td')].map("
        "c => getComputedStyle(c, '::before').content)"
    )
    for n, nation in enumerate(("England", "Wales", "Scotland", "Northern Ireland")):
        assert nation in before[n]
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("rowheader", name=re.compile("^Take, film"))).to_be_visible()
    page.context.close()


def test_the_headers_stay_in_sight_on_a_wide_screen(browser, site):
    page = opened(browser, 1280)
    page.goto(f"{site}/compare?on={TODAY}")
    page.locator("#row-possess").scroll_into_view_if_needed()
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(200)
    head = page.get_by_role("columnheader", name="Scotland").bounding_box()
    assert -1 <= head["y"] < 120, head
    page.context.close()


def test_a_table_too_wide_for_the_screen_scrolls_in_its_own_region(browser, site):
    page = opened(browser, 800)
    page.goto(f"{site}/compare?on={TODAY}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    region = page.get_by_role("region", name=re.compile("conduct by nation"))
    region.focus()
    expect(region).to_be_focused()
    region.evaluate("r => r.scrollBy(400, 1500)")
    place = region.bounding_box()
    first = region.get_by_role("columnheader", name="Conduct").bounding_box()
    assert abs(first["x"] - place["x"]) < 3
    assert abs(first["y"] - place["y"]) < 3
    page.context.close()


@pytest.mark.parametrize("path", ADDRESSES[:3])
def test_it_is_printed_on_a_few_landscape_sheets(browser, site, path):
    page = opened(browser, 1280)
    page.goto(site + path)
    paper = page.pdf(prefer_css_page_size=True)
    assert set(re.findall(rb"/MediaBox \[[^\]]*\]", paper)) == {LANDSCAPE}
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", paper))
    assert 1 <= sheets <= SHEETS, sheets
    page.emulate_media(media="print")
    expect(page.locator(".about-page")).to_contain_text("Not legal advice.")
    expect(page.locator(".about-page")).to_be_visible()
    expect(page.get_by_text("Download as CSV")).to_be_hidden()
    page.context.close()
