"""The records of what an answer says besides the law: guidance, practice, services, corrections."""

from dataclasses import dataclass
from datetime import date

from kb.advice_model import Contact, Point, RoleName, Thing
from kb.model import ProvisionRef, Source


@dataclass(frozen=True, kw_only=True)
class GuidanceAnswer:
    """A document that is, or may be, in effect in the nation on the day.

    ``later_edition``: it was last changed after the day, so it may have said something else then.
    ``discusses`` are the offences of the answer that it is about (slugs).
    """

    id: str
    title: str
    kind: str
    bodies: tuple[str, ...]
    state: str
    why: str | None
    updated_on: date | None
    later_edition: bool
    says: tuple[Point, ...]
    discusses: tuple[str, ...]
    address: str | None
    no_address: str | None
    verify: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class SaidIn:
    """A document that gives a point of practice, and what it is on the day checked."""

    document: Thing
    state: str | None
    text: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class PracticeAnswer:
    """Something to do, or never to do, in the words of the nation."""

    id: str
    label: str
    text: str
    kind: str
    said_by: tuple[SaidIn, ...]
    confidence: str


@dataclass(frozen=True, kw_only=True)
class ServiceAnswer:
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
    confidence: str


@dataclass(frozen=True, kw_only=True)
class MisconceptionAnswer:
    """A mistaken belief that bears on the question, and the correction."""

    id: str
    label: str
    correction: str
    verdict: str
    provisions: tuple[ProvisionRef, ...]
    as_of: date
    sources: tuple[Source, ...]
    confidence: str


@dataclass(frozen=True, kw_only=True)
class NationHelp:
    """What to do and whom to call in a nation, as on a day: that on which the data was checked."""

    on: date
    roles: tuple[RoleName, ...]
    practice: tuple[PracticeAnswer, ...]
    services: tuple[ServiceAnswer, ...]
