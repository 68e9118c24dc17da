"""What is said of a thing, as a page shows it: properties and values with their labels."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kb.description import Description
from kb.stored import value
from kb.terms import PREFIXES


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value: its text, and its address if it is a thing and no text."""

    text: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A property with all its values."""

    label: str
    address: str
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A thing with what is said of it."""

    address: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class DescriptionView:
    """A thing, the facts about it, and what else names it."""

    thing: Told
    facts: tuple[Told, ...]
    named_by: tuple[Row, ...]


def view(description: Description) -> DescriptionView:
    """A description as a page shows it."""
    labels = {
        t.subject.value: t.object.value
        for t in description.labels
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.Literal)
    }
    told = {description.address, *description.facts}
    pointing = [triple for triple in description.about if value(triple.subject) not in told]
    return DescriptionView(
        thing=_told(description, description.address, labels),
        facts=tuple(_told(description, fact, labels) for fact in description.facts),
        named_by=_rows(((t.predicate, t.subject) for t in pointing), labels),
    )


def _told(description: Description, address: str, labels: dict[str, str]) -> Told:
    about = (t for t in description.about if value(t.subject) == address)
    rows = _rows(((t.predicate, t.object) for t in about), labels)
    return Told(address=address, label=labels.get(address, description.label), rows=rows)


def _rows(pairs: Iterable[tuple[ox.NamedNode, object]], labels: dict[str, str]) -> tuple[Row, ...]:
    """Properties in the order of their labels, but what the thing is before all others."""
    found: dict[str, list[Value]] = {}
    for predicate, term in pairs:
        found.setdefault(predicate.value, []).append(_value(term, labels))
    rows = [
        Row(label=labels[name], address=name, values=tuple(values))
        for name, values in found.items()
    ]
    kind = PREFIXES["rdf"] + "type"
    return tuple(sorted(rows, key=lambda row: (row.address != kind, row.label)))


def _value(term: object, labels: dict[str, str]) -> Value:
    if isinstance(term, ox.NamedNode):
        return Value(text=labels.get(term.value, term.value), address=term.value)
    return Value(text=term.value if isinstance(term, ox.Literal) else str(term), address=None)
