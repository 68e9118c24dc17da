"""Every text is a search: what operators mean, and what is read as plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search_grammar import (
    MOST_CLAUSES,
    All,
    Any,
    Every,
    Kept,
    Node,
    Phrase,
    Prefix,
    Without,
    Word,
    parse,
)

VALID = {"kind": frozenset({"offence"}), "nation": frozenset({"the-north"})}
A, B, C = Word("a1"), Word("b1"), Word("c1")


def nodes(text: str) -> list[Node]:
    return [clause.node for clause in parse(text, valid=VALID).clauses if not clause.excluded]


def left_out(text: str) -> list[Node]:
    return [clause.node for clause in parse(text, valid=VALID).clauses if clause.excluded]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("a1 b1", [A, B]),
        ("a1 AND b1", [A, B]),
        ("a1 and", [A, Word("and")]),
        ("a1 OR b1 c1", [Any((A, B)), C]),
        ("(a1 OR b1) c1", [Any((A, B)), C]),
        ("a1 OR (b1 c1)", [Any((A, All((B, C))))]),
        ("a1 OR -b1", [Any((A, Without(Every(), B)))]),
        ('"a1 b1" c1*', [Phrase(("a1", "b1")), Prefix("c1")]),
        ('title:"a1 b1"', [Phrase(("a1", "b1"), "title")]),
        ("title:a1 text:b1*", [Word("a1", "title"), Prefix("b1", "body")]),
        ("kind:offence nation:the-north", [Kept("kind", "offence"), Kept("nation", "the-north")]),
        ("kind:crime", [Word("kind"), Word("crime")]),
        ("colour:red", [Word("colour"), Word("red")]),
        ("*", [Every()]),
        ("a1*b1", [A, B]),
        ("OR AND", []),
        ("a1 OR", [A]),
        ("((((a1", [A]),
        ("a1))))", [A]),
        ('"a1', [A]),
        ("self-made", [Word("self"), Word("made")]),
        ("a1 a1 a1", [A]),
    ],
)
def test_a_text_means(text: str, means: list[Node]) -> None:
    assert nodes(text) == means


@pytest.mark.parametrize(
    ("text", "without"),
    [("a1 -b1", [B]), ("a1 NOT b1", [B]), ("a1 -(b1 c1)", [All((B, C))]), ("a1 - b1", [])],
)
def test_a_text_leaves_out(text: str, without: list[Node]) -> None:
    assert left_out(text) == without


def test_fields_that_there_are_not_are_said() -> None:
    assert parse("colour:red kind:crime http://a.b", valid=VALID).refused == (
        "colour",
        "kind:crime",
    )


@given(st.text(max_size=500))
def test_any_text_is_a_search(text: str) -> None:
    clauses = parse(text, valid=VALID).clauses
    assert len(clauses) <= MOST_CLAUSES
    assert all(0 <= clause.low <= clause.high <= len(text) for clause in clauses)


@given(
    st.lists(
        st.sampled_from(["(", ")", "-", "NOT", "OR", "AND", '"', "a1", "b1*", "kind:"]),
        max_size=160,
    )
)
def test_any_operators_are_a_search(pieces: list[str]) -> None:
    parse(" ".join(pieces), valid=VALID)
    parse("".join(pieces), valid=VALID)
