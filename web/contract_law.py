"""The published answer to "which law applies?", for every nation asked about."""

from datetime import date

from pydantic import Field

from web.contract_advice import NoneFound
from web.contract_advised import GuidanceAnswer, MisconceptionAnswer, NationHelp
from web.contract_parts import (
    Confidence,
    Doubt,
    Fact,
    From,
    Provision,
    Published,
    Source,
    To,
)
from web.contract_states import OffenceAnswer


class Age(Published):
    """An age as it was understood: whole years, both ends included."""

    text: str
    low: int
    high: int


class Asked(Published):
    """The question as it was understood, by the names of the parameters."""

    nation: tuple[str, ...] = Field(validation_alias="nations")
    on: date
    conduct: tuple[str, ...]
    material: tuple[str, ...]
    depicted_age: Age | None
    accused_age: Age | None
    recipient_age: Age | None
    consent: str | None
    relationship: str | None


class RuleAnswer(Published):
    """A rule that cuts across offences, as it stands on the day."""

    id: str
    kind: str
    """A word of the scheme `rule-kinds`."""
    text: str
    state: str
    start: From
    end: To
    age: int | None
    """The age of criminal responsibility that it sets."""
    child_below: int | None
    """The age under which it calls somebody a child."""
    months: int | None
    """The months of custody that it sets."""
    scope: str | None
    provisions: tuple[Provision, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: Confidence


class Responsibility(Published):
    """The age of criminal responsibility on the day."""

    age: int | None
    """Null where no rule was found for the day: then age alone rules nothing out."""
    text: str
    rule: str | None
    fact: str | None
    confidence: str | None
    under: bool
    """Whether the accused is surely under it."""


class WouldAdd(Published):
    """What a fact that was not stated would add."""

    depicted_age: str
    text: str
    offences: tuple[OffenceAnswer, ...]


class Change(Published):
    """Something about an offence that starts or ends near the day asked about."""

    on: date
    offence: str
    label: str
    text: str
    fact: Fact


class Coverage(Published):
    """For what we claim to know the nation's law; it speaks of what is not listed."""

    nation: str
    checked_on: date
    seen_until: date
    """The last day up to which the sources were seen."""
    earliest: date
    covers: str
    left_out: str
    before_earliest: bool
    after_checked: bool


class NationAnswer(Published):
    """The answer for one nation."""

    nation: str
    label: str
    summary: str
    """The first sentence; what rests on `memory` is counted in it and never named."""
    offences: tuple[OffenceAnswer, ...]
    left_out: int
    """How many offences are not listed, because conduct or material is not theirs."""
    responsibility: Responsibility
    would_add: WouldAdd | None
    rules: tuple[RuleAnswer, ...]
    guidance: tuple[GuidanceAnswer, ...]
    guidance_note: str
    none_found: tuple[NoneFound, ...]
    """Which guidance was searched for, and not found."""
    misconceptions: tuple[MisconceptionAnswer, ...]
    help: NationHelp | None
    """Null in a part of a period, where guidance and misconceptions are left out as well."""
    coverage: Coverage
    doubts: tuple[Doubt, ...]
    changes: tuple[Change, ...]


class LawAnswer(Published):
    """Which law applies, in each nation asked about."""

    warnings: tuple[str, ...]
    """To be read first: that the day is later than the day on which the law was checked."""
    asked: Asked
    nations: dict[str, NationAnswer]
    """The answers, by nation."""
