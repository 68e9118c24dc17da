"""Pictures of the law over time, as data: one offence everywhere, a group of them, the field."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kb.catalogue import grouped
from kb.chart_lanes import absent_lane, lanes_of, place_name
from kb.chart_model import Axis, Chart, Lane, Section
from kb.library import Library
from kb.terms import identifier, slug_of
from kb.topics import topics_of
from kb.views import OffenceView

LEAST_YEARS = 10
ROOM = 40  # the axis goes on after the last day for this part of its length


@dataclass(frozen=True, kw_only=True)
class Field:
    """What a picture of many offences shows: nations, and what (slugs) they must be about."""

    nations: tuple[str, ...]
    topic: str | None = None
    conduct: str | None = None
    material: str | None = None


def offence_chart(library: Library, found: OffenceView) -> Chart:
    """One offence in every nation; where it is not law, the nearest that is."""
    nations = library.schemes.slugs("nations")
    lanes: list[Lane] = []
    for nation in nations:
        own = list(_lanes(library, found.id, (nation,)))
        lanes += own or [absent_lane(library.schemes, nation)]
        for other in () if own else found.counterparts.get(nation, ()):
            lanes += (
                replace(o, role="nearest", marks=()) for o in _lanes(library, other.id, (nation,))
            )
    section = Section(heading="", lanes=tuple(lanes))
    return _chart(library, f"Where and when it is law: {found.label}", (section,))


def answer_chart(library: Library, offences: Iterable[str], *, nation: str, on: date) -> Chart:
    """Some offences (slugs) in one nation, with the day that was asked about."""
    lanes = tuple(lane for slug in offences for lane in _lanes(library, slug, (nation,)))
    place = place_name(library.schemes, (nation,))
    section = Section(heading="", lanes=lanes)
    return _chart(library, f"Since when these offences are law in {place}", (section,), on=on)


def field_chart(library: Library, field: Field) -> Chart:
    """The offences of some nations: the whole field by what is done, or a part of it by nation.

    A part is the offences of a topic, of a conduct or of a material, or of several at once.
    """
    schemes = library.schemes
    words = [
        label
        for kind, slug in _parts(field)
        if slug and (label := schemes.label(identifier(kind, slug)))
    ]
    place = place_name(schemes, field.nations)
    if words:
        sections = _by_place(library, field)
        return _chart(library, f"{', '.join(words)}: the offences of {place}", sections)
    title = f"The offences of {place}, by what is done"
    return _chart(library, title, _by_conduct(library, field), whole=True)


def _by_place(library: Library, field: Field) -> tuple[Section, ...]:
    found = [o for o in library.catalogue.offences if _has(library, o, field)]
    lanes = [lane for o in found for lane in _lanes(library, slug_of(o), field.nations)]
    by_place = grouped(sorted(lanes, key=lambda lane: _order(lane, field)), lambda lane: lane.place)
    return tuple(Section(heading=place, lanes=lanes) for place, lanes in by_place.items())


def _by_conduct(library: Library, field: Field) -> tuple[Section, ...]:
    """Each offence once, under the first of its conducts in the order of the scheme."""
    scheme = library.schemes.scheme("conducts")
    order = [concept.address for concept in scheme]
    conducts = library.catalogue.facts["conducts"]
    first = {
        offence: min((order.index(row.concept) for row in rows), default=0)
        for offence, rows in conducts.items()
    }
    sections = []
    for number, concept in enumerate(scheme):
        here = [o for o in library.catalogue.offences if first.get(o) == number]
        lanes = [lane for o in here for lane in _lanes(library, slug_of(o), field.nations)]
        if lanes:
            ordered = tuple(sorted(lanes, key=lambda lane: _order(lane, field)))
            sections.append(Section(heading=concept.label, lanes=ordered, word=concept.slug))
    return tuple(sections)


def _parts(field: Field) -> tuple[tuple[str, str | None], ...]:
    return (("topic", field.topic), ("conduct", field.conduct), ("material", field.material))


def _has(library: Library, offence: str, field: Field) -> bool:
    """Is an offence (address) in the topic, and does it record the words or narrower ones?"""
    if field.topic and field.topic not in topics_of(library.catalogue, library.schemes, offence):
        return False
    asked = (("conducts", "conduct", field.conduct), ("materials", "material", field.material))
    for scheme, kind, slug in asked:
        if slug is None:
            continue
        narrower = {c.slug for c in library.schemes.scheme(scheme) if c.broader == slug}
        wanted = {identifier(kind, word) for word in narrower | {slug}}
        if not wanted & {row.concept for row in library.catalogue.facts[scheme].get(offence, ())}:
            return False
    return True


def _order(lane: Lane, field: Field) -> tuple[object, ...]:
    """By nation, then the oldest first."""
    start = lane.bars[0].stretch.start or date.min
    return (tuple(field.nations.index(n) for n in lane.nations), start, lane.label)


def _lanes(library: Library, slug: str, nations: tuple[str, ...]) -> Iterable[Lane]:
    return lanes_of(library.catalogue, library.schemes, slug, nations=nations)


def _chart(
    library: Library,
    title: str,
    sections: tuple[Section, ...],
    *,
    on: date | None = None,
    whole: bool = False,
) -> Chart:
    covered = library.coverage()
    checked_on = library.catalogue.checked_on
    lanes = [lane for section in sections for lane in section.lanes]
    days = [d for lane in lanes for b in lane.bars for d in (b.stretch.start, b.stretch.end) if d]
    days += [checked_on, *([on] if on else [])]
    if whole:
        earliest = min((nation.earliest for nation in covered), default=min(days))
        days = [d for d in days if d >= earliest] + [earliest]
    return Chart(
        title=title,
        sections=sections,
        axis=_axis(days),
        checked_on=checked_on,
        seen_until=min((nation.seen_until for nation in covered), default=checked_on),
        on=on,
    )


def _axis(days: list[date]) -> Axis:
    """From the beginning of a year to a little after the last day, over some years at least."""
    last = max(days)
    first = date(max(1, min(min(days).year, last.year - LEAST_YEARS)), 1, 1)
    return Axis(first=first, last=last + timedelta(days=max(30, (last - first).days // ROOM)))
