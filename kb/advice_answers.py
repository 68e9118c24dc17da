"""What an answer says besides the law: guidance, what to do, whom to call, what people get wrong.

Guidance is as on the day asked about. What to do and whom to call is as on the day on which the
data was checked, whatever day is asked about: nobody acts on what was advised years ago.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.advice import Advice
from kb.advice_answer_model import (
    GuidanceAnswer,
    MisconceptionAnswer,
    NationHelp,
    PracticeAnswer,
    SaidIn,
    ServiceAnswer,
)
from kb.advice_model import DocumentState, Guidance, NoneFound, Practice, SaidBy, Service
from kb.catalogue import Catalogue
from kb.claim_model import Misconception
from kb.document_states import CURRENT, UNKNOWN, state_by_day, state_on
from kb.model import Asked
from kb.schemes import Schemes
from kb.terms import identifier
from kb.timeline_days import Days
from kb.topics import topics_of, topics_with_offences

STANDING: dict[str | None, int] = {CURRENT: 0, None: 1, UNKNOWN: 2}


@dataclass(frozen=True, kw_only=True)
class Bearing:
    """What a question is about, to tell what bears on it: topics, and the words it states."""

    topics: frozenset[str]
    general: frozenset[str]
    words: frozenset[tuple[str, str]]
    offences: frozenset[str]

    @property
    def open(self) -> bool:
        """Does the question say nothing of what was done? Then everything bears on it."""
        return not self.words


def bearing(
    catalogue: Catalogue, schemes: Schemes, asked: Asked, *, offences: frozenset[str]
) -> Bearing:
    """What a question is about; ``offences`` are those (slugs) that its answer lists."""
    words = {("conduct", slug) for slug in asked.conduct}
    words |= {("material", slug) for slug in asked.material}
    stated = (identifier(kind, slug) for kind, slug in words)
    return Bearing(
        topics=frozenset(topics_of(catalogue, schemes, *stated)),
        general=_general_topics(catalogue, schemes),
        words=frozenset(words),
        offences=offences,
    )


@lru_cache(maxsize=4)
def _general_topics(catalogue: Catalogue, schemes: Schemes) -> frozenset[str]:
    """The topics that no offence is in: they bear on whatever was done."""
    particular = {topic.slug for topic in topics_with_offences(catalogue, schemes)}
    return frozenset(schemes.slugs("topics")) - particular


def guidance_answers(
    advice: Advice, about: Bearing, *, nation: str, on: date
) -> tuple[GuidanceAnswer, ...]:
    """The documents in effect in a nation on a day, those about the offences at hand first."""
    found = [
        _guidance(advice.guidance[slug], about, standing, on=on)
        for slug, by_day in _guidance_days(advice, nation).items()
        if (standing := by_day.at(on.toordinal())).state in (CURRENT, UNKNOWN)
        and _bears(advice.guidance[slug], about)
    ]
    return tuple(sorted(found, key=lambda one: (one.state != CURRENT, not one.discusses)))


@lru_cache(maxsize=16)
def _guidance_days(advice: Advice, nation: str) -> dict[str, Days[DocumentState]]:
    """What each document that is for a nation is there, by its slug, on every day."""
    return {
        slug: state_by_day(document.periods, nation)
        for slug, document in advice.guidance.items()
        if nation in document.nations
    }


def _bears(document: Guidance, about: Bearing) -> bool:
    if about.open or set(document.topics) & (about.topics | about.general):
        return True
    return any(thing.id in about.offences for thing in document.about if thing.kind == "offence")


def _guidance(
    document: Guidance, about: Bearing, standing: DocumentState, *, on: date
) -> GuidanceAnswer:
    discussed = (thing.id for thing in document.about if thing.kind == "offence")
    return GuidanceAnswer(
        id=document.id,
        title=document.title,
        kind=document.kind,
        bodies=document.bodies,
        state=standing.state,
        why=standing.why,
        updated_on=document.updated_on,
        later_edition=bool(document.updated_on and document.updated_on > on),
        says=document.says,
        discusses=tuple(slug for slug in discussed if slug in about.offences),
        address=document.address,
        no_address=document.no_address,
        verify=document.verify,
        confidence=document.confidence,
    )


def none_found_in(advice: Advice, nation: str) -> tuple[NoneFound, ...]:
    """Which guidance was searched for in a nation, and not found."""
    return tuple(one for one in advice.none_found if one.nation == nation)


def misconceptions_in(
    advice: Advice, about: Bearing, *, nation: str
) -> tuple[MisconceptionAnswer, ...]:
    """What people get wrong in a nation about such facts."""
    return tuple(
        MisconceptionAnswer(
            id=one.id,
            label=one.label,
            correction=one.correction,
            verdict=one.verdict,
            provisions=one.provisions,
            as_of=one.as_of,
            sources=one.sources,
            confidence=one.confidence,
        )
        for one in advice.misconceptions.values()
        if nation in one.nations and _misleads(one, about)
    )


def _misleads(one: Misconception, about: Bearing) -> bool:
    if about.open:
        return True
    named = {(thing.kind, thing.id) for thing in one.about}
    offences = {("offence", slug) for slug in about.offences}
    return bool(named & (about.words | offences))


@lru_cache(maxsize=16)
def nation_help(advice: Advice, nation: str, *, on: date) -> NationHelp:
    """What to do and whom to call in a nation, as on a day: made once, and then kept."""
    return NationHelp(
        on=on,
        roles=advice.roles_in(nation),
        practice=tuple(practice_in(advice, nation, on=on, kinds=advice.shown)),
        services=tuple(_services(advice.services, nation, on=on)),
    )


def practice_in(
    advice: Advice, nation: str, *, on: date, kinds: frozenset[str] | None = None
) -> Iterator[PracticeAnswer]:
    """The points of practice that a document for the nation gives, if not all are superseded."""
    names = {f"{{{role.role}}}": role.name for role in advice.roles_in(nation)}
    for point in advice.practice.values():
        said = tuple(_said_in(advice, point, nation, on=on))
        if said and (kinds is None or point.kind in kinds):
            yield PracticeAnswer(
                id=point.id,
                label=_named(point.label, names),
                text=_named(point.text, names),
                kind=point.kind,
                said_by=said,
                confidence=said[0].confidence,
            )


def practice_given(advice: Advice, nations: tuple[str, ...], *, on: date) -> frozenset[str]:
    """The points (slugs) that a document in use in any of some nations gives on a day."""
    return frozenset(
        answer.id for nation in nations for answer in practice_in(advice, nation, on=on)
    )


def _said_in(advice: Advice, point: Practice, nation: str, *, on: date) -> Iterator[SaidIn]:
    """The documents that give it there, those in effect first; none that has ended."""
    found = [
        SaidIn(
            document=one.document,
            state=_document_state(advice, one, nation, on=on),
            text=one.text,
            confidence=one.confidence,
        )
        for one in point.said_by
        if nation in one.nations and _holds(one, on)
    ]
    standing = (one for one in found if one.state in STANDING)
    yield from sorted(standing, key=lambda one: STANDING[one.state])


def _named(text: str, names: Mapping[str, str]) -> str:
    """The text with the nation's own words for the people in it."""
    for placeholder, name in names.items():
        text = text.replace(placeholder, name)
    return text


def _holds(one: SaidBy, on: date) -> bool:
    return (one.start is None or one.start <= on) and (one.end is None or on < one.end)


def _document_state(advice: Advice, one: SaidBy, nation: str, *, on: date) -> str | None:
    """What the document is on a day; None for a page of which no such days are recorded."""
    document = advice.guidance.get(one.document.id) if one.document.kind == "guidance" else None
    return state_on(document.periods, nation, on).state if document else None


def _services(services: Mapping[str, Service], nation: str, *, on: date) -> Iterator[ServiceAnswer]:
    """Those that surely run there, the most urgent first."""
    for service in services.values():
        if nation in service.nations and state_on(service.periods, nation, on).state == CURRENT:
            yield ServiceAnswer(
                id=service.id,
                title=service.title,
                kinds=service.kinds,
                for_whom=service.for_whom,
                contact=service.contact,
                contacts=tuple(c for c in service.contacts if nation in c.nations),
                address=service.address,
                checked_on=service.checked_on,
                verify=service.verify,
                confidence=service.confidence,
            )


def urgent_services(
    advice: Advice, nations: tuple[str, ...], *, on: date, most: int
) -> tuple[ServiceAnswer, ...]:
    """The most urgent of the services that surely run in every nation (slugs) on a day."""
    found = [tuple(_services(advice.services, nation, on=on)) for nation in nations]
    everywhere = set.intersection(*({s.id for s in there} for there in found)) if found else set()
    return tuple(s for s in found[0] if s.id in everywhere)[:most] if found else ()
