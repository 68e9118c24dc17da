"""Law of any size for the benchmarks: ours, and copies of it in which all but words is renamed.

Copies of the ``LAW`` alone have other conduct, so that the answer to a question about one conduct
stays as long as it is. Copies of ``EVERYTHING`` are other guidance, services, claims and files too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import rdflib

from kb.rdflib_engine import RdflibEngine
from kb.store import DATA, ONTOLOGY, turtle_files
from kb.terms import ID, LEGISLATION, identifier

FORMAT = pyoxigraph.RdfFormat.N_TRIPLES


@dataclass(frozen=True)
class Copied:
    """What a copy is of: the folders, and the kinds of identifier that have another name in it."""

    folders: tuple[Path, ...]
    kinds: tuple[str, ...]

    def renamed(self, text: str, number: int) -> str:
        """A copy of N-Triples: what is said of shared things, as materials, is not said again."""
        if not number:
            return text
        kinds = "|".join(self.kinds)
        ours = re.compile(rf"<((?:{re.escape(ID)}(?:{kinds})/|{re.escape(LEGISLATION)})[^>]*)>")
        lines = (line for line in text.splitlines(keepends=True) if ours.match(line))
        return ours.sub(rf"<\g<1>.copy{number}>", "".join(lines))


OF_LAW = ("common-law", "conduct", "expression", "fact", "offence", "reading")
OF_THE_REST = (
    *("claim", "coverage", "doubt", "graph", "guidance", "misconception", "none-found"),
    *("omission", "practice", "rule", "service", "source"),
)
LAW = Copied((DATA / "legislation", DATA / "common-law", ONTOLOGY / "schemes"), OF_LAW)
EVERYTHING = Copied((DATA, ONTOLOGY / "schemes"), OF_LAW + OF_THE_REST)


def graphs(times: int, *, copied: Copied = LAW) -> Iterator[tuple[str, str]]:
    """Our data, then its copies, as N-Triples: one graph a file."""
    again = turtle_files(*copied.folders)
    for number, paths in enumerate([turtle_files(DATA, ONTOLOGY), *[again] * (times - 1)]):
        for path in paths:
            said = pyoxigraph.serialize(pyoxigraph.parse(path=str(path)), format=FORMAT) or b""
            name = f"{path.stem}.copy{number}" if number else path.stem
            yield identifier("graph", name), copied.renamed(said.decode(), number)


def stored(times: int, *, copied: Copied = LAW) -> pyoxigraph.Store:
    """Our data so many times, in Oxigraph."""
    store = pyoxigraph.Store()
    for graph, text in graphs(times, copied=copied):
        store.bulk_load(text.encode(), FORMAT, to_graph=pyoxigraph.NamedNode(graph))
    return store


def in_rdflib(times: int, *, copied: Copied = LAW) -> RdflibEngine:
    """The same in rdflib's own store."""
    dataset = rdflib.Dataset(default_union=True)
    for graph, text in graphs(times, copied=copied):
        dataset.graph(rdflib.URIRef(graph)).parse(data=text, format="nt")
    return RdflibEngine(dataset)
