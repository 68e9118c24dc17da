"""The engine that runs our questions, and what any engine has to do."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol

import pyoxigraph

Value = str | int | bool | date | None
XSD = "http://www.w3.org/2001/XMLSchema#"


class Engine(Protocol):
    """What a question needs: run a SELECT over the union of all graphs."""

    def select(self, text: str) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
        """The names of the columns, and the rows as plain Python values."""


def plain_value(text: str, datatype: str | None) -> Value:
    """A literal as the Python value that crosses to the rest of the program."""
    if datatype == XSD + "date":
        return date.fromisoformat(text)
    if datatype == XSD + "integer":
        return int(text)
    if datatype == XSD + "boolean":
        return text in ("true", "1")
    return text


class OxigraphEngine:
    """Runs questions in Oxigraph: the engine of the site.

    Given a function that makes its store, it calls it once, when the first question comes.
    """

    def __init__(self, store: pyoxigraph.Store | Callable[[], pyoxigraph.Store]) -> None:
        self._lock = threading.Lock()
        self._store = store

    @property
    def store(self) -> pyoxigraph.Store:
        """The store that is asked; whoever asks while it is being made waits for it."""
        with self._lock:
            if not isinstance(self._store, pyoxigraph.Store):
                self._store = self._store()
            return self._store

    def select(self, text: str) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
        """Run a SELECT over the union of the named graphs."""
        found = self.store.query(text, use_default_graph_as_union=True)
        if not isinstance(found, pyoxigraph.QuerySolutions):
            raise TypeError("a question has to be a SELECT")
        names = tuple(variable.value for variable in found.variables)
        return names, (tuple(self._value(row[name]) for name in names) for row in found)

    @staticmethod
    def _value(term: object) -> Value:
        if isinstance(term, pyoxigraph.Literal):
            return plain_value(term.value, term.datatype.value)
        if isinstance(term, pyoxigraph.NamedNode):
            return term.value
        return None
