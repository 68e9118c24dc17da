"""The published parts of an answer that are not law: guidance, what to do, whom to call."""

from datetime import date

from web.contract_advice import Contact, Point, RoleName, Thing
from web.contract_parts import Confidence, Provision, Published, Source


class GuidanceAnswer(Published):
    """A document that is, or may be, in effect in the nation on the day."""

    id: str
    title: str
    kind: str
    bodies: tuple[str, ...]
    state: str
    """`current` or `unknown`: words of the scheme `document-states`."""
    why: str | None
    updated_on: date | None
    later_edition: bool
    """Whether it was last changed after the day, so that it may have said something else then."""
    says: tuple[Point, ...]
    discusses: tuple[str, ...]
    """The offences of this answer that it is about."""
    address: str | None
    no_address: str | None
    verify: str | None
    confidence: Confidence


class SaidIn(Published):
    """A document that gives a point of practice."""

    document: Thing
    state: str | None
    """What the document is on the day checked; null for a page of which no days are recorded."""
    text: str | None
    confidence: Confidence


class PracticeAnswer(Published):
    """Something to do, or never to do, in the words of the nation."""

    id: str
    label: str
    text: str
    kind: str
    """A word of the scheme `practice-kinds`."""
    said_by: tuple[SaidIn, ...]
    confidence: Confidence


class ServiceAnswer(Published):
    """Somebody to call or to report to, who can be reached from the nation."""

    id: str
    title: str
    kinds: tuple[str, ...]
    for_whom: str
    contact: str
    contacts: tuple[Contact, ...]
    address: str | None
    checked_on: date
    verify: str | None
    confidence: Confidence


class MisconceptionAnswer(Published):
    """A mistaken belief that bears on the question, and the correction."""

    id: str
    label: str
    correction: str
    verdict: str
    provisions: tuple[Provision, ...]
    as_of: date
    sources: tuple[Source, ...]
    confidence: Confidence


class NationHelp(Published):
    """What to do and whom to call in the nation: as on the day checked, whatever day is asked."""

    on: date
    roles: tuple[RoleName, ...]
    practice: tuple[PracticeAnswer, ...]
    services: tuple[ServiceAnswer, ...]
