"""The small picture of an offence in one nation: the years in which it is law."""

from dataclasses import dataclass
from datetime import date

from kb.catalogue import Catalogue
from kb.terms import identifier
from kb.timeline_days import EVER, NEVER, course_of
from kb.timeline_windows import never_sure

WIDE, HIGH = 600, 14
FIRST = date(1980, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A stretch of days; ``sure`` is whether it is law then, or only perhaps."""

    x: int
    width: int
    sure: bool


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A strip from one year to another."""

    bars: tuple[Bar, ...]
    first: int
    last: int
    wide: int = WIDE
    high: int = HIGH


def strip(catalogue: Catalogue, offence: str, nation: str) -> Strip:
    """The strip of an offence in a nation (slugs)."""
    address, there = identifier("offence", offence), identifier("nation", nation)
    doubted = never_sure(catalogue, address)
    bars: dict[Bar, None] = {}
    for row in catalogue.windows.get(address, ()):
        if row.nation == there:
            course = course_of(row, never_sure=doubted)
            for start, end, sure in (
                (course.doubt, min(course.law, course.end), False),
                (course.law, course.end, True),
            ):
                if start < end and (bar := _bar(catalogue, start, end, sure=sure)):
                    bars[bar] = None
    last = catalogue.checked_on.year
    return Strip(bars=tuple(bars), first=FIRST.year, last=last)


def place_of(catalogue: Catalogue, on: date) -> int:
    """Where a day stands on every strip; a day outside its years at their end."""
    return _x(catalogue, on.toordinal())


def _bar(catalogue: Catalogue, start: int, end: int, *, sure: bool) -> Bar | None:
    left = _x(catalogue, start if start > EVER else 0)
    right = _x(catalogue, end if end < NEVER else NEVER)
    return Bar(x=left, width=max(right - left, 2), sure=sure) if right > 0 else None


def _x(catalogue: Catalogue, day: int) -> int:
    first, last = FIRST.toordinal(), date(catalogue.checked_on.year, 12, 31).toordinal()
    return round(min(max(day - first, 0), last - first) / (last - first) * WIDE)
