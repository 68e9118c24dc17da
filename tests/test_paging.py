"""Long lists page by page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import QuestionError
from web.paging import parted, read_part, turns


@given(st.lists(st.integers(1, 30)), st.integers(1, 40))
def test_every_item_stands_once_in_order_and_pages_are_full_but_not_too_full(sizes, most):
    parts = parted(sizes, lambda size: size, most=most)
    assert [size for part in parts for size in part] == sizes
    assert len(parts) == 1 or all(parts)
    for part, after in zip(parts, [*parts[1:], ()], strict=True):
        assert sum(part) <= most or len(part) == 1
        assert not after or sum(part) + after[0] > most


def test_the_page_is_read_apart_from_the_rest():
    assert read_part({"page": ["3"], "x": ["1"]}) == (3, {"x": ["1"]})
    assert read_part({"page": [" "]}) == (1, {})


@pytest.mark.parametrize("stated", ["0", "-1", "x", "1.5", "٣", "99999", "1 2"])
def test_what_is_no_page_is_refused(stated):
    with pytest.raises(QuestionError, match="page cannot be"):
        read_part({"page": [stated]})


def test_two_pages_are_refused():
    with pytest.raises(QuestionError, match="page"):
        read_part({"page": ["1", "2"]})


@given(st.integers(2, 60), st.data())
def test_every_page_can_be_turned_to_and_none_is_named_twice(last, data):
    number = data.draw(st.integers(1, last))
    found = turns(number, last, "?page={}".format)
    numbers = [turn.number for turn in found.turns]
    assert numbers == sorted(set(numbers))
    linked = {turn.number for turn in found.turns if turn.address}
    beside = {1, last, number, number - 1, number + 1}
    assert linked >= {page for page in beside if 1 <= page <= last}
    assert [turn.number for turn in found.turns if turn.current] == [number]
    assert (found.before, found.after) == (
        f"?page={number - 1}" if number > 1 else None,
        f"?page={number + 1}" if number < last else None,
    )
    gaps = {turn.number for turn in found.turns if not turn.address}
    left_out = set(range(1, last + 1)) - linked
    assert bool(gaps) == bool(left_out)


def test_a_single_page_has_nowhere_to_turn():
    assert turns(1, 1, str) is None
    assert turns(1, 0, str) is None
