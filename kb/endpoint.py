"""Answers visitors' SPARQL, read-only: in processes of its own that can be stopped for certain."""

import json
import os
import threading
from dataclasses import dataclass

import pyoxigraph

from kb.endpoint_guard import EndpointError, check
from kb.endpoint_pool import AllBusy, Pool
from kb.engine import Engine, OxigraphEngine

WORKERS = 2
LONGEST_QUERY = 100_000
LARGEST_ANSWER = 20_000_000


class BadQuery(EndpointError):
    """Not a query: the message says where it goes wrong."""


class TooLong(EndpointError):
    """A query of more text than is read."""


class TooSlow(EndpointError):
    """A query that was stopped at its deadline."""


class TooLarge(EndpointError):
    """A query whose answer is larger than what is sent."""


class Busy(EndpointError):
    """Every worker is at work."""


class Broken(EndpointError):
    """A query that broke its worker, most likely by the memory it wanted."""


class NotAcceptable(EndpointError):
    """An answer that has none of the forms asked for."""


@dataclass(frozen=True, kw_only=True)
class SparqlQuestion:
    """A query, the forms its answer may have (None: not asked for), and the graphs it names."""

    text: str
    table: str | None = "json"
    graph: str | None = "turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SparqlAnswer:
    """The answer: ``kind`` is table (SELECT, ASK) or graph (CONSTRUCT, DESCRIBE)."""

    kind: str
    body: bytes


class Endpoint:
    """The read-only SPARQL endpoint over a store; the union of its graphs is the default graph."""

    def __init__(self, engine: Engine, *, seconds: float, workers: int = WORKERS) -> None:
        if not isinstance(engine, OxigraphEngine):
            raise TypeError("the endpoint needs a store of Oxigraph")
        self.store, self.seconds, self.size = engine.store, seconds, workers
        self._lock = threading.Lock()
        self._pool: Pool | None = None
        self._data: bytes | None = None

    def ask(self, question: SparqlQuestion) -> SparqlAnswer:
        """Answer a query; raises an EndpointError that says what would be right."""
        if len(question.text.encode(errors="surrogatepass")) > LONGEST_QUERY:
            raise TooLong(f"A query can have {LONGEST_QUERY:,} bytes at the most.")
        seen = check(question.text)
        request = json.dumps(
            {
                "query": question.text,
                "table": question.table,
                "graph": question.graph,
                "default_graphs": question.default_graphs,
                "named_graphs": question.named_graphs,
                "names_dataset": seen.names_dataset,
                "seconds": self.seconds,
                "limit": LARGEST_ANSWER,
            }
        ).encode()
        return _answer(*self._run(request))

    def close(self) -> None:
        """Kill the workers that were started."""
        if self._pool:
            self._pool.stop()
            self._pool = None

    def _run(self, request: bytes) -> tuple[str, bytes]:
        try:
            with self._workers().worker() as worker:
                return worker.ask(request, seconds=self.seconds)
        except AllBusy as error:
            raise Busy("The endpoint is busy. Try again in a few seconds.") from error
        except TimeoutError as error:
            raise TooSlow(
                f"The query was stopped after {self.seconds:g} seconds. Narrow it, or add a LIMIT."
            ) from error
        except EOFError as error:
            raise Broken(
                "The query was stopped: it needed more memory than a query may have, or is nested"
                " too deeply. Narrow it."
            ) from error

    def _workers(self) -> Pool:
        """The pool of this process: one that was forked starts its own."""
        with self._lock:
            if self._pool is None or self._pool.process_id != os.getpid():
                self._pool = Pool(self._dump, size=self.size)
            return self._pool

    def _dump(self) -> bytes:
        """The data as a worker is given it: what the site itself has loaded."""
        with self._lock:
            if self._data is None:
                self._data = self.store.dump(format=pyoxigraph.RdfFormat.TRIG) or b""
            return self._data


def _answer(kind: str, body: bytes) -> SparqlAnswer:
    if kind == "refused":
        raise BadQuery(body.decode())
    if kind == "too-large":
        raise TooLarge(
            f"The answer is larger than {LARGEST_ANSWER // 1_000_000} MB. Take it in parts, with"
            " ORDER BY, LIMIT and OFFSET."
        )
    if kind == "unacceptable":
        raise NotAcceptable(
            "SELECT and ASK are answered as JSON, XML, CSV or TSV; CONSTRUCT and DESCRIBE as"
            " Turtle, N-Triples, RDF/XML or JSON-LD. Ask for one of those."
        )
    return SparqlAnswer(kind=kind, body=body)
