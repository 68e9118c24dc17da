"""The checks of the timeline can fail: each fault planted in the temporal core is caught.

A fault is one thing put wrong: in the compiled timeline, or in what it is compared with.
"""

import re
import shutil
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import chain, islice
from random import Random

import pytest
from competency_questions import read_questions, wrong_with
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_deciding import QUESTIONS, laws
from timeline_checks import (
    age_days,
    around,
    asked_on,
    differing_facts,
    differing_from_oracle,
    fact_days,
    invented_timeline,
    turning_days,
    window_days,
    word_days,
    years,
)

from kb import (
    deciding,
    timeline_against,
    timeline_days,
    timeline_deciding,
    timeline_facts,
    timeline_windows,
    timeline_words,
)
from kb.knowledge import open_knowledge
from kb.store import DATA
from kb.timeline import build_timeline
from kb.timeline_days import EVER, NEVER, Course, Days, Span

Patch = pytest.MonkeyPatch
pytestmark = pytest.mark.no_cover
A_FEW = settings(
    max_examples=60,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# ---- the faults ----------------------------------------------------------------------------------


def a_day_late(patch: Patch) -> None:
    """Everything starts a day late."""
    right = timeline_days._day

    def wrong(on, otherwise):
        return right(on, otherwise) + (1 if on and otherwise == EVER else 0)

    patch.setattr(timeline_days, "_day", wrong)


def the_end_is_included(patch: Patch) -> None:
    """The last day is a day of law: closed stretches instead of half-open ones."""
    right = Course.state

    def wrong(self, day):
        return right(self._replace(end=self.end + (self.end < NEVER)), day)

    patch.setattr(Course, "state", wrong)


def a_fact_holds_on_its_end(patch: Patch) -> None:
    """The same for ages, defences and the rest."""
    patch.setattr(Span, "holds", lambda self, day: self.start <= day <= self.end)


def a_change_is_seen_a_day_late(patch: Patch) -> None:
    """The search in the changes goes to the wrong side."""
    patch.setattr(Days, "at", lambda self, day: self.values[bisect_left(self.changes, day)])


def nations_are_swapped(patch: Patch) -> None:
    """The windows of two nations change places."""
    right = timeline_windows.turning_windows

    def wrong(catalogue):
        found = right(catalogue)
        one, other = sorted({nation for _, nation in found})[-2:]
        swapped = {one: other, other: one}
        return {(owner, swapped.get(n, n)): group for (owner, n), group in found.items()}

    patch.setattr("kb.timeline.turning_windows", wrong)


def doubt_is_law(patch: Patch) -> None:
    """A start that was not established counts as law."""
    right = Course.state
    patch.setattr(Course, "state", lambda self, day: right(self, day).replace("unknown", "law"))


def doubt_is_not_yet(patch: Patch) -> None:
    """A start that was not established counts as not begun."""
    right = Course.state
    patch.setattr(
        Course,
        "state",
        lambda self, day: right(self, day).replace("unknown", "not-yet-in-force"),
    )


def never_enacted_is_law(patch: Patch) -> None:
    """A row that was not shown to be enacted is taken at its word."""
    patch.setattr(timeline_windows, "NOT_ENACTED", "no-such-status")


def the_wrong_window_speaks(patch: Patch) -> None:
    """Of several windows the first in order speaks, law or not."""
    patch.setattr(timeline_windows, "_speaking", lambda windows: windows[0])


def the_first_to_go_speaks(patch: Patch) -> None:
    """Of several windows that ended the first to have gone speaks."""
    right = timeline_windows._speaking

    def wrong(windows):
        if {window.state for window in windows} == {"ended"}:
            return min(windows, key=lambda w: (w.end, w.fact))
        return right(windows)

    patch.setattr(timeline_windows, "_speaking", wrong)


def revival_is_lost(patch: Patch) -> None:
    """What was once repealed stays repealed."""
    right = timeline_windows._speaking

    def wrong(windows):
        ended = [window for window in windows if window.state == "ended"]
        return right(tuple(ended) or windows)

    patch.setattr(timeline_windows, "_speaking", wrong)


def the_hierarchy_is_lost(patch: Patch) -> None:
    """A narrower word no longer meets its broader one."""
    patch.setattr(timeline_words, "_above", lambda word, up: frozenset({word}))


def none_meets_nothing(patch: Patch) -> None:
    """The word that any material meets is forgotten."""
    right = timeline_words.Meanings

    def wrong(**parts):
        return right(**parts | {"meets_any": ()})

    patch.setattr(timeline_words, "Meanings", wrong)


def the_alias_has_no_age(patch: Patch) -> None:
    """A word meets the other one although no age of the person shown is stated."""
    patch.setattr(timeline_deciding, "EVERY_AGE", 0)


def a_word_row_has_no_days(patch: Patch) -> None:
    """Conduct that was added later counts from the first."""
    patch.setattr(timeline_words, "course_of", lambda row: Course(EVER, EVER, NEVER))


def a_row_counts_everywhere(patch: Patch) -> None:
    """The conduct and material of a nation are taken for another's."""
    right = timeline_words.words_there

    def wrong(found, kind):
        every = right(found, kind)
        of = {offence: rows for (offence, _), rows in every.items()}
        return {place: of[place[0]] for place in every}

    patch.setattr("kb.timeline.words_there", wrong)


def an_age_row_is_closed(patch: Patch) -> None:
    """Somebody of exactly the age that a row stays below is admitted."""

    def wrong(self, age):
        least, below = self.reason.at_least, self.reason.below
        return (least is None or age.high >= least) and (below is None or age.low <= below)

    patch.setattr(timeline_against.Limit, "admits", wrong)


def an_age_row_has_no_days(patch: Patch) -> None:
    """An age that was raised later was always so."""
    right = timeline_against._limit

    def wrong(row, name):
        return replace(right(row, name), during=Span(EVER, NEVER))

    patch.setattr(timeline_against, "_limit", wrong)


def a_range_has_to_fit_whole(patch: Patch) -> None:
    """A range of ages is ruled out although one age of it fits."""
    right = timeline_against.Limit.admits

    def wrong(self, age):
        ends = (replace(age, low=one, high=one) for one in (age.low, age.high))
        return all(right(self, end) for end in ends)

    patch.setattr(timeline_against.Limit, "admits", wrong)


def a_need_is_forgotten(patch: Patch) -> None:
    """What cannot be shown where the person agreed rules nothing out."""
    patch.setattr(timeline_against, "AGREED", "never")


def a_defence_covers_everything(patch: Patch) -> None:
    """A defence for some materials is one for all."""
    patch.setattr(timeline_against.Defence, "_covered", lambda *_, **__: True)


def the_youngest_may_be_charged(patch: Patch) -> None:
    """One who has just reached the age of responsibility is taken to be under it."""
    right = timeline_windows.ages_of_responsibility

    def wrong(found, turning):
        return right([replace(row, age=row.age + 1) for row in found], turning)

    patch.setattr("kb.timeline.ages_of_responsibility", wrong)


def the_first_day_of_doubt_is_lost(patch: Patch) -> None:
    """The day before which it was certainly not law is forgotten."""
    right = timeline_days.course

    def wrong(certainty, **said):
        return right(certainty, **said | {"not_before": None})

    patch.setattr(timeline_days, "course", wrong)


def in_doubt_rows_do_not_show(patch: Patch) -> None:
    """An offence met only by a row in doubt is said to apply."""
    right = timeline_deciding.Decision

    def wrong(**said):
        if said.get("unsettled"):
            said |= {"unsettled": (), "state": "applies"}
        return right(**said)

    patch.setattr(timeline_deciding, "Decision", wrong)


def a_penalty_has_no_days(patch: Patch) -> None:
    """The penalty of today is the penalty of every day."""
    patch.setattr(timeline_facts, "span", lambda *_: Span(EVER, NEVER))


def the_left_out_are_not_counted(patch: Patch) -> None:
    """A nation forgets how many offences it left out."""
    right = timeline_deciding.Decisions

    def wrong(**said):
        return right(**said | {"left_out": dict.fromkeys(said["left_out"], 0)})

    patch.setattr(timeline_deciding, "Decisions", wrong)


FAULTS: tuple[Callable[[Patch], None], ...] = (
    a_day_late,
    the_end_is_included,
    a_fact_holds_on_its_end,
    a_change_is_seen_a_day_late,
    nations_are_swapped,
    doubt_is_law,
    doubt_is_not_yet,
    never_enacted_is_law,
    the_wrong_window_speaks,
    the_first_to_go_speaks,
    revival_is_lost,
    the_hierarchy_is_lost,
    none_meets_nothing,
    the_alias_has_no_age,
    a_word_row_has_no_days,
    a_row_counts_everywhere,
    an_age_row_is_closed,
    an_age_row_has_no_days,
    a_range_has_to_fit_whole,
    a_need_is_forgotten,
    a_defence_covers_everything,
    the_youngest_may_be_charged,
    the_first_day_of_doubt_is_lost,
    in_doubt_rows_do_not_show,
    a_penalty_has_no_days,
    the_left_out_are_not_counted,
)


# ---- what has to catch them ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def by_graph(knowledge):
    """Questions about the real law, with what the question files say: before anything is broken."""
    drawn, offences = Random(1), tuple(knowledge.catalogue.offences)
    questions = [asked_on(knowledge, on) for on in drawn.sample(around(window_days(knowledge)), 50)]
    questions += [
        asked_on(knowledge, on, **{kind: (slug,)})
        for (kind, slug), turning in word_days(knowledge).items()
        for on in turning
    ]
    middle = questions[0].on
    questions += [
        asked_on(knowledge, middle, material=(slug,))
        for slug in knowledge.schemes.slugs("materials")
    ]
    questions += [
        asked_on(knowledge, on, depicted_age=years(age), recipient_age=years(age))
        for on, age in drawn.sample(age_days(knowledge), 40)
    ]
    return [
        (asked, deciding.decide(knowledge.engine, asked, offences=offences)) for asked in questions
    ]


@pytest.fixture(scope="module")
def invented_laws():
    """A few dozen random laws, each with two questions."""
    found = []

    @A_FEW
    @given(law=laws(), questions=st.lists(QUESTIONS, min_size=2, max_size=2))
    def draw(law, questions):
        found.append((law, questions))

    draw()
    return found


def real_differences(knowledge, by_graph):
    """Where a timeline that is built now differs from the real law."""
    timeline = build_timeline(knowledge.engine, knowledge.catalogue)
    for asked, expected in by_graph:
        if timeline_deciding.decide(timeline, asked) != expected:
            yield asked
    for on in around(fact_days(knowledge, "penalties", "modes", "defences"))[::3]:
        yield from differing_facts(knowledge, timeline, on)


def invented_differences(invented_laws):
    """Where timelines that are built now differ from the oracle."""
    for law, questions in invented_laws:
        timeline = invented_timeline(law)
        for question in questions:
            for on in turning_days(law):
                differ, _ = differing_from_oracle(law, timeline, {**question, "on": on})
                yield from differ


def caught(knowledge, by_graph, invented_laws):
    """Does any check find a difference?"""
    every = chain(real_differences(knowledge, by_graph), invented_differences(invented_laws))
    return bool(list(islice(every, 1)))


def test_nothing_is_caught_where_nothing_is_wrong(knowledge, by_graph, invented_laws):
    assert not caught(knowledge, by_graph, invented_laws)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_caught(fault, knowledge, by_graph, invented_laws):
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        assert caught(knowledge, by_graph, invented_laws), fault.__doc__


# ---- the data ------------------------------------------------------------------------------------

EXPECTED = {"not_yet": ("from", "startDate"), "ended": ("to", "endDate")}


def dated_questions(key):
    """The competency questions that expect a day, with the offence and the day, one an offence."""
    name, _ = EXPECTED[key]
    found = {
        one["offence"]: (one["offence"], one[name])
        for question in read_questions()
        for one in question.table.get(key, [])
        if name in one
    }
    return sorted(found.values())


def moved(folder, offence, *, term, on, days):
    """A copy of our data in which the windows of one offence that turn on a day are moved."""
    shutil.copytree(DATA, folder)
    new = (on + timedelta(days=days)).isoformat()
    for path in folder.rglob("*.ttl"):
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        wrong = [
            block.replace(f'law:{term} "{on}"', f'law:{term} "{new}"')
            if re.match(rf"fact:{re.escape(offence)}\.", block) and "a law:Application" in block
            else block
            for block in blocks
        ]
        if wrong != blocks:
            path.write_text("\n\n".join(wrong), encoding="utf-8")
            return path.name
    raise LookupError(f"no window of {offence} turns on {on}")


@pytest.mark.parametrize("days", [-1, 1])
@pytest.mark.parametrize("key", EXPECTED)
def test_a_date_moved_by_a_day_in_one_file_is_caught(key, days, tmp_path):
    """The competency questions know the days by themselves: no list of our rows is asked."""
    offence, on = Random(days).choice(dated_questions(key))
    term = EXPECTED[key][1]
    file = moved(tmp_path / "data", offence, term=term, on=on, days=days)
    wrong = open_knowledge(tmp_path / "data")
    asked = [question for question in read_questions() if offence in question.offences]
    failing = [q for q in asked if wrong_with(q, wrong.ask(q.stated))]
    assert failing, f"{file}: {offence} {term} {on} moved by {days}, and nobody noticed"
