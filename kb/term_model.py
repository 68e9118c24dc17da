"""The records of the ontology: each class and property of ours, and what is asked of it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TermRef:
    """A class, property, datatype or scheme, as another names it."""

    label: str
    address: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """How a term stands to a term of somebody else's."""

    relation: str
    other: TermRef


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """What a shape asks of one property of a class: how many, of what kind, and in words.

    ``of`` is None where the shape is about whatever has a property, and not about a class.
    """

    of: TermRef | None
    path: TermRef
    count: str
    kind: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """A class or property of ours; ``example`` is Turtle from the data, empty if none uses it."""

    name: str
    address: str
    label: str
    comment: str
    parents: tuple[TermRef, ...]
    narrower: tuple[TermRef, ...]
    mappings: tuple[Mapping, ...]
    domain: tuple[TermRef, ...]
    range: tuple[TermRef, ...]
    properties: tuple[TermRef, ...]
    constraints: tuple[Constraint, ...]
    uses: int
    example: str


@dataclass(frozen=True, kw_only=True)
class RetiredTerm:
    """A term that was published once and is gone."""

    name: str
    why: str
    successors: tuple[TermRef, ...]


@dataclass(frozen=True, kw_only=True)
class SchemeRef:
    """A concept scheme, with how many words it has."""

    name: str
    title: str
    description: str
    words: int


@dataclass(frozen=True, kw_only=True)
class Ontology:
    """All our words: what the ontology says of itself, its classes, properties and schemes."""

    title: str
    description: str
    notes: tuple[str, ...]
    version: str
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    schemes: tuple[SchemeRef, ...]
    retired: tuple[RetiredTerm, ...]
    prefixes: tuple[tuple[str, str], ...]
