"""Opens the knowledge that a SPARQL server holds: the setting ``KB_STORE``.

Everything is compiled from the server's answers, once for each dataset; what was compiled is kept
in the build cache under the dataset's sha256. While that is done the dataset is also copied, and
the copy has to have the very sha256 that the store states; each question is asked of both, and a
server that answers another thing than its own data does is refused. After that nothing is asked of
the server but whether it still has the dataset: pages, search and /sparql answer from what was
compiled and from the copy, so that no answer is ever of two datasets, and none needs the server.
"""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from kb.cache import Entry, kept, key_of
from kb.engine import OxigraphEngine, Value
from kb.errors import DataError
from kb.knowledge import Knowledge, build, known_from
from kb.releases import RELEASES, all_releases, release_of
from kb.remote_client import Client, address_of
from kb.remote_description import FILL, Loaded, copied, dataset_of, must_be_loaded
from kb.remote_engine import RemoteEngine
from kb.store import DATA, ONTOLOGY, LoadedFiles, canonical_quads, load, sha256_of

LOOK_AGAIN, LOOK_SECONDS = 30.0, 2.0
SAME = "the same"
OTHER = "another dataset, which a restart would answer from"
AWAY = "away, or being filled; all is answered from what was compiled"
log = logging.getLogger("whichlaw.store")


class Agreeing:
    """Asks a server and the copy of its data; raises DataError where they answer differently.

    The rows are given in the order and as often as the copy gives them: how a server orders what a
    question leaves open, or how often it finds what two graphs say, changes nothing.
    """

    def __init__(self, remote: RemoteEngine, copy: OxigraphEngine) -> None:
        self.remote, self.copy = remote, copy

    def select(self, text: str) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
        """Run a SELECT on both."""
        names, found = self.remote.select(text)
        wanted_names, wanted = self.copy.select(text)
        answered, rows = set(found), list(wanted)
        if names != wanted_names or answered != set(rows):
            raise DataError(
                f"{self.remote.shown}: the server answers a question otherwise than its own data"
                f" does ({len(answered):,} different rows, where {len(set(rows)):,} are right), so"
                f" nothing is answered from it. The question:\n{_without_prefixes(text)}"
            )
        return names, iter(rows)


def _without_prefixes(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("PREFIX"))


def open_store(
    store: str,
    *,
    data: Path = DATA,
    ontology: Path = ONTOLOGY,
    cache: Path | None = None,
    releases: Path = RELEASES,
) -> Knowledge:
    """The knowledge that the store at an address holds; raises DataError naming the address.

    If folders are given that are not the project's own, the store has to have what their files say.
    """
    address = address_of(store)
    with Client(address) as client:
        made = _entry(RemoteEngine(client), cache=cache)
    sha256: str = made.made.sha256
    if (data, ontology) != (DATA, ONTOLOGY) and load(data, ontology).sha256 != sha256:
        raise DataError(
            f"{address.shown}: the store has another dataset than the files below {data} and"
            f" {ontology}. {FILL} Or name one of the two alone."
        )
    _say_if_old(sha256, shown=address.shown, releases=releases)
    return known_from(made, release=release_of(sha256, releases))


def _entry(engine: RemoteEngine, *, cache: Path | None) -> Entry:
    """What is compiled of a store, from the build cache if it is there."""
    loaded = must_be_loaded(engine)
    engine.dataset = dataset_of(engine, loaded)
    key = key_of([("store", str(loaded.sha256).encode())])
    return kept(cache, key, lambda: _made(engine, loaded))


def _made(engine: RemoteEngine, loaded: Loaded) -> Entry:
    """Copied, proven and compiled; raises DataError if the store is changed meanwhile."""
    store = copied(engine, loaded.graphs)
    quads = canonical_quads(store)
    if sha256_of(quads) != loaded.sha256:
        raise DataError(
            f"{engine.shown}: the store's graphs are not the dataset that it states: their sha256"
            f" is {sha256_of(quads)}, where {loaded.sha256} was loaded. {FILL}"
        )
    copy = OxigraphEngine(store)
    files = LoadedFiles(engine=copy, quads=quads, sha256=sha256_of(quads), files=len(loaded.graphs))
    try:
        entry = build(files, engine=Agreeing(engine, copy))
    except LookupError as error:
        raise DataError(
            f"{engine.shown}: this version of the program cannot compile the store's dataset"
            f" ({error!r}). {FILL}"
        ) from error
    if must_be_loaded(engine) != loaded:
        raise DataError(f"{engine.shown}: the store was filled again while it was read. Try again.")
    return entry


def _say_if_old(sha256: str, *, shown: str, releases: Path) -> None:
    """Warn of a store that has an earlier release than the last that is known here."""
    known = all_releases(releases)
    if known and sha256 != known[-1].sha256 and sha256 in {one.sha256 for one in known}:
        log.warning("%s: the store does not have the last release, %s.", shown, known[-1].id)


class StoreWatch:
    """Whether the store still has the dataset that the site answers from; for several threads."""

    def __init__(self, store: str, *, sha256: str, again: float = LOOK_AGAIN) -> None:
        self._engine = RemoteEngine(Client(address_of(store), seconds=LOOK_SECONDS, tries=1))
        self._sha256, self._again = sha256, again
        self._lock = threading.Lock()
        self._looked = -again
        self._state = SAME

    def state(self) -> str:
        """In a few words, for /healthz; looked up now and then, and said in the log if it changes.

        Nobody waits for another's look: meanwhile the last state is told.
        """
        if time.monotonic() - self._looked >= self._again and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = time.monotonic()
                self._lock.release()
        return self._state

    def _look(self) -> None:
        shown, before, why = self._engine.shown, self._state, ""
        try:
            same = must_be_loaded(self._engine).sha256 == self._sha256
            self._state = SAME if same else OTHER
        except DataError as error:
            self._state, why = AWAY, f" ({error})"
        finally:
            self._engine.client.close()
        if self._state != before:
            log.warning("%s: the store is now %s%s.", shown, self._state, why)
