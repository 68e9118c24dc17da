"""What a SPARQL request says: its query, and the forms in which it wants the answer."""

from flask import request
from werkzeug.datastructures import MultiDict

from kb.endpoint_guard import EndpointError, UpdateRefused

TABLES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "n-triples",
    "text/plain": "n-triples",
    "application/rdf+xml": "rdf-xml",
    "application/ld+json": "json-ld",
}
PAGE = "text/html"
# What clients write where they name a form in a parameter: a table's media type, then a graph's.
FORMATS = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "turtle": (None, "text/turtle"),
    "n-triples": (None, "application/n-triples"),
    "n3": (None, "text/turtle"),
    "rdf": (None, "application/rdf+xml"),
    "rdf+xml": (None, "application/rdf+xml"),
    "json-ld": (None, "application/ld+json"),
}
NAMED_FORMAT = ("format", "output", "results")
PARAMETERS = ("query", "update", "default-graph-uri", "named-graph-uri", *NAMED_FORMAT)
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"


class BadRequest(EndpointError):
    """A request that is not one of the protocol; ``status`` is its answer's."""

    def __init__(self, detail: str, *, status: int = 400, title: str = "Not a query") -> None:
        self.status, self.title = status, title
        super().__init__(detail)


def stated_query() -> tuple[str, MultiDict[str, str]]:
    """The query and the parameters, wherever the protocol lets them be; raises BadRequest."""
    stated: MultiDict[str, str] = MultiDict(request.args)
    if request.method == "POST":
        if request.mimetype == FORM:
            stated.update(request.form)
        elif request.mimetype in (DIRECT, UPDATE):
            name = "query" if request.mimetype == DIRECT else "update"
            stated.add(name, _direct())
        else:
            raise BadRequest(
                f"A POST has the media type {FORM} or {DIRECT}, not"
                f" {request.mimetype or 'none'!r}.",
                status=415,
                title="Unknown media type",
            )
    for name in stated:
        if name not in PARAMETERS:
            raise BadRequest(f"There is no parameter {name!r}. There are: {', '.join(PARAMETERS)}.")
    if "update" in stated:
        raise UpdateRefused("The data is read-only: there is no update. Ask with query=.")
    if len(stated.getlist("query")) > 1:
        raise BadRequest("query takes one value, and was given several.")
    return stated.get("query", "").replace("\r\n", "\n").strip(), stated


def _direct() -> str:
    try:
        return request.get_data().decode()
    except UnicodeDecodeError as error:
        raise BadRequest("The query is not UTF-8.") from error


def wanted_forms(stated: MultiDict[str, str]) -> tuple[str | None, str | None, bool]:
    """The media type for a table and for a graph, and whether a page is wanted more than either."""
    named = [value for name in NAMED_FORMAT for value in stated.getlist(name)]
    for value in named:
        if value not in FORMATS:
            raise BadRequest(f"There is no format {value!r}. There are: {', '.join(FORMATS)}.")
    if named:
        return (*FORMATS[named[0]], False)
    accept = request.accept_mimetypes
    if not accept:
        return next(iter(TABLES)), next(iter(GRAPHS)), False
    page = accept.best_match([*TABLES, *GRAPHS, PAGE]) == PAGE
    return accept.best_match(list(TABLES)), accept.best_match(list(GRAPHS)), page


def with_charset(media_type: str) -> str:
    """A media type as a header gives it."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def wants_page() -> bool:
    """Is a page wanted more than anything for a program?"""
    return request.accept_mimetypes.best_match(["application/problem+json", *TABLES, PAGE]) == PAGE
