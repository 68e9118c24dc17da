"""The competency questions about guidance, practice, services and claims: all of it is reached."""

import pytest
from advice_questions import ASK, EXPECTED, KEYS, AdviceQuestion, read_advice_questions

from kb.knowledge import Knowledge

QUESTIONS = read_advice_questions()


@pytest.mark.parametrize("question", QUESTIONS, ids=[q.table["asks"] for q in QUESTIONS])
def test_question_is_answered(question: AdviceQuestion, knowledge: Knowledge):
    wrong = question.wrong_with(knowledge)
    assert not wrong, "\n".join([question.file, *wrong, f"source: {question.table['source']}"])


def test_every_question_is_whole():
    """A question with a misspelt key, or without an expectation or a source, could never fail."""
    for question in QUESTIONS:
        table = question.table
        assert set(table) <= KEYS, f"{question.file}: {set(table) - KEYS} in {table['asks']}"
        assert set(table) & set(EXPECTED), f"{question.file}: nothing expected in {table['asks']}"
        assert table["ask"] in ASK, table["asks"]
        assert table["source"], table["asks"]
        assert table["read"], table["asks"]
    asked = [question.table["asks"] for question in QUESTIONS]
    assert len(asked) == len(set(asked)), "two questions have the same words"


def test_whatever_is_on_the_shelves_is_returned_by_a_question(knowledge: Knowledge):
    advice = knowledge.advice
    shelves = {
        "claims": advice.claims,
        "guidance": advice.guidance,
        "services": advice.services,
        "practice": advice.practice,
        "misconceptions": advice.misconceptions,
        "omissions": {one.id for one in advice.omissions},
        "none-found": {one.id for one in advice.none_found},
    }
    covered = set().union(*(question.covers for question in QUESTIONS))
    missing = [
        f"{shelf}: {slug}"
        for shelf, slugs in shelves.items()
        for slug in sorted(slugs)
        if (shelf, slug) not in covered
    ]
    assert all(shelves.values()), "a shelf is empty"
    assert not missing, "no question returns:\n" + "\n".join(missing)
