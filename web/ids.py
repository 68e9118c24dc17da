"""Where the addresses that the data uses for things are answered on this site."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from flask import url_for

from kb.advice_model import Thing
from kb.change_description import find_change
from kb.forms import FORMS
from kb.terms import ID, LEGISLATION, OWN_WORDS, legal_address, legal_path
from web.addresses import PAGES, thing_address
from web.state import knowledge

OFFICIAL = "legislation/"  # below /id/: what follows is the path of an official address
CHANGE = ID + "change/"
EXAMPLE = ID + "example/"
SAFE = "/:?&=#%~+"


def address_of(path: str) -> str:
    """The address that the data uses, of a path below /id/."""
    if path.startswith(OFFICIAL):
        return legal_address(path.removeprefix(OFFICIAL))
    return ID + path


def path_of(address: str) -> str | None:
    """The path below /id/ of an address of the data; None if it is not answered there."""
    if address.startswith(LEGISLATION):
        return OFFICIAL + address.removeprefix(LEGISLATION)
    return address.removeprefix(ID) if address.startswith(ID) else None


def local_address(address: str) -> str:
    """Where an address of the data leads from here: to this site if it answers it."""
    if (path := path_of(address)) is not None:
        return url_for("linked.thing", path=path)
    if address.startswith(OWN_WORDS):
        return url_for("vocabulary.ontology", _anchor=address.removeprefix(OWN_WORDS))
    return address


def data_address(path: str, suffix: str) -> str:
    """Where a form of what is said of a thing is, by its path below /id/."""
    return f"{url_for('linked.thing', path=path)}.{suffix}"


def page_address(address: str) -> str | None:
    """The page that is about a thing and nothing else; None if there is none but its description.

    A word of a scheme has a list at most (``thing_address``), which is not about the word.
    """
    known = knowledge()
    if address in known.catalogue.provisions:
        return thing_address(Thing(kind="provision", id=legal_path(address), label=""))
    if address in known.catalogue.instruments:
        return thing_address(Thing(kind="instrument", id=legal_path(address), label=""))
    if address.startswith(CHANGE):
        return _day_of_change(address)
    kind, _, slug = address.removeprefix(ID).partition("/")
    if address.startswith(EXAMPLE):
        return url_for("examples.listed", _anchor=slug)
    if address.startswith(ID) and kind == "scheme":
        return url_for("vocabulary.scheme", name=slug)
    if address.startswith(ID) and kind in PAGES:
        return thing_address(Thing(kind=kind, id=slug, label=""))
    return None


def links(path: str, *, page: str, but: str | None = None) -> str:
    """The value of a Link header: every form of what is said of a thing but one, and its page."""
    found = [] if but == "html" else [_link(page, "alternate", "text/html")]
    for form in FORMS:
        if form.suffix != but:
            where = data_address(path, form.suffix)
            found.append(_link(where, "alternate describedby", form.media_type))
    return ", ".join(found)


def _link(address: str, relation: str, media_type: str) -> str:
    return f'<{quote(address, safe=SAFE)}>; rel="{relation}"; type="{media_type}"'


def _day_of_change(address: str) -> str | None:
    known = knowledge()
    event = find_change(known.catalogue, known.schemes, known.advice, address)
    if event is None:
        return None
    days: dict[str, Any] = {
        "from": event.on.isoformat(),
        "to": (event.on + timedelta(days=1)).isoformat(),
    }
    return url_for("changes.page", **days, _anchor=event.slug)
