"""Atom feeds (RFC 4287) of the changes: all, and of a nation, topic, offence or provision."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request, url_for

from kb.changes_between import changes_between, every_event
from kb.errors import NotFound
from kb.events import Event
from kb.schemes import Schemes
from kb.terms import ID
from web.contract import DISCLAIMER, LICENCE
from web.edition import edition
from web.state import knowledge

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
AUTHOR = "Whichlaw"
MOST = 100
DAY = timedelta(days=1)

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
ET.register_namespace("", ATOM)


@blueprint.get("/changes.atom")
def everything() -> Response:
    """The newest changes of all."""
    known = knowledge()
    found = every_event(known.catalogue, known.schemes, known.advice)
    page = url_for("changes.page", _external=True)
    return _feed("changes", "Changes of the law on intimate images", found, page=page)


@blueprint.get("/nation/<nation>.atom")
def nation(nation: str) -> Response:
    """The newest changes in a nation."""
    label = _label("nations", nation, kind="nation")
    found = _ever(nation=nation)
    page = url_for("changes.page", nation=nation, _external=True)
    return _feed(f"nation/{nation}", f"Changes of the law in {label}", found, page=page)


@blueprint.get("/topic/<topic>.atom")
@blueprint.get("/topic/<topic>/<nation>.atom")
def topic(topic: str, nation: str | None = None) -> Response:
    """The newest changes in a topic, everywhere or in a nation."""
    title = f"Changes of the law: {_label('topics', topic, kind='topic')}"
    name, asked = f"topic/{topic}", {"topic": topic}
    if nation:
        title += f", {_label('nations', nation, kind='nation')}"
        name, asked = f"{name}/{nation}", {**asked, "nation": nation}
    page = url_for("changes.page", **asked, _external=True)
    return _feed(name, title, _ever(**asked), page=page)


@blueprint.get("/offence/<slug>.atom")
def offence(slug: str) -> Response:
    """What changes about an offence."""
    known = knowledge()
    label = known.library.offence(slug).label
    found = _ever(offence=slug)
    page = url_for("library.offence", slug=slug, _external=True)
    return _feed(f"offence/{slug}", f"Changes: {label}", found, page=page)


@blueprint.get("/provision/<path:path>.atom")
def provision(path: str) -> Response:
    """What changes about a provision, or about an instrument and all that is in it."""
    known = knowledge()
    try:
        label = known.library.provision(path).citation
    except NotFound:
        label = known.library.instrument(path).title
    found = _ever(provision=path)
    page = url_for("library.legislation", path=path, _external=True)
    return _feed(f"provision/{path}", f"Changes: {label}", found, page=page)


def _ever(**kept: str) -> tuple[Event, ...]:
    """Every event on all days, kept to what is named as :func:`changes_between` names it."""
    known = knowledge()
    return changes_between(
        known.catalogue, known.schemes, known.advice, start=date.min, end=date.max, **kept
    )


def _label(scheme: str, slug: str, *, kind: str) -> str:
    """What a word of an address is called; raises NotFound with the words there are."""
    labels = {concept.slug: concept.label for concept in knowledge().schemes.scheme(scheme)}
    if slug not in labels:
        raise NotFound(kind, slug, hint=f"There are: {', '.join(labels)}.")
    return labels[slug]


def _feed(name: str, title: str, events: tuple[Event, ...], *, page: str) -> Response:
    """The feed, the newest event first, unless the reader has this very one."""
    known = knowledge()
    tag = edition(known.release.sha256, request.base_url)
    response = Response(content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    if tag in request.if_none_match.as_set():
        response.status_code = 304
        return response
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _add(feed, "id", f"{ID}feed/{name}")
    _add(feed, "title", title)
    _add(feed, "subtitle", f"{DISCLAIMER} The newest {MOST} at most.")
    _add(feed, "updated", _moment(known.checked_on))
    _add(_add(feed, "author"), "name", AUTHOR)
    _add(feed, "rights", LICENCE["name"])
    _add(feed, "link", rel="self", type=MEDIA_TYPE, href=request.base_url)
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    for event in tuple(reversed(events))[:MOST]:
        _entry(feed, event, schemes=known.schemes, checked_on=known.checked_on)
    response.data = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return response


def _entry(feed: ET.Element, event: Event, *, schemes: Schemes, checked_on: date) -> None:
    """An event; it is as new as its day, or as the day of the check if that is yet to come."""
    kind = schemes.concept("change-kinds", event.kind, parameter="kind")
    entry = _add(feed, "entry")
    _add(entry, "id", event.id)
    _add(entry, "title", event.title)
    _add(entry, "updated", _moment(min(event.on, checked_on)))
    _add(entry, "link", rel="alternate", type="text/html", href=_address(event))
    _add(entry, "category", term=kind.slug, scheme=f"{ID}scheme/change-kinds", label=kind.label)
    for name, words in (("nations", event.nations), ("topics", event.topics)):
        where = f"{ID}scheme/{name}"
        for concept in schemes.scheme(name):
            if concept.slug in words:
                _add(entry, "category", term=concept.slug, scheme=where, label=concept.label)
    _add(entry, "content", _said(event, schemes=schemes), type="text")


def _said(event: Event, *, schemes: Schemes) -> str:
    """All that an event says, as text."""
    labels = {concept.slug: concept.label for concept in schemes.scheme("nations")}
    read = schemes.concept("confidences", event.confidence, parameter="confidence")
    by = "; ".join(ref.citation for ref in event.authority)
    lines = [
        f"{event.on.isoformat()}: {', '.join(labels[nation] for nation in event.nations)}.",
        event.text,
        f"By: {by}." if by else event.authority_note or "",
        f"How it was read: {read.label}. {read.definition}",
        *(f"Source: {source.address or source.label}" for source in event.sources),
    ]
    return "\n".join(line for line in lines if line)


def _address(event: Event) -> str:
    """The day of an event on the page of changes."""
    days = {"from": event.on.isoformat(), "to": (event.on + DAY).isoformat()}
    return url_for("changes.page", **days, _anchor=event.slug, _external=True)


def _moment(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"


def _add(
    parent: ET.Element, name: str, text: str | None = None, /, **attributes: str
) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
