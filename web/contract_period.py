"""The published answer for a period of conduct: parts, what changed, and what is not decided."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kb.period_model import PeriodAnswer
from web.contract import enclose, fields_of
from web.contract_law import Age, NationAnswer
from web.contract_parts import Confidence, Envelope, Fact, Provision, Published, Source

First = Annotated[date, Field(serialization_alias="from", description="The first day.")]
After = Annotated[
    date, Field(serialization_alias="to", description="The first day after it: half-open.")
]


class AskedPeriod(Published):
    """The question about a period as it was understood, by the names of the parameters."""

    nation: tuple[str, ...] = Field(validation_alias="nations")
    start: First
    end: After
    conduct: tuple[str, ...]
    material: tuple[str, ...]
    depicted_age: Age | None
    accused_age: Age | None
    recipient_age: Age | None
    consent: str | None
    relationship: str | None


class PartChange(Published):
    """Something that is not the same on the first day of a part as on the day before."""

    nation: str
    offence: str | None
    rule: str | None
    label: str
    citation: str | None
    what: str
    """What changed: the state, the maximum penalty, an age and so on, in words."""
    was: str | None
    now: str | None
    text: str


class Part(Published):
    """A stretch of the period on every day of which the answer is the same."""

    start: First
    end: After
    changes_at_start: tuple[PartChange, ...] = Field(validation_alias="changes")
    """What changed on its first day; empty for the first part."""
    nations: dict[str, NationAnswer]
    """The answers by nation, as on the first day of the part."""


class Stretch(Published):
    """A stretch of days in which an offence is in one state."""

    start: First
    end: After
    state: str | None
    """A word of the scheme `states`; null where the offence is not about the facts stated."""


class VersionThen(Published):
    """A version of the provision, and the days of the period on which it governs."""

    id: str
    text: str
    start: First
    end: After
    changed_by: Provision | None
    confidence: Confidence


class OffenceOver(Published):
    """One offence over the whole period."""

    id: str
    label: str
    provision: Provision
    confidence: Confidence
    governs: Literal["whole", "part", "unknown", "none"]
    """Whether it applies to the whole period, to part of it, perhaps, or not at all."""
    stretches: tuple[Stretch, ...]
    versions: tuple[VersionThen, ...]
    """Which version of the provision governs which part."""


class Saving(Published):
    """A saving or transitional provision that bears on conduct in the period."""

    nation: str
    kind: Literal["offence", "rule"]
    of: str
    """The offence or rule."""
    label: str
    text: str
    before: date | None
    """What was done before this day is still under the old law."""
    since: date | None
    """What is new holds for what was done on or after this day."""
    provision: Provision | None
    rule: str | None
    """The general rule that it is an instance of."""
    doubt: str | None
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: Confidence
    fact: Fact


class LawyerQuestion(Published):
    """A question for a lawyer, which is not decided here."""

    text: str
    on: date | None
    nations: tuple[str, ...]
    offences: tuple[str, ...]


class PeriodDocument(Envelope):
    """Which law applies to what was done over a period."""

    warnings: tuple[str, ...]
    """To be read first: that the period ends later than the day the law was checked."""
    asked: AskedPeriod
    parts: tuple[Part, ...]
    """In order, and without gaps: together they are the period."""
    offences: dict[str, tuple[OffenceOver, ...]]
    """By nation, those that govern first."""
    savings: tuple[Saving, ...]
    for_a_lawyer: tuple[LawyerQuestion, ...]


def period_document(answer: PeriodAnswer) -> PeriodDocument:
    """The answer for a period as it is published."""
    asked = answer.asked
    facts = fields_of(asked.facts)
    content = {
        "warnings": answer.warnings,
        "asked": {**facts, "start": asked.start, "end": asked.end},
        "parts": tuple(
            fields_of(part) | {"nations": {nation.nation: nation for nation in part.nations}}
            for part in answer.parts
        ),
        "offences": {over.nation: over.offences for over in answer.nations},
        "savings": answer.savings,
        "for_a_lawyer": answer.for_a_lawyer,
    }
    return enclose(PeriodDocument, content, checked_on=answer.checked_on, release=answer.release)
