"""Everything about one offence, provision or instrument: the records of the library."""

from dataclasses import dataclass
from datetime import date

from kb.answers import DoubtAnswer
from kb.model import (
    Mode,
    NotKnown,
    Penalty,
    ProsecutionConsent,
    Provided,
    ProvisionRef,
    Reach,
    Source,
    Successor,
)


@dataclass(frozen=True, kw_only=True)
class DatedSlug:
    """A conduct, material or age of an offence, with the nations and days it holds for."""

    slug: str
    label: str
    nations: tuple[str, ...]
    start: date | None
    end: date | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class WindowView:
    """A stretch in which an offence or provision is law in one nation."""

    nation: str
    start: date | None
    end: date | None
    certainty: str
    not_before: date | None
    known_by: date | None
    scope: str | None
    started_by: ProvisionRef | None
    ended_by: ProvisionRef | None
    note: str | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class VersionView:
    """A version of a provision: from when to when, in which nations, and what changed."""

    id: str
    nations: tuple[str, ...]
    start: date | None
    end: date | None
    text: str
    changed_by: ProvisionRef | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class OffenceView:
    """Everything about one offence, on all days; ``there`` has the nations of each of its facts."""

    id: str
    label: str
    also_called: tuple[str, ...]
    provision: ProvisionRef
    status: str | None
    windows: tuple[WindowView, ...]
    conduct: tuple[DatedSlug, ...]
    material: tuple[DatedSlug, ...]
    ages: tuple[DatedSlug, ...]
    needs: tuple[DatedSlug, ...]
    mental_element: tuple[Provided, ...]
    defences: tuple[Provided, ...]
    modes: tuple[Mode, ...]
    penalties: tuple[Penalty, ...]
    consent_to_prosecute: tuple[ProsecutionConsent, ...]
    reach: tuple[Reach, ...]
    time_limits: tuple[Provided, ...]
    counterparts: dict[str, tuple[Successor, ...]]
    counterpart_notes: dict[str, str]
    replaced_by: tuple[Successor, ...]
    replaces: tuple[Successor, ...]
    there: dict[str, tuple[str, ...]]
    not_known: tuple[NotKnown, ...]
    doubts: tuple[DoubtAnswer, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class ProvisionView:
    """Everything about one provision: what it is about, its extent, windows, versions, offences."""

    id: str
    uri: str
    citation: str
    number: str
    about: str
    instrument: str
    instrument_title: str
    extent: tuple[str, ...]
    windows: tuple[WindowView, ...]
    versions: tuple[VersionView, ...]
    offences: tuple[Successor, ...]
    rules: tuple[str, ...]
    counterparts: dict[str, tuple[ProvisionRef, ...]]
    replaced_by: tuple[ProvisionRef, ...]
    not_known: tuple[NotKnown, ...]
    doubts: tuple[DoubtAnswer, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class InstrumentView:
    """Everything about one instrument, and its provisions that are here."""

    id: str
    uri: str
    title: str
    type: str
    type_label: str
    made: date | None
    extent: tuple[str, ...]
    provisions: tuple[ProvisionRef, ...]
    offences: tuple[Successor, ...]
    not_known: tuple[NotKnown, ...]
    doubts: tuple[DoubtAnswer, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class RuleView:
    """A rule that cuts across offences, on all days."""

    id: str
    kind: str
    text: str
    windows: tuple[WindowView, ...]
    provisions: tuple[ProvisionRef, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class CoverageView:
    """What is claimed of a nation's law; ``offences`` counts those that are or were law there."""

    nation: str
    earliest: date
    seen_until: date
    checked_on: date
    covers: str
    left_out: str
    offences: int
