"""The endpoint in the words of SPARQL 1.1 Service Description: what it speaks, on which graphs."""

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from kb.endpoint_answer import GRAPHS, SOLUTIONS
from kb.forms import in_order
from kb.terms import PREFIXES

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
VOID = "http://rdfs.org/ns/void#"
SIMPLE_ENTAILMENT = ox.NamedNode("http://www.w3.org/ns/entailment/Simple")
RESULTS = {"json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML"} | {
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "n-triples": "N-Triples",
    "rdf-xml": "RDF_XML",
    "json-ld": "JSON-LD",
    "trig": "TriG",
    "n-quads": "N-Quads",
}
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
TITLE = "SPARQL endpoint, read-only"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many triples there are in each graph, and in their union, each counted once."""

    graphs: tuple[tuple[str, int], ...]
    union: int


def count(store: ox.Store) -> Counted:
    """Count the triples of a store."""
    sizes, union = Counter[str](), set[ox.Triple]()
    for quad in store:
        if isinstance(quad.graph_name, ox.NamedNode):
            sizes[quad.graph_name.value] += 1
        union.add(quad.triple)
    return Counted(graphs=tuple(sorted(sizes.items())), union=len(union))


def described(counted: Counted, *, endpoint: str, form: str) -> bytes:
    """The description of the endpoint at an address, in one of the forms of a graph."""
    triples = [*_service(endpoint), *_dataset(counted, endpoint=endpoint)]
    prefixes = {"sd": SD, "void": VOID, "dcterms": PREFIXES["dcterms"], "formats": FORMATS}
    return in_order(ox.serialize(triples, format=GRAPHS[form], prefixes=prefixes) or b"")


def _service(endpoint: str) -> list[ox.Triple]:
    service = _node(endpoint)
    said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (TYPE, _sd("Service")),
        (_node(PREFIXES["dcterms"] + "title"), ox.Literal(TITLE, language="en")),
        (_sd("endpoint"), service),
        (_sd("supportedLanguage"), _sd("SPARQL10Query")),
        (_sd("supportedLanguage"), _sd("SPARQL11Query")),
        (_sd("feature"), _sd("UnionDefaultGraph")),
        (_sd("defaultEntailmentRegime"), SIMPLE_ENTAILMENT),
        (_sd("defaultDataset"), _node(f"{endpoint}#dataset")),
    ]
    said += [
        (_sd("resultFormat"), _node(FORMATS + RESULTS[name])) for name in (*SOLUTIONS, *GRAPHS)
    ]
    return [ox.Triple(service, predicate, value) for predicate, value in said]


def _dataset(counted: Counted, *, endpoint: str) -> list[ox.Triple]:
    """The graphs with their triples counted: the union as the default one, and each by its name."""
    dataset, union = _node(f"{endpoint}#dataset"), _node(f"{endpoint}#union")
    triples = [
        ox.Triple(dataset, TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), union),
        *_graph(union, counted.union),
    ]
    for number, (name, size) in enumerate(counted.graphs, start=1):
        named, content = _node(f"{endpoint}#named-{number}"), _node(f"{endpoint}#graph-{number}")
        triples += [
            ox.Triple(dataset, _sd("namedGraph"), named),
            ox.Triple(named, TYPE, _sd("NamedGraph")),
            ox.Triple(named, _sd("name"), _node(name)),
            ox.Triple(named, _sd("graph"), content),
            *_graph(content, size),
        ]
    return triples


def _graph(graph: ox.NamedNode, size: int) -> list[ox.Triple]:
    return [
        ox.Triple(graph, TYPE, _sd("Graph")),
        ox.Triple(graph, _node(VOID + "triples"), ox.Literal(size)),
    ]


def _sd(name: str) -> ox.NamedNode:
    return _node(SD + name)


def _node(address: str) -> ox.NamedNode:
    return ox.NamedNode(address)
