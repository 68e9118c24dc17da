"""The engine that asks a SPARQL 1.1 server over HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pyoxigraph

from kb.engine import Value, plain_value
from kb.errors import DataError
from kb.remote_client import Client, Message, form

TABLE = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
Parameters = tuple[tuple[str, str], ...]


class RemoteEngine:
    """Runs questions on a server. ``dataset`` is what makes our graphs' union its default graph."""

    def __init__(self, client: Client, *, dataset: Parameters = ()) -> None:
        self.client, self.dataset = client, dataset

    @property
    def shown(self) -> str:
        """The address of the server as messages name it."""
        return self.client.address.shown

    def select(self, text: str) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
        """Run a SELECT over the union of our graphs; raises DataError if it is not answered."""
        return self._table(form(("query", text), *self.dataset))

    def select_in_graphs(self, text: str) -> Iterator[tuple[Value, ...]]:
        """The rows of a SELECT that names the graphs that it reads itself."""
        return self._table(form(("query", text)))[1]

    def graph(self, name: str) -> tuple[str, bytes]:
        """The triples of a named graph: the media type they are written in, and the text."""
        node = pyoxigraph.NamedNode(name)
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}"
        reply = self.client.send(
            Message(method="POST", body=form(("query", query)), accept=TRIPLES)
        )
        return reply.media_type, reply.body

    def _table(self, body: bytes) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
        reply = self.client.send(Message(method="POST", body=body, accept=TABLE))
        try:
            found = json.loads(reply.body)
            asked = isinstance(found, dict) and "boolean" in found
            names, rows = ((), []) if asked else _read(found)
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            raise DataError(
                f"{self.shown}: answered with {reply.media_type} that is no table of results, or"
                f" not a whole one ({error!r}): {reply.said}"
            ) from error
        if asked:
            raise TypeError("a question has to be a SELECT")
        return names, iter(rows)


def _read(found: Any) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """The columns and the rows of results as JSON has them."""
    names = tuple(str(name) for name in found["head"]["vars"])
    rows = found["results"]["bindings"]
    return names, [tuple(_value(row.get(name)) for name in names) for row in rows]


def _value(term: dict[str, Any] | None) -> Value:
    """A term of the results as a plain value; a blank node, like what is not bound, is None."""
    if term is None or term["type"] == "bnode":
        return None
    if term["type"] == "uri":
        return str(term["value"])
    return plain_value(str(term["value"]), term.get("datatype"))
