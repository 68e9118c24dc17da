"""The pictures as data: on a few invented windows, on the sample, and on every offence there is."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from kb.chart import Field, answer_chart, field_chart, offence_chart
from kb.chart_lanes import DRAWN
from kb.chart_model import ENDED, LAW, NOT_YET, UNKNOWN, Axis
from kb.deciding import window_states
from kb.decisions import best_window
from kb.stretches import stretches
from kb.terms import identifier
from kb.timeline_windows import NOT_ENACTED
from kb.topics import topics_of
from kb.views import WindowView

A, B, C, D = date(1999, 5, 3), date(2004, 6, 7), date(2009, 8, 9), date(2014, 1, 2)
ONE_DAY = timedelta(days=1)


def window(start=None, end=None, *, certainty="exact", not_before=None, known_by=None, fact="w"):
    return WindowView(
        nation="northmark",
        start=start,
        end=end,
        certainty=certainty,
        not_before=not_before,
        known_by=known_by,
        scope=None,
        started_by=None,
        ended_by=None,
        note=None,
        confidence="primary",
        fact=fact,
    )


def said(*windows, **more):
    return [(s.start, s.end, s.state) for s in stretches(tuple(windows), **more)]


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([window(A)], [(None, A, NOT_YET), (A, None, LAW)]),
        ([window(A, B)], [(None, A, NOT_YET), (A, B, LAW), (B, None, ENDED)]),
        ([window()], [(None, None, LAW)]),
        (
            [window(B, certainty="latest-possible", not_before=A)],
            [(None, A, NOT_YET), (A, B, UNKNOWN), (B, None, LAW)],
        ),
        ([window(B, certainty="latest-possible")], [(None, B, UNKNOWN), (B, None, LAW)]),
        (
            [window(A, certainty="made-date", known_by=B)],
            [(None, A, NOT_YET), (A, B, UNKNOWN), (B, None, LAW)],
        ),
        ([window(A, certainty="made-date")], [(None, A, NOT_YET), (A, None, UNKNOWN)]),
        (
            [window(certainty="not-established", not_before=A, known_by=C)],
            [(None, A, NOT_YET), (A, C, UNKNOWN), (C, None, LAW)],
        ),
        ([window(certainty="not-established")], [(None, None, UNKNOWN)]),
        (
            [window(certainty="not-established", not_before=A, end=B)],
            [(None, A, NOT_YET), (A, B, UNKNOWN), (B, None, ENDED)],
        ),
        (
            [window(A, B), window(C, D, fact="again")],
            [
                (None, A, NOT_YET),
                (A, B, LAW),
                (B, C, NOT_YET),
                (C, D, LAW),
                (D, None, ENDED),
            ],
        ),
        (
            [window(A, B), window(B, fact="on")],
            [(None, A, NOT_YET), (A, B, LAW), (B, None, LAW)],
        ),
    ],
)
def test_what_windows_say_of_all_days(windows, expected):
    found = said(*windows)
    # Of two windows that are yet to come, more can be said to be so before the first.
    assert _joined(found) == _joined(expected)


def _joined(found):
    """Neighbours in the same state as one."""
    kept = []
    for start, end, state in found:
        if kept and kept[-1][2] == state:
            kept[-1] = (kept[-1][0], end, state)
        else:
            kept.append((start, end, state))
    return kept


def test_what_may_never_have_been_enacted_is_unknown_throughout():
    assert said(window(A, B), in_doubt=True) == [(None, None, UNKNOWN)]


def test_law_says_when_it_is_over_and_only_then():
    law = [s for s in stretches((window(A, B), window(C, fact="again"))) if s.state == LAW]
    assert [s.ends for s in law] == [False, False]
    (one,) = [s for s in stretches((window(A, B),)) if s.state == LAW]
    assert one.ends


def test_a_day_of_law_is_half_open():
    (law,) = [s for s in stretches((window(A, B),)) if s.state == LAW]
    assert (law.start, law.end) == (A, B)


def test_no_windows_no_stretches():
    assert stretches(()) == ()


@pytest.fixture(params=["knowledge", "sample"])
def known(request):
    return request.getfixturevalue(request.param)


def offences(known):
    return [known.library.offence(found.id) for found in known.library.offences()]


def test_every_window_of_every_offence_is_in_its_picture(known):
    for offence in offences(known):
        own = [lane for lane in offence_chart(known.library, offence).lanes if lane.role == "own"]
        drawn = {fact for lane in own for bar in lane.bars for fact in bar.stretch.facts}
        assert drawn == {window.fact for window in offence.windows}, offence.id


def test_every_offence_is_in_the_picture_of_the_field_where_it_is_law(known):
    nations = known.schemes.slugs("nations")
    lanes = field_chart(known.library, Field(nations=nations)).lanes
    found = {(lane.offence, nation) for lane in lanes for nation in lane.nations}
    assert found == {(o.id, w.nation) for o in offences(known) for w in o.windows}
    assert len(found) == sum(len(lane.nations) for lane in lanes), "none stands there twice"


def test_every_nation_is_in_the_picture_of_an_offence_in_order(known):
    nations = known.schemes.slugs("nations")
    for offence in offences(known):
        lanes = offence_chart(known.library, offence).lanes
        assert tuple(dict.fromkeys(n for lane in lanes for n in lane.nations)) == nations
        for lane in lanes:
            here = any(window.nation in lane.nations for window in offence.windows)
            assert (lane.role == "own") is here
            assert bool(lane.bars) is (lane.role != "absent")
        for nation, others in offence.counterparts.items():
            if nation not in {window.nation for window in offence.windows}:
                near = {o.offence for o in lanes if o.role == "nearest" and nation in o.nations}
                assert near == {other.id for other in others}


def test_stretches_follow_on_without_gap_or_overlap(known):
    for offence in offences(known):
        for nation in {window.nation for window in offence.windows}:
            found = stretches(tuple(w for w in offence.windows if w.nation == nation))
            assert found[0].start is None
            assert found[-1].end is None
            for one, following in pairwise(found):
                assert one.end == following.start
                assert one.start is None or one.start < one.end
                assert (one.state, one.facts) != (following.state, following.facts)


@pytest.mark.no_cover
def test_stretches_say_what_the_question_files_say_on_every_boundary(known):
    """The picture and the answer of that day agree, the day before, on and after each change."""
    every = offences(known)
    parts = {
        (identifier("offence", o.id), identifier("nation", n)): stretches(
            tuple(w for w in o.windows if w.nation == n), in_doubt=o.status == NOT_ENACTED
        )
        for o in every
        for n in {w.nation for w in o.windows}
    }
    changes = {s.start for found in parts.values() for s in found if s.start}
    for on in sorted({day + ONE_DAY * step for day in changes for step in (-1, 0, 1)}):
        states = window_states(known.engine, on)
        for place, found in parts.items():
            (here,) = [
                s for s in found if (not s.start or s.start <= on) and (not s.end or on < s.end)
            ]
            assert here.state == best_window(states[place]).state, (place, on)


def test_marks_are_the_changes_of_ages_and_penalties_while_it_is_law(known):
    for offence in offences(known):
        starts = {row.start for row in (*offence.ages, *offence.penalties)}
        ends = {row.end for row in (*offence.ages, *offence.penalties)}
        for lane in offence_chart(known.library, offence).lanes:
            if lane.role != "own":
                assert not lane.marks
                continue
            days = [mark.on for mark in lane.marks]
            assert days == sorted(set(days))
            assert set(days) <= starts | ends
            law = [bar.stretch for bar in lane.bars if bar.stretch.state == LAW]
            during = {
                row.start
                for row in offence.ages
                if row.start
                and set(lane.nations) & set(row.nations)
                and any(
                    (not s.start or s.start < row.start) and (not s.end or row.start < s.end)
                    for s in law
                )
            }
            assert during <= set(days), offence.id


def test_some_offence_has_marks_and_some_bar_ends_and_some_is_unknown(knowledge):
    nations = knowledge.schemes.slugs("nations")
    lanes = field_chart(knowledge.library, Field(nations=nations)).lanes
    bars = [bar for lane in lanes for bar in lane.bars]
    assert any(lane.marks for lane in lanes)
    assert any(bar.stretch.ends for bar in bars)
    assert {bar.stretch.state for bar in bars} == set(DRAWN)
    assert any(bar.likely_only for bar in bars)


def test_words_say_the_last_day_of_law_not_the_first_without(sample):
    nations = sample.schemes.slugs("nations")
    lanes = field_chart(sample.library, Field(nations=nations)).lanes
    over = [bar for lane in lanes for bar in lane.bars if bar.stretch.ends]
    assert over, "the sample has an offence that ended"
    for bar in over:
        last = bar.stretch.end - ONE_DAY
        assert f"until {last.day} {last:%B %Y}" in bar.words


@pytest.mark.no_cover
@pytest.mark.parametrize("scheme", ["conduct", "material"])
def test_a_group_is_the_offences_that_record_its_word_or_a_narrower_one(known, scheme):
    nations, every = known.schemes.slugs("nations"), offences(known)
    for concept in known.schemes.scheme(f"{scheme}s"):
        lanes = field_chart(known.library, Field(nations=nations, **{scheme: concept.slug})).lanes
        words = {concept.slug} | {
            c.slug for c in known.schemes.scheme(f"{scheme}s") if c.broader == concept.slug
        }
        wanted = {
            o.id for o in every if words & {row.slug for row in getattr(o, scheme)} and o.windows
        }
        assert {lane.offence for lane in lanes} == wanted


@pytest.mark.no_cover
def test_a_topic_is_the_offences_in_it_and_can_be_kept_to_a_word(known):
    nations, every = known.schemes.slugs("nations"), offences(known)
    alone = {
        conduct: field_chart(known.library, Field(nations=nations, conduct=conduct))
        for conduct in known.schemes.slugs("conducts")
    }
    for topic in known.schemes.slugs("topics"):
        lanes = field_chart(known.library, Field(nations=nations, topic=topic)).lanes
        inside = {
            o.id
            for o in every
            if topic in topics_of(known.catalogue, known.schemes, identifier("offence", o.id))
            and o.windows
        }
        assert {lane.offence for lane in lanes} == inside
        for conduct, chart in alone.items():
            both = field_chart(known.library, Field(nations=nations, topic=topic, conduct=conduct))
            wanted = {lane.offence for lane in chart.lanes}
            assert {lane.offence for lane in both.lanes} == wanted & inside


def test_a_lane_says_what_is_so_in_each_of_its_nations(known):
    lanes = field_chart(known.library, Field(nations=known.schemes.slugs("nations"))).lanes
    found = {offence.id: offence for offence in offences(known)}
    for lane in lanes:
        offence = found[lane.offence]
        for nation in lane.nations:
            here = tuple(w for w in offence.windows if w.nation == nation)
            said = stretches(here, in_doubt=offence.status == NOT_ENACTED)
            assert [(b.stretch.start, b.stretch.end, b.stretch.state) for b in lane.bars] == [
                (s.start, s.end, s.state) for s in said if s.state in DRAWN
            ]


def test_the_axis_shows_every_day_of_an_offence_and_of_the_answer(known):
    (nation, *_) = known.schemes.slugs("nations")
    for offence in offences(known):
        chart = offence_chart(known.library, offence)
        days = [
            day
            for lane in chart.lanes
            for bar in lane.bars
            for day in (bar.stretch.start, bar.stretch.end)
            if day
        ]
        assert all(chart.axis.first <= day < chart.axis.last for day in [*days, chart.checked_on])
    asked = date(1950, 1, 1)
    chart = answer_chart(known.library, [offences(known)[0].id], nation=nation, on=asked)
    assert chart.on == asked
    assert chart.axis.first <= asked


def test_round_years_and_no_more_than_wanted():
    axis = Axis(first=date(1978, 1, 1), last=date(2028, 1, 1))
    assert [tick.year for tick in axis.ticks(5)] == [1980, 1990, 2000, 2010, 2020]
    for most in range(1, 60):
        assert len(axis.ticks(most)) <= most
    assert axis.part(axis.first) == 0
    assert axis.part(axis.last) == 1
    assert axis.part(date(1900, 1, 1)) == 0
