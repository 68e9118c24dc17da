"""The published changes between two days, and what an answer says differently on a later one."""

from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import Field

from kb import events, since
from web.changes_asked import ChangesAsked, SinceAsked
from web.contract_advice import Thing
from web.contract_law import Asked
from web.contract_parts import (
    Confidence,
    Envelope,
    Fact,
    Provision,
    Published,
    Source,
    Successor,
)


class ChangesQuestion(Published):
    """The period and the rest as it was understood."""

    start: date = Field(serialization_alias="from")
    """The first day."""
    end: date = Field(serialization_alias="to")
    """The first day that is not meant any more."""
    nation: str | None
    kind: str | None
    topic: str | None
    offence: str | None
    provision: str | None


class Event(Published):
    """A change of law or guidance on a day, in every nation in which it is the same."""

    id: str
    """Stays the same for as long as the dated fact that it is made from."""
    on: date
    """The day; of kind `start-not-found`, a day that only limits when the law began."""
    kind: str
    """A word of the scheme `change-kinds`."""
    nations: tuple[str, ...]
    offence: Successor | None
    rule: str | None
    """The rule that it is about, which cuts across offences."""
    provisions: tuple[Provision, ...]
    """The provision that creates the offence, or that is changed, or that the rule rests on."""
    title: str
    text: str
    """What was and what is now, in our words."""
    authority: tuple[Provision, ...]
    """What made the change; empty where that is not recorded."""
    authority_note: str | None
    """That it is not recorded, and what else is known."""
    sources: tuple[Source, ...]
    inherited: bool
    """Whether the sources are those of the row that the fact belongs to."""
    no_source: str | None
    confidence: Confidence
    facts: tuple[Fact, ...]
    topics: tuple[str, ...]
    """Words of the scheme `topics`; empty for a provision that no offence here rests on."""
    document: Thing | None
    """The guidance that it is about, if it is about that and not about law."""


class ChangesDocument(Envelope):
    """What changed between two days."""

    asked: ChangesQuestion
    total: int
    changes: tuple[Event, ...]
    """The earliest first."""


class SinceQuestion(Published):
    """The question as it was understood, and the two days."""

    answer: str
    question: Asked
    """The question that is asked for both days; `on` is the later day."""
    taught: date
    on: date


class Difference(Published):
    """What is different about an offence, a provision or a rule."""

    kind: str
    """`state`, or a word of the scheme `change-kinds`."""
    title: str
    offence: Successor | None
    rule: str | None
    provisions: tuple[Provision, ...]
    before: str | None
    """The state on the earlier day, of kind `state`; null if it was not listed."""
    after: str | None
    """The state on the later day."""
    text: str
    confidence: Confidence
    facts: tuple[Fact, ...]
    document: Thing | None
    """The guidance that it is about, of kind `guidance`."""


class NationSince(Published):
    """What is different in one nation."""

    nation: str
    label: str
    differences: tuple[Difference, ...]
    offences: int
    """How many offences were compared."""
    rules: int
    """How many rules were compared."""


class SinceDocument(Envelope):
    """What an answer says differently on a later day."""

    asked: SinceQuestion
    warnings: tuple[str, ...]
    same: bool
    """Whether nothing is different."""
    nations: dict[str, NationSince]


def changes_content(asked: ChangesAsked, found: tuple[events.Event, ...]) -> dict[str, Any]:
    """The content of the document for what was found."""
    return {"asked": asdict(asked), "total": len(found), "changes": found}


def since_content(asked: SinceAsked, found: since.Since) -> dict[str, Any]:
    """The content of the document for a comparison."""
    return {
        "asked": {
            "answer": asked.answer,
            "question": asked.now,
            "taught": asked.taught.on,
            "on": asked.now.on,
        },
        "warnings": found.now.warnings,
        "same": found.same,
        "nations": {nation.nation: nation for nation in found.nations},
    }
