"""The site on the invented country, and what tests ask of its pages about guidance and claims."""

import shutil
import tempfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from flask import Flask

from kb.store import DATA, ONTOLOGY
from web.app import create_app

SAMPLE = DATA.parent.parent / "tests" / "sample"
CHECKED = "2026-01-31"
VOID = {"meta", "link", "input", "br", "hr", "img"}


@cache
def sample_site() -> Flask:
    """The application on invented facts, with invented nations and bodies in place of ours."""
    words = Path(tempfile.mkdtemp()) / "ontology"
    shutil.copytree(ONTOLOGY, words)
    shutil.copytree(SAMPLE / "ontology", words, dirs_exist_ok=True)
    site = create_app({"DATA": str(SAMPLE / "data"), "ONTOLOGY": str(words), "CACHE": ""})
    shutil.rmtree(words.parent)
    return site


class Seen(HTMLParser):
    """The main part of a page: its words, its links, and what is wrong with its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links, self.ids, self.labels, self.fields, self.faults = [], [], [], [], []
        self.open, self.words, self.headings = [], [], []
        self.after = None
        self.feed(html[html.index("<main") : html.index("</main>") + len("</main>")])

    @property
    def text(self) -> str:
        """All words, with single spaces."""
        return " ".join("".join(self.words).split())

    @property
    def paths(self) -> set[str]:
        """Where the links lead, whatever nation and day they carry along."""
        return {link.partition("?")[0] for link in self.links}

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(found["href"])
            self.after = found["href"] if found.get("rel") == "next" else self.after
        if tag == "label":
            self.labels.append(found["for"])
        if tag in {"input", "select"} and found.get("type") != "hidden":
            self.fields.append(found.get("id"))
        if tag in {"script", "style"} or any(n == "style" or n[:2] == "on" for n in found):
            self.faults.append((tag, attrs))
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        self.ids += [found["id"]] if "id" in found else []

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            self.faults.append(f"{tag} closes another element")

    def handle_data(self, data):
        if "select" not in self.open:
            self.words.append(data)


def get(site: Flask, address: str, *, status: int = 200, **query: str | list[str]):
    """An answer of a site, with the status that is expected."""
    response = site.test_client().get(address, query_string=query or None)
    assert response.status_code == status, response.text[:800]
    return response


def see(site: Flask, address: str, *, status: int = 200, **query: str | list[str]) -> Seen:
    """A page of a site."""
    return Seen(get(site, address, status=status, **query).text)
