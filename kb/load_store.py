"""Fills a SPARQL 1.1 server with our dataset, graph by graph, and proves that it has it.

Only graphs of ours are written: those under our own address for graphs. One of those that the
store does not itself say to be from here is not touched, and neither is any other graph, nor the
default graph. Filled again, a store has the same; broken off, it says so and can be filled again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from kb.errors import DataError
from kb.query import QUERIES, ask, query_text
from kb.remote_client import Address, Client, Message, address_of, form
from kb.remote_description import (
    COUNTED,
    LOADED,
    Loaded,
    copied,
    dataset_of,
    read_loaded,
    text_of,
)
from kb.remote_engine import RemoteEngine
from kb.store import LoadedFiles, canonical_quads, sha256_of
from kb.terms import identifier
from kb.word_rows import CheckedRow

OURS = identifier("graph", "")
QUERY, UPDATE = "query", "update"  # side by side in Oxigraph and in Fuseki
N_TRIPLES = "application/n-triples"
CHUNK = 2_000  # statements of one INSERT DATA
COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
Say = Callable[[str], object]


class GraphStore:
    """Writes graphs by the SPARQL 1.1 Graph Store HTTP Protocol."""

    def __init__(self, address: Address) -> None:
        self.client = Client(address)

    def put(self, graph: str, text: str) -> None:
        """Make a graph these N-Triples, whatever it was."""
        self.client.send(
            Message(method="PUT", body=text.encode(), media_type=N_TRIPLES, query=_named(graph))
        )

    def drop(self, graph: str) -> None:
        """Remove a graph that is there."""
        self.client.send(Message(method="DELETE", query=_named(graph)))


def _named(graph: str) -> str:
    return urlencode({"graph": graph}, quote_via=quote)


class Updates:
    """Writes graphs by SPARQL 1.1 Update."""

    def __init__(self, address: Address) -> None:
        self.client = Client(address)

    def put(self, graph: str, text: str) -> None:
        """Make a graph these N-Triples, whatever it was."""
        self.drop(graph)
        for statements in _chunks(text):
            self._send(f"INSERT DATA {{ GRAPH {ox.NamedNode(graph)} {{\n{statements}}} }}")

    def drop(self, graph: str) -> None:
        """Remove a graph, whether it is there or not."""
        self._send(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")

    def _send(self, update: str) -> None:
        once = "_:" in update  # sent twice, a blank node would be two
        self.client.send(Message(method="POST", body=form(("update", update)), again=not once))


def _chunks(text: str) -> Iterator[str]:
    """The statements in parts; those with blank nodes stay together, being about the same ones."""
    lines = text.splitlines(keepends=True)
    blank = [line for line in lines if "_:" in line]
    if blank:
        yield "".join(blank)
    plain = [line for line in lines if "_:" not in line]
    for start in range(0, len(plain), CHUNK):
        yield "".join(plain[start : start + CHUNK])


Writer = GraphStore | Updates


def writer_of(store: Address, *, update: str | None, graphs: str | None) -> Writer:
    """What writes to a store: by the address that is given, or the update address beside it."""
    if graphs:
        return GraphStore(address_of(graphs))
    if update:
        return Updates(address_of(update))
    folder, _, name = store.target.partition("?")[0].rpartition("/")
    if name != QUERY:
        raise DataError(
            f"{store.shown}: where this server takes updates cannot be told from its address:"
            " say it with --update or --graph-store"
        )
    beside = f"{folder}/{UPDATE}"
    shown = store.shown.removesuffix(store.target) + beside
    return Updates(replace(store, target=beside, shown=shown))


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A store that was filled: with what, and how its questions have to be asked."""

    loaded: Loaded
    foreign: int
    listed: bool


def fill(files: LoadedFiles, *, engine: RemoteEngine, writer: Writer, say: Say) -> Filled:
    """Make the store hold what is loaded from files; raises DataError where it does not."""
    texts = _texts(files)
    there = _counts(engine)
    before = _of_ours(engine, there)
    begun = Loaded(graphs=tuple(sorted({*texts, *before})))
    writer.put(LOADED, text_of(begun))
    for graph in sorted(before - texts.keys()):
        writer.drop(graph)
    for number, (graph, text) in enumerate(sorted(texts.items()), start=1):
        writer.put(graph, text)
        if not number % 100:
            say(f"{number} of {len(texts)} graphs")
    loaded = _verified(files, texts, engine=engine)
    writer.put(LOADED, text_of(loaded))
    engine.dataset = dataset_of(engine, loaded)
    return Filled(
        loaded=loaded,
        foreign=len(there.keys() - before - {LOADED}),
        listed=len(engine.dataset) > 1,
    )


def _texts(files: LoadedFiles) -> dict[str, str]:
    """The graphs of the dataset as N-Triples."""
    store = files.engine.store
    return {
        graph.value: (store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"").decode()
        for graph in store.named_graphs()
        if isinstance(graph, ox.NamedNode)
    }


def _counts(engine: RemoteEngine) -> dict[str, int]:
    """How many statements each graph of the store has."""
    return {str(graph): int(str(n)) for graph, n in engine.select_in_graphs(COUNTS) if graph}


def _of_ours(engine: RemoteEngine, there: dict[str, int]) -> set[str]:
    """The graphs that were filled from here before; raises DataError for one that was not."""
    before = read_loaded(engine)
    ours = set(before.graphs) if before else set[str]()
    named_so = {graph for graph in there if graph.startswith(OURS)}
    if strange := sorted(named_so - ours):
        raise DataError(
            f"{engine.shown}: the store has {len(strange)} graph(s) that are named as ours but were"
            f" not filled from here, {strange[0]} for one. Nothing was changed. If they can go,"
            " remove them, and try again."
        )
    return named_so


def _verified(files: LoadedFiles, texts: dict[str, str], *, engine: RemoteEngine) -> Loaded:
    """What the store now holds of ours, read back from it; raises DataError if it is not that."""
    wanted = {graph: text.count("\n") for graph, text in texts.items() if text}
    found = {graph: n for graph, n in _counts(engine).items() if graph.startswith(OURS)}
    for graph in sorted(wanted.keys() | found.keys()):
        if wanted.get(graph) != found.get(graph):
            raise DataError(
                f"{engine.shown}: the graph {graph} has {found.get(graph, 0)} statements there,"
                f" where {wanted.get(graph, 0)} were sent"
            )
    sha256 = sha256_of(canonical_quads(copied(engine, wanted)))
    if sha256 != files.sha256:
        raise DataError(
            f"{engine.shown}: what the store gives back is not what was sent: its sha256 is"
            f" {sha256}, where {files.sha256} is right. The server changes what it is given."
        )
    ((triples,),) = files.engine.select(COUNTED)[1]
    days = [row.checked_on for row in ask(files.engine, "checked_on", CheckedRow)]
    return Loaded(
        graphs=tuple(sorted(wanted)),
        sha256=sha256,
        statements=sum(wanted.values()),
        triples=int(str(triples)),
        checked_on=max(days, default=None),
    )


def otherwise_answered(files: LoadedFiles, engine: RemoteEngine) -> tuple[int, list[str]]:
    """How many questions, those that take no parameters, were tried, and which are not answered
    by the store as by the files."""
    names = [path.stem for path in sorted(QUERIES.glob("*.rq")) if "$" not in query_text(path.stem)]
    wrong = []
    for name in names:
        _, found = engine.select(query_text(name))
        if set(found) != set(files.engine.select(query_text(name))[1]):
            wrong.append(name)
    return len(names), wrong
