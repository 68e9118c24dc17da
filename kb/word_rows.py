"""One frozen record for a row of each question about sources, words, services and coverage.

The fields are the columns, in order. Addresses (IRIs) are str; days are date; a column that may
be empty can be None.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SourceRow:
    """A row of ``sources.rq``."""

    owner: str
    label: str
    address: str | None
    note: str | None


@dataclass(frozen=True)
class ConceptRow:
    """A row of ``concepts.rq``."""

    scheme: str
    concept: str
    slug: str
    label: str
    definition: str | None
    order: int
    broader: str | None


@dataclass(frozen=True)
class OtherName:
    """A row of ``other_names.rq``."""

    owner: str
    name: str


@dataclass(frozen=True)
class HiddenName:
    """A row of ``hidden_names.rq``."""

    owner: str
    name: str


@dataclass(frozen=True)
class NameInLanguage:
    """A row of ``names_by_language.rq``."""

    name: str
    language: str


@dataclass(frozen=True)
class LabelInLanguage:
    """A row of ``labels_by_language.rq``."""

    concept: str
    language: str
    label: str


@dataclass(frozen=True)
class RelatedWord:
    """A row of ``related_words.rq``."""

    concept: str
    other: str


@dataclass(frozen=True)
class Covered:
    """A row of ``covers.rq``."""

    topic: str
    word: str


@dataclass(frozen=True)
class SuggestedWord:
    """A row of ``suggested_words.rq``."""

    situation: str
    word: str


@dataclass(frozen=True)
class CheckedRow:
    """A row of ``checked_on.rq``."""

    file: str
    checked_on: date


@dataclass(frozen=True)
class CoverageRow:
    """A row of ``coverage.rq``."""

    nation: str
    earliest: date
    seen_until: date
    covers: str
    left_out: str


@dataclass(frozen=True)
class AliasRow:
    """A row of ``aliases.rq``."""

    material: str
    also: str
    limit: int


@dataclass(frozen=True)
class AnyRow:
    """A row of ``meets_any.rq``."""

    concept: str
