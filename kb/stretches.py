"""What the windows of an offence in one nation say on which days: step 2 of the mapping."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from kb.chart_model import ENDED, LAW, NOT_YET, UNKNOWN, Stretch
from kb.decisions import PREFERENCE
from kb.views import WindowView


def state_on(window: WindowView, on: date, *, in_doubt: bool = False) -> str:
    """How a window stands on a day; ``in_doubt`` if it may never have been enacted at all."""
    if in_doubt:
        return UNKNOWN
    if window.end and on >= window.end:
        return ENDED
    return STARTS.get(window.certainty, _exact)(window, on)


def stretches(windows: tuple[WindowView, ...], *, in_doubt: bool = False) -> tuple[Stretch, ...]:
    """The days of one nation in order, without gap or overlap, from the first to the last there is.

    Of several windows law speaks first, then doubt, then what is to come, then what is over.
    """
    if not windows:
        return ()
    said = list(_merged(_pieces(windows, in_doubt=in_doubt)))
    after = [*(piece[2] for piece in said[1:]), None]
    named = {window.fact: window for window in windows}
    return tuple(
        Stretch(
            start=start,
            end=end,
            state=state,
            facts=facts,
            scopes=tuple(dict.fromkeys(s for f in facts if (s := named[f].scope))),
            confidence=named[facts[0]].confidence,
            ends=then == ENDED,
        )
        for (start, end, state, facts), then in zip(said, after, strict=True)
    )


Piece = tuple[date | None, date | None, str, tuple[str, ...]]


def _pieces(windows: tuple[WindowView, ...], *, in_doubt: bool) -> Iterator[Piece]:
    """Between two days on which anything can change, one thing is said throughout."""
    days = {d for w in windows for d in (w.start, w.end, w.not_before, w.known_by) if d}
    breaks = sorted(days)
    for start, end in pairwise([None, *breaks, None]):
        on = start or (end - timedelta(days=1) if end else date.max)
        states = {w.fact: state_on(w, on, in_doubt=in_doubt) for w in windows}
        best = min(states.values(), key=PREFERENCE.index)
        yield start, end, best, tuple(fact for fact, state in states.items() if state == best)


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours that say the same, for the same reason, as one."""
    kept: Piece | None = None
    for piece in pieces:
        if kept and kept[2:] == piece[2:]:
            kept = (kept[0], piece[1], kept[2], kept[3])
            continue
        if kept:
            yield kept
        kept = piece
    if kept:
        yield kept


def _exact(window: WindowView, on: date) -> str:
    return NOT_YET if window.start and on < window.start else LAW


def _latest_possible(window: WindowView, on: date) -> str:
    if window.start and on >= window.start:
        return LAW
    return NOT_YET if window.not_before and on < window.not_before else UNKNOWN


def _made_date(window: WindowView, on: date) -> str:
    if window.start and on < window.start:
        return NOT_YET
    return LAW if window.known_by and on >= window.known_by else UNKNOWN


def _not_established(window: WindowView, on: date) -> str:
    if window.known_by and on >= window.known_by:
        return LAW
    return NOT_YET if window.not_before and on < window.not_before else UNKNOWN


STARTS = {
    "latest-possible": _latest_possible,
    "made-date": _made_date,
    "not-established": _not_established,
}
