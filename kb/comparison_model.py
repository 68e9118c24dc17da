"""The records of a comparison: two or more sides (a nation on a day), row by row of conduct."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from kb.answers import Release
from kb.model import Penalty, ProvisionRef, Reason

Ages = tuple[tuple[int | None, int | None], ...]
PEOPLE = ("depicted_age", "recipient_age", "accused_age")


@dataclass(frozen=True, kw_only=True)
class Side:
    """A nation (slug) on a day, as a column of the comparison."""

    nation: str
    on: date


@dataclass(frozen=True, kw_only=True)
class AskedComparison:
    """The sides in their order, and what the comparison is kept to; ``conduct`` empty for all.

    ``only``: leave out the rows in which the sides do not differ.
    """

    sides: tuple[Side, ...]
    material: str | None = None
    topic: str | None = None
    conduct: tuple[str, ...] = ()
    only: bool = False

    @property
    def two(self) -> bool:
        """Are two sides set against each other?"""
        return len(self.sides) == 2


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeLimit:
    """An age that an offence asks for: from ``at_least`` up to and without ``below`` (years)."""

    at_least: int | None
    below: int | None
    text: str
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Maximum:
    """The highest maximum penalty in short, and the row that says it."""

    text: str
    penalty: Penalty

    @property
    def value(self) -> tuple[object, ...]:
        """What is compared: life, months, or the rule or words that stand for a number."""
        row = self.penalty
        said = row.months_rule or row.text if row.months is None and not row.life else None
        return row.life, row.months, said


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedOffence:
    """What an offence that is law, or may be, says in one nation on one day.

    ``pinpoint`` is its citation without the title of the instrument; ``needs`` are words of their
    scheme; ``decided_by`` is the dated fact of its window. ``ages_said`` are whose age it asks
    for and which ages, in words; ``terms`` are what is compared: ages of
    the person shown, of the other person and of the accused, and the maximum; ``look`` is all
    that is shown.
    """

    id: str
    label: str
    provision: ProvisionRef
    instrument: str
    pinpoint: str
    start: date | None
    end: date | None
    certainty: str | None
    scope: str | None
    depicted_age: tuple[AgeLimit, ...]
    recipient_age: tuple[AgeLimit, ...]
    accused_age: tuple[AgeLimit, ...]
    maximum: Maximum | None
    max_penalty: tuple[Penalty, ...]
    needs: tuple[str, ...]
    not_known: tuple[str, ...]
    confidence: str
    decided_by: tuple[str, ...]
    ages_said: tuple[tuple[str, str], ...]
    terms: tuple[Hashable, ...]
    look: tuple[Hashable, ...]

    @property
    def likely_only(self) -> bool:
        """Does it rest on general knowledge alone?"""
        return self.confidence == "memory"

    def ages(self, kind: str) -> Ages:
        """The limits of ``depicted_age``, ``recipient_age`` or ``accused_age`` as plain values."""
        return tuple((limit.at_least, limit.below) for limit in getattr(self, kind))


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An offence in a cell, with its state for this conduct; ``why`` goes with ``unknown``.

    ``shown_at`` is the conduct whose row names it, where this row does not (slug).
    """

    offence: ComparedOffence
    state: str
    why: tuple[Reason, ...] | None
    shown_at: str | None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a side has in a row; ``same_as`` is the place of an earlier side that has the same.

    ``none`` says of an empty cell why it is empty, as far as that is recorded.
    """

    offences: tuple[Listed, ...]
    same_as: int | None
    none: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A conduct with a cell for each side; ``differs`` names what is not the same in all."""

    conduct: str
    label: str
    broader: str | None
    cells: tuple[Cell, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """What is said of a side as a whole; ``where`` is how sentences say it."""

    nation: str
    label: str
    on: date
    where: str
    responsibility: int | None
    responsibility_fact: str | None
    earliest: date
    before_earliest: bool
    left_out: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How two sides differ, in a sentence, and the facts that make it so.

    ``conduct`` is None where it is about all; ``left`` and ``right`` are offences (ids). ``kind``
    is ``state``, ``gap`` (something applies on one side, nothing on the other) or a word of
    the scheme ``change-kinds``. ``ages`` are the ages (both ends included) that a gap is about.
    """

    kind: str
    conduct: str | None
    about: str
    text: str
    materials: tuple[str, ...] = ()
    person: str | None = None
    ages: tuple[tuple[int, int], ...] = ()
    left: tuple[str, ...]
    right: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The whole of it; ``empty`` are the conducts for which no side has anything (labels)."""

    asked: AskedComparison
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    alike: int
    empty: tuple[str, ...]
    differences: tuple[Difference, ...] | None
    warnings: tuple[str, ...]
    checked_on: date
    release: Release
