"""The published answer about one offence: its state, and what that state carries."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from web.contract_parts import (
    LEFT_OUT_IF_NONE,
    Confidence,
    Fact,
    From,
    Mode,
    NotKnown,
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


class Reason(Published):
    """Why a state was given."""

    text: str
    fact: str | None
    """The dated fact that decided it; null where none did."""


class Element(Published):
    """Something that still has to be shown."""

    element: str
    """A word of the scheme `needs`."""
    label: str
    text: str
    one_of: str | None
    """Of the elements with the same word here, one is enough."""
    fact: str | None


class StillChargeable(Published):
    """Whether what was done before an offence ended can still be charged, and what says so."""

    text: str
    before: date | None
    """The day of the end: it is about conduct before this day."""
    saving: str | None
    """The saving that says so; null where nothing was recorded, and then nothing is claimed."""
    provision: Provision | None
    rule: str | None
    """The general rule that the saving is an instance of."""
    doubt: str | None
    confidence: str | None


class Counterpart(Published):
    """The nearest offence that the nation asked about does have."""

    id: str
    label: str
    provision: Provision
    state: str
    """Its own state there on the day asked about: a word of the scheme `states`."""
    start: From
    met: bool
    """Whether the conduct and material asked about are its own."""


Why = Annotated[
    tuple[Reason, ...] | None,
    LEFT_OUT_IF_NONE,
    Field(description="Why there is nothing to point to, or a remark; left out if there is none."),
]


class OffenceFacts(Published):
    """What an answer about an offence says in every state, as on the day asked about."""

    id: str
    label: str
    state: str
    provision: Provision
    start: From
    end: To
    certainty: str | None
    """How sure `from` is: a word of the scheme `start-certainties`."""
    scope: str | None
    """The purposes it is limited to; null where it has effect for all."""
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
    """Why there is no source, where there is none."""
    note: str | None
    confidence: Confidence
    decided_by: tuple[Fact, ...]
    """The dated facts that decided the state."""


class Applies(OffenceFacts):
    """Law there on that day, and no stated fact rules it out."""

    state: Literal["applies"]
    needs: tuple[Element, ...] = Field(serialization_alias="if")
    """What still has to be shown."""


class RuledOut(OffenceFacts):
    """Law there, but a stated fact takes the case outside it."""

    state: Literal["ruled-out"]
    because: tuple[Reason, ...]


class NotYetInForce(OffenceFacts):
    """Not law there yet, made or not; `from` says from when, where that is known."""

    state: Literal["not-yet-in-force"]


class Ended(OffenceFacts):
    """Repealed, revoked or replaced there by that day; `to` says when."""

    state: Literal["ended"]
    replaced_by: tuple[Successor, ...]
    still_chargeable: StillChargeable
    """Whether what was done before it ended can still be charged."""
    why: Why = None


class DoesNotExtend(OffenceFacts):
    """Not law in that nation on any day."""

    state: Literal["does-not-extend"]
    instead: tuple[Counterpart, ...]
    """That nation's own offences, with their state on the day."""
    why: Why = None


class Unknown(OffenceFacts):
    """What would settle it is not established."""

    state: Literal["unknown"]
    why: tuple[Reason, ...]


OffenceAnswer = Annotated[
    Applies | RuledOut | NotYetInForce | Ended | DoesNotExtend | Unknown,
    Field(discriminator="state"),
]
