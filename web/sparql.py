"""/sparql: the data for anybody's own questions, by the SPARQL 1.1 protocol, read-only."""

import re

from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.datastructures import MultiDict

from kb import endpoint
from kb.endpoint import Endpoint, LimitReached, SparqlQuestion
from kb.endpoint_guard import BadQuery, EndpointError, ServiceRefused, UpdateRefused
from web.edition import edition
from web.errors import problem
from web.examples import examples
from web.sparql_page import EXAMPLE, Asked, Shown, show
from web.sparql_request import (
    DIRECT,
    GRAPHS,
    PAGE,
    TABLES,
    BadRequest,
    Forms,
    best,
    stated_query,
    wanted_forms,
    wants_page,
    with_charset,
)
from web.sparql_terms import terms_address
from web.state import knowledge

blueprint = Blueprint("sparql", __name__)

STATUSES: tuple[tuple[type[EndpointError], int, str], ...] = (
    (BadQuery, 400, "The query cannot be read"),
    (UpdateRefused, 403, "The data is read-only"),
    (ServiceRefused, 403, "Nothing is fetched from elsewhere"),
    (endpoint.NotAcceptable, 406, "No such form"),
    (endpoint.TooLong, 413, "The query is too long"),
    (endpoint.TooLarge, 413, "The answer is too large"),
    (endpoint.TooSlow, 503, "The query took too long"),
    (endpoint.Busy, 503, "The endpoint is busy"),
    (endpoint.Broken, 503, "The query wanted too much"),
)
RETRY = {endpoint.TooSlow: 30, endpoint.Busy: 5, endpoint.Broken: 60}
THE_DATA = '</data>; rel="alternate"; title="The whole of the data"'
# The same query has another answer each time, and so no edition.
VOLATILE = re.compile(r"(?:NOW|RAND|UUID)(?:\s|#[^\r\n]*)*\(", re.IGNORECASE)


@blueprint.record
def _prepare(state: BlueprintSetupState) -> None:
    """Give the application an endpoint over its data; no process starts before the first query."""
    app = state.app
    app.extensions["sparql"] = Endpoint(
        app.extensions["knowledge"].engine,
        seconds=float(app.config["SPARQL_SECONDS"]),
        workers=int(app.config["SPARQL_WORKERS"]),
        answer=int(app.config["SPARQL_ANSWER_BYTES"]),
        memory=int(app.config["SPARQL_MEMORY_BYTES"]),
    )


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query; without one, describe the endpoint, or show a page to write one on."""
    request.max_content_length = 3 * endpoint.LONGEST_QUERY + 1000
    request.max_form_memory_size = request.max_content_length
    query, stated = "", MultiDict[str, str]()
    try:
        query, stated = stated_query()
        if not query:
            return _no_query(stated)
        return _answered(query, stated)
    except EndpointError as error:
        return _refused(error, query=query, stated=stated)


@blueprint.after_app_request
def _open_to_all(response: Response) -> Response:
    """Let scripts of other sites ask, and caches keep the forms of an answer apart."""
    if request.path.rstrip("/") == "/sparql":
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS, POST"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Limit-Reached, Link, Retry-After"
        response.headers["Access-Control-Max-Age"] = "86400"
        response.vary.add("Accept")
    return response


def _answered(query: str, stated: MultiDict[str, str]) -> Response:
    forms = wanted_forms(stated)
    asked = SparqlQuestion(
        text=query,
        table="json" if forms.page else TABLES.get(forms.table or ""),
        graph="turtle" if forms.page else GRAPHS.get(forms.graph or ""),
        default_graphs=tuple(stated.getlist("default-graph-uri")),
        named_graphs=tuple(stated.getlist("named-graph-uri")),
        base=request.base_url,
    )
    tag = _tag(asked, forms)
    if tag and request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag)
    answer = _endpoint().ask(asked)
    if forms.page:
        return _page(show(_asked(query, stated), answer))
    media_type = forms.table if answer.kind == "table" else forms.graph
    response = Response(answer.body, content_type=with_charset(media_type or ""))
    return _tagged(response, tag)


def _tag(asked: SparqlQuestion, forms: Forms) -> str | None:
    """What tells an answer from others: the data, the program, the query, its dataset and form."""
    if forms.page or request.method == "POST" or VOLATILE.search(asked.text):
        return None
    return edition(knowledge().release.sha256, repr(asked), repr(forms))


def _tagged(response: Response, tag: str | None) -> Response:
    """The tag is weak: rows that are in no order may come in another."""
    response.headers["Cache-Control"] = "no-cache"
    if tag:
        response.set_etag(tag, weak=True)
    return response


def _no_query(stated: MultiDict[str, str]) -> Response:
    """The page, or the service description where a graph is as welcome; raises BadRequest."""
    if wants_page():
        return _page(Shown(asked=_asked(EXAMPLE, stated)))
    form = best(GRAPHS)
    if request.method == "POST" or stated or not form:
        raise BadRequest(
            "No query was given. Ask with GET ?query=, POST query= as a form, or POST the query"
            f" itself as {DIRECT}. GET without any parameter describes this endpoint, as a graph.",
            title="No query",
        )
    body = _endpoint().described(address=request.base_url, form=GRAPHS[form])
    response = Response(body, content_type=with_charset(form))
    response.add_etag()
    return _tagged(response, None).make_conditional(request)  # type: ignore[return-value]


def _refused(error: EndpointError, *, query: str, stated: MultiDict[str, str]) -> Response:
    """A refusal in the form wanted: the page with the query still in it, or problem+json."""
    if isinstance(error, BadRequest):
        status, title = error.status, error.title
    else:
        status, title = next((s, t) for kind, s, t in STATUSES if isinstance(error, kind))
    if isinstance(error, endpoint.TooLong) and request.method != "POST":
        status = 414
    place = {name: value for name in ("line", "column") if (value := getattr(error, name, None))}
    if wants_page():
        shown = Shown(
            asked=_asked(query or EXAMPLE, stated),
            problem=str(error),
            problem_title=title,
            limited=isinstance(error, LimitReached),
            **place,
        )
        response = _page(shown, status=status)
    else:
        limit = {"limit": error.limit} if isinstance(error, LimitReached) else {}
        response = problem(status, title, str(error), **place, **limit)
    _explain(response, error)
    return response


def _explain(response: Response, error: EndpointError) -> None:
    """Say in the headers too which limit was reached, when to come back and where the rest is."""
    if isinstance(error, LimitReached | UpdateRefused):
        response.headers["Link"] = THE_DATA
    if isinstance(error, LimitReached):
        response.headers["Limit-Reached"] = error.limit
    for kind, seconds in RETRY.items():
        if isinstance(error, kind):
            response.headers["Retry-After"] = str(seconds)


def _asked(query: str, stated: MultiDict[str, str]) -> Asked:
    return Asked(
        query=query,
        default_graphs=tuple(stated.getlist("default-graph-uri")),
        named_graphs=tuple(stated.getlist("named-graph-uri")),
    )


def _page(shown: Shown, *, status: int = 200) -> Response:
    page = render_template(
        "sparql.html",
        shown=shown,
        seconds=_endpoint().seconds,
        count=len(examples()),
        terms=terms_address(),
    )
    return Response(page, status, mimetype=PAGE)


def _endpoint() -> Endpoint:
    loaded: Endpoint = current_app.extensions["sparql"]
    return loaded
