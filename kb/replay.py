"""What we said as of a release: its frozen dataset, answered from again.

The law is that of the release, and so is every word that it knew. The program is that of today: it
may say the same in other words, and a scheme that it has words from, but that did not exist then,
is added from the ontology of today.
"""

import threading
from collections import OrderedDict
from pathlib import Path

from kb.answers import Release
from kb.cache import Entry, kept, key_of
from kb.engine import OxigraphEngine
from kb.knowledge import Knowledge, build, known_from
from kb.releases import RELEASES, find_release, read_quads
from kb.store import (
    ONTOLOGY,
    LoadedFiles,
    Source,
    add_sources,
    canonical_quads,
    graph_of,
    read_sources,
    store_of,
)

KEPT = 2


def open_release(
    name: str, *, releases: Path = RELEASES, ontology: Path = ONTOLOGY, cache: Path | None = None
) -> Knowledge:
    """The knowledge of a release, which says so first.

    Raises UnknownValue with the ids there are, and DataError naming a file that is not as frozen.
    """
    release = find_release(name, releases)
    quads = read_quads(release, releases)
    newer = tuple(words for words in read_sources(ontology) if _graph(words) not in quads)

    def make() -> Entry:
        store = store_of(quads)
        add_sources(store, newer)
        engine, whole = OxigraphEngine(store), canonical_quads(store)
        return build(LoadedFiles(engine=engine, quads=whole, sha256=release.sha256, files=1))

    words = ((source.path.stem, source.content) for source in newer)
    entry = kept(cache, key_of([("release", release.sha256.encode()), *words]), make)
    answered = Release(id=release.id, sha256=release.sha256)
    return known_from(entry, release=answered, said=release.said)


def _graph(source: Source) -> bytes:
    """How a statement ends that is of this file."""
    return f" {graph_of(source)} .\n".encode()


class Replays:
    """The releases that were asked for last, each opened once; for several threads."""

    def __init__(
        self,
        releases: Path = RELEASES,
        *,
        ontology: Path = ONTOLOGY,
        cache: Path | None = None,
    ) -> None:
        self._releases, self._ontology, self._cache = releases, ontology, cache
        self._lock = threading.Lock()
        self._opened: OrderedDict[str, Knowledge] = OrderedDict()

    def get(self, name: str) -> Knowledge:
        """The knowledge of a release; raises as :func:`open_release` does."""
        with self._lock:
            if name not in self._opened:
                self._opened[name] = open_release(
                    name, releases=self._releases, ontology=self._ontology, cache=self._cache
                )
            self._opened.move_to_end(name)
            while len(self._opened) > KEPT:
                self._opened.popitem(last=False)
            return self._opened[name]
