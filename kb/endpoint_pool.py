"""The processes that run visitors' SPARQL: started when needed, lent out, killed when they fail."""

import os
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from selectors import EVENT_READ, DefaultSelector

from kb.endpoint_frames import HEADER, KINDS, write_frame

PATIENCE = 2.0  # seconds for which a query waits for a free worker
START_SECONDS = 30.0


class AllBusy(Exception):
    """No worker came free in time."""


class Worker:
    """A process that answers one query at a time."""

    def __init__(self, data: bytes) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kb.endpoint_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": _import_path()},
        )
        try:
            self._send("data", data)
            self._receive(time.monotonic() + START_SECONDS)
        except BaseException:
            self.stop()
            raise

    def ask(self, request: bytes, *, seconds: float) -> tuple[str, bytes]:
        """The kind of the answer and its bytes; raises TimeoutError, or EOFError if it died."""
        deadline = time.monotonic() + seconds
        self._send("ask", request)
        return self._receive(deadline)

    def lives(self) -> bool:
        """Is the process still there?"""
        return self.process.poll() is None

    def stop(self) -> None:
        """Kill the process and wait until it is gone."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was left to write cannot reach a process that is gone
        self.process.wait()

    def _send(self, kind: str, body: bytes) -> None:
        assert self.process.stdin is not None
        try:
            write_frame(self.process.stdin, kind, body)
        except OSError as error:
            raise EOFError from error

    def _receive(self, deadline: float) -> tuple[str, bytes]:
        kind, length = HEADER.unpack(self._read(HEADER.size, deadline))
        return KINDS[kind], self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        assert self.process.stdout is not None
        parts, missing = list[bytes](), length
        with DefaultSelector() as selector:
            selector.register(self.process.stdout, EVENT_READ)
            while missing:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                part = os.read(self.process.stdout.fileno(), missing)
                if not part:
                    raise EOFError
                parts.append(part)
                missing -= len(part)
        return b"".join(parts)


class Pool:
    """Up to ``size`` workers, started when first needed, each lent to one query at a time."""

    def __init__(self, data: Callable[[], bytes], *, size: int) -> None:
        self.data = data
        self.process_id = os.getpid()
        self.places: LifoQueue[Worker | None] = LifoQueue()
        self.started: set[Worker] = set()
        for _ in range(size):
            self.places.put(None)
        self.stop = weakref.finalize(self, _stop_all, self.started, self.process_id)

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """A worker for one query; one that fails is killed, and the next query starts another."""
        try:
            found = self.places.get(timeout=PATIENCE)
        except Empty as error:
            raise AllBusy from error
        kept: Worker | None = None
        try:
            if found is not None and not found.lives():
                self._let_go(found)
                found = None
            if found is None:
                found = Worker(self.data())
                self.started.add(found)
            yield found
            kept = found
        finally:
            if kept is None and found is not None:
                self._let_go(found)
            self.places.put(kept)

    def _let_go(self, worker: Worker) -> None:
        worker.stop()
        self.started.discard(worker)


def _stop_all(workers: set[Worker], process_id: int) -> None:
    """Kill workers, from the process that started them only: a fork of it leaves them alone."""
    while workers and os.getpid() == process_id:
        workers.pop().stop()


def _import_path() -> str:
    """Where a worker finds this package."""
    places: Sequence[str] = (str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", ""))
    return os.pathsep.join(place for place in places if place)
