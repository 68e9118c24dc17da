"""/sparql speaks the protocol, changes nothing, fetches nothing, and cannot be held up."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pytest
import rdflib
from served import site
from werkzeug.serving import make_server

from kb import endpoint_pool
from kb.endpoint import LARGEST_ANSWER
from web.app import create_app
from web.sparql_request import GRAPHS, TABLES

ACT = "http://www.legislation.gov.uk/id/ukpga/1978/37"
ASK = "ASK { ?s ?p ?o }"
SELECT = f"SELECT ?p ?o {{ <{ACT}> ?p ?o }} ORDER BY ?p ?o LIMIT 3"
CONSTRUCT = f"CONSTRUCT {{ <{ACT}> ?p ?o }} WHERE {{ <{ACT}> ?p ?o }}"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
GRAPH = "https://w3id.org/whichlaw/id/graph/"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    type: str
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An endpoint that stops a query after one second."""
    with serving(seconds=1) as running:
        yield running


@pytest.fixture(scope="module")
def tight() -> Iterator[str]:
    """An endpoint that sends small answers only."""
    with serving(seconds=30, answer=3000) as running:
        yield running


@contextmanager
def serving(*, seconds: int, answer: int = LARGEST_ANSWER) -> Iterator[str]:
    app = create_app({"SPARQL_SECONDS": seconds, "SPARQL_ANSWER_BYTES": answer})
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["sparql"].close()


def send(
    address: str,
    body: bytes | None = None,
    *,
    method: str | None = None,
    accept: str | None = None,
    type: str | None = None,
    known: str | None = None,
    **parameters: str,
) -> Answer:
    said = {"Accept": accept, "Content-Type": type, "If-None-Match": known}
    headers = {name: value for name, value in said.items() if value}
    url = address + ("?" + urlencode(parameters) if parameters else "")
    request = Request(url, data=body, headers=headers, method=method)
    try:
        with urlopen(request, timeout=120) as response:
            return Answer(
                response.status,
                response.headers.get_content_type(),
                response.headers,
                response.read(),
            )
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers.get_content_type(), error.headers, error.read())


def refused(answer: Answer, status: int) -> str:
    assert (answer.status, answer.type) == (status, "application/problem+json"), answer.body
    assert answer.json["status"] == status
    return str(answer.json["detail"])


def test_a_query_is_asked_by_get_form_and_direct_post(address: str) -> None:
    for answer in (
        send(address, query=ASK),
        send(address, urlencode({"query": ASK}).encode(), type=FORM),
        send(address, ASK.encode(), type="application/sparql-query"),
        send(address, ASK.encode(), type="application/sparql-query; charset=utf-8"),
    ):
        assert (answer.status, answer.type) == (200, "application/sparql-results+json")
        assert answer.json["boolean"] is True
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/turtle;q=0.9, text/csv;q=0.5", "text/csv"),
        ("text/csv, */*", "text/csv"),
        ("text/*;q=0.3, application/sparql-results+xml;q=0.4", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, application/*", "application/json"),
        (BROWSER, "text/html"),
    ],
)
def test_a_table_comes_in_the_form_asked_for(address: str, accept: str | None, kind: str) -> None:
    answer = send(address, query=SELECT, accept=accept)
    assert (answer.status, answer.type) == (200, kind)
    if kind.endswith("json"):
        assert len(answer.json["results"]["bindings"]) == 3
    elif kind.endswith("xml"):
        assert len(ElementTree.fromstring(answer.body)[1]) == 3
    elif kind != "text/html":
        assert len(answer.body.decode().strip().splitlines()) == 4


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("text/turtle;q=0, */*", "application/n-triples"),
    ],
)
def test_a_graph_comes_in_the_form_asked_for(address: str, accept: str | None, kind: str) -> None:
    for query in (CONSTRUCT, f"DESCRIBE <{ACT}>"):
        answer = send(address, query=query, accept=accept)
        assert (answer.status, answer.type) == (200, kind)
        assert ACT.encode() in answer.body


def test_a_form_that_there_is_not_is_refused(address: str) -> None:
    refused(send(address, query=ASK, accept="text/turtle"), 406)
    refused(send(address, query=CONSTRUCT, accept="text/csv"), 406)
    refused(send(address, query=ASK, accept="image/png"), 406)
    assert "turtle" in refused(send(address, query=ASK, format="word"), 400)


def test_the_default_graph_is_all_graphs_unless_some_are_named(address: str) -> None:
    def count(query: str, **parameters: str) -> int:
        answer = send(address, query=query, **parameters).json
        return int(answer["results"]["bindings"][0]["n"]["value"])

    one = "https://w3id.org/whichlaw/id/graph/ukpga-1978-37"
    whole, part = count(COUNT), count(COUNT, **{"default-graph-uri": one})
    assert 0 < part < whole
    assert count(COUNT.replace("{", f"FROM <{one}> {{", 1)) == part
    assert count(COUNT.replace("{ ?s ?p ?o }", f"{{ GRAPH <{one}> {{ ?s ?p ?o }} }}")) == part
    refused(send(address, query=COUNT, **{"default-graph-uri": "no address"}), 400)


def test_the_request_has_the_last_word_on_the_graphs(address: str) -> None:
    one, other = GRAPH + "ukpga-1978-37", GRAPH + "ukpga-2003-42"
    about = "ASK FROM <%s> { <%s> ?p ?o }"
    assert ask(address, about % (one, ACT))
    assert not ask(address, about % (other, ACT))
    assert ask(address, about % (other, ACT), **{"default-graph-uri": one})
    in_graph = f"ASK {{ GRAPH ?g {{ <{ACT}> ?p ?o }} }}"
    assert ask(address, in_graph, **{"named-graph-uri": one})
    assert not ask(address, in_graph, **{"named-graph-uri": other})
    assert not ask(address, in_graph, **{"default-graph-uri": one})
    assert not ask(address, "ASK { ?s ?p ?o }", **{"named-graph-uri": one})


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "http://127.0.0.1:9/x", "urn:nowhere", "http://b.example/%46"]
)
def test_a_graph_that_is_not_ours_is_empty(address: str, place: str) -> None:
    assert not ask(address, f"ASK FROM <{place}> {{ ?s ?p ?o }}")
    assert not ask(address, f"ASK FROM NAMED <{place}> {{ GRAPH ?g {{ ?s ?p ?o }} }}")
    assert not ask(address, f"ASK {{ GRAPH <{place}> {{ ?s ?p ?o }} }}")
    assert not ask(address, "ASK { ?s ?p ?o }", **{"default-graph-uri": place})


def ask(address: str, query: str, **parameters: str) -> bool:
    return bool(send(address, query=query, **parameters).json["boolean"])


def test_a_relative_address_starts_from_the_endpoint(address: str) -> None:
    answer = send(address, query="CONSTRUCT { <#s> <p> 1 } WHERE {}", format="nt")
    there = address.removesuffix("sparql")
    assert answer.body.decode() == (
        f'<{address}#s> <{there}p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    )


def test_an_answer_has_an_edition_and_is_not_made_again(address: str) -> None:
    first = send(address, query=SELECT)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    assert first.headers["Cache-Control"] == "no-cache"
    again = send(address, query=SELECT, known=tag)
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert "Accept" in again.headers["Vary"]
    for other in (
        send(address, query=SELECT + " ", known=tag),
        send(address, query=SELECT, accept="text/csv", known=tag),
        send(address, query=SELECT, known=tag, **{"default-graph-uri": GRAPH + "ukpga-1978-37"}),
    ):
        assert other.status == 200
        assert other.headers["ETag"] != tag
    for query in ("SELECT (NOW() AS ?n) {}", "SELECT (struuid # x\n () AS ?n) {}"):
        assert "ETag" not in send(address, query=query).headers


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * {", 1, 11),
        ("\n\nSELECT *\n{ ?é ?ü ?p x }", 4, 12),
        ("SELECT *\r\n{ ?s foo:x ?o }", 2, 6),
        ("SELCT * {}", 1, 1),
        ("SELECT * WHERE { ?s ?p ?o } LIMT 10", 1, 29),
        ("SELECT * { ?s ?p ?service . foo:x ?p ?o }", 1, 29),
    ],
)
def test_a_syntax_error_says_where_it_is(address: str, query: str, line: int, column: int) -> None:
    answer = send(address, query=query)
    assert f"error at {line}:{column} (line {line}, column {column}" in refused(answer, 400)
    assert (answer.json["line"], answer.json["column"]) == (line, column)


def test_a_page_shows_the_error_and_not_the_query_as_markup(address: str) -> None:
    page = send(address, query="SELECT <script> {", accept=BROWSER)
    assert (page.status, page.type) == (400, "text/html")
    assert b"<script>" not in page.body


def test_a_function_that_nobody_has_is_named(address: str) -> None:
    query = "SELECT (<http://example.org/f>(1) AS ?x) {}"
    assert "<http://example.org/f> is not supported" in refused(send(address, query=query), 400)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "# note\nPREFIX x: <a:> delete where { ?s ?p ?o }",
        "BASE <a:b> WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "CLEAR ALL",
        "DROP SILENT ALL",
    ],
)
def test_an_update_is_refused_however_it_comes(address: str, update: str) -> None:
    for answer in (
        send(address, query=update),
        send(address, update=update),
        send(address, urlencode({"update": update}).encode(), type=FORM),
        send(address, update.encode(), type="application/sparql-update"),
        send(address, update.encode(), type="application/sparql-query"),
    ):
        said = refused(answer, 403)
        assert "read-only" in said
        assert "/data" in said
        assert answer.headers["Link"].startswith("</data>")


def test_a_runaway_is_stopped_and_the_next_query_works(address: str) -> None:
    send(address, query=ASK)
    started = time.monotonic()
    answer = send(address, query=RUNAWAY)
    assert time.monotonic() - started < 3
    assert "1 second" in refused(answer, 503)
    assert answer.headers["Limit-Reached"] == "seconds=1"
    assert int(answer.headers["Retry-After"]) > 0
    assert send(address, query=ASK).json["boolean"] is True


def test_clients_at_the_same_time_all_get_their_answer(address: str) -> None:
    def ask(number: int) -> int:
        query = f"SELECT ?s {{ ?s ?p ?o }} LIMIT {number + 1}"
        return len(send(address, query=query).json["results"]["bindings"])

    with ThreadPoolExecutor(8) as clients:
        assert list(clients.map(ask, range(64))) == list(range(1, 65))


def test_when_all_workers_are_busy_it_says_so(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint_pool, "PATIENCE", 0.2)
    with ThreadPoolExecutor(3) as clients:
        answers = list(clients.map(lambda query: send(address, query=query), [RUNAWAY] * 3))
    assert [answer.status for answer in answers] == [503] * 3
    assert sum("busy" in answer.json["detail"] for answer in answers) == 1
    assert all("Retry-After" in answer.headers for answer in answers)
    assert send(address, query=ASK).status == 200


def test_a_query_that_is_too_long_is_refused(address: str) -> None:
    long = f"SELECT * {{ ?s ?p ?o }} # {'x' * 100_000}"
    answer = send(address, long.encode(), type="application/sparql-query")
    assert "100,000 bytes" in refused(answer, 413)
    assert answer.headers["Limit-Reached"] == "query-bytes=100000"
    refused(send(address, b"query=" + b"x" * 400_000, type=FORM), 413)


def test_a_query_that_is_too_long_for_an_address_is_told_so() -> None:
    long = f"SELECT * {{ ?s ?p ?o }} # {'x' * 100_000}"
    response = site().test_client().get("/sparql", query_string={"query": long})
    assert (response.status_code, response.json["title"]) == (414, "The query is too long")


def test_a_query_that_is_nested_too_deeply_is_refused(address: str) -> None:
    deep = f"ASK {{{'{' * 20_000}?s ?p ?o{'}' * 20_000}}}"
    refused(send(address, deep.encode(), type="application/sparql-query"), 503)
    assert send(address, query=ASK).status == 200


@pytest.mark.parametrize("form", sorted({*TABLES, *GRAPHS, "*/*"}))
def test_a_limit_is_told_in_status_header_and_body_of_every_form(tight: str, form: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 500"
    if form not in GRAPHS:
        query = "SELECT * { ?s ?p ?o } LIMIT 500"
    answer = send(tight, query=query, accept=form)
    said = refused(answer, 413)
    assert "none of it is sent" in said
    assert all(way in said for way in ("LIMIT", "OFFSET", "/data"))
    assert answer.json["limit"] == answer.headers["Limit-Reached"] == "answer-bytes=3000"
    assert answer.headers["Link"].startswith("</data>")


def test_a_limit_is_told_on_the_page_too(tight: str) -> None:
    answer = send(tight, query="SELECT * { ?s ?p ?o } LIMIT 500", accept=BROWSER)
    assert (answer.status, answer.type) == (413, "text/html")
    assert b"none of it is sent" in answer.body
    assert answer.headers["Limit-Reached"] == "answer-bytes=3000"
    part = send(tight, query="SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 5 OFFSET 5")
    assert len(part.json["results"]["bindings"]) == 5


def test_a_request_that_is_not_of_the_protocol_is_refused(address: str) -> None:
    assert "no parameter 'qery'" in refused(send(address, qery=ASK), 400)
    assert "several" in refused(send(f"{address}?query=ASK+%7B%7D&query=ASK+%7B+%7D"), 400)
    refused(send(address, b"", type=FORM), 400)
    refused(send(address, query=" "), 400)
    refused(send(address, accept="application/sparql-results+json"), 400)
    utf_16 = "ASK {}".encode("utf-16")
    refused(send(address, utf_16, type="application/sparql-query; charset=UTF-16"), 415)
    refused(send(address, b"\xff", type="application/sparql-query"), 400)
    refused(send(address, b"{}", type="application/json"), 415)
    for method in ("DELETE", "PATCH", "PUT"):
        answer = send(address, method=method, query=ASK)
        refused(answer, 405)
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_head_and_options_answer_without_a_body(address: str) -> None:
    head = send(address, method="HEAD", query=ASK)
    assert (head.status, head.type, head.body) == (200, "application/sparql-results+json", b"")
    options = send(address, method="OPTIONS")
    assert options.status == 200
    assert options.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in options.headers["Allow"]


@pytest.mark.parametrize("form", sorted({*GRAPHS, "*/*"}))
def test_without_a_query_it_describes_itself(address: str, form: str) -> None:
    answer = send(address, accept=form)
    assert (answer.status, answer.type) == (200, "text/turtle" if form == "*/*" else form)
    for said in (
        "SPARQL11Query",
        "UnionDefaultGraph",
        GRAPH + "ukpga-1978-37",
        "SPARQL_Results_TSV",
    ):
        assert said.encode() in answer.body
    assert send(address, accept=form, known=answer.headers["ETag"]).status == 304


def test_the_counts_of_its_description_are_true(address: str) -> None:
    description = rdflib.Graph().parse(data=send(address, accept="text/turtle").body)
    void, sd = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/sparql-service-description#"
    found = description.query(
        f"""SELECT ?name ?n {{ ?graph <{void}triples> ?n
            OPTIONAL {{ ?named <{sd}graph> ?graph ; <{sd}name> ?name }} }}"""
    )
    counted = {str(name) if name else None: int(size) for name, size in found}
    rows = send(address, query="SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    asked = {row["g"]["value"]: int(row["n"]["value"]) for row in rows.json["results"]["bindings"]}
    whole = send(address, query=COUNT).json["results"]["bindings"][0]["n"]["value"]
    assert counted == asked | {None: int(whole)}


def test_the_page_has_a_form_whose_example_works(address: str) -> None:
    page = send(address, accept=BROWSER)
    text = page.body.decode()
    assert (page.status, page.type) == (200, "text/html")
    assert '<label for="query">' in text
    example = text.split("spellcheck")[1].split(">", 1)[1].split("</textarea>")[0]
    answered = send(address, query=example.replace("&gt;", ">").replace("&lt;", "<"))
    assert len(answered.json["results"]["bindings"]) == 20
    for query, shows in ((SELECT, "3 rows"), (ASK, "Yes."), (CONSTRUCT, "as Turtle")):
        assert shows in send(address, query=query, accept=BROWSER).body.decode()
