"""One query answered, in the process that may do nothing else: read, checked, run, written out."""

from typing import Any

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from kb.endpoint_keywords import complaint

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
    "trig": RdfFormat.TRIG,
    "n-quads": RdfFormat.N_QUADS,
}

PADDING = " " * 32  # so that where the query ends is not mistaken for where it goes wrong


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


def answer(store: pyoxigraph.Store, request: dict[str, Any]) -> tuple[str, bytes]:
    """Run one query: the kind of answer it has, and its bytes in the format asked for."""
    query, base = request["text"] + PADDING, request["base"]
    said = complaint("SERVICE", query, base=base)
    if said is not None:
        return "service", said.encode()
    try:
        found = store.query(query, base_iri=base, **_dataset(request))
        kind = "graph" if isinstance(found, pyoxigraph.QueryTriples) else "table"
        name = request[kind]
        if name is None:
            return "unacceptable", kind.encode()
        collected = Collected(request["limit"])
        found.serialize(collected, (GRAPHS if kind == "graph" else SOLUTIONS)[name])  # type: ignore[arg-type]
        return kind, b"".join(collected.parts)
    except TooLarge:
        return "too-large", b""
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return "refused", str(error).encode()


def _dataset(request: dict[str, Any]) -> dict[str, Any]:
    """The graphs that a request names: they go before those that its query names."""
    default, named = request["default_graphs"], request["named_graphs"]
    if not default and not named:
        return {}
    return {
        "default_graph": [NamedNode(address) for address in default],
        "named_graphs": [NamedNode(address) for address in named],
    }
