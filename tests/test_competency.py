"""The competency questions: what the knowledge base has to answer, and on whose word."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from competency_questions import EXPECTED, KEYS, Question, read_questions, wrong_with

from kb.knowledge import Knowledge
from kb.terms import identifier, slug_of

QUESTIONS = read_questions()
NAMED = Path(__file__).parent / "named_offences.toml"
DAY = timedelta(days=1)
DATED = ("conducts", "materials", "ages", "penalties")


@pytest.mark.parametrize("question", QUESTIONS, ids=[q.table["asks"] for q in QUESTIONS])
def test_question_is_answered(question: Question, knowledge: Knowledge):
    wrong = wrong_with(question, knowledge.ask(question.stated))
    assert not wrong, "\n".join([question.file, *wrong, f"source: {question.table['source']}"])


def test_there_are_enough_questions():
    assert len(QUESTIONS) >= 150


def test_every_question_is_whole():
    """A question with a misspelt key, without an expectation or a source could never fail."""
    for question in QUESTIONS:
        table = question.table
        assert set(table) <= KEYS, f"{question.file}: {set(table) - KEYS} in {table['asks']}"
        assert set(table) & set(EXPECTED), f"{question.file}: nothing expected in {table['asks']}"
        assert table["source"].startswith(("https://", "http://")), table["asks"]
        assert table["read"], table["asks"]
    asked = [question.table["asks"] for question in QUESTIONS]
    assert len(asked) == len(set(asked)), "two questions have the same words"


def test_every_offence_that_a_question_names_is_there(knowledge: Knowledge):
    known = {row.slug for row in knowledge.catalogue.offences.values()}
    for question in QUESTIONS:
        assert question.offences <= known, f"{question.file}: {question.offences - known}"


def boundary_days(knowledge: Knowledge, offence: str) -> dict[str, set[date]]:
    """By nation, each day on which a window, age, conduct, material or penalty starts or ends."""
    days: dict[str, set[date]] = {}
    catalogue, address = knowledge.catalogue, identifier("offence", offence)
    windows = catalogue.windows[address]
    for window in windows:
        found = days.setdefault(slug_of(window.nation), set())
        found |= {window.start, window.end, window.not_before, window.known_by} - {None}
    for kind in DATED:
        for row in catalogue.facts[kind].get(address, ()):
            days[slug_of(row.nation)] |= {row.start, row.end} - {None}
    return days


def test_every_day_that_matters_is_asked_about(knowledge: Knowledge):
    """The day itself and the day before, in each nation, by a question that names the offence."""
    asked = {
        (offence, nation, question.table["on"])
        for question in QUESTIONS
        for offence in question.offences
        for nation in question.table["nations"]
    }
    groups = tomllib.loads(NAMED.read_text(encoding="utf-8")).values()
    missing = [
        f"{offence} in {nation} on {day}"
        for group in groups
        for offence in group["offences"]
        for nation, days in boundary_days(knowledge, offence).items()
        for boundary in sorted(days)
        for day in (boundary - DAY, boundary)
        if (offence, nation, day) not in asked
    ]
    assert not missing, "no question asks about:\n" + "\n".join(missing)
