"""The records of guidance documents, practice and services.

Slugs are str, days are date, days are half-open. A ``confidence`` is the row's own word; where a
record has no sources of its own they are those of what it belongs to.
"""

from dataclasses import dataclass
from datetime import date

from kb.model import Source


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Anything with a page or a place here, as another thing refers to it.

    ``kind`` is that of its identifier (``offence``, ``guidance``, ``topic``), or ``provision`` or
    ``instrument``; ``id`` its slug or path.
    """

    kind: str
    id: str
    label: str


@dataclass(frozen=True, kw_only=True)
class InEffect:
    """Days on which a document is in effect, or a service runs, in some nations.

    Before ``end_not_before`` it certainly still is; from ``end`` it no longer is (``ended_as``).
    """

    nations: tuple[str, ...]
    certainty: str
    start: date | None
    not_before: date | None
    known_by: date | None
    end_not_before: date | None
    end: date | None
    ended_as: str | None
    note: str | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class DocumentState:
    """What a document or service is in a nation on a day: a word of ``document-states``.

    ``why`` says what the record says of its days; ``fact`` is what decided, None if nothing did.
    """

    nation: str
    state: str
    start: date | None
    end: date | None
    why: str | None
    fact: str | None


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing that a document says, or that is known of a service, in our words."""

    text: str
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """A document that says how the law is applied, or what professionals should do.

    ``first_published``, ``last_updated`` and ``status`` are the words in which they were recorded;
    ``updated_on`` is the day of the latest edition, if one is known.
    """

    id: str
    title: str
    kind: str
    bodies: tuple[str, ...]
    nations: tuple[str, ...]
    audiences: tuple[str, ...]
    topics: tuple[str, ...]
    for_whom: str
    about: tuple[Thing, ...]
    practice: tuple[Thing, ...]
    says: tuple[Point, ...]
    periods: tuple[InEffect, ...]
    first_published: str | None
    last_updated: str | None
    updated_on: date | None
    status: str
    replaces: tuple[Thing, ...]
    replaced_by: tuple[Thing, ...]
    address: str | None
    no_address: str | None
    opened: bool
    note: str | None
    verify: str | None
    claims: tuple[Thing, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class NoneFound:
    """That no guidance of a kind was found for a nation, and when it was searched for."""

    id: str
    nation: str
    kind: str
    text: str
    searched_on: date
    meanwhile: tuple[Thing, ...]
    confidence: str


@dataclass(frozen=True, kw_only=True)
class SaidBy:
    """That a document gives a point of practice in some nations; ``text``: how it differs there."""

    document: Thing
    nations: tuple[str, ...]
    text: str | None
    start: date | None
    end: date | None
    sources: tuple[Source, ...]
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Practice:
    """Something to do, never to do, to find out, to refer or to report.

    ``text`` may hold ``{lead}`` where the nation's word for the safeguarding lead goes.
    """

    id: str
    label: str
    text: str
    kind: str
    audiences: tuple[str, ...]
    topics: tuple[str, ...]
    said_by: tuple[SaidBy, ...]
    claims: tuple[Thing, ...]


@dataclass(frozen=True, kw_only=True)
class RoleName:
    """What the person in a role is called in a nation."""

    role: str
    nation: str
    name: str
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One way to reach a service; ``verify`` says what of it is not confirmed."""

    channel: str
    value: str
    hours: str | None
    nations: tuple[str, ...]
    verify: str | None
    sources: tuple[Source, ...]
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Service:
    """A helpline or reporting route; ``contact`` sums up how it is reached."""

    id: str
    title: str
    other_names: tuple[str, ...]
    run_by: str
    bodies: tuple[str, ...]
    kinds: tuple[str, ...]
    nations: tuple[str, ...]
    audiences: tuple[str, ...]
    topics: tuple[str, ...]
    for_whom: str
    contact: str
    contacts: tuple[Contact, ...]
    says: tuple[Point, ...]
    periods: tuple[InEffect, ...]
    status: str
    replaced_by: tuple[Thing, ...]
    address: str | None
    no_address: str | None
    opened: bool
    checked_on: date
    note: str | None
    verify: str | None
    claims: tuple[Thing, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: str
