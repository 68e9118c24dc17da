"""The programs that people ask SPARQL with understand our answers: SPARQLWrapper, rdflib, curl and
Comunica."""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
import rdflib
from bundles import LEFT_OUT
from comunica import CLIENTS, asked
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
from werkzeug.serving import make_server

from web.app import create_app

ACT = "http://www.legislation.gov.uk/id/ukpga/1978/37"
GRAPH = "https://w3id.org/whichlaw/id/graph/ukpga-1978-37"
ASK = f"ASK {{ <{ACT}> ?p ?o }}"
SELECT = f"SELECT ?p ?o {{ <{ACT}> ?p ?o }} ORDER BY ?p ?o LIMIT 3"
CONSTRUCT = f"CONSTRUCT {{ <{ACT}> ?p ?o }} WHERE {{ <{ACT}> ?p ?o }}"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
CURL = shutil.which("curl")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = create_app({"SPARQL_SECONDS": 1})
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["sparql"].close()


# ---- SPARQLWrapper -------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_sparqlwrapper_reads_every_form(address: str, way: str) -> None:
    client = SPARQLWrapper(address)
    client.setMethod("GET" if way == "get" else POST)
    if way == "direct":
        client.setRequestMethod(POSTDIRECTLY)
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 3
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == 3
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().startswith(b"p,o")
    client.setReturnFormat(TSV)
    assert client.queryAndConvert().startswith(b"?p\t?o")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    assert ACT.encode() in client.queryAndConvert()
    for form, start in ((RDFXML, b"<?xml"), (JSONLD, b"[{")):
        client.setReturnFormat(form)
        assert client.query().response.read().startswith(start)


def test_sparqlwrapper_names_the_graphs_and_raises_our_refusals(address: str) -> None:
    client = SPARQLWrapper(address, defaultGraph=GRAPH)
    client.setReturnFormat(JSON)
    client.setQuery(ASK)
    assert client.queryAndConvert()["boolean"] is True
    client.clearParameter("default-graph-uri")
    client.addParameter("default-graph-uri", "x:nowhere")
    assert client.queryAndConvert()["boolean"] is False
    client.clearParameter("default-graph-uri")
    client.setQuery("SELECT * { SERVICE <x:y> { ?s ?p ?o } }")
    with pytest.raises(HTTPError, match="403"):
        client.query()
    client.setQuery("SELECT * { ?s <x:y>p }")
    with pytest.raises(QueryBadFormed, match="error at 1:"):
        client.query()
    client.setQuery(RUNAWAY)
    with pytest.raises(HTTPError, match="503"):
        client.query()


# ---- rdflib --------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_asks_us_as_a_store(address: str, method: str, form: str) -> None:
    store = SPARQLStore(address, method=method, returnFormat=form)
    graph = rdflib.Graph(store)
    assert len(graph.query(SELECT)) == 3
    if form in ("xml", "json"):
        assert graph.query(ASK).askAnswer is True


def test_rdflib_walks_us_as_a_graph(address: str) -> None:
    act = rdflib.URIRef(ACT)
    whole = rdflib.Graph(SPARQLStore(address))
    assert whole.value(act, rdflib.DCTERMS.identifier) == rdflib.Literal("ukpga/1978/37")
    assert len(list(whole.predicate_objects(act))) > 3
    part = rdflib.Graph(SPARQLStore(address), identifier=rdflib.URIRef(GRAPH))
    assert (act, None, None) in part
    constructed = SPARQLStore(address, returnFormat="xml").query(CONSTRUCT)
    assert constructed.graph is not None
    assert len(constructed.graph) > 3


# ---- curl ----------------------------------------------------------------------------------------


@pytest.mark.skipif(not CURL, reason="curl is not installed on this machine")
class TestCurl:
    def test_a_browser_gets_the_page(self, address: str) -> None:
        for query in ([], ["--get", "--data-urlencode", f"query={SELECT}"]):
            said = curl(address, "-H", f"Accept: {BROWSER}", *query)
            assert said.startswith("text/html; charset=utf-8 200\n")
            assert "<!DOCTYPE html>" in said
        assert "3 rows" in said

    def test_no_accept_at_all_gets_a_table_or_the_description(self, address: str) -> None:
        asked = curl(address, "--get", "--data-urlencode", f"query={ASK}")
        assert asked.startswith("application/sparql-results+json 200\n")
        assert json.loads(asked.split("\n", 1)[1])["boolean"] is True
        assert curl(address).startswith("text/turtle; charset=utf-8 200\n@prefix")

    def test_a_query_is_posted_from_a_file(self, address: str) -> None:
        kind = "Content-Type: application/sparql-query"
        said = curl(address, "-H", kind, "-H", "Accept: text/csv", "--data-binary", SELECT)
        assert said.startswith("text/csv; charset=utf-8 200\np,o\r\n")

    def test_head_has_the_length_and_no_body(self, address: str) -> None:
        said = curl(f"{address}?query=ASK%7B%7D", "--head")
        assert "Content-Length: 26" in said
        assert "ETag: W/" in said


def curl(address: str, *options: str) -> str:
    """The media type, the status and the body."""
    assert CURL
    command = [CURL, "-sS", "-w", "\n%{content_type} %{http_code}", *options, address]
    ran = subprocess.run(command, capture_output=True, check=True)
    body, _, told = ran.stdout.decode().rpartition("\n")
    return f"{told}\n{body}"


# ---- Comunica ------------------------------------------------------------------------------------

JSON_TABLE, N_TRIPLES, N_QUADS = (
    "application/sparql-results+json",
    "application/n-triples",
    "application/n-quads",
)
PAGE = f"SELECT ?p ?o {{ <{ACT}> ?p ?o }} ORDER BY DESC(?p) ?o LIMIT 4 OFFSET 2"
SAID = f"SELECT ?s ?p ?o ?q {{ VALUES ?s {{ <{ACT}> }} ?s ?p ?o OPTIONAL {{ ?o a ?q }} }}"
COMUNICA_ASKS = {
    "select": (SAID, JSON_TABLE),
    "in order": (PAGE, JSON_TABLE),
    "ask": (ASK, JSON_TABLE),
    "ask in vain": ("ASK { <x:nothing> ?p ?o }", JSON_TABLE),
    "construct": (CONSTRUCT, N_QUADS),
    "runaway": (RUNAWAY, JSON_TABLE),
}


@pytest.fixture(scope="module")
def comunica(address: str) -> dict[str, dict[str, Any]]:
    """What Comunica says of each query. It is given our address alone, so that it has to see from
    our description that this is an endpoint."""
    return dict(zip(COMUNICA_ASKS, asked(address, [*COMUNICA_ASKS.values()]), strict=True))


def fetched(address: str, query: str, accept: str) -> bytes:
    """The endpoint's own answer."""
    request = Request(f"{address}?{urlencode({'query': query})}", headers={"Accept": accept})
    with urlopen(request, timeout=60) as response:
        body: bytes = response.read()
        return body


def table(text: str | bytes) -> list[dict[str, Any]]:
    """The rows of a table in JSON."""
    rows: list[dict[str, Any]] = json.loads(text)["results"]["bindings"]
    return rows


@LEFT_OUT
class TestComunica:
    def test_a_select_is_understood_row_for_row(
        self, address: str, comunica: dict[str, Any]
    ) -> None:
        rows = sorted(map(str, map(plain, table(comunica["select"]["text"]))))
        ours = table(fetched(address, SAID, JSON_TABLE))
        assert len(rows) > 5
        assert rows == sorted(map(str, map(plain, ours)))

    def test_order_and_limit_are_kept(self, address: str, comunica: dict[str, Any]) -> None:
        rows = [plain(row) for row in table(comunica["in order"]["text"])]
        assert len(rows) == 4
        assert rows == [plain(row) for row in table(fetched(address, PAGE, JSON_TABLE))]

    def test_an_ask_is_answered(self, address: str, comunica: dict[str, Any]) -> None:
        for name in ("ask", "ask in vain"):
            said = json.loads(comunica[name]["text"])["boolean"]
            assert said is (name == "ask")
            assert (
                said == json.loads(fetched(address, COMUNICA_ASKS[name][0], JSON_TABLE))["boolean"]
            )

    def test_a_construct_is_the_same_graph(self, address: str, comunica: dict[str, Any]) -> None:
        theirs = set(ox.parse(comunica["construct"]["text"], format=ox.RdfFormat.N_QUADS))
        ours = fetched(address, CONSTRUCT, N_TRIPLES)
        assert len(theirs) > 3
        assert theirs == set(ox.parse(ours, format=ox.RdfFormat.N_TRIPLES))

    def test_our_refusal_is_raised(self, comunica: dict[str, Any]) -> None:
        assert "503" in comunica["runaway"]["error"]


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with each term's parts in one order; a plain string need not say that it is one."""
    string = "http://www.w3.org/2001/XMLSchema#string"
    return {
        name: sorted(part for part in term.items() if part != ("datatype", string))
        for name, term in sorted(row.items())
    }


def test_comunica_is_one_exact_version_and_the_lock_has_the_address_of_no_package() -> None:
    declared = json.loads((CLIENTS / "package.json").read_text("utf-8"))["devDependencies"]
    locked = json.loads((CLIENTS / "package-lock.json").read_text("utf-8"))["packages"]
    assert locked[""]["devDependencies"] == declared
    for name, version in declared.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert locked[f"node_modules/{name}"]["version"] == version
    for name, package in locked.items():
        assert "resolved" not in package, f"{name}: npm's omit-lockfile-registry-resolved=true"
        assert not name or package["integrity"].startswith("sha512-")
