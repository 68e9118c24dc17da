"""The W3C's tests of the SPARQL 1.1 Protocol: read from their manifest, sent to an endpoint."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from w3c_suite import RDF_FORMATS, SUITES, listed, loaded, path_of, value, values

MANIFEST = SUITES / "sparql/sparql11/protocol/manifest.ttl"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
UPDATES = "update_"
BOOLEANS = ("application/sparql-results+json", "application/sparql-results+xml")
TABLES = (*BOOLEANS, "text/csv", "text/tab-separated-values")
GRAPHS = ("text/turtle", "application/rdf+xml", "application/n-triples")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A request of a test, and what its answer has to be."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[int, ...]
    boolean: bool | None
    form: str | None


@dataclass(frozen=True, kw_only=True)
class ProtocolTest:
    """A test: its requests, in order."""

    name: str
    address: str
    requests: tuple[Sent, ...]
    needs_data: bool

    @property
    def updates(self) -> bool:
        """Does it want the data to change? Such a test is for endpoints that can be written to."""
        return self.name.startswith(UPDATES)


@dataclass(frozen=True, kw_only=True)
class Got:
    """The answer of an endpoint."""

    status: int
    type: str
    body: bytes


Send = Callable[[Sent], Got]


@cache
def protocol_tests() -> tuple[ProtocolTest, ...]:
    """Every test of the manifest."""
    store, this = loaded(MANIFEST), ox.NamedNode(MANIFEST.as_uri())
    entries = next(iter(store.quads_for_pattern(this, ox.NamedNode(MF + "entries"), None))).object
    found = []
    for entry in listed(store, entries):
        requests = value(store, value(store, entry, MF + "action"), HT + "requests")
        found.append(
            ProtocolTest(
                name=entry.value.rpartition("#")[2],
                address=entry.value,
                requests=tuple(_sent(store, one) for one in listed(store, requests)),
                needs_data=value(store, entry, UT + "graphData") is not None,
            )
        )
    return tuple(found)


def protocol_data() -> ox.Store:
    """The graphs that the tests expect, each under its name."""
    manifest, store = loaded(MANIFEST), ox.Store()
    for quad in manifest.quads_for_pattern(None, ox.NamedNode(UT + "graphData"), None):
        file = path_of(value(manifest, quad.object, UT + "graph"))
        name = ox.NamedNode(value(manifest, quad.object, LABEL).value)
        store.load(file.read_bytes(), RDF_FORMATS[file.suffix], to_graph=name)
    return store


def _sent(store: ox.Store, node) -> Sent:
    body, answer = value(store, node, HT + "body"), value(store, node, HT + "resp")
    boolean = value(store, answer, MF + "expectedBoolean")
    form = value(store, answer, MF + "expectedFormat")
    encoding = value(store, body, CNT + "characterEncoding")
    chars = value(store, body, CNT + "chars")
    return Sent(
        method=value(store, node, HT + "methodName").value,
        path=value(store, node, HT + "absolutePath").value,
        headers=dict(_headers(store, node)),
        body=chars.value.encode(encoding.value) if chars else None,
        statuses=tuple(
            int(one.value.rpartition("StatusCode")[2][0])
            for one in values(store, answer, MF + "expectedStatus")
        ),
        boolean=boolean.value == "true" if boolean else None,
        form=form.value if form else None,
    )


def _headers(store: ox.Store, node) -> Iterator[tuple[str, str]]:
    head = value(store, node, HT + "headers")
    for one in listed(store, head) if head else ():
        yield value(store, one, HT + "fieldName").value, value(store, one, HT + "fieldValue").value


def protocol_failure(test: ProtocolTest, send: Send) -> str | None:
    """What is wrong with the answers to a test; None if nothing is."""
    for sent in test.requests:
        got = send(sent)
        if got.status // 100 not in sent.statuses:
            return f"{sent.method} {sent.path}: {got.status} {got.body[:200]!r}"
        allowed = {"boolean": BOOLEANS, "tabular": TABLES, "RDF": GRAPHS}.get(sent.form or "")
        if allowed and got.type not in allowed:
            return f"{sent.path}: {got.type}"
        if sent.boolean is not None and json.loads(got.body)["boolean"] is not sent.boolean:
            return f"{sent.path}: {got.body!r}"
    return None


def refusal(test: ProtocolTest, send: Send) -> str | None:
    """What is wrong with our refusal of an update; None if nothing is."""
    got = send(test.requests[0])
    refused = got.status in (403, 405) and b"read-only" in got.body and b"/data" in got.body
    return None if refused else f"{got.status} {got.body[:200]!r}"
