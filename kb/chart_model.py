"""What a picture of the law over time is made of: lanes, bars and marks; no shapes, no colours.

All days are half-open: a bar ends on the first day on which it no longer holds.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LAW, UNKNOWN, NOT_YET, ENDED = "law", "unknown", "not-yet-in-force", "ended"


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days on which the windows of an offence say one thing; no start or end: without bound.

    ``facts`` are the windows that say it; ``ends`` tells that the law is over when it ends.
    """

    start: date | None
    end: date | None
    state: str
    facts: tuple[str, ...]
    scopes: tuple[str, ...] = ()
    confidence: str = ""
    ends: bool = False


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A stretch that is drawn (law, or not certain), in words, with a fact that could be asked."""

    stretch: Stretch
    words: str
    likely_only: bool


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A day on which an age or a maximum penalty changes while the offence is law."""

    on: date
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """An offence in some nations that have the same days; ``role`` is ``own``, ``nearest``
    (another offence, where the one in question is not law) or ``absent`` (and has no bars)."""

    role: str
    nations: tuple[str, ...]
    place: str
    offence: str
    label: str
    citation: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def words(self) -> str:
        """When it is law, in one line."""
        return "; ".join(bar.words for bar in self.bars)


@dataclass(frozen=True, kw_only=True)
class Section:
    """Lanes under a heading, which is empty if there is only one section.

    ``word`` is the parameter that asks for the section alone, where there is one.
    """

    heading: str
    lanes: tuple[Lane, ...]
    word: str | None = None


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The days from ``first`` up to ``last`` that a picture shows."""

    first: date
    last: date

    def part(self, on: date) -> float:
        """Where a day stands, from 0 to 1; days outside stand at the edge."""
        share = (on - self.first).days / (self.last - self.first).days
        return min(1.0, max(0.0, share))

    def ticks(self, most: int) -> tuple[date, ...]:
        """Round years, at most so many."""
        return _round_years(self.first, self.last, most)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture of the law over time. ``on`` is the day asked about, if one was."""

    title: str
    sections: tuple[Section, ...]
    axis: Axis
    checked_on: date
    seen_until: date
    on: date | None = None

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Every lane, in order."""
        return tuple(lane for section in self.sections for lane in section.lanes)


@lru_cache(maxsize=256)
def _round_years(first: date, last: date, most: int) -> tuple[date, ...]:
    years = range(first.year, last.year + 1)
    for step in (1, 2, 5, 10, 20, 50, 100):
        found = [date(y, 1, 1) for y in years if y % step == 0]
        inside = tuple(tick for tick in found if first <= tick < last)
        if len(inside) <= most:
            return inside
    return ()
