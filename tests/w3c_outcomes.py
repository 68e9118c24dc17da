"""How our endpoint does in every test of the W3C's suites, and that as an EARL report."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pyoxigraph as ox
from flask import Flask
from w3c_protocol import Got, Send, Sent, protocol_data, protocol_failure, protocol_tests, refusal
from w3c_suite import failure, query_tests

from kb.endpoint import Endpoint
from kb.engine import OxigraphEngine

KNOWN = Path(__file__).parent / "w3c" / "known_failures.toml"
EARL = "http://www.w3.org/ns/earl#"
DOAP = "http://usefulinc.com/ns/doap#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUBJECT = ox.NamedNode("https://w3id.org/whichlaw/sparql")
SERVICE_DESCRIPTION = (
    "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/service-description/manifest#"
)
SD = "http://www.w3.org/ns/sparql-service-description#"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one test ended: passed, failed or inapplicable, and why if not passed."""

    address: str
    suite: str
    outcome: str
    why: str = ""


def known_failures() -> dict[str, str]:
    """Every test that is known to fail, with its reason."""
    reasons = tomllib.loads(KNOWN.read_text(encoding="utf-8"))["reason"]
    return {test: one["why"] for one in reasons for test in one["tests"]}


def refused_by_design() -> set[str]:
    """Those that fail by a decision of ours, and not in Oxigraph."""
    reasons = tomllib.loads(KNOWN.read_text(encoding="utf-8"))["reason"]
    return {test for one in reasons if one.get("ours") for test in one["tests"]}


def outcomes(app: Flask) -> Iterator[Outcome]:
    """How every test ends, suite by suite."""
    known, by_design = known_failures(), refused_by_design()
    for test in query_tests():
        suite, why = test.id.partition("#")[0], known.get(test.id, "")
        if test.id in by_design:
            yield Outcome(address=test.address, suite=suite, outcome="inapplicable", why=why)
        elif said := failure(test):
            yield Outcome(address=test.address, suite=suite, outcome="failed", why=why or said)
        else:
            yield Outcome(address=test.address, suite=suite, outcome="passed")
    yield from _protocol(app)
    for name, holds in described(app).items():
        yield Outcome(
            address=SERVICE_DESCRIPTION + name,
            suite="sparql11/service-description",
            outcome="passed" if holds else "failed",
        )


def _protocol(app: Flask) -> Iterator[Outcome]:
    with suite_data(app):
        send = by_client(app)
        for test in protocol_tests():
            said = refusal(test, send) if test.updates else protocol_failure(test, send)
            outcome = "failed" if said else "inapplicable" if test.updates else "passed"
            why = "The endpoint is read-only: the update was refused, as it has to be."
            yield Outcome(
                address=test.address,
                suite="sparql11/protocol",
                outcome=outcome,
                why=said or (why if test.updates else ""),
            )


@contextmanager
def suite_data(app: Flask) -> Iterator[Flask]:
    """The application with the graphs of the protocol suite in place of its own, for a while."""
    own, ours = app.extensions["sparql"], OxigraphEngine(protocol_data())
    app.extensions["sparql"] = Endpoint(ours, seconds=10, workers=1)
    try:
        yield app
    finally:
        app.extensions["sparql"].close()
        app.extensions["sparql"] = own


def by_client(app: Flask) -> Send:
    """Ask an application without a server."""

    def send(sent: Sent) -> Got:
        response = app.test_client().open(
            sent.path, method=sent.method, headers=sent.headers, data=sent.body
        )
        return Got(status=response.status_code, type=response.mimetype, body=response.data)

    return send


def by_http(port: int) -> Send:
    """Ask a server, as the suite has it: no header but what a test names."""

    def send(sent: Sent) -> Got:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(sent.method, sent.path, body=sent.body, headers=sent.headers)
            response = connection.getresponse()
            kind = response.headers.get_content_type()
            return Got(status=response.status, type=kind, body=response.read())
        finally:
            connection.close()

    return send


def described(app: Flask) -> dict[str, bool]:
    """The three tests of the service description."""
    response = app.test_client().get("/sparql", base_url="http://www.example")
    ours = response.mimetype == "text/turtle"
    graph = list(ox.parse(response.data, ox.RdfFormat.TURTLE)) if ours else []
    endpoint = ox.NamedNode("http://www.example/sparql")
    said = {(quad.predicate, quad.object) for quad in graph if quad.subject == endpoint}
    return {
        "returns-rdf": ours and bool(graph),
        "has-endpoint-triple": (ox.NamedNode(SD + "endpoint"), endpoint) in said,
        "conforms-to-schema": not misfits(graph),
    }


# The domain and range of each property of the vocabulary that we use, from its document.
SCHEMA = {
    "endpoint": ("Service", None),
    "supportedLanguage": ("Service", "Language"),
    "feature": ("Service", "Feature"),
    "resultFormat": ("Service", None),
    "defaultEntailmentRegime": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
MEMBERS = {
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    "Feature": {
        "UnionDefaultGraph",
        "BasicFederatedQuery",
        "DereferencesURIs",
        "EmptyGraphs",
        "RequiresDataset",
    },
}


def misfits(graph: list[ox.Quad]) -> list[ox.Quad]:
    """What of a description is not as the vocabulary has it."""
    types = {(quad.subject, quad.object) for quad in graph if quad.predicate == RDF_TYPE}
    wrong = []
    for quad in graph:
        if not quad.predicate.value.startswith(SD):
            continue
        domain, expected = SCHEMA.get(quad.predicate.value.removeprefix(SD), ("nothing", None))
        fits = (quad.subject, ox.NamedNode(SD + domain)) in types
        if expected in MEMBERS:
            fits &= quad.object.value.removeprefix(SD) in MEMBERS[expected]
        elif expected:
            fits &= (quad.object, ox.NamedNode(SD + expected)) in types
        if not fits:
            wrong.append(quad)
    return wrong


def earl(found: list[Outcome]) -> bytes:
    """The outcomes as an EARL report in Turtle; of the same outcomes the same bytes."""
    lines = [
        f"@prefix earl: <{EARL}> .",
        f"@prefix doap: <{DOAP}> .",
        "@prefix dcterms: <http://purl.org/dc/terms/> .",
        "",
        "# How /sparql does in the test suites of the W3C for SPARQL 1.0 and 1.1.",
        "# Written by scripts/earl.py from the suites of github.com/w3c/rdf-tests.",
        "",
        f'{SUBJECT} a doap:Project, earl:TestSubject ;\n    doap:name "Whichlaw" .',
    ]
    for one in sorted(found, key=lambda one: (one.suite, one.address)):
        why = f" ; dcterms:description {ox.Literal(one.why, language='en')}" if one.why else ""
        lines += [
            "",
            "[] a earl:Assertion ;",
            f"    earl:assertedBy {SUBJECT} ; earl:subject {SUBJECT} ; earl:mode earl:automatic ;",
            f"    earl:test <{one.address}> ;",
            f"    earl:result [ a earl:TestResult ; earl:outcome earl:{one.outcome}{why} ] .",
        ]
    return ("\n".join(lines) + "\n").encode()
