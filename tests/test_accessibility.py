"""Every type of page in a browser: axe-core, width, spacing, the keyboard, colours, no script."""

import pytest
from bundles import LEFT_OUT, manifest
from in_browser import NO_BROWSER
from looking import COLOURS, NARROW, WIDE, begin, leave_out_repeats, set_up, violations
from page_types import BY_NAME, PAGES

pytestmark = NO_BROWSER
NAMES = [page.name for page in PAGES]


@pytest.fixture(scope="module")
def window(browser):
    """One page with script, for the pages to be looked at one after another."""
    manifest()
    context = browser.new_context(locale="en-GB", viewport=WIDE)
    yield context.new_page()
    context.close()


@LEFT_OUT
@pytest.mark.parametrize("name", NAMES)
def test_page_can_be_used_by_everybody(window, site, name):
    set_up(window, size=WIDE, scheme="light")
    window.goto(site + BY_NAME[name].path)
    begin(window)
    found = {"pictures": window.evaluate("looked.pictures()")}
    set_up(window, size=NARROW, scheme="light")
    found["sideways at 320 px"] = window.evaluate("looked.scrolls()")
    found["cut off at 320 px"] = window.evaluate("looked.cut()")
    window.evaluate("looked.spread()")
    found["sideways at 320 px with spacing"] = window.evaluate("looked.scrolls()")
    found["cut off at 320 px with spacing"] = window.evaluate("looked.cut()")
    window.set_viewport_size(WIDE)
    found["sideways with spacing"] = window.evaluate("looked.scrolls()")
    found["cut off with spacing"] = window.evaluate("looked.cut()")
    window.evaluate("looked.unspread()")
    leave_out_repeats(window)
    for width, size in (("wide", WIDE), ("narrow", NARROW)):
        for scheme, rules in (("light", ()), ("dark", COLOURS)):
            set_up(window, size=size, scheme=scheme)
            found[f"axe, {width}, {scheme}"] = violations(window, rules=rules)
    said = [f"{what}: {one}" for what, where in found.items() for one in where]
    assert not said, "\n".join(said)
