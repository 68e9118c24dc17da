"""/id/…: every thing that the data speaks of, by its identifier, as a page or as a graph.

``/id/offence/x`` answers 303 with the page or the graph that suits the request; the same with a
suffix (``.ttl``, ``.jsonld``, ``.rdf``, ``.nt``, ``.json``, ``.html``) is that form. What official
addresses name is at ``/id/legislation/…``. What was published once and is gone answers 410.
"""

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as WerkzeugResponse

from kb.change_description import describe_change, find_change
from kb.description import Description, Gone, describe, gone, store_of
from kb.description_view import view
from kb.errors import NotFound
from kb.examples import describe_example
from kb.forms import BY_SUFFIX, write
from web.contexts import context, context_address
from web.edition import edition
from web.errors import problem
from web.examples import find_example
from web.ids import (
    CHANGE,
    EXAMPLE,
    address_of,
    data_address,
    links,
    local_address,
    page_address,
    path_of,
)
from web.legislation_data import legislation_data
from web.negotiation import PAGE, SUFFIXES, split, wanted
from web.open_data import open_to_all
from web.state import knowledge

blueprint = Blueprint("linked", __name__)
FEED = "feed/"
# Where the pages of things are, and the part of their address that names the thing.
PAGE_LINKS = {
    "library.legislation": ("legislation", "path"),
    "library.offence": ("offence", "slug"),
    "register.claim": ("claim", "slug"),
    "register.misconception": ("misconception", "slug"),
    "register.source": ("source", "slug"),
    "shelves.document": ("guidance", "slug"),
    "shelves.point": ("practice", "slug"),
    "shelves.service": ("service", "slug"),
}


@blueprint.record
def _for_templates(state: BlueprintSetupState) -> None:
    for make in (data_address, legislation_data, local_address):
        state.app.add_template_global(make)


@blueprint.get("/id/<path:path>")
def thing(path: str) -> Response | WerkzeugResponse:
    """A thing by its identifier: on to a form of what is said of it, or that form."""
    if path.startswith(FEED):
        return redirect(f"{request.script_root}/feeds/{path.removeprefix(FEED)}.atom", code=303)
    path, suffix = split(path)
    address = address_of(path)
    found = _described(address)
    if found is None:
        return _never(path, suffix or wanted() or PAGE)
    if away := gone(store_of(knowledge().engine), address):
        return _gone(away, suffix or wanted() or PAGE)
    page = page_address(address) or data_address(path, PAGE)
    if suffix is None:
        return _on(path, page=page)
    response = _form(found, suffix, path=path)
    response.headers["Link"] = links(path, page=page, but=suffix)
    return response


def _never(path: str, suffix: str) -> Response:
    """That nothing is known of an identifier, for people or for programs."""
    error = NotFound("identifier", path, hint="It was never published; look it up at /search.")
    if suffix == PAGE:
        raise error
    return problem(404, "Not found", str(error))


def _described(address: str) -> Description | None:
    known = knowledge()
    store = store_of(known.engine)
    if address.startswith(CHANGE):
        event = find_change(known.catalogue, known.schemes, known.advice, address)
        return describe_change(store, event) if event else None
    if address.startswith(EXAMPLE):
        example = find_example(address.removeprefix(EXAMPLE))
        return describe_example(store, example) if example else None
    return describe(store, address)


def _on(path: str, *, page: str) -> WerkzeugResponse:
    """Lead to the form that the request likes best; say which there are if it likes none."""
    suffix = wanted()
    if suffix is None:
        abort(406, f"There are the forms {', '.join(SUFFIXES)}: ask for one of them.")
    where = page if suffix == PAGE else data_address(path, suffix)
    response = redirect(where, code=303)
    response.headers["Link"] = links(path, page=page)
    return response


def _form(found: Description, suffix: str, *, path: str) -> Response:
    """One form of a description, unless the reader has this very one."""
    release = knowledge().release
    response = Response(content_type=_content_type(suffix))
    response.set_etag(edition(release.id, release.sha256, request.base_url))
    response.headers["Cache-Control"] = "no-cache"
    if request.if_none_match.contains(response.get_etag()[0] or ""):
        response.status_code = 304
        return response
    if suffix == PAGE:
        page, own = view(found), page_address(found.address)
        response.data = render_template("linked/thing.html", page=page, path=path, own=own)
    else:
        response.data = _written(found, suffix)
    return response


def _gone(away: Gone, suffix: str) -> Response:
    """That a thing was here once, and what took its place."""
    if suffix == PAGE:
        return Response(render_template("linked/gone.html", page=away), 410)
    body = _written(away.description, suffix)
    return Response(body, 410, content_type=_content_type(suffix))


def _written(found: Description, suffix: str) -> bytes:
    return write(
        found.triples, suffix, context=context(), context_address=context_address(external=True)
    )


def _content_type(suffix: str) -> str:
    media_type = "text/html" if suffix == PAGE else BY_SUFFIX[suffix].media_type
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


@blueprint.after_request
def _negotiated(response: Response) -> Response:
    response.vary.add("Accept")
    return open_to_all(response)


@blueprint.after_app_request
def _link_pages(response: Response) -> Response:
    """Tell programs, on the page of a thing, where its data is."""
    kind, place = PAGE_LINKS.get(request.endpoint or "", (None, ""))
    if kind and response.status_code == 200 and request.view_args:
        path = f"{kind}/{request.view_args[place]}"
        path = path_of(address_of(path)) or path
        response.headers["Link"] = links(path, page=request.path, but=PAGE)
    return response
