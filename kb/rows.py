"""One frozen record for a row of each question about offences.

The fields are the columns, in order. Addresses (IRIs) are str; days are date; a column that may
be empty can be None.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Window:
    """A row of ``windows.rq``."""

    owner: str
    nation: str
    fact: str
    state: str
    certainty: str
    start: date | None
    end: date | None
    not_before: date | None
    known_by: date | None
    scope: str | None
    confidence: str


@dataclass(frozen=True)
class Met:
    """A row of ``conduct_met.rq`` and ``material_met.rq``."""

    offence: str
    nation: str
    fact: str
    state: str


@dataclass(frozen=True)
class AgeRow:
    """A row of ``ages_admitting.rq``."""

    offence: str
    nation: str
    fact: str
    at_least: int | None
    below: int | None
    admits: bool


@dataclass(frozen=True)
class ConsentRuledOut:
    """A row of ``consent_ruled_out.rq``."""

    offence: str
    nation: str
    fact: str
    need: str


@dataclass(frozen=True)
class DefenceMet:
    """A row of ``defences_met.rq``."""

    offence: str
    nation: str
    fact: str
    text: str


@dataclass(frozen=True)
class Responsibility:
    """A row of ``responsibility.rq``."""

    rule: str
    nation: str
    fact: str
    age: int


@dataclass(frozen=True)
class ConceptFact:
    """A row of ``conducts.rq`` and ``materials.rq``."""

    offence: str
    nation: str
    fact: str
    concept: str
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True)
class NeedFact:
    """A row of ``needs.rq``."""

    offence: str
    nation: str
    fact: str
    need: str
    text: str
    one_of: str | None
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True)
class TextFact:
    """A row of ``mental_elements.rq``."""

    offence: str
    nation: str
    fact: str
    text: str
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True)
class ProvisionFact:
    """A row of ``defences.rq`` and ``time_limits.rq``."""

    offence: str
    nation: str
    fact: str
    text: str
    provision: str | None
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True)
class ModeFact:
    """A row of ``modes.rq``."""

    offence: str
    nation: str
    fact: str
    mode: str
    case: str | None
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True)
class PenaltyFact:
    """A row of ``penalties.rq``."""

    offence: str
    nation: str
    fact: str
    tried: str
    text: str
    months: int | None
    months_rule: str | None
    life: bool | None
    fine: bool | None
    case: str | None
    provision: str | None
    note: str | None
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True)
class ConsentFact:
    """A row of ``prosecution_consents.rq``."""

    offence: str
    nation: str
    fact: str
    who: str
    provision: str | None
    accused_below: int | None
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True)
class ReachFact:
    """A row of ``reaches.rq``."""

    offence: str
    nation: str
    fact: str
    reach: str
    text: str
    provision: str | None
    start: date | None
    end: date | None
    confidence: str


@dataclass(frozen=True)
class AgeFact:
    """A row of ``ages.rq``."""

    offence: str
    nation: str
    fact: str
    kind: str
    at_least: int | None
    below: int | None
    start: date | None
    end: date | None
    confidence: str
