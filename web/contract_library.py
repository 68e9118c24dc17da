"""The published answers about one thing on all days: an offence, a provision, an instrument …"""

from datetime import date

from pydantic import Field

from web.contract_parts import (
    Confidence,
    Doubt,
    Fact,
    From,
    Mode,
    NotKnown,
    Path,
    Penalty,
    ProsecutionConsent,
    Provided,
    Provision,
    Published,
    Reach,
    Source,
    Successor,
    To,
)


class DatedWord(Published):
    """A conduct, material, age or need of an offence, with the nations and days it holds for."""

    id: str = Field(validation_alias="slug")
    label: str
    nations: tuple[str, ...]
    start: From
    end: To
    confidence: Confidence
    fact: Fact


class Window(Published):
    """A stretch in which something is law in one nation."""

    nation: str
    start: From
    end: To
    certainty: str
    """How sure `from` is: a word of the scheme `start-certainties`."""
    not_before: date | None
    """It certainly was not law before this day."""
    known_by: date | None
    """It certainly was law by this day."""
    scope: str | None
    started_by: Provision | None
    ended_by: Provision | None
    note: str | None
    confidence: Confidence
    fact: Fact


class Version(Published):
    """A version of a provision."""

    id: str
    nations: tuple[str, ...]
    start: From
    end: To
    text: str
    """What it says that the version before did not, in our words."""
    changed_by: Provision | None
    confidence: Confidence


class Recorded(Published):
    """What is said of how a row was read."""

    not_known: tuple[NotKnown, ...]
    doubts: tuple[Doubt, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: Confidence


class Offence(Recorded):
    """Everything about one offence, on all days."""

    id: str
    label: str
    also_called: tuple[str, ...]
    provision: Provision
    status: str | None
    """A word of the scheme `statuses`, where the text may not be law at all."""
    windows: tuple[Window, ...]
    conduct: tuple[DatedWord, ...]
    material: tuple[DatedWord, ...]
    ages: tuple[DatedWord, ...]
    needs: tuple[DatedWord, ...]
    mental_element: tuple[Provided, ...]
    defences: tuple[Provided, ...]
    modes: tuple[Mode, ...]
    penalties: tuple[Penalty, ...]
    consent_to_prosecute: tuple[ProsecutionConsent, ...]
    reach: tuple[Reach, ...]
    time_limits: tuple[Provided, ...]
    counterparts: dict[str, tuple[Successor, ...]]
    """The nearest offences of other nations, by nation."""
    counterpart_notes: dict[str, str]
    replaced_by: tuple[Successor, ...]
    replaces: tuple[Successor, ...]


class ProvisionHistory(Recorded):
    """Everything about one provision: its extent, windows, versions and offences."""

    id: Path
    uri: str
    citation: str
    number: str
    about: str
    instrument: Path
    instrument_title: str
    extent: tuple[str, ...]
    """The nations whose law it is."""
    windows: tuple[Window, ...]
    versions: tuple[Version, ...]
    offences: tuple[Successor, ...]
    rules: tuple[str, ...]
    counterparts: dict[str, tuple[Provision, ...]]
    replaced_by: tuple[Provision, ...]


class Instrument(Recorded):
    """One instrument, and its provisions that are here."""

    id: Path
    uri: str
    title: str
    type: str
    type_label: str
    made: date | None
    """The day on which it was made or assented to."""
    extent: tuple[str, ...]
    provisions: tuple[Provision, ...]
    offences: tuple[Successor, ...]


class Rule(Published):
    """A rule that cuts across offences, on all days."""

    id: str
    kind: str
    text: str
    windows: tuple[Window, ...]
    provisions: tuple[Provision, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    note: str | None
    confidence: Confidence


class CoverageClaim(Published):
    """What is claimed of a nation's law."""

    nation: str
    earliest: date
    seen_until: date
    checked_on: date
    covers: str
    left_out: str
    offences: int
    """How many offences are, or were, law there."""


class Concept(Published):
    """A word of a scheme."""

    id: str = Field(validation_alias="slug")
    uri: str = Field(validation_alias="address")
    label: str
    definition: str
    broader: str | None
    other_names: tuple[str, ...]
    covers: tuple[str, ...]
    """Of a topic: the words of other schemes (their `uri`) in it, each with its narrower ones."""
    suggests: tuple[str, ...]
    """Of an everyday situation: the conduct and material (their `uri`) that it may be in law."""
