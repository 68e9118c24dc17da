"""One frozen record for a row of each question about instruments, rules, doubts, sources, words.

The fields are the columns, in order. Addresses (IRIs) are str; days are date; a column that may
be empty can be None.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OffenceRow:
    """A row of ``offences.rq``."""

    offence: str
    slug: str
    label: str
    provision: str
    number: str
    instrument: str
    title: str
    limb: str
    confidence: str
    status: str | None
    note: str | None
    no_source: str | None


@dataclass(frozen=True)
class ProvisionRow:
    """A row of ``provisions.rq``."""

    provision: str
    path: str
    number: str
    about: str
    instrument: str
    title: str
    confidence: str
    note: str | None
    no_source: str | None


@dataclass(frozen=True)
class InstrumentRow:
    """A row of ``instruments.rq``."""

    instrument: str
    path: str
    title: str
    type: str
    made: date | None
    confidence: str
    note: str | None
    no_source: str | None


@dataclass(frozen=True)
class ExtentRow:
    """A row of ``extents.rq``."""

    owner: str
    nation: str


@dataclass(frozen=True)
class WindowEver:
    """A row of ``windows_ever.rq``."""

    owner: str
    nation: str
    fact: str
    certainty: str
    start: date | None
    end: date | None
    not_before: date | None
    known_by: date | None
    scope: str | None
    commenced_by: str | None
    ended_by: str | None
    note: str | None
    confidence: str


@dataclass(frozen=True)
class CertaintyRow:
    """A row of ``fact_certainties.rq``."""

    fact: str
    certainty: str
    not_before: date | None
    known_by: date | None


@dataclass(frozen=True)
class ExpressionRow:
    """A row of ``expressions.rq``."""

    provision: str
    expression: str
    nation: str
    start: date | None
    end: date | None
    note: str
    changed_by: str | None
    confidence: str


@dataclass(frozen=True)
class CounterpartRow:
    """A row of ``counterparts.rq``."""

    owner: str
    nation: str
    nearest: str | None
    note: str | None


@dataclass(frozen=True)
class ReplacementRow:
    """A row of ``replacements.rq``."""

    owner: str
    window: str | None
    successor: str


@dataclass(frozen=True)
class NotKnownRow:
    """A row of ``not_known.rq``."""

    owner: str
    fact: str
    field: str
    why: str
    doubt: str | None
    missing: bool | None


@dataclass(frozen=True)
class DoubtRow:
    """A row of ``doubts.rq``."""

    doubt: str
    slug: str
    about: str
    what_is_missing: str
    where_to_look: str
    nation: str


@dataclass(frozen=True)
class BlockRow:
    """A row of ``doubt_blocks.rq``."""

    doubt: str
    owner: str


@dataclass(frozen=True)
class RuleRow:
    """A row of ``rules.rq``."""

    rule: str
    slug: str
    kind: str
    text: str
    confidence: str
    note: str | None
    no_source: str | None


@dataclass(frozen=True)
class RuleValue:
    """A row of ``rule_values.rq``."""

    fact: str
    age: int | None
    below: int | None
    months: int | None


@dataclass(frozen=True)
class RuleProvision:
    """A row of ``rule_provisions.rq``."""

    rule: str
    provision: str


@dataclass(frozen=True)
class SavingRow:
    """A row of ``savings.rq``."""

    owner: str
    nation: str
    fact: str
    text: str
    before: date | None
    since: date | None
    provision: str | None
    rule: str | None
    doubt: str | None
    confidence: str
    sources_of: str | None
    no_source: str | None


@dataclass(frozen=True)
class BoundaryRow:
    """A row of ``boundaries.rq``."""

    owner: str
    day: date
