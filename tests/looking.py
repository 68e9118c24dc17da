"""A page looked at in a browser, as a reader with other eyes, hands or settings meets it.

axe-core takes seconds for thousands of elements. So rows, entries and paragraphs that have nothing
new in them are left out: those of which every element was there twice before, under the same
elements, with the same classes and attributes. ``WHICHLAW_EVERY_ELEMENT=1`` lets it see all.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from comunica import INSTALLED

AXE = INSTALLED / "node_modules" / "axe-core" / "axe.min.js"
LOOK = Path(__file__).with_name("look.js")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# What the scheme of colours can change. Everything else is the same in light and dark.
COLOURS = ("color-contrast", "link-in-text-block")
OPTIONS = {"resultTypes": ["violations"], "elementRef": False, "preload": False, "iframes": False}
EVERY = os.environ.get("WHICHLAW_EVERY_ELEMENT") == "1"
MISSING = (
    "axe-core is not installed. Run scripts/test where a package registry is reached, or leave"
    " these tests out with WHICHLAW_NO_ASSETS=1."
)


def begin(page: Any) -> None:
    """Gives a page that was loaded what it is looked at with, and opens all that is folded."""
    if not AXE.is_file():
        pytest.fail(MISSING)
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate(LOOK.read_text("utf-8"))
    page.evaluate("looked.open()")


def set_up(page: Any, *, size: dict[str, int], scheme: str) -> None:
    """Shows the same page at another size, or in another scheme of colours."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)


def leave_out_repeats(page: Any) -> None:
    """Lets axe-core see every form of element, and not every element."""
    if not EVERY:
        page.evaluate("looked.leaveOutRepeats()")


def violations(page: Any, *, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core says is wrong, of whatever impact: each rule with where it is broken."""
    options: dict[str, Any] = dict(OPTIONS)
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['target'][-1]} – {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"][:4]
    ]
