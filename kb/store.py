"""Reads the data files into one graph store: a named graph for each file."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kb.engine import OxigraphEngine
from kb.errors import DataError
from kb.terms import identifier

HERE = Path(__file__).parent
DATA = HERE / "data"
ONTOLOGY = HERE.parent / "ontology"
N_QUADS = pyoxigraph.RdfFormat.N_QUADS


@dataclass(frozen=True, kw_only=True)
class Source:
    """A Turtle file as it was read, once: what is hashed is what is loaded."""

    path: Path
    content: bytes


@dataclass(frozen=True, kw_only=True)
class LoadedFiles:
    """All that is known, loaded: the engine that answers, and what it answers from.

    ``quads`` is the dataset in its canonical form, and ``sha256`` that of ``quads``: of what is
    said, whatever the layout, the order or the folder of the files that say it.
    """

    engine: OxigraphEngine
    quads: bytes
    sha256: str
    files: int


def turtle_files(*folders: Path) -> list[Path]:
    """Every Turtle file below the folders, in a fixed order."""
    return sorted(path for folder in folders for path in folder.rglob("*.ttl"))


def read_sources(*folders: Path) -> tuple[Source, ...]:
    """Every file below the folders, read; raises DataError if there is none."""
    files = turtle_files(*folders)
    if not files:
        below = " and ".join(map(str, folders))
        raise DataError(f"no Turtle files below {below}: nothing can be answered")
    return tuple(Source(path=path, content=path.read_bytes()) for path in files)


def load(data: Path = DATA, ontology: Path = ONTOLOGY) -> LoadedFiles:
    """Load every data file and the ontology.

    Raises DataError, naming the file and the line, if one cannot be parsed, and if there is none.
    """
    return load_sources(read_sources(data, ontology))


def load_sources(sources: Sequence[Source]) -> LoadedFiles:
    """Load files that were read; raises DataError as :func:`load` does."""
    store = pyoxigraph.Store()
    add_sources(store, sources)
    quads = canonical_quads(store)
    return LoadedFiles(
        engine=OxigraphEngine(store), quads=quads, sha256=sha256_of(quads), files=len(sources)
    )


def add_sources(store: pyoxigraph.Store, sources: Iterable[Source]) -> None:
    """Load files into a store, each as the graph that is named after it."""
    for source in sources:
        try:
            store.bulk_load(source.content, pyoxigraph.RdfFormat.TURTLE, to_graph=graph_of(source))
        except (SyntaxError, ValueError) as error:
            raise DataError(f"{source.path}: {error}") from error


def graph_of(source: Source) -> pyoxigraph.NamedNode:
    """The graph that holds what a file says."""
    return pyoxigraph.NamedNode(identifier("graph", source.path.stem))


def canonical_quads(store: pyoxigraph.Store) -> bytes:
    """The dataset as N-Quads in the one canonical form: sorted lines, blank nodes by RDFC-1.0."""
    written = store.dump(format=N_QUADS) or b""
    if b"_:" in written:
        dataset = pyoxigraph.Dataset(store)
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        written = pyoxigraph.serialize(dataset, format=N_QUADS) or b""
    return b"".join(sorted(written.splitlines(keepends=True)))


def store_of(quads: bytes) -> pyoxigraph.Store:
    """A store with a dataset of ours that :func:`canonical_quads` wrote, so not checked again."""
    store = pyoxigraph.Store()
    store.bulk_load(quads, N_QUADS, lenient=True)
    return store


def sha256_of(content: bytes) -> str:
    """The sha256 in the way that it is written, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
