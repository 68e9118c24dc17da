"""One process that runs visitors' SPARQL, and nothing else: it can be killed at any moment.

Started by :mod:`kb.endpoint` with ``python -m kb.endpoint_worker``. It is given the data once
through its input, then shuts itself in: little memory, no files, no connections. After that it
answers one request at a time. It ends when its input does, and when a query runs too long.
"""

import json
import os
import resource
import signal
import sys
import threading
from queue import SimpleQueue
from typing import Any, BinaryIO

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

from kb.endpoint_frames import read_frame, write_frame

MEMORY = 2 * 1024**3
GRACE = 1.0  # seconds past the deadline, after which the system itself ends this process
SOLUTIONS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "n-triples": RdfFormat.N_TRIPLES,
    "rdf-xml": RdfFormat.RDF_XML,
    "json-ld": RdfFormat.JSON_LD,
}


class TooLarge(Exception):
    """The answer has grown past what was allowed."""


class Collected:
    """Takes an answer as it is written, and stops it where it grows too large."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size, self.parts = limit, 0, list[bytes]()

    def write(self, part: bytes) -> int:
        """Take one more part; raises TooLarge."""
        self.size += len(part)
        if self.size > self.limit:
            raise TooLarge
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""


def main() -> None:
    """Load the data, shut the doors, answer until the input ends."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    first = read_frame(asked)
    if first is None:
        return
    store = pyoxigraph.Store()
    store.bulk_load(first[1], RdfFormat.TRIG)
    requests: SimpleQueue[bytes] = SimpleQueue()
    shut_in()
    threading.Thread(target=_listen, args=(asked, requests), daemon=True).start()
    write_frame(answers, "ready", b"")
    while True:
        request = json.loads(requests.get())
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + GRACE)
        kind, body = answer(store, request)
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_frame(answers, kind, body)


def shut_in() -> None:
    """No more files or connections, little memory, no core dump; an alarm ends the process."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def answer(store: pyoxigraph.Store, request: dict[str, Any]) -> tuple[str, bytes]:
    """Run one query: the kind of answer it has, and its bytes in the format asked for."""
    try:
        found = store.query(request["query"], **_dataset(request))
        collected = Collected(request["limit"])
        kind = "graph" if isinstance(found, pyoxigraph.QueryTriples) else "table"
        name = request[kind]
        if name is None:
            return "unacceptable", kind.encode()
        found.serialize(collected, (GRAPHS if kind == "graph" else SOLUTIONS)[name])  # type: ignore[arg-type]
        return kind, b"".join(collected.parts)
    except TooLarge:
        return "too-large", b""
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return "refused", str(error).encode()


def _dataset(request: dict[str, Any]) -> dict[str, Any]:
    """Which graphs a query sees: all of them as one, unless it or its request names some."""
    default, named = request["default_graphs"], request["named_graphs"]
    if default or named:
        return {
            "default_graph": [pyoxigraph.NamedNode(address) for address in default],
            "named_graphs": [pyoxigraph.NamedNode(address) for address in named],
        }
    return {"use_default_graph_as_union": not request["names_dataset"]}


def _listen(asked: BinaryIO, requests: "SimpleQueue[bytes]") -> None:
    """Pass requests on; when the input ends, whoever asked is gone, and so is this process."""
    while (frame := read_frame(asked)) is not None:
        requests.put(frame[1])
    os._exit(0)


if __name__ == "__main__":
    try:
        main()
    except OSError:  # whoever asked is gone
        os._exit(1)
