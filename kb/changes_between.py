"""What changed between two days: every event of the law, each with its authority and source."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain

from kb import change_words as words
from kb import naming
from kb.advice import Advice
from kb.catalogue import Catalogue, grouped
from kb.document_events import document_events
from kb.events import Event, Happening
from kb.fact_events import fact_happenings
from kb.model import ProvisionRef, Source
from kb.schemes import Schemes
from kb.terms import identifier, slug_of
from kb.topics import topics_of
from kb.version_events import version_happenings
from kb.window_events import OF_RULES, name_of, provision_of, window_happenings
from kb.wording import first_lower


def changes_between(
    catalogue: Catalogue,
    schemes: Schemes,
    advice: Advice | None = None,
    *,
    start: date,
    end: date,
    nation: str | None = None,
    kind: str | None = None,
    topic: str | None = None,
    offence: str | None = None,
    provision: str | None = None,
) -> tuple[Event, ...]:
    """Every event from ``start`` up to and without ``end``, the earliest first.

    Kept to a nation, a kind of change, a topic or an offence (slugs), or to a provision or
    instrument (path), if one is named. An event names all the nations in which it is the same.
    With ``advice``, what happens to guidance is among them.
    """
    return tuple(
        event
        for event in every_event(catalogue, schemes, advice)
        if start <= event.on < end
        and (nation is None or nation in event.nations)
        and (kind is None or kind == event.kind)
        and (topic is None or topic in event.topics)
        and (offence is None or (event.offence and offence == event.offence.id))
        and (provision is None or event.is_about(provision))
    )


@lru_cache(maxsize=4)
def every_event(
    catalogue: Catalogue, schemes: Schemes, advice: Advice | None = None
) -> tuple[Event, ...]:
    """Every event that the data tells of, by day: made once for a catalogue, and then kept."""
    happenings = chain(
        window_happenings(catalogue),
        fact_happenings(catalogue, schemes),
        version_happenings(catalogue),
    )
    order = schemes.slugs("change-kinds")
    return tuple(
        sorted(
            chain(
                _events(catalogue, schemes, happenings),
                document_events(advice, schemes) if advice else (),
            ),
            key=lambda event: (event.on, order.index(event.kind), event.id),
        )
    )


@lru_cache(maxsize=4)
def events_by_offence(catalogue: Catalogue, schemes: Schemes) -> dict[str, tuple[Event, ...]]:
    """The events about each offence, by its slug."""
    found = (event for event in every_event(catalogue, schemes) if event.offence)
    return grouped(found, lambda event: event.offence.id if event.offence else "")


def _events(
    catalogue: Catalogue, schemes: Schemes, happenings: Iterable[Happening]
) -> Iterator[Event]:
    """One event for what is the same in several nations."""
    for alike in grouped(happenings, _sameness).values():
        yield _event(catalogue, schemes, alike)


def _sameness(one: Happening) -> tuple[object, ...]:
    what = (one.on, one.kind, one.turn, one.owner, one.text)
    return (*what, one.authorities, one.beside, one.confidence)


def _event(catalogue: Catalogue, schemes: Schemes, alike: tuple[Happening, ...]) -> Event:
    first = min(alike, key=lambda one: (one.fact, one.nation))
    facts = tuple(sorted({fact for one in alike for fact in one.facts}))
    there = {slug_of(one.nation) for one in alike}
    sources, inherited = _sources(catalogue, facts, first.owner)
    name = "_".join((slug_of(first.fact), first.turn, slug_of(first.nation)))
    owner = first.owner
    return Event(
        id=identifier("change", name),
        on=first.on,
        kind=first.kind,
        nations=tuple(nation for nation in schemes.slugs("nations") if nation in there),
        offence=naming.successor(catalogue, owner) if owner in catalogue.offences else None,
        rule=slug_of(owner) if owner in catalogue.rules else None,
        provisions=_provisions(catalogue, owner),
        title=_title(catalogue, schemes, first),
        text=first.text,
        authority=_references(catalogue, first.authorities),
        authority_note=None if first.authorities else words.not_recorded(first.beside),
        sources=sources,
        inherited=inherited,
        no_source=None if sources else _no_source(catalogue, owner),
        confidence=slug_of(first.confidence),
        facts=facts,
        topics=topics_of(catalogue, schemes, owner, identifier("change-kind", first.kind)),
    )


def _title(catalogue: Catalogue, schemes: Schemes, first: Happening) -> str:
    """What it happens to, and which kind of change that is."""
    kind, rule = (_kind(schemes, slug) for slug in (first.kind, OF_RULES))
    if first.owner not in catalogue.rules:
        return f"{name_of(catalogue, first.owner)}: {first_lower(kind)}"
    about = schemes.label(catalogue.rules[first.owner].kind)
    more = "" if kind == rule else f": {first_lower(kind)}"
    return f"{rule} ({first_lower(about)}){more}"


def _kind(schemes: Schemes, slug: str) -> str:
    return schemes.concept("change-kinds", slug, parameter="kind").label


def _provisions(catalogue: Catalogue, owner: str) -> tuple[ProvisionRef, ...]:
    """The provision of an offence with its limb; else the provisions it is or rests on."""
    if owner in catalogue.offences:
        return (naming.offence_provision(catalogue, owner),)
    return _references(catalogue, provision_of(catalogue, owner))


def _references(catalogue: Catalogue, addresses: tuple[str, ...]) -> tuple[ProvisionRef, ...]:
    found = (naming.legal_reference(catalogue, address) for address in addresses)
    return tuple(reference for reference in found if reference)


def _sources(
    catalogue: Catalogue, facts: tuple[str, ...], owner: str
) -> tuple[tuple[Source, ...], bool]:
    """Where the facts were read, or else where what they belong to was (inherited)."""
    own = dict.fromkeys(source for fact in facts for source in naming.sources(catalogue, fact))
    if own:
        return tuple(own), False
    return naming.sources(catalogue, owner), True


def _no_source(catalogue: Catalogue, owner: str) -> str | None:
    for shelf in (catalogue.offences, catalogue.rules, catalogue.provisions):
        if owner in shelf:
            reason: str | None = shelf[owner].no_source
            return reason
    return None
