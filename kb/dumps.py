"""The dataset to take away: as TriG, N-Quads and JSON-LD, a Turtle file a graph, and as tables.

The files are made once for a state of the data and the program, into a folder that is named after
both, and are byte for byte the same whenever and wherever they are made.
"""

import json
import os
import shutil
import stat
import tempfile
import weakref
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

import pyoxigraph as ox

from kb.cache import key_of
from kb.forms import in_order, used
from kb.json_ld import Context
from kb.store import canonical_quads, sha256_of
from kb.table_columns import COLUMNS
from kb.tables import Tables
from kb.terms import slug_of

STEM = "whichlaw"
INDEX = "index.json"
PREFIX = "dumps-"
KEPT = 2  # states: the one of today, and what a replaced worker may still be sending
MEDIA_TYPES = {
    "trig": "application/trig",
    "nq": "application/n-quads",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "csv": "text/csv",
}
Graphs = dict[str, list[ox.Triple]]


@dataclass(frozen=True, kw_only=True)
class Dump:
    """A file to take away: its path below /data/, and how to tell that it came whole."""

    name: str
    media_type: str
    size: int
    sha256: str


class Dumps:
    """The dumps of one dataset; nothing is made before the first is asked for."""

    def __init__(
        self, store: ox.Store, *, tables: Tables, context: Context, folder: Path | None
    ) -> None:
        self._store, self._tables, self._context = store, tables, context
        self._folder, self._lock = folder, Lock()
        self._made: dict[str, Dump] | None = None
        self._path: Path | None = None

    def all(self) -> tuple[Dump, ...]:
        """Every file, in order."""
        return tuple(self._ready()[1].values())

    def find(self, name: str) -> tuple[Dump, Path] | None:
        """A file by its path below /data/; None if there is no such file."""
        folder, made = self._ready()
        return (made[name], folder / name) if name in made else None

    def _ready(self) -> tuple[Path, dict[str, Dump]]:
        with self._lock:
            if self._made is None or self._path is None or not self._path.is_dir():
                self._path, self._made = self._make()
            return self._path, self._made

    def _make(self) -> tuple[Path, dict[str, Dump]]:
        """Read back what was made for this very dataset, or make it; whole or not at all."""
        quads = canonical_quads(self._store)
        key = key_of([("quads", quads)])
        parent = self._folder if self._folder and _ours(self._folder) else None
        if parent is None:
            parent = Path(tempfile.mkdtemp(prefix=f"{STEM}-"))
            weakref.finalize(self, shutil.rmtree, parent, ignore_errors=True)
        final = parent / f"{PREFIX}{key}"
        if found := _read_index(final):
            return final, found
        unfinished = Path(tempfile.mkdtemp(dir=parent, prefix=f"new-{PREFIX}"))
        made = write_dumps(unfinished, quads, tables=self._tables, context=self._context)
        _put_in_place(unfinished, final)
        _put_out(parent)
        return final, made


def write_dumps(folder: Path, quads: bytes, *, tables: Tables, context: Context) -> dict[str, Dump]:
    """Write every file of a dataset, given as canonical N-Quads, into an empty folder."""
    made = {}
    for name, content in contents(quads, tables=tables, context=context):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        media_type = MEDIA_TYPES[path.suffix[1:]]
        made[name] = Dump(
            name=name, media_type=media_type, size=len(content), sha256=sha256_of(content)
        )
    index = [asdict(dump) for dump in made.values()]
    (folder / INDEX).write_text(json.dumps(index, indent=1), encoding="utf-8")
    return made


def contents(quads: bytes, *, tables: Tables, context: Context) -> Iterator[tuple[str, bytes]]:
    """Every file with its content, one after the other."""
    graphs = by_graph(quads)
    yield f"{STEM}.trig", _trig(graphs, context)
    yield f"{STEM}.nq", quads
    yield f"{STEM}.jsonld", _json_ld(graphs, context)
    for name in COLUMNS:
        yield f"tables/{name}.csv", tables.written(name)
    for graph, triples in graphs.items():
        prefixes = used(triples, context.prefixes)
        written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
        yield f"graphs/{slug_of(graph)}.ttl", in_order(written)


def by_graph(quads: bytes) -> Graphs:
    """The triples of each graph, both in order."""
    graphs: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS, lenient=True):
        graphs[quad.graph_name.value].append(quad.triple)
    return dict(sorted(graphs.items()))


def _trig(graphs: Graphs, context: Context) -> bytes:
    found = (
        ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(graph))
        for graph, triples in graphs.items()
        for one in triples
    )
    prefixes = dict(context.prefixes)
    return in_order(ox.serialize(found, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b"")


def _json_ld(graphs: Graphs, context: Context) -> bytes:
    """One graph a line: a reader can take it in parts."""
    lines = [
        json.dumps(
            {"id": context.short(graph), "@graph": context.nodes(triples)}, ensure_ascii=False
        )
        for graph, triples in graphs.items()
    ]
    head = json.dumps(context.document, ensure_ascii=False)[:-1]
    return (f'{head}, "@graph": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def _ours(folder: Path) -> bool:
    """Whether a folder is this user's, and nobody else can write into it; it is made if need be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
    )


def _read_index(folder: Path) -> dict[str, Dump] | None:
    """What was made earlier, if all of it is there."""
    try:
        rows = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        found = {row["name"]: Dump(**row) for row in rows}
        whole = all((folder / name).stat().st_size == dump.size for name, dump in found.items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if whole else None


def _put_in_place(unfinished: Path, final: Path) -> None:
    """Name a folder as finished, in place of a damaged one; another worker's is as good as ours."""
    if final.exists() and not _read_index(final):
        shutil.rmtree(final, ignore_errors=True)
    try:
        unfinished.rename(final)
    except OSError:  # another worker was first
        shutil.rmtree(unfinished)


def _put_out(parent: Path) -> None:
    """Remove all but the states that were made last."""
    with suppress(OSError):
        found = sorted(parent.glob(f"{PREFIX}*"), key=lambda one: one.stat().st_mtime)
        for old in found[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
