"""Days as the timeline counts them: stretches, and what holds from one change to the next.

A day is its ordinal (int): comparing is quick, and "for ever" needs no day of the calendar.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from kb.terms import slug_of

EVER, NEVER = 0, date.max.toordinal() + 1
Value = TypeVar("Value")


class Span(NamedTuple):
    """From ``start`` up to and without ``end``."""

    start: int
    end: int

    def holds(self, day: int) -> bool:
        """Is the day in it?"""
        return self.start <= day < self.end


class Course(NamedTuple):
    """What becomes of a window or row: in doubt from a day, law from a day, gone from a day."""

    doubt: int
    law: int
    end: int

    def state(self, day: int) -> str:
        """``ended``, ``law``, ``unknown`` or ``not-yet-in-force``."""
        if day >= self.end:
            return "ended"
        if day >= self.law:
            return "law"
        return "unknown" if day >= self.doubt else "not-yet-in-force"


NEVER_SURE = Course(doubt=EVER, law=NEVER, end=NEVER)


def span(start: date | None, end: date | None) -> Span:
    """The stretch of a dated fact; no start or end means as long as what it belongs to."""
    return Span(_day(start, EVER), _day(end, NEVER))


def course(
    certainty: str | None,
    *,
    start: date | None,
    end: date | None,
    not_before: date | None,
    known_by: date | None,
) -> Course:
    """What the certainty (address) of a start makes of its days; see DESIGN.md 5, step 2."""
    gone = _day(end, NEVER)
    match slug_of(certainty) if certainty else "exact":
        case "latest-possible":
            return Course(doubt=_day(not_before, EVER), law=_day(start, NEVER), end=gone)
        case "made-date":
            # Known to be law is not before it was made, whatever the row says.
            made = _day(start, EVER)
            return Course(doubt=made, law=max(made, _day(known_by, NEVER)), end=gone)
        case "not-established":
            return Course(doubt=_day(not_before, EVER), law=_day(known_by, NEVER), end=gone)
        case _:
            return Course(doubt=_day(start, EVER), law=_day(start, EVER), end=gone)


def course_of(row: Any, *, never_sure: bool = False) -> Course:
    """The course of a window or row; in doubt on all days if it was perhaps never enacted."""
    if never_sure:
        return NEVER_SURE
    return course(
        row.certainty,
        start=row.start,
        end=row.end,
        not_before=row.not_before,
        known_by=row.known_by,
    )


@dataclass(frozen=True, slots=True)
class Days(Generic[Value]):
    """What holds on each day: ``values`` has one for before, between and after the changes."""

    changes: tuple[int, ...]
    values: tuple[Value, ...]

    def at(self, day: int) -> Value:
        """What holds on a day."""
        return self.values[bisect_right(self.changes, day)]


def days(turning: Iterable[Span | Course], value: Callable[[int], Value]) -> Days[Value]:
    """Compile what holds on each day from what it turns on; equal neighbours become one."""
    changes: list[int] = []
    values = [value(EVER)]
    for day in sorted({day for turn in turning for day in turn} - {EVER, NEVER}):
        now = value(day)
        if now != values[-1]:
            changes.append(day)
            values.append(now)
    return Days(tuple(changes), tuple(values))


def _day(on: date | None, otherwise: int) -> int:
    return on.toordinal() if on else otherwise
