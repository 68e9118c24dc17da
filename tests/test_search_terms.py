"""What is put together from kept scores is what Whoosh finds: same documents, same scores."""

import random
from collections.abc import Iterator

import pytest
from whoosh import query as asked
from whoosh.query import Query

from kb.knowledge import Knowledge
from kb.search import SearchIndex, build, open_index
from kb.search_bits import at_least, bits_of, numbers_of
from kb.search_grammar import All, Any, Node, Phrase, Prefix, Without, Word
from kb.search_terms import Found, Leaf, indexed, query_of, says_something

QUERIES = 400


@pytest.fixture(scope="module")
def index(knowledge: Knowledge) -> SearchIndex:
    return open_index(knowledge, cache=None)


@pytest.fixture(scope="module")
def without_ready_scores(index: SearchIndex, knowledge: Knowledge) -> SearchIndex:
    """The same index, as one of many documents is: no score worked out beforehand."""
    bare = build(index.documents, schemes=knowledge.schemes)
    bare.terms.ready = {}
    return bare


def to_whoosh(node: Node, index: SearchIndex) -> Query:
    """A search as one question to Whoosh."""
    match node:
        case All(parts):
            return asked.And([to_whoosh(part, index) for part in parts])
        case Any(parts):
            return asked.Or([to_whoosh(part, index) for part in parts])
        case _:
            return query_of(node, index.terms)


def library(node: Node, index: SearchIndex) -> dict[int, float]:
    """What Whoosh finds; its own AndNot never looks whether the first document is left out."""
    if isinstance(node, Without):
        gone = library(node.left_out, index)
        return {n: score for n, score in library(node.part, index).items() if n not in gone}
    found = index.terms.searcher.search(to_whoosh(node, index), limit=None)
    return {number: score for score, number in found.top_n}


def leaves(index: SearchIndex) -> Iterator[Leaf]:
    """Words, phrases and beginnings that stand in the documents, and some that do not."""
    drawn = random.Random(7)
    texts = [
        passage.lower() for one in index.documents for passage in one.passages if " " in passage
    ]
    fields = (None, None, None, "title", "body", "names")
    while True:
        said = [word for word in drawn.choice(texts).split() if word.isalpha()]
        if len(said) < 3:
            continue
        at = drawn.randrange(len(said) - 2)
        kind = drawn.randrange(6)
        field = drawn.choice(fields)
        leaf: Leaf = Word(said[at], field)
        if kind == 0:
            leaf = Phrase(tuple(said[at : at + drawn.choice((2, 3))]), field)
        elif kind == 1 and len(said[at]) > 2:
            leaf = Prefix(said[at][: drawn.choice((2, 3, 4))], drawn.choice((None, "title")))
        if says_something(leaf):
            yield leaf


def random_searches(index: SearchIndex, number: int) -> Iterator[Node]:
    drawn, found = random.Random(8), leaves(index)
    for _ in range(number):
        parts: tuple[Node, ...] = tuple(next(found) for _ in range(drawn.choice((1, 2, 2, 3, 4))))
        one: Node = parts[0]
        if len(parts) > 1:
            one = drawn.choice((All, Any))(parts)
        if drawn.random() < 0.2:
            one = Without(one, next(found))
        yield one


def compare(found: Found, expected: dict[int, float], what: Node) -> None:
    numbers = numbers_of(found.bits)
    assert numbers == sorted(expected), what
    ours = {number: found.scores.get(number, 0.0) for number in numbers}
    assert ours == pytest.approx(expected, abs=1e-9), what
    in_order = sorted(numbers, key=lambda number: (-round(ours[number], 6), number))
    theirs = sorted(expected, key=lambda number: (-round(expected[number], 6), number))
    assert in_order == theirs, what


def test_scores_and_order_are_those_of_the_library(index: SearchIndex) -> None:
    found = 0
    for node in random_searches(index, QUERIES):
        expected = library(node, index)
        compare(index.matcher.node(node), expected, node)
        found += bool(expected)
    assert found > QUERIES / 2, "most of them find something"


def test_scores_worked_out_beforehand_are_the_same(
    index: SearchIndex, without_ready_scores: SearchIndex
) -> None:
    for node in random_searches(index, 60):
        late = without_ready_scores.matcher.node(node)
        early = index.matcher.node(node)
        assert late.bits == early.bits
        assert late.scores == pytest.approx(early.scores, abs=1e-9)


def test_what_is_forgotten_is_worked_out_again(index: SearchIndex) -> None:
    before = index.terms.found(Word("image"))
    index.terms.size = 10**9
    index.terms.found(Word("neverasked"))
    assert Word("image") not in index.terms.kept
    assert index.terms.found(Word("image")) == before


def test_nothing_is_left_on_disk(index: SearchIndex, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert indexed(index.documents[:3])
    assert list(tmp_path.iterdir()) == []


def test_bits_are_numbers() -> None:
    for numbers in ([], [0], [7, 8], [3, 64, 1000]):
        assert numbers_of(bits_of(numbers, 1001)) == numbers
    sets = [0b0111, 0b0110, 0b0100, 0b1100]
    assert [at_least(sets, least) for least in (1, 2, 3)] == [0b1111, 0b0110, 0b0100]
    assert at_least([], 2) == 0
