"""What changed between two days: on real law whose days are known, and for every window."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kb.changes_between import changes_between, every_event
from kb.knowledge import Knowledge, open_knowledge
from kb.since import WrongWayRound, what_changed
from kb.terms import identifier, slug_of

DAY = timedelta(days=1)
FOREVER = {"start": date.min, "end": date.max}
WINDOW_KINDS = {"commencement", "end", "start-not-found"}
NOT_ENACTED = "not-shown-to-be-enacted"


def between(known, start, end=None, **kept):
    """The events of a day, or from one day up to another."""
    first = date.fromisoformat(start)
    last = date.fromisoformat(end) if end else first + DAY
    return changes_between(known.catalogue, known.schemes, start=first, end=last, **kept)


def named(events):
    """What happens to which offence, provision or rule."""
    return {
        (event.kind, event.offence.id if event.offence else event.rule or event.provisions[0].id)
        for event in events
    }


def one(events, kind, about):
    """The only event of a kind about an offence or provision."""
    (found,) = [event for event in events if (kind, about) in named([event])]
    return found


def differences(known, on, then, *, nation, **stated):
    """What differs in a nation between a day and an earlier one."""
    asked = {"nation": [nation], **{name: [value] for name, value in stated.items()}}
    answers = [known.ask({**asked, "on": [day]}) for day in (then, on)]
    (found,) = what_changed(
        known.catalogue, known.schemes, taught=answers[0], now=answers[1]
    ).nations
    return found


# ---- real law ------------------------------------------------------------------------------------


def test_an_offence_commences_with_its_order(knowledge):
    events = between(knowledge, "2017-07-03", nation="scotland")
    found = one(events, "commencement", "absha-2016-s2-1")
    assert found.nations == ("scotland",)
    assert [reference.id for reference in found.authority] == ["ssi/2017/183"]
    assert found.authority_note is None
    assert found.text == "The offence starts."
    assert found.confidence == "primary"
    assert found.sources
    assert named(between(knowledge, "2017-07-03", nation="england")) == set()


def test_one_law_ends_where_the_next_begins_in_both_nations_at_once(knowledge):
    events = between(knowledge, "2024-01-31")
    ended = one(events, "end", "cjca-2015-s33-1-disclose")
    begun = one(events, "commencement", "soa-2003-s66b-1")
    assert ended.nations == begun.nations == ("england", "wales")
    assert "its last day is 30 January 2024" in ended.text
    assert "s 66B(1)" in ended.text
    assert [reference.id for reference in ended.authority] == ["ukpga/2023/50/section/190"]
    assert [reference.id for reference in begun.authority] == ["uksi/2024/31"]


def test_a_penalty_goes_from_what_it_was_to_what_it_is(knowledge):
    events = between(knowledge, "2001-01-11", nation="england", kind="penalty")
    found = one(events, "penalty", "pca-1978-s1-1-a")
    assert found.nations == ("england", "wales")
    assert found.text.startswith("Tried on indictment, the maximum goes from “up to 3 years")
    assert "to “up to 10 years" in found.text
    assert [reference.id for reference in found.authority] == ["ukpga/2000/43/section/41"]
    assert set(found.facts) == {
        identifier("fact", f"pca-1978-s1-1-a.penalty.{number}") for number in (1, 2)
    }


@pytest.mark.parametrize(
    ("on", "nations", "offence"),
    [
        ("2004-05-01", ("england", "wales"), "pca-1978-s1-1-a"),
        ("2005-10-07", ("scotland",), "cgsa-1982-s52-1-a"),
        ("2009-02-02", ("northern-ireland",), "poc-ni-1978-art3-1-a"),
    ],
)
def test_a_child_becomes_anybody_under_18_on_another_day_in_each_system(
    knowledge, on, nations, offence
):
    found = one(between(knowledge, on, kind="age"), "age", offence)
    assert found.nations == nations
    assert found.text == "The person shown now has to be under 18; before, it was under 16."


def test_the_age_of_responsibility_is_told_as_a_rule_from_what_to_what(knowledge):
    (found,) = [
        event
        for event in between(knowledge, "2021-12-17", kind="rule")
        if event.rule == "age-of-responsibility-scotland"
    ]
    assert "goes from age 8 to age 12" in found.text
    assert found.nations == ("scotland",)
    assert found.offence is None


def test_an_amendment_says_what_was_and_what_is(knowledge):
    found = one(between(knowledge, "2001-01-11"), "amendment", "ukpga/1978/37/section/6")
    assert "Now: 10 years on indictment" in found.text
    assert "Before: 3 years on indictment" in found.text


def test_conduct_that_an_offence_loses_is_told(knowledge):
    found = one(between(knowledge, "2023-11-27"), "conduct", "so-ni-2008-art38-1")
    assert found.text.startswith("It no longer covers: ")


@pytest.mark.parametrize("on", ["1979-03-04", "2017-07-02", "2017-07-04", "2024-01-30"])
def test_nothing_happens_on_a_quiet_day(knowledge, on):
    assert between(knowledge, on) == ()


def test_the_first_day_counts_and_the_last_does_not(knowledge):
    def told(start, end):
        return ("commencement", "absha-2016-s2-1") in named(between(knowledge, start, end))

    assert told("2017-07-03", "2017-07-04")
    assert not told("2017-07-02", "2017-07-03")
    assert not told("2017-07-04", "2018-07-03")
    assert between(knowledge, "2017-07-03", "2017-07-03") == ()


def test_events_can_be_kept_to_an_offence_a_provision_or_an_instrument(knowledge):
    everything = every_event(knowledge.catalogue, knowledge.schemes)

    def kept(**to):
        found = changes_between(knowledge.catalogue, knowledge.schemes, **FOREVER, **to)
        assert set(found) < set(everything)
        return found

    assert {e.offence.id for e in kept(offence="pca-1978-s1-1-a")} == {"pca-1978-s1-1-a"}
    of_section = kept(provision="ukpga/1978/37/section/1")
    assert {"pca-1978-s1-1-a", "pca-1978-s1-1-d"} <= {
        event.offence.id for event in of_section if event.offence
    }
    assert not any(event.is_about("ukpga/1978/37/section/1A") for event in of_section)
    assert set(of_section) < set(kept(provision="ukpga/1978/37"))
    assert kept(provision="ukpga/1978/3") == ()


# ---- every window --------------------------------------------------------------------------------


def state(row, on):
    """How a window stands on a day, as DESIGN.md 5 puts it: written down once more, by hand."""
    if row.end and on >= row.end:
        return "ended"
    certainty = slug_of(row.certainty)
    if certainty == "exact":
        return "law" if on >= row.start else "not yet"
    if certainty == "made-date":
        sure = row.known_by and on >= row.known_by
        return "not yet" if on < row.start else "law" if sure else "unknown"
    sure = row.start if certainty == "latest-possible" else row.known_by
    if sure and on >= sure:
        return "law"
    return "not yet" if row.not_before and on < row.not_before else "unknown"


def turning_days(rows):
    """The days on which the one window of a nation stands differently from the day before."""
    days = {day for row in rows for day in (row.start, row.end, row.not_before, row.known_by)}
    return {
        day
        for day in days - {None}
        if any(state(row, day) != state(row, day - DAY) for row in rows)
    }


@pytest.mark.parametrize("which", ["knowledge", "sample"])
def test_every_boundary_of_every_offence_is_told_exactly_once_in_each_nation(which, request):
    known: Knowledge = request.getfixturevalue(which)
    catalogue = known.catalogue
    windows = {row.fact for rows in catalogue.windows.values() for row in rows}
    told = Counter(
        (event.offence.id, nation, event.on)
        for event in every_event(catalogue, known.schemes)
        if event.offence and event.kind in WINDOW_KINDS and set(event.facts) <= windows
        for nation in event.nations
    )
    expected = Counter()
    for offence, row in catalogue.offences.items():
        if row.status and slug_of(row.status) == NOT_ENACTED:
            continue
        there = catalogue.windows[offence]
        for nation in {window.nation for window in there}:
            here = [window for window in there if window.nation == nation]
            expected.update((row.slug, slug_of(nation), day) for day in turning_days(here))
    assert told == expected
    assert len(told) > 5


@pytest.mark.parametrize("which", ["knowledge", "sample"])
def test_a_start_that_was_not_found_is_never_a_commencement(which, request):
    known: Knowledge = request.getfixturevalue(which)
    unsure = {
        row.fact
        for rows in known.catalogue.windows.values()
        for row in rows
        if slug_of(row.certainty) != "exact"
    } | set(known.catalogue.certainties)
    events = every_event(known.catalogue, known.schemes)
    about = [event for event in events if unsure & set(event.facts)]
    assert about
    for event in about:
        if event.kind != "end" and " ends: " not in event.text:
            assert event.kind in ("start-not-found", "conduct", "material", "rule"), event
    for event in events:
        if event.kind == "start-not-found":
            assert "was not found" in event.text
            assert set(event.facts) <= unsure


def test_what_is_known_of_an_uncertain_start_is_said(knowledge):
    events = changes_between(
        knowledge.catalogue, knowledge.schemes, **FOREVER, kind="start-not-found"
    )
    texts = " ".join(event.text for event in events)
    assert "at the latest" in texts
    assert "was made on" in texts
    assert "may be law from this day" in texts


@pytest.mark.parametrize("which", ["knowledge", "sample"])
def test_every_event_says_where_by_whom_and_on_whose_word(which, request):
    known: Knowledge = request.getfixturevalue(which)
    events = every_event(known.catalogue, known.schemes)
    ids = Counter(event.id for event in events)
    assert max(ids.values()) == 1
    order = known.schemes.slugs("nations")
    for event in events:
        assert event.nations == tuple(n for n in order if n in event.nations)
        assert event.nations
        assert event.facts
        assert event.title
        assert event.text.endswith((".", "?", "!"))
        assert bool(event.authority) != bool(event.authority_note)
        assert bool(event.sources) != bool(event.no_source)
        assert event.confidence in known.schemes.slugs("confidences")
        assert event.kind in known.schemes.slugs("change-kinds")
        assert event.id.startswith(identifier("change", ""))
    assert [event.on for event in events] == sorted(event.on for event in events)


@pytest.mark.no_cover
def test_events_are_the_same_in_another_build(knowledge, tmp_path):
    again = open_knowledge()
    assert every_event(again.catalogue, again.schemes) == every_event(
        knowledge.catalogue, knowledge.schemes
    )


def test_an_event_names_the_facts_that_it_is_made_from(knowledge):
    catalogue = knowledge.catalogue
    facts = {row.fact for rows in catalogue.windows.values() for row in rows}
    facts |= {
        row.fact for kind in catalogue.facts.values() for rows in kind.values() for row in rows
    }
    facts |= {row.expression for rows in catalogue.expressions.values() for row in rows}
    for event in every_event(catalogue, knowledge.schemes):
        assert set(event.facts) <= facts


def test_a_moved_day_moves_its_event(knowledge):
    catalogue = knowledge.catalogue
    offence = identifier("offence", "absha-2016-s2-1")
    moved = tuple(replace(row, start=row.start + DAY) for row in catalogue.windows[offence])
    other = replace(catalogue, windows={**catalogue.windows, offence: moved})
    (old,), (new,) = (
        [
            event.on
            for event in every_event(found, knowledge.schemes)
            if event.kind == "commencement" and event.offence
            if event.offence.id == "absha-2016-s2-1"
        ]
        for found in (catalogue, other)
    )
    assert new == old + DAY


# ---- since ---------------------------------------------------------------------------------------

SHARED = {"conduct": "share", "material": "intimate-image"}


def test_what_an_answer_says_differently_on_the_next_day(knowledge):
    found = differences(knowledge, "2024-01-31", "2024-01-30", nation="wales", **SHARED)
    states = {d.offence.id: (d.before, d.after) for d in found.differences if d.kind == "state"}
    assert states["cjca-2015-s33-1-disclose"] == ("applies", "ended")
    assert states["soa-2003-s66b-1"] == ("not-yet-in-force", "applies")
    assert all(d.confidence and d.text and d.title for d in found.differences)


def test_a_penalty_an_age_and_an_amendment_differ(knowledge):
    found = differences(
        knowledge, "2004-05-02", "2000-01-01", nation="england", material="indecent-photograph"
    )
    of_one = {
        d.kind: d.text for d in found.differences if d.offence and d.offence.id == "pca-1978-s1-1-a"
    }
    assert "3 years" in of_one["penalty"]
    assert "10 years" in of_one["penalty"]
    assert "under 18" in of_one["age"]
    assert any(d.kind == "amendment" for d in found.differences)


def test_nothing_differs_between_quiet_days_and_it_is_said_what_was_compared(knowledge):
    found = differences(knowledge, "2018-01-03", "2018-01-02", nation="scotland")
    assert found.differences == ()
    assert found.offences > 10
    assert found.rules > 3


def test_the_later_day_cannot_come_first(knowledge):
    with pytest.raises(WrongWayRound, match="it is the later of the two days"):
        differences(knowledge, "2018-01-02", "2018-01-03", nation="scotland")
