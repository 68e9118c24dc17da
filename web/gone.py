"""Pages that were here once: 410, with what took their place, and not 404.

What is marked as deprecated in the data has its old page here, and so has an address of the site
itself (``https://w3id.org/whichlaw/old``).
"""

from flask import Flask, Response, current_app, make_response, render_template, request

from kb.advice_model import Thing
from kb.description import deprecated, gone, store_of
from kb.terms import ID, OWN_WORDS, legal_path
from web.addresses import PAGES, thing_address
from web.state import knowledge

SITE = OWN_WORDS.removesuffix("ontology#")


def register(app: Flask) -> None:
    """Answer for the pages of an application that are gone."""
    app.after_request(_say_gone)


def _say_gone(response: Response) -> Response:
    if response.status_code != 404 or request.method not in ("GET", "HEAD"):
        return response
    kept = current_app.extensions
    if "retired" not in kept:
        kept["retired"] = retired_pages()
    address = kept["retired"].get(f"{request.script_root}{request.path}")
    found = gone(store_of(knowledge().engine), address) if address else None
    if found is None:
        return response
    return make_response(render_template("linked/gone.html", page=found), 410)


def retired_pages() -> dict[str, str]:
    """The address of the data for each page that is gone, by its path on this site."""
    return {
        path: address
        for address in deprecated(store_of(knowledge().engine))
        if (path := _page_of(address))
    }


def _page_of(address: str) -> str | None:
    kind, _, slug = address.removeprefix(ID).partition("/")
    if address.startswith(ID) and kind in PAGES:
        return thing_address(Thing(kind=kind, id=slug, label=""))
    if address.startswith(SITE) and not address.startswith((ID, OWN_WORDS)):
        return f"/{address.removeprefix(SITE)}"
    if legal_path(address) != address:
        return thing_address(Thing(kind="provision", id=legal_path(address), label=""))
    return None
