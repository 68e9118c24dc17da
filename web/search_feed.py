"""The results of a search as an Atom feed (RFC 4287), so that any search can be followed."""

import re
from datetime import date
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from flask import request, url_for

from kb.search_model import FACETS, SearchAnswer, SearchHit
from kb.terms import ID
from web.contract import DISCLAIMER, LICENCE
from web.search_page import parameters

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
AUTHOR = "Whichlaw"
ET.register_namespace("", ATOM)


def search_feed(answer: SearchAnswer, *, checked_on: date) -> bytes:
    """The feed of the page of results that was asked for, in their order."""
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    asked = urlencode(sorted(parameters(answer.asked)))
    _add(feed, "id", f"{ID}feed/search?{asked}")
    _add(feed, "title", f"Search: {_clean(answer.asked.words)}")
    _add(feed, "subtitle", f"{DISCLAIMER} {answer.total} found; these are in their order.")
    _add(feed, "updated", _moment(checked_on))
    _add(_add(feed, "author"), "name", AUTHOR)
    _add(feed, "rights", LICENCE["name"])
    for name, media, view in (("self", MEDIA_TYPE, "feed"), ("alternate", "text/html", "page")):
        address = url_for(f"search.{view}", _external=True)
        address += f"?{urlencode(parameters(answer.asked))}"
        _add(feed, "link", rel=name, type=media, href=address)
    for hit in answer.hits:
        _entry(feed, hit, checked_on=checked_on)
    said: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return said


def _entry(feed: ET.Element, hit: SearchHit, *, checked_on: date) -> None:
    """A result; it is as new as its day, or as the day of the check if that is yet to come."""
    entry = _add(feed, "entry")
    _add(entry, "id", hit.address)
    _add(entry, "title", hit.title)
    _add(entry, "updated", _moment(min(hit.on or checked_on, checked_on)))
    _add(entry, "link", rel="alternate", type="text/html", href=request.host_url[:-1] + _at(hit))
    _add(entry, "category", term=hit.kind, scheme=f"{ID}scheme/result-kinds")
    for nation in hit.nations:
        _add(entry, "category", term=nation, scheme=f"{ID}scheme/{FACETS['nation']}")
    _add(entry, "summary", _plain(hit.snippet), type="text")


def _at(hit: SearchHit) -> str:
    return request.script_root + hit.url


def _plain(snippet: str) -> str:
    """A snippet as text: its marks are taken away, and what was escaped is as it was."""
    return _clean(unescape(re.sub(r"</?mark>", "", snippet)))


def _clean(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _moment(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"


def _add(
    parent: ET.Element, name: str, text: str | None = None, /, **attributes: str
) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
