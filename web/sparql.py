"""/sparql: the data for anybody's own questions, by the SPARQL 1.1 protocol, read-only."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.datastructures import MultiDict

from kb import endpoint
from kb.endpoint import Endpoint, SparqlQuestion
from kb.endpoint_guard import EndpointError, ServiceRefused, UpdateRefused
from web.errors import problem
from web.sparql_page import EXAMPLE, Shown, show
from web.sparql_request import (
    DIRECT,
    GRAPHS,
    PAGE,
    TABLES,
    BadRequest,
    stated_query,
    wanted_forms,
    wants_page,
    with_charset,
)

blueprint = Blueprint("sparql", __name__)

STATUSES: tuple[tuple[type[EndpointError], int, str], ...] = (
    (endpoint.BadQuery, 400, "The query cannot be read"),
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


@blueprint.record
def _prepare(state: BlueprintSetupState) -> None:
    """Give the application an endpoint over its data; no process starts before the first query."""
    app = state.app
    app.extensions["sparql"] = Endpoint(
        app.extensions["knowledge"].engine, seconds=float(app.config["SPARQL_SECONDS"])
    )


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query; without one, a page to write one on."""
    request.max_content_length = 3 * endpoint.LONGEST_QUERY + 1000
    request.max_form_memory_size = request.max_content_length
    query = ""
    try:
        query, stated = stated_query()
        if not query:
            return _no_query()
        return _answered(query, stated)
    except EndpointError as error:
        return _refused(error, query=query)


@blueprint.after_request
def _open_to_all(response: Response) -> Response:
    """Let scripts of other sites ask, and caches keep the forms of an answer apart."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS, POST"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    response.vary.add("Accept")
    return response


def _answered(query: str, stated: MultiDict[str, str]) -> Response:
    table, graph, page = wanted_forms(stated)
    asked = SparqlQuestion(
        text=query,
        table="json" if page else TABLES.get(table or ""),
        graph="turtle" if page else GRAPHS.get(graph or ""),
        default_graphs=tuple(stated.getlist("default-graph-uri")),
        named_graphs=tuple(stated.getlist("named-graph-uri")),
    )
    answer = _endpoint().ask(asked)
    if page:
        return _page(show(query, answer, seconds=_endpoint().seconds))
    media_type = table if answer.kind == "table" else graph
    return Response(answer.body, content_type=with_charset(media_type or ""))


def _no_query() -> Response:
    if wants_page():
        return _page(Shown(query=EXAMPLE, seconds=_endpoint().seconds))
    raise BadRequest(
        "No query was given. Ask with GET ?query=, POST query= as a form, or POST the query"
        f" itself as {DIRECT}.",
        title="No query",
    )


def _refused(error: EndpointError, *, query: str) -> Response:
    """A refusal in the form wanted: the page with the query still in it, or problem+json."""
    if isinstance(error, BadRequest):
        status, title = error.status, error.title
    else:
        status, title = next((s, t) for kind, s, t in STATUSES if isinstance(error, kind))
    if wants_page():
        shown = Shown(
            query=query or EXAMPLE,
            seconds=_endpoint().seconds,
            problem=str(error),
            problem_title=title,
        )
        response = _page(shown, status=status)
    else:
        response = problem(status, title, str(error))
    if type(error) in RETRY:
        response.headers["Retry-After"] = str(RETRY[type(error)])
    return response


def _page(shown: Shown, *, status: int = 200) -> Response:
    return Response(render_template("sparql.html", shown=shown), status, mimetype=PAGE)


def _endpoint() -> Endpoint:
    loaded: Endpoint = current_app.extensions["sparql"]
    return loaded
