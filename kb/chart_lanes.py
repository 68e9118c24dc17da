"""The lanes of a picture: an offence in the nations that have the same days of it."""

from datetime import timedelta
from functools import lru_cache

from kb.catalogue import Catalogue, grouped
from kb.chart_marks import marks
from kb.chart_model import LAW, UNKNOWN, Bar, Lane, Mark, Stretch
from kb.naming import successor
from kb.offence_views import windows_of
from kb.schemes import Schemes
from kb.stretches import stretches
from kb.terms import identifier
from kb.timeline_windows import never_sure
from kb.wording import day, first_lower

DRAWN = (LAW, UNKNOWN)


def lanes_of(
    catalogue: Catalogue,
    schemes: Schemes,
    slug: str,
    *,
    nations: tuple[str, ...],
    role: str = "own",
) -> tuple[Lane, ...]:
    """The lanes of an offence in those of some nations (slugs) where it is or was law.

    Nations with the same days and changes share a lane. What was found is kept: the same few
    offences are in most answers.
    """
    kept, key = _kept(catalogue, schemes), (slug, nations, role)
    if key not in kept:
        kept[key] = _lanes(catalogue, schemes, slug, nations=nations, role=role)
    return kept[key]


@lru_cache(maxsize=4)
def _kept(catalogue: Catalogue, schemes: Schemes) -> dict[object, tuple[Lane, ...]]:
    """The lanes of a build; there are not many more than offences and nations."""
    return {}


def _lanes(
    catalogue: Catalogue, schemes: Schemes, slug: str, *, nations: tuple[str, ...], role: str
) -> tuple[Lane, ...]:
    named = successor(catalogue, identifier("offence", slug))
    parts = {nation: _part(catalogue, schemes, slug, nation=nation) for nation in nations}
    groups = grouped((n for n in parts if parts[n][0]), key=lambda n: _alike(parts[n])).values()
    return tuple(
        Lane(
            role=role,
            nations=group,
            place=place_name(schemes, group),
            offence=slug,
            label=named.label,
            citation=named.provision.citation,
            bars=parts[group[0]][0],
            marks=parts[group[0]][1],
        )
        for group in groups
    )


def absent_lane(schemes: Schemes, nation: str) -> Lane:
    """The lane of a nation in which the offence in question is not law."""
    place = place_name(schemes, (nation,))
    return Lane(
        role="absent", nations=(nation,), place=place, offence="", label="Not law here", citation=""
    )


def place_name(schemes: Schemes, nations: tuple[str, ...]) -> str:
    """Nations (slugs) as words: ``A, B and C``."""
    labels = [schemes.label(identifier("nation", nation)) for nation in nations]
    return " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))


Part = tuple[tuple[Bar, ...], tuple[Mark, ...]]


def _part(catalogue: Catalogue, schemes: Schemes, slug: str, *, nation: str) -> Part:
    """The bars and marks of an offence in one nation."""
    offence = identifier("offence", slug)
    status = catalogue.offences[offence].status
    here = tuple(w for w in windows_of(catalogue, offence) if w.nation == nation)
    found = stretches(here, in_doubt=never_sure(catalogue, offence))
    why = first_lower(schemes.label(status)) if status else ""
    bars = tuple(_bar(stretch, why, schemes) for stretch in found if stretch.state in DRAWN)
    return bars, marks(catalogue, schemes, offence, nation=nation, stretches=found)


def _alike(part: Part) -> tuple[object, ...]:
    """What two nations must have in common to share a lane."""
    bars, changes = part
    days = tuple((b.stretch.start, b.stretch.end, b.stretch.state, b.words) for b in bars)
    return (*days, changes)


def _bar(stretch: Stretch, why: str, schemes: Schemes) -> Bar:
    words = _when(stretch)
    remarks = [why] if why and stretch.state == UNKNOWN else []
    remarks += ["for some purposes only"] if stretch.scopes else []
    lowest = schemes.slugs("confidences")[-1]
    likely_only = stretch.confidence == lowest
    if likely_only:
        remarks.append(first_lower(schemes.scheme("confidences")[-1].label))
    said = f"{words} ({'; '.join(remarks)})" if remarks else words
    return Bar(stretch=stretch, words=said, likely_only=likely_only)


def _when(stretch: Stretch) -> str:
    """From when until when, the last day included: ``from 3 May 1999 until 6 June 2009``."""
    until = f"until {day(stretch.end - timedelta(days=1))}" if stretch.end else ""
    if stretch.start and until:
        span = f"from {day(stretch.start)} {until}"
    else:
        span = f"since {day(stretch.start)}" if stretch.start else until
    if stretch.state == UNKNOWN:
        return f"not certain {span}".strip()
    return span or "on every day recorded"
