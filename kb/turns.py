"""On which days a window turns: from no law to perhaps, to law, and to none again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.catalogue import Catalogue, grouped
from kb.events import BY, ENDS, MADE, MAY, STARTS
from kb.library_rows import WindowEver
from kb.terms import slug_of
from kb.timeline_days import EVER, NEVER, course_of
from kb.timeline_windows import never_sure

SURE, WHEN_MADE = "exact", "made-date"


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A day on which a window turns, how, and by what authority (addresses).

    ``before`` is the window that ends where this one starts, if there is one.
    """

    on: date
    how: str
    window: WindowEver
    authorities: tuple[str, ...]
    law_by: date | None = None
    before: WindowEver | None = None


def turns_of(catalogue: Catalogue, owner: str) -> Iterator[Turn]:
    """Every turn of the windows of an offence, provision or rule (address), each day once."""
    if never_sure(catalogue, owner):
        return  # It may never have become law: nothing about it turns on any day.
    windows = catalogue.windows.get(owner, ())
    for there in grouped(windows, lambda row: row.nation).values():
        found = [turn for rows in _by_fact(there) for turn in _turns(rows)]
        begun = {turn.on for turn in found if turn.how == STARTS}
        ended = {turn.on: turn.window for turn in found if turn.how == ENDS}
        for turn in found:
            if turn.how == STARTS and turn.on in ended:
                yield _following(turn, ended[turn.on])
            elif turn.how != ENDS or turn.on not in begun:
                yield turn


def states_on(catalogue: Catalogue, owner: str, nation: str, on: date) -> set[str]:
    """How the windows of an owner in a nation (addresses) stand on a day."""
    found = [row for row in catalogue.windows.get(owner, ()) if row.nation == nation]
    return {course_of(row).state(on.toordinal()) for row in found}


def _by_fact(rows: Iterable[WindowEver]) -> Iterator[tuple[WindowEver, ...]]:
    """The rows of each window: there is one for each authority that is recorded for it."""
    yield from grouped(rows, lambda row: row.fact).values()


def _turns(rows: tuple[WindowEver, ...]) -> Iterator[Turn]:
    row = rows[0]
    began = _each(found.commenced_by for found in rows)
    ended = _each(found.ended_by for found in rows)
    doubt, law, end = course_of(row)
    certainty = slug_of(row.certainty)
    if EVER < doubt < min(law, end):
        yield Turn(
            on=date.fromordinal(doubt),
            how=MADE if certainty == WHEN_MADE else MAY,
            window=row,
            authorities=began,
            law_by=date.fromordinal(law) if law < NEVER else None,
        )
    if EVER < law < end:
        how = STARTS if certainty == SURE else BY
        yield Turn(on=date.fromordinal(law), how=how, window=row, authorities=began)
    if end < NEVER:
        yield Turn(on=date.fromordinal(end), how=ENDS, window=row, authorities=ended)


def _following(turn: Turn, before: WindowEver) -> Turn:
    return Turn(
        on=turn.on,
        how=turn.how,
        window=turn.window,
        authorities=turn.authorities,
        before=before,
    )


def _each(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({one for one in found if one}))
