"""The second engine: rdflib's own evaluator, slower, and the check on the one that serves."""

from collections.abc import Iterator

import rdflib

from kb.engine import Value, plain_value


class RdflibEngine:
    """Runs questions in rdflib's own evaluator: slower, and the check on the other."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self.dataset = dataset

    def select(self, text: str) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
        """Run a SELECT over the union of the named graphs."""
        found = self.dataset.query(text)
        names = tuple(str(variable) for variable in found.vars or ())
        return names, (tuple(self._value(term) for term in row) for row in found)  # type: ignore[union-attr]

    @staticmethod
    def _value(term: object) -> Value:
        if isinstance(term, rdflib.Literal):
            return plain_value(str(term), str(term.datatype) if term.datatype else None)
        return None if term is None else str(term)
