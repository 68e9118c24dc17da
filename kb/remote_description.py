"""What a store says of the dataset of ours that it holds, in a small graph beside it.

``scripts/load_store`` writes it: which graphs are ours before it touches any, and the sha256 of the
dataset, its size and its day once all of it is there. Without a sha256 a store is half filled.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kb.engine import Value
from kb.errors import DataError
from kb.remote_engine import Parameters, RemoteEngine
from kb.terms import ID, PREFIXES

LOADED = ID + "store/loaded"
FILL = "Fill it with scripts/load_store."
TYPE, DATASET = PREFIXES["rdf"] + "type", "http://rdfs.org/ns/void#Dataset"
GRAPH, SHA256 = PREFIXES["dcterms"] + "hasPart", PREFIXES["dcterms"] + "identifier"
STATEMENTS, TRIPLES = PREFIXES["dcterms"] + "extent", "http://rdfs.org/ns/void#triples"
CHECKED_ON = PREFIXES["dcterms"] + "modified"
SAID = f"SELECT ?property ?value WHERE {{ GRAPH <{LOADED}> {{ <{LOADED}> ?property ?value }} }}"
COUNTED = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
JENAS_UNION = "urn:x-arq:UnionGraph"
COUNTED_IN_GRAPHS = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a store holds of ours; ``triples`` are the statements, those in two graphs once."""

    graphs: tuple[str, ...]
    sha256: str | None = None
    statements: int = 0
    triples: int = 0
    checked_on: date | None = None

    @property
    def size(self) -> int:
        """How many statements the description itself takes."""
        return len(_statements(self))


def read_loaded(engine: RemoteEngine) -> Loaded | None:
    """What a store says that it holds; None if it says nothing."""
    found: dict[Value, list[Value]] = {}
    for name, value in engine.select_in_graphs(SAID):
        found.setdefault(name, []).append(value)
    if not found:
        return None
    first = {name: values[0] for name, values in found.items()}
    sha256, day = first.get(SHA256), first.get(CHECKED_ON)
    statements, triples = first.get(STATEMENTS), first.get(TRIPLES)
    return Loaded(
        graphs=tuple(sorted(str(graph) for graph in found.get(GRAPH, ()))),
        sha256=sha256 if isinstance(sha256, str) else None,
        statements=statements if isinstance(statements, int) else 0,
        triples=triples if isinstance(triples, int) else 0,
        checked_on=day if isinstance(day, date) else None,
    )


def must_be_loaded(engine: RemoteEngine) -> Loaded:
    """What a store holds; raises DataError if that is not the whole of a dataset of ours."""
    loaded = read_loaded(engine)
    if loaded is None:
        raise DataError(f"{engine.shown}: the store has no dataset of ours. {FILL}")
    if not loaded.sha256:
        raise DataError(
            f"{engine.shown}: the store is being filled, or that was broken off. Wait, or: {FILL}"
        )
    return loaded


def dataset_of(engine: RemoteEngine, loaded: Loaded) -> Parameters:
    """What a question has to be sent with, so that it sees all our graphs as one and no other.

    The server's own way, if it has one that shows just these; otherwise every graph by its name,
    which every server has to understand and many are slow at. Raises DataError if neither does it.
    """
    seen = list[str]()
    for dataset, expected in _ways(loaded):
        try:
            found = _counted(RemoteEngine(engine.client, dataset=dataset))
        except DataError as error:
            if not dataset:  # no way of asking is refused, but asking itself
                raise
            seen.append(str(error))
            continue
        if found == expected:
            return dataset
        seen.append(" and ".join(map(str, found)))
    raise DataError(
        f"{engine.shown}: the store says that it has {loaded.statements:,} statements of ours,"
        f" {loaded.triples:,} different ones, and no way to ask for all our graphs as one finds"
        f" just these ({'; '.join(seen)}). It was changed since, or does not understand"
        f" default-graph-uri. {FILL}"
    )


def _ways(loaded: Loaded) -> Iterator[tuple[Parameters, tuple[int, int]]]:
    """Each way to ask, and how much is seen by it: as one graph, and in graphs of their own."""
    default, named = (
        tuple((f"{kind}-graph-uri", graph) for graph in loaded.graphs)
        for kind in ("default", "named")
    )
    triples, statements, own = loaded.triples, loaded.statements, loaded.size
    yield (), (triples + own, statements + own)  # the server is set to it
    yield (("union-default-graph", "true"),), (triples + own, statements + own)  # Oxigraph's word
    yield (("default-graph-uri", JENAS_UNION), *named), (triples + own, statements)
    yield default + named, (triples, statements)


def _counted(engine: RemoteEngine) -> tuple[int, ...]:
    rows = [row for text in (COUNTED, COUNTED_IN_GRAPHS) for row in engine.select(text)[1]]
    return tuple(n for (n,) in rows if isinstance(n, int))


def text_of(loaded: Loaded) -> str:
    """The description as N-Triples."""
    return "".join(f"{statement} .\n" for statement in _statements(loaded))


def _statements(loaded: Loaded) -> tuple[ox.Triple, ...]:
    about = ox.NamedNode(LOADED)

    def said(name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(about, ox.NamedNode(name), value)

    found = [said(TYPE, ox.NamedNode(DATASET))]
    found += [said(GRAPH, ox.NamedNode(graph)) for graph in sorted(set(loaded.graphs))]
    if loaded.sha256:
        found += [
            said(SHA256, ox.Literal(loaded.sha256)),
            said(STATEMENTS, ox.Literal(loaded.statements)),
            said(TRIPLES, ox.Literal(loaded.triples)),
        ]
    if loaded.checked_on:
        day = ox.NamedNode(PREFIXES["xsd"] + "date")
        found.append(said(CHECKED_ON, ox.Literal(loaded.checked_on.isoformat(), datatype=day)))
    return tuple(found)


def copied(engine: RemoteEngine, graphs: Iterable[str]) -> ox.Store:
    """The graphs of a store in a store of this process; raises DataError if one cannot be read."""
    store = ox.Store()
    for graph in graphs:
        try:
            media_type, text = engine.graph(graph)
            kind = ox.RdfFormat.from_media_type(media_type)
            if kind is None:
                raise ValueError(f"{media_type} is no form of RDF")
            store.bulk_load(text, kind, to_graph=ox.NamedNode(graph))
        except (SyntaxError, ValueError) as error:
            raise DataError(f"{engine.shown}: the graph {graph} cannot be read: {error}") from error
    return store
