"""Is a document in effect, or a service running, in a nation on a day? Never a guess.

Its start may be bounded, as that of a law is (see ``kb/timeline_days.py``); its end may be too.
Between the bounds, or where no days were found, the answer is ``unknown``.
"""

from collections.abc import Iterable
from datetime import date

from kb.advice_model import DocumentState, InEffect
from kb.timeline_days import Days, course, days, span

CURRENT, UNKNOWN, NOT_YET = "current", "unknown", "not-yet"
NO_DAYS = "Nothing is recorded of the days on which it holds there."


def state_of(period: InEffect, on: date) -> str:
    """What one stretch says of a day, by a word of ``document-states``."""
    begun = course(
        period.certainty,
        start=period.start,
        end=None,
        not_before=period.not_before,
        known_by=period.known_by,
    ).state(on.toordinal())
    if period.end is not None and on >= period.end:
        return period.ended_as or UNKNOWN
    if period.end_not_before is not None and on >= period.end_not_before:
        return UNKNOWN
    return {"law": CURRENT, "unknown": UNKNOWN}.get(begun, NOT_YET)


def state_on(periods: Iterable[InEffect], nation: str, on: date) -> DocumentState:
    """What it is in a nation (slug) on a day: current, else unknown, else not yet, else ended."""
    found = [(period, state_of(period, on)) for period in periods if nation in period.nations]
    if not found:
        return DocumentState(
            nation=nation, state=UNKNOWN, start=None, end=None, why=NO_DAYS, fact=None
        )
    period, state = min(found, key=lambda one: _rank(one[1]))
    return DocumentState(
        nation=nation,
        state=state,
        start=period.start,
        end=period.end,
        why=period.note,
        fact=period.fact,
    )


def state_by_day(periods: tuple[InEffect, ...], nation: str) -> Days[DocumentState]:
    """The same for every day: worked out once, and then looked up."""
    turning = [span(row.start, row.end) for row in periods]
    turning += [span(row.not_before, row.known_by) for row in periods]
    turning += [span(row.end_not_before, None) for row in periods]
    return days(turning, lambda day: state_on(periods, nation, date.fromordinal(max(day, 1))))


def _rank(state: str) -> int:
    order = (CURRENT, UNKNOWN, NOT_YET)
    return order.index(state) if state in order else len(order)
