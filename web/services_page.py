"""What the pages about services show: who can be reached, with what is not confirmed beside it."""

import re
from dataclasses import dataclass

from kb.advice import Standing, standing_on
from kb.advice_found import services_found
from kb.advice_model import Contact, Point, Service
from kb.catalogue import grouped
from kb.claim_model import Claim
from kb.document_states import CURRENT
from kb.knowledge import Knowledge
from web.advice_asked import AdviceAsked
from web.advice_standing import (
    BEST_FIRST,
    Choice,
    NationRow,
    Shown,
    nation_rows,
    row_of,
    shown,
    states_counted,
)

FILTERS = ("audience", "kind")
PHONE = "phone"
_NUMBER = re.compile(r"(\+?[0-9][0-9 -]{0,16}[0-9])(?: \([^()]*\))?")
_EMAIL = re.compile(r"[^\s@/:]+@[^\s@/:]+\.[a-z]+", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class ContactShown:
    """A way to reach a service, and the address that calls or opens it, if it may be used."""

    contact: Contact
    address: str | None
    partly: bool


@dataclass(frozen=True, kw_only=True)
class ServiceShown:
    """A service in a list. ``live`` if it surely runs: only then do its contacts have links."""

    service: Service
    shown: Shown
    live: bool
    contacts: tuple[ContactShown, ...]


@dataclass(frozen=True, kw_only=True)
class ServiceGroup:
    """Services that are in the same state at best: one of ``document-states``."""

    state: str
    services: tuple[ServiceShown, ...]


@dataclass(frozen=True, kw_only=True)
class RunningGroup:
    """Services that run, by the first thing that they are for: one of ``service-kinds``."""

    kind: str
    services: tuple[ServiceShown, ...]


@dataclass(frozen=True, kw_only=True)
class ServicesPage:
    """The list: those that run, the most urgent first, and apart from them all others."""

    asked: AdviceAsked
    running: tuple[RunningGroup, ...]
    live: int
    others: tuple[ServiceGroup, ...]
    total: int
    states: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class ServicePage:
    """One service: what is known of it is told apart by whether it rests on general knowledge.

    ``there`` is how it stands in the nation of the reader, if one is chosen.
    """

    asked: AdviceAsked
    shown: ServiceShown
    service: Service
    rows: tuple[NationRow, ...]
    there: NationRow | None
    confirmed: tuple[Point, ...]
    likely: tuple[Point, ...]
    claims: tuple[Claim, ...]


def services_page(asked: AdviceAsked, *, known: Knowledge) -> ServicesPage:
    """Arrange the services that a question keeps to."""
    everything, found = services_kept(asked, known=known)
    every = tuple(service_shown(one, asked, known=known) for one in found)
    states = (*BEST_FIRST[1:], *known.schemes.slugs("document-states"))
    groups = (
        ServiceGroup(state=state, services=tuple(s for s in every if s.shown.best == state))
        for state in dict.fromkeys(states)
        if state != CURRENT
    )
    running = tuple(service for service in every if service.shown.best == CURRENT)
    by_kind = grouped(running, lambda one: _first_kind(one.service, asked))
    return ServicesPage(
        asked=asked,
        running=tuple(
            RunningGroup(kind=kind, services=by_kind[kind])
            for kind in known.schemes.slugs("service-kinds")
            if kind in by_kind
        ),
        live=len(running),
        others=tuple(group for group in groups if group.services),
        total=len(found),
        states=states_counted(everything, asked, known=known),
    )


def _first_kind(service: Service, asked: AdviceAsked) -> str:
    """What a service is listed under: the kind asked for, or else the first of its own."""
    return asked.kind or service.kinds[0]


def services_kept(
    asked: AdviceAsked, *, known: Knowledge
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """The services that a question keeps to, in whatever state; and those in the state asked."""
    kept = asked.kept_to(*FILTERS)
    everything, found = (
        services_found(known.advice, on=asked.on, nations=asked.nations, state=state, **kept)
        for state in (None, asked.state)
    )
    return everything, found


def service_page(service: Service, asked: AdviceAsked, *, known: Knowledge) -> ServicePage:
    """Arrange one service for reading."""
    lowest = known.schemes.slugs("confidences")[-1]
    (standing,) = standing_on((service,), on=asked.on, nations=service.nations)
    rows = nation_rows(service, asked, known=known)
    return ServicePage(
        asked=asked,
        shown=service_shown(standing, asked, known=known),
        service=service,
        rows=rows,
        there=row_of(rows, asked.nation),
        confirmed=tuple(point for point in service.says if point.confidence != lowest),
        likely=tuple(point for point in service.says if point.confidence == lowest),
        claims=tuple(known.advice.claims[thing.id] for thing in service.claims),
    )


def service_shown(standing: Standing, asked: AdviceAsked, *, known: Knowledge) -> ServiceShown:
    """A service with the contacts that there are in the nations asked about."""
    service = known.advice.services[standing.thing.id]
    running = {one.nation for one in standing.states if one.state == CURRENT}
    return ServiceShown(
        service=service,
        shown=shown(standing),
        live=bool(running),
        contacts=tuple(
            ContactShown(
                contact=contact,
                address=contact_address(contact) if running & set(contact.nations) else None,
                partly=contact.nations != service.nations,
            )
            for contact in service.contacts
            if set(contact.nations) & set(asked.nations)
        ),
    )


def contact_address(contact: Contact) -> str | None:
    """What a browser opens to use a contact; None where it is no number and no address."""
    value = contact.value.strip()
    if contact.channel == PHONE and (number := _NUMBER.fullmatch(value)):
        return "tel:" + re.sub(r"[^0-9+]", "", number[1])
    if _EMAIL.fullmatch(value):
        return f"mailto:{value}"
    if _WEB.fullmatch(value):
        return value if "://" in value else f"https://{value}"
    return None
