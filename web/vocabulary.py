"""/ontology: every class and property of ours, explained; the Turtle is behind the same address."""

from dataclasses import dataclass

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from kb.description import gone, store_of
from kb.errors import NotFound
from kb.forms import BY_SUFFIX, FORMS, write
from kb.model import Concept
from kb.ontology_graphs import PARTS, ontology_triples
from kb.ontology_view import read_ontology
from kb.schemes import Schemes
from kb.term_model import Ontology, SchemeRef, Term
from kb.terms import OWN_WORDS
from web.contexts import context, context_address
from web.edition import edition
from web.negotiation import PAGE, split, wanted
from web.open_data import open_to_all
from web.state import knowledge

blueprint = Blueprint("vocabulary", __name__)
WHOLE = "ontology"


@dataclass(frozen=True, kw_only=True)
class SchemePage:
    """A concept scheme with its words."""

    scheme: SchemeRef
    address: str
    words: tuple[Concept, ...]


@dataclass(frozen=True, kw_only=True)
class TermPage:
    """A class or a property."""

    term: Term
    is_class: bool


@blueprint.get("/ontology")
def ontology() -> Response | WerkzeugResponse:
    """Every term as a page, or the ontology in the form that the request likes best."""
    return _either(WHOLE)


@blueprint.get("/ontology.<suffix>")
def in_form(suffix: str) -> Response:
    """The ontology in one form."""
    return _written(WHOLE, suffix)


@blueprint.get("/ontology/schemes/<name>")
def scheme(name: str) -> str:
    """One scheme with its words and what each means."""
    schemes: Schemes = knowledge().schemes
    words = schemes.scheme(name)
    (found,) = (one for one in every_term().schemes if one.name == name)
    page = SchemePage(scheme=found, address=_address(words), words=words)
    return render_template("data/scheme.html", page=page)


@blueprint.get("/ontology/terms/<name>")
def one_term(name: str) -> str:
    """Everything about one class or property: its place, its shapes, an example from the data."""
    words = every_term()
    found = {one.name: one for one in (*words.classes, *words.properties)}
    if name not in found:
        raise NotFound("term", name, hint="Every term is listed at /ontology.")
    page = TermPage(term=found[name], is_class=found[name] in words.classes)
    return render_template("data/term.html", page=page)


@blueprint.get("/ontology/<name>")
def term(name: str) -> Response | WerkzeugResponse:
    """A term, at its place on the page; or a part of the ontology, such as the shapes."""
    part, suffix = split(name)
    if part in PARTS:
        return _written(part, suffix) if suffix else _either(part)
    terms = {one.name for one in (*every_term().classes, *every_term().properties)}
    if name in terms:
        return redirect(url_for("vocabulary.ontology", _anchor=name), code=303)
    if away := gone(store_of(knowledge().engine), OWN_WORDS + name):
        return Response(render_template("linked/gone.html", page=away), 410)
    raise NotFound("term", name, hint="Every term is listed at /ontology.")


@blueprint.after_request
def _open(response: Response) -> Response:
    response.vary.add("Accept")
    return open_to_all(response)


def _either(part: str) -> Response | WerkzeugResponse:
    """A part of the ontology: the page, which all parts share, or a graph."""
    suffix = wanted()
    if suffix is None:
        abort(406, f"There are the forms {PAGE}, {', '.join(BY_SUFFIX)}: ask for one of them.")
    if suffix == PAGE and part != WHOLE:
        return redirect(url_for("vocabulary.ontology"), code=303)
    response = _page() if suffix == PAGE else _written(part, suffix)
    response.headers["Link"] = ", ".join(
        f'<{url_for("vocabulary.in_form", suffix=form.suffix)}>; rel="alternate describedby";'
        f' type="{form.media_type}"'
        for form in FORMS
        if part == WHOLE and form.suffix != suffix
    )
    return response


def _page() -> Response:
    """The page, made once for a state of the data, unless the reader has it."""
    response = Response(mimetype="text/html")
    if _tagged(response, PAGE):
        return response
    response.data = render_template("data/ontology.html", page=every_term())
    return response


def _written(part: str, suffix: str) -> Response:
    if suffix not in BY_SUFFIX:
        raise NotFound("form", suffix, hint=f"There are: {', '.join(BY_SUFFIX)}.")
    response = Response(content_type=_content_type(suffix))
    if _tagged(response, part, suffix):
        return response
    triples = ontology_triples(store_of(knowledge().engine), part)
    where = context_address(external=True)
    response.data = write(triples, suffix, context=context(), context_address=where)
    return response


def _tagged(response: Response, *parts: str) -> bool:
    """Tag an answer; whether the reader has it, so that a 304 is all there is to say."""
    response.set_etag(edition(knowledge().release.sha256, request.url_root, *parts))
    response.headers["Cache-Control"] = "no-cache"
    if not request.if_none_match.contains(response.get_etag()[0] or ""):
        return False
    response.status_code = 304
    return True


def _content_type(suffix: str) -> str:
    media_type = BY_SUFFIX[suffix].media_type
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _address(words: tuple[Concept, ...]) -> str:
    return url_for("linked.thing", path=f"scheme/{words[0].scheme}")


def every_term() -> Ontology:
    """All our words, read once."""
    kept = current_app.extensions
    if "ontology" not in kept:
        known = knowledge()
        kept["ontology"] = read_ontology(store_of(known.engine), known.schemes)
    found: Ontology = kept["ontology"]
    return found
