"""One thing that can be found, whatever it is: its names, its text, where it stands on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kb.advice_model import InEffect
from kb.document_states import CURRENT, UNKNOWN, state_on
from kb.library_rows import WindowEver
from kb.terms import slug_of
from kb.timeline_days import EVER, Days, Span, course_of, days

ABSENT, UNSURE, SURE = 0, 1, 2
APPLIES, NO_EXTENT = "applies", "does-not-extend"
STATES = {"law": APPLIES}  # what the state of a window is called, where it is not called the same


class Stand(NamedTuple):
    """How something stands in a nation: is it there (surely, perhaps), and its state, if any."""

    there: int
    facet: str | None = None
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One thing that can be found.

    ``hidden`` names are searched for and never shown; ``welsh`` are the names, shown too, that are
    not English. ``facets`` are its values by facet; ``tags`` the addresses of the words of the
    schemes that it is about. ``stands`` says how it stands on each day in each nation (slug);
    ``places`` are the nations that it is for on any day.
    """

    kind: str
    id: str
    address: str
    title: str
    provision: str | None
    url: str
    names: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    welsh: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    stands: Mapping[str, Days[Stand]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    on: date | None = None

    def standing(self, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The nations in which it is law on a day, and those of which that cannot be said."""
        day = on.toordinal()
        there = {nation: held.at(day).there for nation, held in self.stands.items()}
        sure = tuple(nation for nation, how in there.items() if how == SURE)
        return sure, tuple(nation for nation, how in there.items() if how == UNSURE)


def always(nations: Iterable[str]) -> dict[str, Days[Stand]]:
    """What is for the same nations on all days."""
    return dict.fromkeys(nations, Days((), (Stand(SURE),)))


def since(nations: Iterable[str], made: date | None, *, unsure: bool) -> dict[str, Days[Stand]]:
    """What is there from a day on, or on all days if none is known."""
    there = Stand(UNSURE if unsure else SURE)
    held = Days((made.toordinal(),), (Stand(ABSENT), there)) if made else Days((), (there,))
    return dict.fromkeys(nations, held)


def as_law(
    windows: Iterable[WindowEver], nations: Iterable[str], *, never_sure: bool = False
) -> dict[str, Days[Stand]]:
    """How law stands by its windows; where there is none, it does not extend there."""
    found = tuple(windows)
    return {
        nation: _law_there(
            tuple(w for w in found if slug_of(w.nation) == nation), never_sure=never_sure
        )
        for nation in nations
    }


def as_document(
    periods: tuple[InEffect, ...], places: tuple[str, ...], *, facet: str
) -> dict[str, Days[Stand]]:
    """How a document or service stands by the stretches in which it is in effect."""
    ends = ("start", "end", "not_before", "known_by", "end_not_before")
    turning = [
        Span(EVER, day.toordinal())
        for period in periods
        for day in (getattr(period, name) for name in ends)
        if day
    ]

    def stand(nation: str, day: int) -> Stand:
        state = state_on(periods, nation, date.fromordinal(max(day, 1))).state
        there = {CURRENT: SURE, UNKNOWN: UNSURE}.get(state, ABSENT)
        return Stand(there, facet, state)

    return {
        nation: days(turning, lambda day, nation=nation: stand(nation, day))  # type: ignore[misc]
        for nation in places
    }


def _law_there(windows: tuple[WindowEver, ...], *, never_sure: bool) -> Days[Stand]:
    """How law stands in one nation: of several windows law speaks, then doubt, then the future."""
    courses = tuple(course_of(window, never_sure=never_sure) for window in windows)
    ranked = ("law", "unknown", "not-yet-in-force", "ended")

    def stand(day: int) -> Stand:
        if not courses:
            return Stand(ABSENT, "state", NO_EXTENT)
        state = min((course.state(day) for course in courses), key=ranked.index)
        there = {"law": SURE, "unknown": UNSURE}.get(state, ABSENT)
        return Stand(there, "state", STATES.get(state, state))

    return days(courses, stand)
