"""What a SPARQL request says: its query, and the forms in which it wants the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from flask import request
from werkzeug.datastructures import MIMEAccept, MultiDict
from werkzeug.http import parse_accept_header

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
    "application/trig": "trig",
    "application/n-quads": "n-quads",
}
PAGE = "text/html"
# What clients write where they name a form in a parameter: a table's media type, then a graph's.
FORMATS: dict[str, tuple[str | None, str | None]] = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "turtle": (None, "text/turtle"),
    "ttl": (None, "text/turtle"),
    "n-triples": (None, "application/n-triples"),
    "nt": (None, "application/n-triples"),
    "n3": (None, "text/turtle"),
    "rdf": (None, "application/rdf+xml"),
    "rdf+xml": (None, "application/rdf+xml"),
    "json-ld": (None, "application/ld+json"),
    "jsonld": (None, "application/ld+json"),
    "trig": (None, "application/trig"),
    "n-quads": (None, "application/n-quads"),
    "nq": (None, "application/n-quads"),
    **{media_type: (media_type, None) for media_type in TABLES},
    **{media_type: (None, media_type) for media_type in GRAPHS},
}
NAMED_FORMAT = ("format", "output", "results")
PARAMETERS = ("query", "update", "default-graph-uri", "named-graph-uri", *NAMED_FORMAT)
OF_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"


class BadRequest(EndpointError):
    """A request that is not one of the protocol; ``status`` is its answer's."""

    def __init__(self, detail: str, *, status: int = 400, title: str = "Not a query") -> None:
        self.status, self.title = status, title
        super().__init__(detail)


@dataclass(frozen=True, kw_only=True)
class Forms:
    """The media types wanted for a table and for a graph; ``page``: wanted more than either."""

    table: str | None
    graph: str | None
    page: bool


def stated_query() -> tuple[str, MultiDict[str, str]]:
    """The query and the parameters, wherever the protocol lets them be; raises BadRequest."""
    stated: MultiDict[str, str] = MultiDict(request.args)
    if request.method == "POST":
        stated.update(_posted())
    if any(name in stated for name in OF_UPDATES):
        raise UpdateRefused(
            "The data is read-only: there is no update. Ask with query=. The whole of the data can"
            " be taken from /data, to be changed in a store of your own."
        )
    for name in stated:
        if name not in PARAMETERS:
            raise BadRequest(f"There is no parameter {name!r}. There are: {', '.join(PARAMETERS)}.")
    if len(stated.getlist("query")) > 1:
        raise BadRequest("query takes one value, and was given several.")
    query = stated.get("query", "").replace("\r\n", "\n")
    return query if query.strip() else "", stated


def _posted() -> MultiDict[str, str]:
    """What the body of a POST states; a body that is itself a query counts as one."""
    if request.mimetype == FORM:
        return request.form
    if request.mimetype not in (DIRECT, UPDATE):
        raise BadRequest(
            f"A POST has the media type {FORM} or {DIRECT}, not {request.mimetype or 'none'!r}.",
            status=415,
            title="Unknown media type",
        )
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise BadRequest("A query is UTF-8.", status=415, title="Unknown encoding")
    try:
        text = request.get_data().decode()
    except UnicodeDecodeError as error:
        raise BadRequest("The query is not UTF-8.") from error
    return MultiDict({"query" if request.mimetype == DIRECT else "update": text})


def wanted_forms(stated: MultiDict[str, str]) -> Forms:
    """The forms that a request wants: those it names in a parameter, or else in Accept."""
    named = [value for name in NAMED_FORMAT for value in stated.getlist(name)]
    for value in named[:1]:  # SPARQLWrapper names several in one, and says the same three times
        known = [
            FORMATS[one] for one in value.lower().replace(" ", "").split(",") if one in FORMATS
        ]
        if not known:
            raise BadRequest(f"There is no format {value!r}. There are: {', '.join(FORMATS)}.")
        table, graph = known[0]
        return Forms(table=table, graph=graph, page=False)
    page = best([*TABLES, *GRAPHS, PAGE]) == PAGE
    return Forms(table=best(TABLES), graph=best(GRAPHS), page=page)


def best(offered: Iterable[str]) -> str | None:
    """The media type that Accept likes best, the first of equals; None if it likes none.

    The most specific range that fits one counts, so ``q=0`` is not undone by ``*/*``; what is
    asked for by name goes before what a wildcard lets in.
    """
    return _best(request.headers.get("Accept", ""), tuple(offered))


@lru_cache(maxsize=200)  # clients are of few kinds, and each says the same every time
def _best(header: str, offered: tuple[str, ...]) -> str | None:
    accept = parse_accept_header(header, MIMEAccept)
    if not accept:
        return offered[0]
    named = {value.partition(";")[0].strip().lower() for value, _ in accept}
    liked = [(accept.quality(one), one in named, one) for one in offered]
    found = max((one for one in liked if one[0] > 0), key=lambda one: one[:2], default=None)
    return found[2] if found else None


def with_charset(media_type: str) -> str:
    """A media type as a header gives it."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def wants_page() -> bool:
    """Is a page wanted more than anything for a program?"""
    return best(["application/problem+json", *TABLES, *GRAPHS, PAGE]) == PAGE
