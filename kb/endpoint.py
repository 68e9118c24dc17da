"""Answers visitors' SPARQL, read-only: in processes of its own that can be stopped for certain."""

import json
import os
import threading
from contextlib import suppress
from dataclasses import dataclass

import pyoxigraph

from kb.endpoint_description import Counted, count, described
from kb.endpoint_guard import EndpointError, bad_query, refuse_update, service_refused
from kb.endpoint_pool import AllBusy, Pool
from kb.engine import Engine, OxigraphEngine

WORKERS = 2
LONGEST_QUERY = 100_000
LARGEST_ANSWER = 20_000_000
MEMORY = 2 * 1024**3
SHORTEST = 0.05  # seconds that a query has at least, however long it waited
THE_REST = (
    "Take it in parts, with ORDER BY, LIMIT and OFFSET, or take the whole of the data from /data."
)


class LimitReached(EndpointError):
    """A query that is not answered because of a limit: which, and how much it is."""

    def __init__(self, message: str, *, limit: str) -> None:
        self.limit = limit
        super().__init__(message)


class TooLong(LimitReached):
    """A query of more text than is read."""


class TooSlow(LimitReached):
    """A query that was stopped at its deadline."""


class TooLarge(LimitReached):
    """A query whose answer is larger than what is sent."""


class Busy(LimitReached):
    """Every worker is at work."""


class Broken(LimitReached):
    """A query that broke its worker, most likely by the memory it wanted."""


class NotAcceptable(EndpointError):
    """An answer that has none of the forms asked for."""


@dataclass(frozen=True, kw_only=True)
class SparqlQuestion:
    """A query, the forms its answer may have (None: not asked for), and the graphs it names.

    ``base`` is the address that relative addresses in it start from.
    """

    text: str
    table: str | None = "json"
    graph: str | None = "turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None


@dataclass(frozen=True, kw_only=True)
class SparqlAnswer:
    """The answer: ``kind`` is table (SELECT, ASK) or graph (CONSTRUCT, DESCRIBE)."""

    kind: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one query may take: seconds, bytes of its answer, bytes of memory; and how many run."""

    seconds: float
    workers: int = WORKERS
    answer: int = LARGEST_ANSWER
    memory: int = MEMORY


class Endpoint:
    """The read-only SPARQL endpoint over a store; the union of its graphs is the default graph."""

    def __init__(
        self,
        engine: Engine,
        *,
        seconds: float,
        workers: int = WORKERS,
        answer: int = LARGEST_ANSWER,
        memory: int = MEMORY,
    ) -> None:
        if not isinstance(engine, OxigraphEngine):
            raise TypeError("the endpoint needs a store of Oxigraph")
        self.engine, self.seconds = engine, seconds
        self.limits = Limits(seconds=seconds, workers=workers, answer=answer, memory=memory)
        self._lock = threading.Lock()
        self._pool: Pool | None = None
        self._counted: Counted | None = None

    def ask(self, question: SparqlQuestion) -> SparqlAnswer:
        """Answer a query; raises an EndpointError that says what would be right."""
        if len(question.text.encode(errors="surrogatepass")) > LONGEST_QUERY:
            raise TooLong(
                f"A query can have {LONGEST_QUERY:,} bytes at the most.",
                limit=f"query-bytes={LONGEST_QUERY}",
            )
        refuse_update(question.text)
        kind, body = self._run(question)
        if kind == "refused":
            raise bad_query(question.text, body.decode())
        if kind == "service":
            raise service_refused(question.text, body.decode())
        if kind == "too-large":
            raise TooLarge(
                f"The answer is larger than {self.limits.answer:,} bytes, so none of it is sent:"
                f" a part would look like the whole. {THE_REST}",
                limit=f"answer-bytes={self.limits.answer}",
            )
        if kind == "unacceptable":
            raise NotAcceptable(
                "SELECT and ASK are answered as JSON, XML, CSV or TSV; CONSTRUCT and DESCRIBE as"
                " Turtle, N-Triples, RDF/XML, JSON-LD, TriG or N-Quads. Ask for one of those."
            )
        return SparqlAnswer(kind=kind, body=body)

    def warm_up(self) -> None:
        """Start what the first query would have to wait for."""
        with suppress(EndpointError):
            self.ask(SparqlQuestion(text="ASK {}"))

    def described(self, *, address: str, form: str) -> bytes:
        """The service description of this endpoint, at its address, in a form of a graph."""
        with self._lock:
            if self._counted is None:
                self._counted = count(self.engine.store)
        return described(self._counted, endpoint=address, form=form)

    def close(self) -> None:
        """Kill what was started."""
        if self._pool:
            self._pool.stop()
            self._pool = None

    def _run(self, question: SparqlQuestion) -> tuple[str, bytes]:
        asked = {**vars(question), "limit": self.limits.answer, "seconds": self.seconds}
        try:
            with self._workers().worker() as (worker, waited):
                left = max(SHORTEST, self.seconds - waited)
                return worker.ask(json.dumps(asked).encode(), seconds=left)
        except AllBusy as error:
            raise Busy(
                "The endpoint is busy. Try again in a few seconds.",
                limit=f"workers={self.limits.workers}",
            ) from error
        except TimeoutError as error:
            raise TooSlow(
                f"The query was stopped after {self.seconds:g} seconds, and nothing of its answer"
                f" is sent. Narrow it. {THE_REST}",
                limit=f"seconds={self.seconds:g}",
            ) from error
        except EOFError as error:
            raise Broken(
                "The query was stopped: it needed more memory than a query may have, or is nested"
                f" too deeply. Narrow it. {THE_REST}",
                limit=f"memory-bytes={self.limits.memory}",
            ) from error

    def _workers(self) -> Pool:
        """The pool of this process: one that was forked starts its own."""
        with self._lock:
            if self._pool is None or self._pool.running.process_id != os.getpid():
                limits = self.limits
                self._pool = Pool(self._dump, size=limits.workers, memory=limits.memory)
            return self._pool

    def _dump(self) -> bytes:
        """The data as the workers are given it: what the site itself has loaded."""
        return self.engine.store.dump(format=pyoxigraph.RdfFormat.TRIG) or b""
