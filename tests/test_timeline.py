"""The compiled timeline says what the question files say, and what the naive oracle says."""

import os
import pickle
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from test_deciding import QUESTIONS, laws
from timeline_checks import (
    age_days,
    around,
    asked_on,
    covered_days,
    differing,
    differing_facts,
    differing_from_oracle,
    differing_rules,
    fact_days,
    invented_timeline,
    turning_days,
    window_days,
    word_days,
    years,
)

from kb import deciding
from kb.query import ask
from kb.terms import identifier
from kb.timeline import build_timeline
from kb.timeline_deciding import decide
from kb.word_rows import AliasRow

ROOT = Path(__file__).parent.parent
HISTORIES = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def timeline(knowledge):
    return build_timeline(knowledge.engine, knowledge.catalogue)


@pytest.fixture(scope="module", autouse=True)
def each_day_once():
    """Each question file is asked once for each set of parameters: the days come round again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deciding, "ask", cache(deciding.ask))
        yield


@pytest.fixture(scope="module")
def every_day(knowledge):
    """Each day on which anything turns, with the day before and the day after."""
    words = chain.from_iterable(word_days(knowledge).values())
    turning = window_days(knowledge) | fact_days(knowledge) | covered_days(knowledge)
    return sorted({*around(turning), *words})


# ---- the real law --------------------------------------------------------------------------------


@pytest.mark.no_cover
def test_every_offence_nation_and_boundary_day(knowledge, timeline, every_day):
    questions = [asked_on(knowledge, on) for on in every_day]
    assert not list(differing(knowledge, timeline, questions))
    every = len(timeline.offences) * len(knowledge.schemes.slugs("nations"))
    found = [decide(timeline, asked) for asked in questions]
    assert all(len(one.made) == every for one in found), "each has one state in each nation"
    assert every * len(questions) > 100_000


@pytest.mark.no_cover
def test_every_fact_of_every_boundary_day(knowledge, timeline, every_day):
    """Penalties, modes of trial, defences, needs and the rest, by identifier and in order."""
    assert not [wrong for on in every_day for wrong in differing_facts(knowledge, timeline, on)]


@pytest.mark.no_cover
def test_every_rule_of_every_boundary_day(knowledge, timeline, every_day):
    assert not [wrong for on in every_day for wrong in differing_rules(knowledge, timeline, on)]


@pytest.mark.no_cover
def test_every_word_on_the_days_on_which_it_turns(knowledge, timeline):
    """Each conduct and material, asked alone; those that never turn, on one day in the middle."""
    middle = sorted(window_days(knowledge))[len(window_days(knowledge)) // 2]
    found = word_days(knowledge)
    assert any(found.values())
    words = [(k, s) for k in ("conduct", "material") for s in knowledge.schemes.slugs(f"{k}s")]
    questions = [
        asked_on(knowledge, on, **{kind: (slug,)})
        for kind, slug in words
        for on in found.get((kind, slug), ()) or [middle]
    ]
    assert not list(differing(knowledge, timeline, questions))


@pytest.mark.no_cover
def test_every_age_threshold(knowledge, timeline):
    """The year before, the year and the year after, on each day on which the age row turns.

    The three ages are stated at once: each rules out by itself, and is told by itself.
    """
    questions = [
        asked_on(knowledge, on, depicted_age=age, recipient_age=age, accused_age=age)
        for on, age in ((on, years(age)) for on, age in age_days(knowledge))
    ]
    assert not list(differing(knowledge, timeline, questions))
    made = [one for asked in questions for one in decide(timeline, asked).made]
    reasons = Counter(out.by for one in made for out in one.ruled_out)
    assert {"depicted_age", "recipient_age", "accused_age"} <= reasons.keys()


def test_the_age_of_responsibility_on_the_days_on_which_it_turns(knowledge, timeline):
    rules = {row.rule for on in timeline.responsibility.values() for row in on.values if row}
    windows = (w for rule in rules for w in knowledge.catalogue.windows[rule])
    turning = around({day for w in windows for day in (w.start, w.end)})
    questions = [
        asked_on(knowledge, on, accused_age=years(row.age + step))
        for nation in timeline.responsibility.values()
        for row in filter(None, nation.values)
        for on in turning
        for step in (-1, 0, 1)
    ]
    assert len(turning) > 3
    assert not list(differing(knowledge, timeline, questions))


@pytest.mark.no_cover
def test_agreement_relationships_and_defences_on_the_days_on_which_they_turn(knowledge, timeline):
    turning = fact_days(knowledge, "needs", "defences") | covered_days(knowledge)
    materials = knowledge.schemes.slugs("materials")
    couples = knowledge.schemes.slugs("relationships")
    questions = [
        asked_on(
            knowledge,
            on,
            material=materials[number % len(materials) :][:2],
            depicted_age=years(age),
            consent="yes",
            relationship=couples[number % len(couples)],
        )
        for on in around(turning)
        for number, age in enumerate((15, 17, 18))
    ]
    assert not list(differing(knowledge, timeline, questions))
    made = [one for asked in questions for one in decide(timeline, asked).made]
    assert {"consent", "defence"} <= {out.by for one in made for out in one.ruled_out}


@pytest.mark.no_cover
def test_what_a_young_age_would_add(knowledge, timeline):
    """The age under which a material would meet more, as ``aliases.rq`` says."""
    found = 0
    for slug in knowledge.schemes.slugs("materials"):
        asked = (identifier("material", slug),)
        rows = ask(knowledge.engine, "aliases", AliasRow, asked=asked)
        assert timeline.meanings.limit((slug,)) == max((r.limit for r in rows), default=None)
        found += bool(rows)
    assert found, "some word has an alias"


# ---- what it is ----------------------------------------------------------------------------------


def test_it_has_all_days_of_the_calendar(knowledge, timeline):
    for on in (date.min, date.max):
        assert not list(differing(knowledge, timeline, [asked_on(knowledge, on)]))


def test_a_question_without_a_met_offence_leaves_all_out(knowledge, timeline):
    """A word that no offence has is no error: all are left out, and counted."""
    nations = knowledge.schemes.slugs("nations")
    found = decide(timeline, asked_on(knowledge, date(2020, 1, 1), conduct=("no-such-word",)))
    assert not found.made
    assert set(found.left_out.values()) == {len(timeline.offences)}
    assert len(found.left_out) == len(nations)


def test_it_can_be_kept_on_disk_and_is_the_same_every_time(knowledge, timeline):
    again = build_timeline(knowledge.engine, knowledge.catalogue)
    assert again == timeline
    assert pickle.loads(pickle.dumps(timeline)) == timeline
    assert len({_sha256_in_a_new_process(seed) for seed in "12"}) == 1


def _sha256_in_a_new_process(seed):
    """What the timeline of the files is on disk, where sets come in the order of another seed."""
    code = (
        "import hashlib, pickle; from kb.catalogue import load_catalogue;"
        "from kb.store import load; from kb.timeline import build_timeline; e = load().engine;"
        "made = pickle.dumps(build_timeline(e, load_catalogue(e)));"
        "print(hashlib.sha256(made).hexdigest())"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    ).stdout


def test_all_windows_of_a_day_are_those_of_the_question_file(knowledge, timeline):
    on = date(2017, 7, 3)
    by_graph = deciding.window_states(knowledge.engine, on)
    assert dict(timeline.windows_on(on)) == by_graph
    assert len(timeline.windows_on(on)) == len(by_graph)
    assert ("nowhere", "nobody") not in timeline.windows_on(on)


# ---- invented law --------------------------------------------------------------------------------


@pytest.mark.no_cover
@HISTORIES
@given(law=laws(), questions=st.lists(QUESTIONS, min_size=1, max_size=2))
def test_random_law_is_as_the_oracle_says_day_by_day(law, questions):
    """Overlaps, several changes on one day, doubts, gaps and revivals: on each day that turns."""
    timeline, seen = invented_timeline(law), set()
    for question in questions:
        for on in turning_days(law):
            differ, expected = differing_from_oracle(law, timeline, {**question, "on": on})
            assert not differ, (on, question)
            seen |= {state for state, _, _ in expected.values()}
    for state in sorted(seen):
        event(state)
