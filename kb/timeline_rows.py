"""One frozen record for a row of each question that only the timeline asks.

The fields are the columns, in order. Addresses (IRIs) are str; days are date; a column that may
be empty can be None.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DatedWord:
    """A row of ``dated_words.rq``: ``kind`` is the class of the fact, conduct or material."""

    offence: str
    nation: str
    fact: str
    kind: str
    concept: str
    certainty: str | None
    start: date | None
    end: date | None
    not_before: date | None
    known_by: date | None


@dataclass(frozen=True)
class Broader:
    """A row of ``broader.rq``."""

    narrower: str
    broader: str


@dataclass(frozen=True)
class NegatedNeed:
    """A row of ``negated_needs.rq``."""

    offence: str
    nation: str
    fact: str
    need: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class DefenceCondition:
    """A row of ``defence_conditions.rq``: ``value`` is an age in years or an address."""

    offence: str
    nation: str
    fact: str
    text: str
    condition: str
    value: str | int
    start: date | None
    end: date | None


@dataclass(frozen=True)
class CoveredMaterial:
    """A row of ``covered_materials.rq``."""

    defence: str
    concept: str | None
    start: date | None
    end: date | None
