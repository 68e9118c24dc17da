"""Long lists page by page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import QuestionError
from web.paging import parted, read_part


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
