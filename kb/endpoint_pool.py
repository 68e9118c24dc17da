"""The workers that run visitors' SPARQL: started when needed, lent out, killed when they fail."""

import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, LifoQueue

from kb.endpoint_holder import Holder, Worker

PATIENCE = 2.0  # seconds for which a query waits for a free worker
QUEUE = 8  # queries that wait at the same time


class AllBusy(Exception):
    """No worker is free, or comes free in time."""


@dataclass(kw_only=True)
class Running:
    """What has been started, to be killed at the end."""

    process_id: int = field(default_factory=os.getpid)
    holder: Holder | None = None
    workers: set[Worker] = field(default_factory=set)


class Pool:
    """Up to ``size`` workers, started when first needed, each lent to one query at a time."""

    def __init__(self, data: Callable[[], bytes], *, size: int, memory: int) -> None:
        self.data, self.size, self.memory = data, size, memory
        self.running = Running()
        self.places: LifoQueue[Worker | None] = LifoQueue()
        for _ in range(size):
            self.places.put(None)
        self.lent: dict[int, float] = {}
        self.waiting = 0
        self._lock, self._making = threading.Lock(), threading.Lock()
        self.stop = weakref.finalize(self, _stop_all, self.running)

    @contextmanager
    def worker(self) -> Iterator[tuple[Worker, float]]:
        """A worker for one query, and the seconds for which it was waited for; raises AllBusy.

        One that fails is killed, and the next query has another.
        """
        began = time.monotonic()
        found, kept = self._place(), None
        waited, turn = time.monotonic() - began, threading.get_ident()
        try:
            if found is None or not found.lives():
                self._let_go(found)
                found = self._made()
            self.lent[turn] = time.monotonic()
            yield found, waited
            kept = found
        finally:
            self.lent.pop(turn, None)
            if kept is None:
                self._let_go(found)
            self.places.put(kept)

    def _place(self) -> Worker | None:
        """A place that is free: its worker, None if it has to be made."""
        try:
            return self.places.get_nowait()
        except Empty:
            self._join_queue()
        try:
            return self.places.get(timeout=PATIENCE)
        except Empty as error:
            raise AllBusy from error
        finally:
            with self._lock:
                self.waiting -= 1

    def _join_queue(self) -> None:
        """Wait only behind queries that may well end soon, and behind few."""
        youngest = max([*self.lent.values()], default=time.monotonic())
        stuck = len(self.lent) == self.size and time.monotonic() - youngest > PATIENCE
        with self._lock:
            if stuck or self.waiting >= QUEUE:
                raise AllBusy
            self.waiting += 1

    def _made(self) -> Worker:
        """One more worker; the process that makes them is started if it is not there."""
        with self._making:
            holder = self.running.holder
            if holder is None or not holder.lives():
                if holder:
                    holder.stop()
                holder = self.running.holder = Holder(self.data(), memory=self.memory)
            try:
                made = holder.worker()
            except EOFError:
                holder.stop()  # the next query starts another
                raise
            self.running.workers.add(made)
            return made

    def _let_go(self, worker: Worker | None) -> None:
        if worker is not None:
            worker.stop()
            self.running.workers.discard(worker)


def _stop_all(running: Running) -> None:
    """Kill what runs, from the process that started it only: a fork of it leaves it alone."""
    if os.getpid() != running.process_id:
        return
    while running.workers:
        running.workers.pop().stop()
    if running.holder:
        running.holder.stop()
        running.holder = None
