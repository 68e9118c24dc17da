"""The published answers about guidance, practice and services."""

from datetime import date

from web.contract_parts import Confidence, Fact, From, Published, Source, To


class Thing(Published):
    """Anything here, as another thing refers to it: its kind, its id (slug or path), its name."""

    kind: str
    id: str
    label: str


class InEffect(Published):
    """Days on which a document is in effect, or a service runs."""

    nations: tuple[str, ...]
    certainty: str
    """How sure `from` is: a word of the scheme `start-certainties`."""
    start: From
    not_before: date | None
    """It certainly was not in effect before this day."""
    known_by: date | None
    """It certainly was in effect by this day."""
    end_not_before: date | None
    """It certainly was still in effect until this day, and from then on it is not known."""
    end: To
    ended_as: str | None
    """What it is from `to` on: a word of the scheme `document-states`."""
    note: str | None
    confidence: Confidence
    fact: Fact


class DocumentState(Published):
    """What a document or service is in a nation on the day."""

    nation: str
    state: str
    """A word of the scheme `document-states`."""
    start: From
    end: To
    why: str | None
    fact: str | None


class Point(Published):
    """One thing that it says, in our words."""

    text: str
    confidence: Confidence
    fact: Fact


class Guidance(Published):
    """A document that says how the law is applied, or what professionals should do."""

    id: str
    title: str
    kind: str
    bodies: tuple[str, ...]
    """Who published it: words of the scheme `bodies`."""
    nations: tuple[str, ...]
    audiences: tuple[str, ...]
    topics: tuple[str, ...]
    for_whom: str
    about: tuple[Thing, ...]
    practice: tuple[Thing, ...]
    says: tuple[Point, ...]
    periods: tuple[InEffect, ...]
    first_published: str | None
    """In the words in which it was recorded, like `last_updated` and `status`."""
    last_updated: str | None
    updated_on: date | None
    status: str
    replaces: tuple[Thing, ...]
    replaced_by: tuple[Thing, ...]
    address: str | None
    no_address: str | None
    opened: bool
    """Whether its official address was opened by us."""
    note: str | None
    verify: str | None
    """What has to be checked before it is relied on."""
    claims: tuple[Thing, ...]
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: Confidence


class GuidanceOn(Guidance):
    """A document, and what it is on the day in each nation asked about."""

    states: tuple[DocumentState, ...]


class NoneFound(Published):
    """That no guidance of a kind was found for a nation, and when it was searched for."""

    id: str
    nation: str
    kind: str
    text: str
    searched_on: date
    meanwhile: tuple[Thing, ...]
    confidence: Confidence


class SaidBy(Published):
    """A document that gives a point of practice in some nations."""

    document: Thing
    nations: tuple[str, ...]
    text: str | None
    """How it differs there."""
    start: From
    end: To
    sources: tuple[Source, ...]
    confidence: Confidence
    fact: Fact


class Practice(Published):
    """Something to do, never to do, to find out, to refer or to report."""

    id: str
    label: str
    text: str
    """`{role}` stands where the nation's word for that role goes: they are in `roles`."""
    kind: str
    audiences: tuple[str, ...]
    topics: tuple[str, ...]
    said_by: tuple[SaidBy, ...]
    claims: tuple[Thing, ...]


class RoleName(Published):
    """What the person in a role is called in a nation."""

    role: str
    nation: str
    name: str
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: Confidence
    fact: Fact


class Contact(Published):
    """One way to reach a service."""

    channel: str
    value: str
    hours: str | None
    nations: tuple[str, ...]
    verify: str | None
    """What of it is not confirmed."""
    sources: tuple[Source, ...]
    confidence: Confidence
    fact: Fact


class Service(Published):
    """A helpline or reporting route."""

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
    """Every way to reach it, in one line."""
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
    confidence: Confidence


class ServiceOn(Service):
    """A service, and what it is on the day in each nation asked about."""

    states: tuple[DocumentState, ...]
