"""Is a document in effect on a day? Checked day by day against an oracle that shares nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.advice_model import InEffect
from kb.document_states import NO_DAYS, state_by_day, state_of, state_on

FIRST = date(2001, 3, 1)
DAY = timedelta(days=1)
SPAN = 40


def period(**days):
    """A stretch in one invented place, exact unless said otherwise."""
    given_days = {
        name: days.get(name)
        for name in ("start", "not_before", "known_by", "end_not_before", "end", "ended_as", "note")
    }
    return InEffect(
        nations=days.get("nations", ("here",)),
        certainty=days.get("certainty", "exact"),
        confidence="primary",
        fact=days.get("fact", "a-fact"),
        **given_days,
    )


def oracle(known, day):
    """Every day is walked: what would be said of it by somebody who only knows the bounds?"""
    may_have_begun, has_begun = known["may_begin"] <= day, known["begun"] <= day
    may_have_ended, has_ended = known["may_end"] <= day, known["ended"] <= day
    if has_ended:
        return known["as"]
    if may_have_ended:
        return "unknown"
    if has_begun:
        return "current"
    return "unknown" if may_have_begun else "not-yet"


@st.composite
def bounded(draw):
    """A stretch with bounds in order, and the same bounds as plain numbers of days."""
    at = sorted(draw(st.lists(st.integers(0, SPAN), min_size=4, max_size=4)))
    may_begin, begun, may_end, ended = at
    ends = draw(st.sampled_from(("never", "exact", "bounded", "perhaps")))
    certainty = draw(st.sampled_from(("exact", "latest-possible", "not-established")))
    on = [FIRST + DAY * n for n in at]
    days = {"certainty": certainty}
    if certainty == "exact":
        days["start"], may_begin = on[1], begun
    elif certainty == "latest-possible":
        days |= {"not_before": on[0], "start": on[1]}
    else:
        days |= {"not_before": on[0], "known_by": on[1]}
    if ends in ("exact", "bounded"):
        days |= {"end": on[3], "ended_as": "superseded"}
    if ends in ("bounded", "perhaps"):
        days["end_not_before"] = on[2]
    never = 10 * SPAN
    known = {
        "may_begin": may_begin,
        "begun": begun,
        "may_end": {"never": never, "exact": ended}.get(ends, may_end),
        "ended": ended if ends in ("exact", "bounded") else never,
        "as": "superseded",
    }
    return period(**days), known


@settings(max_examples=400)
@given(bounded())
def test_each_day_has_the_state_that_its_bounds_allow(made):
    stretch, known = made
    for number in range(-2, SPAN + 3):
        found = state_of(stretch, FIRST + DAY * number)
        assert found == oracle(known, number), (stretch, number)


def test_a_day_is_half_open_at_both_ends():
    stretch = period(start=FIRST, end=FIRST + 2 * DAY, ended_as="closed")
    days = (FIRST - DAY, FIRST, FIRST + DAY, FIRST + 2 * DAY)
    assert [state_of(stretch, day) for day in days] == ["not-yet", "current", "current", "closed"]


def test_a_start_that_nobody_found_is_unknown_and_never_current():
    stretch = period(certainty="not-established")
    assert {state_of(stretch, FIRST + DAY * n) for n in range(SPAN)} == {"unknown"}


def test_of_several_stretches_the_one_in_effect_counts():
    old = period(start=FIRST, end=FIRST + 5 * DAY, ended_as="superseded", fact="old")
    new = period(start=FIRST + 9 * DAY, fact="new")
    states = [state_on((old, new), "here", FIRST + DAY * n) for n in (0, 6, 9)]
    assert [(one.state, one.fact) for one in states] == [
        ("current", "old"),
        ("not-yet", "new"),
        ("current", "new"),
    ]


@pytest.mark.parametrize("periods", [(), (period(start=FIRST, nations=("elsewhere",)),)])
def test_without_days_there_it_is_unknown_and_says_why(periods):
    found = state_on(periods, "here", FIRST)
    assert (found.state, found.why, found.fact) == ("unknown", NO_DAYS, None)


def test_state_by_day_says_the_same_on_every_day(knowledge):
    """On each day on which anything turns, and the day before, for all that is recorded."""
    looked = 0
    for thing in (*knowledge.advice.guidance.values(), *knowledge.advice.services.values()):
        turning = {
            day
            for row in thing.periods
            for day in (row.start, row.not_before, row.known_by, row.end_not_before, row.end)
            if day
        }
        every = {date.min, FIRST, date.max} | turning | {day - DAY for day in turning}
        for nation in thing.nations:
            by_day = state_by_day(thing.periods, nation)
            for day in every:
                assert by_day.at(day.toordinal()) == state_on(thing.periods, nation, day)
                looked += 1
    assert looked > 100
