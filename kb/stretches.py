"""What the windows of an offence in one nation say on which days, as stretches to be drawn.

Each window has the course that the timeline gives it: the rule of a window is written there alone.
"""

from datetime import date
from itertools import pairwise

from kb.chart_model import ENDED, Stretch
from kb.decisions import PREFERENCE
from kb.timeline_days import EVER, NEVER, Course, course_of, days
from kb.views import WindowView

Said = tuple[str, tuple[str, ...]]


def stretches(windows: tuple[WindowView, ...], *, in_doubt: bool = False) -> tuple[Stretch, ...]:
    """The days of one nation in order, without gap or overlap, from the first to the last there is.

    Of several windows law speaks first, then doubt, then what is to come, then what is over;
    ``in_doubt`` if they may never have been enacted at all.
    """
    if not windows:
        return ()
    courses = {window.fact: course_of(window, never_sure=in_doubt) for window in windows}
    named = {window.fact: window for window in windows}
    found = days(courses.values(), lambda day: _said(courses, day))
    bounds = pairwise((EVER, *found.changes, NEVER))
    after = (*(state for state, _ in found.values[1:]), None)
    return tuple(
        Stretch(
            start=_date(start),
            end=_date(end),
            state=state,
            facts=facts,
            scopes=tuple(dict.fromkeys(s for fact in facts if (s := named[fact].scope))),
            confidence=named[facts[0]].confidence,
            ends=then == ENDED,
        )
        for (start, end), (state, facts), then in zip(bounds, found.values, after, strict=True)
    )


def _said(courses: dict[str, Course], day: int) -> Said:
    """The state that speaks on a day, and the windows (facts) that are in it."""
    states = {fact: course.state(day) for fact, course in courses.items()}
    best = min(states.values(), key=PREFERENCE.index)
    return best, tuple(fact for fact, state in states.items() if state == best)


def _date(day: int) -> date | None:
    return date.fromordinal(day) if EVER < day < NEVER else None
