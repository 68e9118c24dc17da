"""The search finds what people look for: judged searches, and the figures they must reach."""

from collections.abc import Sequence
from datetime import date

import pytest
from relevance_queries import (
    AGES,
    KEYS,
    Found,
    Judged,
    Must,
    Outcome,
    figures,
    known_things,
    outcomes,
    read_judged,
    the_search,
    thresholds,
    wrong_offer,
)

from kb.ages import parse_age
from kb.knowledge import Knowledge
from kb.search_model import KINDS
from kb.search_question import QuestionReader, question_reader

JUDGED = read_judged()
# Whether the search must reach the thresholds yet, or is only printed.
MUST_REACH = True
LEAST = 150
AT_MOST = ("zero_results", "never_first", "found_nothing_right")
pytestmark = pytest.mark.no_cover


@pytest.fixture(scope="module")
def found(knowledge: Knowledge) -> list[Outcome]:
    return outcomes(JUDGED, find=the_search(knowledge))


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> QuestionReader:
    return question_reader(knowledge)


# ---- the judged searches -------------------------------------------------------------------------


def test_there_are_enough_and_no_two_are_alike() -> None:
    names = [judged.name for judged in JUDGED]
    assert len(names) >= LEAST
    assert len(names) == len(set(names))


@pytest.mark.parametrize("judged", JUDGED, ids=lambda judged: judged.name)
def test_a_judged_search_can_fail_and_says_why(judged: Judged, knowledge: Knowledge) -> None:
    table = judged.table
    assert set(table) <= KEYS
    assert table["why"]
    assert {"must", "offer", "none"} & set(table), "nothing is expected"
    assert not (table.get("none") and table.get("must"))
    assert not (table.get("offer") and table.get("no_offer"))
    assert all(1 <= must.within <= 5 and must.any for must in judged.must)
    schemes = knowledge.schemes
    assert table.get("nation", schemes.slugs("nations")[0]) in schemes.slugs("nations")
    assert table.get("kind", KINDS[0]) in KINDS
    assert isinstance(table.get("on", date.min), date)


@pytest.mark.parametrize("judged", JUDGED, ids=lambda judged: judged.name)
def test_everything_that_a_judged_search_names_is_there(
    judged: Judged, knowledge: Knowledge
) -> None:
    there = known_things(knowledge)
    for kind, slug in [*judged.never_first, *(one for must in judged.must for one in must.any)]:
        assert slug in there[kind], f"{kind}:{slug}"
    offer = judged.table.get("offer", {})
    for name in ("nation", "conduct", "material"):
        assert set(offer.get(name, ())) <= set(knowledge.schemes.slugs(f"{name}s"))
    for name in set(offer) & set(AGES):
        assert parse_age(offer[name], parameter=name)


# ---- the figures ---------------------------------------------------------------------------------


def outcome(must: Sequence[Must] = (), results: Sequence[Found] = (), **table: object) -> Outcome:
    """An invented search; the musts are put in as the tables they are read from."""
    tables = [{"any": [":".join(one) for one in m.any], "within": m.within} for m in must]
    return Outcome(Judged("invented", {"q": "x", "must": tables, **table}), tuple(results))


A, B, C = ("offence", "a"), ("offence", "b"), ("service", "c")


def test_the_figures_count_places_from_one() -> None:
    found = [
        outcome([Must((A,), 1), Must((B,), 5)], [C, A]),
        outcome([Must((A, C), 1)], [C]),
        outcome([Must((A,), 3)], []),
    ]
    assert [one.recall for one in found] == [0.5, 1.0, 0.0]
    assert [one.reciprocal_rank for one in found] == [0.5, 1.0, 0.0]
    reached = figures(found)
    assert (reached.recall_at_5, reached.mrr) == (0.5, 0.5)
    assert reached.zero_results == pytest.approx(1 / 3)
    assert reached.beyond == 3


def test_a_tempting_answer_counts_only_in_the_first_place() -> None:
    never = [{"kind": "offence", "id": "b"}]
    assert outcome(results=[B, A], never_first=never).misses == ["offence:b is first"]
    assert outcome(results=[A, B], never_first=never).misses == []


def test_finding_something_where_nothing_is_right_counts() -> None:
    assert figures([outcome(results=[A], none=True)]).found_nothing_right == 1
    assert figures([outcome(none=True)]).found_nothing_right == 0


def test_a_concept_is_known_by_its_slug() -> None:
    assert Must((("concept", "share"),), 1).place([("concept", "conduct/share")]) == 1
    assert Must((("offence", "share"),), 1).place([("concept", "share")]) is None


# ---- the search ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "judged",
    [one for one in JUDGED if {"offer", "no_offer"} & set(one.table)],
    ids=lambda judged: judged.name,
)
def test_the_question_that_a_search_asks_is_offered(judged: Judged, reader: QuestionReader) -> None:
    assert wrong_offer(judged, reader.read(judged.table["q"])) == []


def test_the_search_finds_what_people_look_for(found: list[Outcome]) -> None:
    reached = figures(found)
    misses = [
        f"{one.judged.file}: {one.judged.name}: {miss}" for one in found for miss in one.misses
    ]
    print(reached, *misses, sep="\n")
    if not MUST_REACH:
        return
    for name, limit in thresholds().items():
        value = getattr(reached, name)
        enough = value <= limit if name in AT_MOST else value >= limit
        assert enough, f"{name} is {value:.3f} and must reach {limit}:\n" + "\n".join(misses)
