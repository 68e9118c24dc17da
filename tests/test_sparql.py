"""/sparql speaks the protocol, changes nothing, fetches nothing, and cannot be held up."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pytest
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from werkzeug.serving import make_server

from kb import endpoint_pool, endpoint_worker
from kb.endpoint import Endpoint, SparqlQuestion, TooSlow
from kb.endpoint_guard import ServiceRefused, UpdateRefused, check
from kb.store import load
from web.app import create_app

ROOT = Path(__file__).parent.parent
ACT = "http://www.legislation.gov.uk/id/ukpga/1978/37"
ASK = "ASK { ?s ?p ?o }"
SELECT = f"SELECT ?p ?o {{ <{ACT}> ?p ?o }} ORDER BY ?p ?o LIMIT 3"
CONSTRUCT = f"CONSTRUCT {{ <{ACT}> ?p ?o }} WHERE {{ <{ACT}> ?p ?o }}"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
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
def patient() -> Iterator[str]:
    """An endpoint with time for a large answer, on a busy machine too."""
    with serving(seconds=120) as running:
        yield running


@contextmanager
def serving(*, seconds: int) -> Iterator[str]:
    app = create_app({"SPARQL_SECONDS": seconds})
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
    **parameters: str,
) -> Answer:
    headers = {name: v for name, v in (("Accept", accept), ("Content-Type", type)) if v}
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


def test_a_known_client_understands_every_answer(address: str) -> None:
    client = SPARQLWrapper(address)
    for method, requested in (("GET", None), (POST, None), (POST, POSTDIRECTLY)):
        client.setMethod(method)
        if requested:
            client.setRequestMethod(requested)
        client.setReturnFormat(JSON)
        client.setQuery(SELECT)
        assert len(client.queryAndConvert()["results"]["bindings"]) == 3
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == 3
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().startswith(b"p,o")
    client.setReturnFormat(TURTLE)
    client.setQuery(CONSTRUCT)
    assert ACT.encode() in client.queryAndConvert()


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


def test_from_never_reads_a_file_or_an_address(address: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<a:secret> <a:is> <a:here> .")
    for place in (secret.as_uri(), "file:///etc/passwd"):
        query = f"ASK FROM <{place}> {{ ?s ?p ?o }}"
        assert send(address, query=query).json["boolean"] is False


def test_a_syntax_error_says_where_it_is(address: str) -> None:
    assert "error at 1:" in refused(send(address, query="SELECT * {"), 400)
    page = send(address, query="SELECT <script> {", accept=BROWSER)
    assert (page.status, page.type) == (400, "text/html")
    assert b"<script>" not in page.body


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
        assert "read-only" in refused(answer, 403)


SERVICES = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "select*{serViCe<URL>{?s ?p ?o}}",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE # a note\n <URL> { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICESILENT:x { ?s ?p ?o } }",
    "PREFIX service: <URL> SELECT * { SERVICE service:x { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<URL>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p true SERVICE<URL>{ ?a ?b ?c } }",
    "SELECT * { S\\u0045RVICE <URL> { ?s ?p ?o } }",
    "SELECT * { <a:\\U00000061#x> ?p ?o . SERVICE <URL> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\"#" . SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { ?s ?p '''a'#''' . SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?o<?s) SERVICE<URL>{ ?a ?b ?c } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    'SELECT * { VALUES ?x { """a" } SERVICE <URL> { ?s ?p ?o } }',
)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as heard:
        heard.setblocking(False)
        yield heard


def nobody_called(listener: socket.socket) -> bool:
    time.sleep(0.05)
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return True
    return False


def test_nothing_is_fetched_by_service(address: str, listener: socket.socket) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    for query in SERVICES:
        assert "never fetches" in refused(send(address, query=query.replace("URL", url)), 403)
    for source in (
        f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ):
        assert send(address, query=source).json["results"]["bindings"] == []
    assert nobody_called(listener)


def test_a_service_that_got_past_the_words_reaches_nothing(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    seen = check(ASK)
    monkeypatch.setattr("kb.endpoint.check", lambda text: seen)
    endpoint = Endpoint(load().engine, seconds=5, workers=1)
    reached = []
    for query in SERVICES:
        try:
            reached.append(endpoint.ask(SparqlQuestion(text=query.replace("URL", url))).body)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody is called
            reached.append(str(error).encode())
    endpoint.close()
    assert nobody_called(listener)
    assert any(b"open files" in body for body in reached), "the worker may open no connection"


def test_a_word_that_is_not_the_keyword_is_no_service() -> None:
    prefix = "PREFIX service: <https://w3id.org/whichlaw/id/service/> "
    for query in (
        prefix + "SELECT * { service:childline ?p ?o }",
        'SELECT * { ?s ?p "SERVICE <http://x/>" }',
        "SELECT * { ?s ?p ?service } # SERVICE",
        "SELECT * { <http://x/SERVICE> ?p ?o }",
        "SELECT * { GRAPH ?insert { ?s ?p ?load } }",
    ):
        check(query)
    with pytest.raises(ServiceRefused):
        check("SELECT * { SERVICE ?x {} }")
    with pytest.raises(UpdateRefused):
        check("PREFIX insert: <a:> INSERT DATA { <a:b> <a:c> <a:d> }")


@pytest.mark.parametrize(
    "piece", ['"\\', '\\"""', "a.", '"""a', "<a", "@a-", "{", '"', "?", "\\u0041", ":."]
)
def test_no_query_holds_up_the_look_at_its_words(piece: str) -> None:
    started = time.process_time()
    check(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 2


def test_a_runaway_is_stopped_and_the_next_query_works(address: str) -> None:
    send(address, query=ASK)
    started = time.monotonic()
    answer = send(address, query=RUNAWAY)
    assert time.monotonic() - started < 3
    assert "1 second" in refused(answer, 503)
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


def test_what_is_too_much_is_refused_not_cut(address: str, patient: str) -> None:
    long = f"SELECT * {{ ?s ?p ?o }} # {'x' * 100_000}"
    refused(send(address, long.encode(), type="application/sparql-query"), 413)
    refused(send(address, b"query=" + b"x" * 400_000, type=FORM), 413)
    assert "20 MB" in refused(send(patient, query="SELECT * { ?a ?b ?c . ?d ?e ?a }"), 413)
    deep = f"ASK {{{'{' * 20_000}?s ?p ?o{'}' * 20_000}}}"
    refused(send(address, deep.encode(), type="application/sparql-query"), 503)
    assert send(address, query=ASK).status == 200


def test_a_request_that_is_not_of_the_protocol_is_refused(address: str) -> None:
    assert "no parameter 'qery'" in refused(send(address, qery=ASK), 400)
    assert "several" in refused(send(f"{address}?query=ASK+%7B%7D&query=ASK+%7B+%7D"), 400)
    refused(send(address), 400)
    refused(send(address, query=" "), 400)
    refused(send(address, b"\xff", type="application/sparql-query"), 400)
    refused(send(address, b"{}", type="application/json"), 415)
    refused(send(address, method="DELETE"), 405)


def test_head_and_options_answer_without_a_body(address: str) -> None:
    head = send(address, method="HEAD", query=ASK)
    assert (head.status, head.type, head.body) == (200, "application/sparql-results+json", b"")
    options = send(address, method="OPTIONS")
    assert options.status == 200
    assert options.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in options.headers["Allow"]


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


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        (ASK, "table"),
        (SELECT, "table"),
        (CONSTRUCT, "unacceptable"),
        (COUNT + " nonsense", "refused"),
        ("SELECT * { ?s ?p ?o }", "too-large"),
    ],
)
def test_a_worker_says_what_kind_of_answer_there_is(query: str, kind: str) -> None:
    request = {"query": query, "table": "json", "graph": None, "default_graphs": []}
    request |= {"named_graphs": [], "names_dataset": False, "limit": 5_000}
    assert endpoint_worker.answer(load().engine.store, request)[0] == kind


def test_workers_do_not_outlive_whoever_started_them() -> None:
    script = (
        "from kb.endpoint import *; from kb.store import load; import threading, time\n"
        "end = Endpoint(load().engine, seconds=60, workers=2)\n"
        f"asking = [SparqlQuestion(text={RUNAWAY!r})]\n"
        "for _ in range(2): threading.Thread(target=end.ask, args=asking).start()\n"
        "while end._pool is None or len(end._pool.started) < 2: time.sleep(0.02)\n"
        "time.sleep(0.3)\n"
        "print(*[worker.process.pid for worker in end._pool.started], flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        workers = [int(number) for number in parent.stdout.readline().split()]
        assert len(workers) == 2
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while any(alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(worker) for worker in workers)


def alive(process_id: int) -> bool:
    """Does a process run? One that has ended but was not waited for does not."""
    try:
        os.kill(process_id, 0)
        state = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


def test_an_endpoint_that_is_closed_leaves_no_process() -> None:
    endpoint = Endpoint(load().engine, seconds=0.3, workers=1)
    with pytest.raises(TooSlow):
        endpoint.ask(SparqlQuestion(text=RUNAWAY))
    endpoint.ask(SparqlQuestion(text=ASK))
    assert endpoint._pool
    (worker,) = endpoint._pool.started
    endpoint.close()
    assert not worker.lives()


def test_a_worker_that_dies_is_replaced() -> None:
    endpoint = Endpoint(load().engine, seconds=5, workers=1)
    endpoint.ask(SparqlQuestion(text=ASK))
    assert endpoint._pool
    (worker,) = endpoint._pool.started
    worker.process.kill()
    worker.process.wait()
    assert endpoint.ask(SparqlQuestion(text=ASK)).kind == "table"
    endpoint.close()
