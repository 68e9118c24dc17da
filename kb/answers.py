"""The answer to "which law applies?": the records that pages, the API and courses are made from."""

from dataclasses import dataclass
from datetime import date

from kb.advice_answer_model import (
    GuidanceAnswer,
    MisconceptionAnswer,
    NationHelp,
)
from kb.advice_model import NoneFound
from kb.model import (
    Asked,
    Counterpart,
    Element,
    Mode,
    NotKnown,
    Penalty,
    ProsecutionConsent,
    Provided,
    ProvisionRef,
    Reach,
    Reason,
    Source,
    StillChargeable,
    Successor,
)


@dataclass(frozen=True, kw_only=True)
class OffenceAnswer:
    """One offence in one nation on one day: exactly one state, and what that state must carry."""

    id: str
    label: str
    state: str
    provision: ProvisionRef
    start: date | None
    end: date | None
    certainty: str | None
    scope: str | None
    because: tuple[Reason, ...] | None = None
    needs: tuple[Element, ...] | None = None
    instead: tuple[Counterpart, ...] | None = None
    why: tuple[Reason, ...] | None = None
    replaced_by: tuple[Successor, ...] | None = None
    still_chargeable: StillChargeable | None = None
    mental_element: Provided | None
    max_penalty: tuple[Penalty, ...]
    mode_of_trial: tuple[Mode, ...]
    defences: tuple[Provided, ...]
    consent_to_prosecute: tuple[ProsecutionConsent, ...]
    time_limit: Provided | None
    reach: Reach | None
    not_known: tuple[NotKnown, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: str
    decided_by: tuple[str, ...]

    @property
    def likely_only(self) -> bool:
        """Does it rest on general knowledge alone? Then it is set apart, never named first."""
        return self.confidence == "memory"


@dataclass(frozen=True, kw_only=True)
class RuleAnswer:
    """A rule that cuts across offences, as it stands on the day; value is years or months."""

    id: str
    kind: str
    text: str
    state: str
    start: date | None
    end: date | None
    age: int | None
    child_below: int | None
    months: int | None
    scope: str | None
    provisions: tuple[ProvisionRef, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Responsibility:
    """The age of criminal responsibility on the day; ``under``: the accused is surely younger."""

    age: int | None
    text: str
    rule: str | None
    fact: str | None
    confidence: str | None
    under: bool


@dataclass(frozen=True, kw_only=True)
class DoubtAnswer:
    """An open doubt about the law, and where it might be settled."""

    id: str
    about: str
    what_is_missing: str
    where_to_look: str
    nations: tuple[str, ...]
    blocks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something about an offence that starts or ends near the day asked about."""

    on: date
    offence: str
    label: str
    text: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """For what we claim to know a nation's law, as of which day, and what is left out."""

    nation: str
    checked_on: date
    seen_until: date
    earliest: date
    covers: str
    left_out: str
    before_earliest: bool
    after_checked: bool


@dataclass(frozen=True, kw_only=True)
class WouldAdd:
    """What a fact that was not stated would add: the offences met if the person shown is young."""

    depicted_age: str
    text: str
    offences: tuple[OffenceAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class NationAnswer:
    """The answer for one nation.

    ``help`` is None in a part of a period, where guidance and misconceptions are left out as well.
    """

    nation: str
    label: str
    summary: str
    offences: tuple[OffenceAnswer, ...]
    left_out: int
    responsibility: Responsibility
    would_add: WouldAdd | None
    rules: tuple[RuleAnswer, ...]
    guidance: tuple[GuidanceAnswer, ...]
    guidance_note: str
    none_found: tuple[NoneFound, ...]
    misconceptions: tuple[MisconceptionAnswer, ...]
    help: NationHelp | None
    coverage: Coverage
    doubts: tuple[DoubtAnswer, ...]
    changes: tuple[Change, ...]

    def in_state(self, state: str) -> tuple[OffenceAnswer, ...]:
        """The offences in a state, those that rest on general knowledge last."""
        found = (offence for offence in self.offences if offence.state == state)
        return tuple(sorted(found, key=lambda offence: offence.likely_only))


@dataclass(frozen=True, kw_only=True)
class Release:
    """Which data answered."""

    id: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class LawAnswer:
    """Which law applies: the question, an answer for each nation, and which data spoke."""

    asked: Asked
    nations: tuple[NationAnswer, ...]
    checked_on: date
    warnings: tuple[str, ...]
    release: Release
