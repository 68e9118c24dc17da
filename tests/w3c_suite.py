"""The test suites of the W3C for SPARQL: read from their manifests, run as our endpoint would."""

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kb.endpoint_answer import SOLUTIONS, answer

ROOT = Path(__file__).parent.parent
SUITES = Path(
    os.environ.get("KB_RDF_TESTS") or ROOT.parent / "shared" / "data" / "rdf-tests"
).resolve()
MISSING = (
    f"THE W3C TEST SUITES ARE NOT HERE ({SUITES}): conformance was not checked. Name the folder of"
    " a copy of github.com/w3c/rdf-tests in KB_RDF_TESTS."
)
PUBLISHED = "https://w3c.github.io/rdf-tests"
MANIFESTS = (
    "sparql/sparql10/manifest.ttl",
    "sparql/sparql11/manifest-sparql11-query.ttl",
    "sparql/sparql11/manifest-sparql11-results.ttl",
    "sparql/sparql11/manifest-sparql11-fed.ttl",
)
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
TABLES = {".srx": "xml", ".srj": "json", ".csv": "csv", ".tsv": "tsv"}
READ = {
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
RDF_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML} | {
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
}
SYNTAX = ("PositiveSyntaxTest", "PositiveSyntaxTest11")
BROKEN = ("NegativeSyntaxTest", "NegativeSyntaxTest11")
EVALUATION = ("QueryEvaluationTest", "CSVResultFormatTest")
FROM = re.compile(r"FROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
NONE = "https://example.org/a-graph-that-is-not-there"
Row = frozenset[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]


@dataclass(frozen=True, kw_only=True)
class SuiteTest:
    """A test of a manifest: what is asked, of which data, and what the answer is."""

    id: str
    address: str
    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    result: Path | None
    lax: bool


def here() -> bool:
    """Is there a copy of the suites?"""
    return (SUITES / MANIFESTS[0]).is_file()


# ---- reading the manifests -----------------------------------------------------------------------


def manifests(path: Path) -> Iterator[Path]:
    """A manifest, and all that it includes."""
    yield path
    store, this = loaded(path), ox.NamedNode(path.as_uri())
    for quad in store.quads_for_pattern(this, ox.NamedNode(MF + "include"), None):
        for one in listed(store, quad.object):
            yield from manifests(path_of(one))


@cache
def query_tests() -> tuple[SuiteTest, ...]:
    """Every test of the query, results and federation suites."""
    paths = [path for name in MANIFESTS for path in manifests(SUITES / name)]
    return tuple(test for path in paths for test in tests_of(path))


def tests_of(manifest: Path) -> Iterator[SuiteTest]:
    """The tests that one manifest has itself."""
    store, this = loaded(manifest), ox.NamedNode(manifest.as_uri())
    for quad in store.quads_for_pattern(this, ox.NamedNode(MF + "entries"), None):
        for entry in listed(store, quad.object):
            yield _test(store, entry, folder=manifest.parent)


def _test(store: ox.Store, entry: ox.NamedNode, *, folder: Path) -> SuiteTest:
    action, result = value(store, entry, MF + "action"), value(store, entry, MF + "result")
    asked = value(store, action, QT + "query") or action
    return SuiteTest(
        id=f"{folder.parent.name}/{folder.name}#{entry.value.rpartition('#')[2]}",
        address=entry.value.replace(SUITES.as_uri(), PUBLISHED),
        name=value(store, entry, MF + "name").value,
        kind=value(store, entry, RDF + "type").value.rpartition("#")[2],
        query=path_of(asked),
        data=tuple(path_of(one) for one in values(store, action, QT + "data")),
        graphs=tuple(path_of(one) for one in values(store, action, QT + "graphData")),
        result=path_of(result) if result else None,
        lax=value(store, entry, MF + "resultCardinality") is not None,
    )


def listed(store: ox.Store, head: ox.NamedNode | ox.BlankNode) -> Iterator[ox.NamedNode]:
    """The members of an RDF list."""
    while head.value != RDF + "nil":
        yield value(store, head, RDF + "first")
        head = value(store, head, RDF + "rest")


def values(store: ox.Store, subject, predicate: str) -> list:
    """The values of a property, in one order."""
    if isinstance(subject, ox.Literal) or subject is None:
        return []
    found = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return sorted((quad.object for quad in found), key=str)


def value(store: ox.Store, subject, predicate: str):
    """The one value of a property, or None."""
    return next(iter(values(store, subject, predicate)), None)


@cache
def loaded(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path.read_bytes(), RDF_FORMATS[path.suffix], base_iri=path.as_uri())
    return store


def path_of(node: ox.NamedNode) -> Path:
    return Path(node.value.removeprefix("file://"))


# ---- running a test ------------------------------------------------------------------------------


def failure(test: SuiteTest) -> str | None:
    """What is wrong with our answer to a test; None if nothing is."""
    return _judged(test, *answer(dataset(test), request(test)))


def failure_of_engine(test: SuiteTest) -> str | None:
    """What is wrong with the answer of Oxigraph itself, of a dataset as the suite describes it."""
    store = ox.Store()
    for path in sorted({*test.data, *test.graphs, *_own(test)}):
        graphs = [None] if path in test.data else []
        graphs += [ox.NamedNode(path.as_uri())] if path in {*test.graphs, *_own(test)} else []
        for graph in graphs:
            store.load(
                path.read_bytes(),
                RDF_FORMATS[path.suffix],
                base_iri=path.as_uri(),
                to_graph=graph,
            )
    asked = request(test)
    try:
        found = store.query(asked["text"], base_iri=asked["base"])
        if isinstance(found, ox.QueryTriples):
            return _judged(test, "graph", found.serialize(format=ox.RdfFormat.N_TRIPLES))
        return _judged(test, "table", found.serialize(format=SOLUTIONS[asked["table"]]))
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return _judged(test, "refused", str(error).encode())


def _judged(test: SuiteTest, kind: str, body: bytes) -> str | None:
    if test.kind in SYNTAX:  # a function that nobody has can be read all the same
        read = kind in ("table", "graph") or b"custom function" in body
        return None if read else f"{kind}: {body.decode()}"
    if test.kind in BROKEN:
        return None if kind == "refused" else f"it was answered, with a {kind}"
    if kind not in ("table", "graph"):
        return f"{kind}: {body.decode()}"
    assert test.result, test.id
    if kind == "graph":
        return _other_graph(body, test.result)
    return _other_table(body, test)


def request(test: SuiteTest) -> dict:
    """The query of a test as the endpoint hands it to a worker."""
    return {
        "text": _text(test),
        "base": test.query.as_uri(),
        "table": TABLES.get(test.result.suffix, "json") if test.result else "json",
        "graph": "n-triples",
        "default_graphs": [path.as_uri() for path in test.data] or ([] if _own(test) else [NONE]),
        "named_graphs": [] if _own(test) else [path.as_uri() for path in test.graphs],
        "limit": 10_000_000,
    }


def dataset(test: SuiteTest) -> ox.Store:
    """A store with the graphs of a test, each named by the address of its file."""
    store = ox.Store()
    for path in sorted({*test.data, *test.graphs, *_own(test)}):
        store.load(
            path.read_bytes(),
            RDF_FORMATS[path.suffix],
            base_iri=path.as_uri(),
            to_graph=ox.NamedNode(path.as_uri()),
        )
    return store


def _text(test: SuiteTest) -> str:
    return test.query.read_text(encoding="utf-8", errors="replace")


def _own(test: SuiteTest) -> set[Path]:
    """The files that a query itself names with FROM, where its test names none."""
    if test.data:
        return set()
    named = (test.query.parent / name for name in FROM.findall(_text(test)))
    return {path for path in named if path.is_file()}


def _other_graph(body: bytes, expected: Path) -> str | None:
    found = _canonical(ox.parse(body, ox.RdfFormat.N_TRIPLES))
    wanted = _canonical(
        ox.parse(expected.read_bytes(), RDF_FORMATS[expected.suffix], base_iri=expected.as_uri())
    )
    return None if found == wanted else f"{sorted(found)} and not {sorted(wanted)}"


def _canonical(quads) -> frozenset[str]:
    data = ox.Dataset(ox.Quad(*quad.triple) for quad in quads)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, data))


def _other_table(body: bytes, test: SuiteTest) -> str | None:
    assert test.result
    if test.result.suffix == ".csv":
        found, wanted = (_lines(text) for text in (body, test.result.read_bytes()))
        return None if found == wanted else f"{found} and not {wanted}"
    found = _solutions(body, TABLES.get(test.result.suffix, "json"))
    if test.result.suffix in TABLES:
        wanted = _solutions(test.result.read_bytes(), TABLES[test.result.suffix])
    else:
        wanted = _result_set(test.result)
    if isinstance(found, bool) or isinstance(wanted, bool):
        return None if found == wanted else f"{found} and not {wanted}"
    return _other_rows(found, wanted, lax=test.lax)


def _lines(text: bytes) -> Counter:
    """The rows of a CSV table, with how many there are of each; ``*`` has no order of columns."""
    rows = csv.DictReader(io.StringIO(text.decode()))
    return Counter(frozenset((name, _cell(cell)) for name, cell in row.items()) for row in rows)


def _cell(text: str) -> str:
    """A cell without what may differ: the label of a blank node, the spelling of a number."""
    if text.startswith("_:"):
        return "_:"
    try:
        return str(float(text))
    except ValueError:
        return text


def _solutions(body: bytes, name: str) -> bool | list[Row]:
    found = ox.parse_query_results(body, READ[name])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return [
        frozenset((name, _same(row[name])) for name in names if row[name] is not None)
        for row in found
    ]


def _same(term):
    """A term as the engine keeps it: of the spellings of one number (1.0, 01), one."""
    if not isinstance(term, ox.Literal):
        return term
    store, node = ox.Store(), ox.NamedNode("x:y")
    store.add(ox.Quad(node, node, term))
    return next(iter(store)).object


def _result_set(path: Path) -> bool | list[Row]:
    """A table that is written as a graph, as the older tests have it."""
    store = loaded(path)
    for quad in store.quads_for_pattern(None, ox.NamedNode(RS + "boolean"), None):
        return quad.object.value == "true"
    solutions = [
        quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(RS + "solution"), None)
    ]
    rows: list[Row] = []
    for solution in solutions:
        bindings = values(store, solution, RS + "binding")
        rows.append(
            frozenset(
                (value(store, one, RS + "variable").value, _same(value(store, one, RS + "value")))
                for one in bindings
            )
        )
    return rows


def _other_rows(found: list[Row], wanted: list[Row], *, lax: bool) -> str | None:
    """The rows in no order; blank nodes are the same if some renaming makes them so."""
    if lax:
        same = set(found) == set(wanted) and not Counter(found) - Counter(wanted)
    else:
        same = _bag(found) == _bag(wanted)
    return None if same else f"{_shown(found)} and not {_shown(wanted)}"


def _bag(rows: list[Row]) -> tuple[Counter, frozenset[str]]:
    plain = [row for row in rows if not any(isinstance(term, ox.BlankNode) for _, term in row)]
    quads = [
        ox.Quad(node, ox.NamedNode(f"x:{name}"), term)
        for node, row in ((ox.BlankNode(), row) for row in rows if row not in plain)
        for name, term in row
    ]
    data = ox.Dataset(quads)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return Counter(plain), frozenset(map(str, data))


def _shown(rows: list[Row]) -> list[str]:
    return sorted(" ".join(f"{name}={term}" for name, term in sorted(row, key=str)) for row in rows)
