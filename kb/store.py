"""Reads the data files into one graph store: a named graph for each file."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kb.engine import OxigraphEngine
from kb.errors import DataError
from kb.terms import identifier

HERE = Path(__file__).parent
DATA = HERE / "data"
ONTOLOGY = HERE.parent / "ontology"


@dataclass(frozen=True, kw_only=True)
class LoadedFiles:
    """All that is known, loaded: the engine that answers, and the sha256 of the files it read."""

    engine: OxigraphEngine
    sha256: str
    files: int


def turtle_files(*folders: Path) -> list[Path]:
    """Every Turtle file below the folders, in a fixed order."""
    return sorted(path for folder in folders for path in folder.rglob("*.ttl"))


def load(data: Path = DATA, ontology: Path = ONTOLOGY) -> LoadedFiles:
    """Load every data file and the ontology.

    Raises DataError, naming the file and the line, if one cannot be parsed, and if there is none.
    """
    store = pyoxigraph.Store()
    digest = hashlib.sha256()
    files = turtle_files(data, ontology)
    if not files:
        raise DataError(f"no Turtle files below {data} and {ontology}: nothing can be answered")
    for path in files:
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content + b"\0")
        graph = pyoxigraph.NamedNode(identifier("graph", path.stem))
        try:
            store.bulk_load(content, pyoxigraph.RdfFormat.TURTLE, to_graph=graph)
        except (SyntaxError, ValueError) as error:
            raise DataError(f"{path}: {error}") from error
    return LoadedFiles(engine=OxigraphEngine(store), sha256=digest.hexdigest(), files=len(files))
