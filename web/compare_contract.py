"""The published comparison: rows of conduct with a cell for each side, and how two sides differ."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kb import comparison_model as compared
from web.contract_parts import (
    Confidence,
    Envelope,
    Fact,
    From,
    Penalty,
    Provision,
    Published,
    To,
)
from web.contract_states import Reason


class ComparedSide(Published):
    """A nation on a day."""

    nation: str
    on: date


class ComparisonQuestion(Published):
    """The question as it was understood."""

    sides: tuple[ComparedSide, ...]
    """All nations on a day, or two sides."""
    conduct: tuple[str, ...]
    material: str | None
    topic: str | None
    only: bool
    """Whether rows in which the sides do not differ are left out."""


class ComparisonColumn(Published):
    """What is said of a side as a whole."""

    nation: str
    label: str
    on: date
    responsibility: int | None
    """The age of criminal responsibility there that day; null where no rule was found."""
    responsibility_fact: str | None
    earliest: date
    """The day on which our coverage of the nation begins."""
    before_earliest: bool
    left_out: str
    """What of the nation's law is not covered here."""


class AgeLimit(Published):
    """An age that an offence asks for; nobody else is meant. Without one, no age is set."""

    at_least: int | None
    below: int | None
    text: str
    confidence: Confidence
    fact: Fact


class HighestMaximum(Published):
    """The highest of the maximum penalties in short, and the row that says it."""

    text: str
    penalty: Penalty


class ComparedOffence(Published):
    """What an offence that is law, or may be, says there on that day."""

    id: str
    label: str
    provision: Provision
    start: From
    end: To
    certainty: str
    scope: str | None
    depicted_age: tuple[AgeLimit, ...]
    recipient_age: tuple[AgeLimit, ...]
    accused_age: tuple[AgeLimit, ...]
    maximum: HighestMaximum | None
    """Null where no maximum is recorded."""
    max_penalty: tuple[Penalty, ...]
    needs: tuple[str, ...]
    """Words of the scheme `needs`: what still has to be shown."""
    not_known: tuple[str, ...]
    """Words of the scheme `unknown-fields`: what is doubtful or missing about it."""
    confidence: Confidence
    decided_by: tuple[Fact, ...]


class ListedOffence(Published):
    """An offence in a cell: the same that /api/v1/law lists for this conduct."""

    state: str
    """`applies` or `unknown`."""
    why: tuple[Reason, ...] | None
    """Why it is unknown."""
    shown_at: str | None
    """The conduct of the row that names it, where this one meets it as a broader or narrower."""
    offence: ComparedOffence


class ComparedCell(Published):
    """What a side has in a row."""

    offences: tuple[ListedOffence, ...]
    same_as: int | None
    """The place of the first side that has the same, if an earlier one has."""
    none: tuple[str, ...]
    """Why it is empty, as far as that is recorded."""


class ComparedRow(Published):
    """A conduct, with a cell for each side in their order."""

    conduct: str
    label: str
    broader: str | None
    cells: tuple[ComparedCell, ...]
    differs: tuple[str, ...]
    """What is not the same on all sides: `law`, `depicted_age`, `recipient_age`, `accused_age`,
    `maximum`, or `together` where it is only which of them go together."""


class ComparedDifference(Published):
    """How two sides differ, in a sentence."""

    kind: str
    """`state` (law on one side, and not that day on the other), `gap` (something applies on one
    side, and nothing recorded on the other), or a word of the scheme `change-kinds`."""
    conduct: str | None
    about: str
    text: str
    materials: tuple[str, ...]
    """Words of the scheme `materials` that a gap is about; empty for any."""
    person: str | None
    """The parameter of the age that a gap turns on."""
    ages: tuple[tuple[int, int], ...]
    """The ages of a gap, both ends included."""
    left: tuple[str, ...]
    """The offences of the first side that it is about."""
    right: tuple[str, ...]
    facts: tuple[Fact, ...]


class ComparisonDocument(Envelope):
    """Nations, or days, side by side."""

    warnings: tuple[str, ...]
    """To be read first."""
    asked: ComparisonQuestion
    sides: tuple[ComparisonColumn, ...]
    rows: tuple[ComparedRow, ...]
    alike: int
    """How many rows do not differ, whether they are listed or left out."""
    empty: tuple[str, ...]
    """The labels of the conducts for which no side has anything."""
    differences: tuple[ComparedDifference, ...] | None
    """How two sides differ; null where more than two are compared."""


def comparison_content(found: compared.Comparison) -> Mapping[str, Any]:
    """The content of the document, from the records."""
    return {
        "warnings": found.warnings,
        "asked": found.asked,
        "sides": found.columns,
        "rows": found.rows,
        "alike": found.alike,
        "empty": found.empty,
        "differences": found.differences,
    }
