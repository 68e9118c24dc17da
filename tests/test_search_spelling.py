"""Which word was meant: by how few slips, and then by how common it is."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search_spelling import distance, speller

KNOWN = {"image": 50, "images": 20, "sexting": 9, "texting": 1, "harassment": 5, "court": 3}


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xabc", 1), ("ab", "ba", 1),
     ("abcd", "badc", 2), ("kitten", "sitting", 3), ("", "ab", 2)],
)  # fmt: skip
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other, most=9) == distance(other, one, most=9) == slips
    assert distance(one, other, most=slips) == slips


@pytest.mark.parametrize(
    ("word", "meant"),
    [("imgae", "image"), ("imagess", "images"), ("sexxting", "sexting"), ("courts", "court"),
     ("harrasmment", "harassment"), ("sextingg", "sexting"), ("img", None), ("zzzzzz", None),
     ("1mage", None)],
)  # fmt: skip
def test_the_nearest_word_is_meant(word: str, meant: str | None) -> None:
    assert speller(KNOWN).nearest(word) == meant


def test_of_two_as_near_the_same_first_letter_and_the_more_common_is_meant() -> None:
    assert speller({"sexting": 1, "texting": 99}).nearest("sextingg") == "sexting"
    assert speller({"abcdx": 1, "abcdy": 7}).nearest("abcdz") == "abcdy"


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_swap_is_one_slip_and_no_slip_is_none(one: str, other: str) -> None:
    found = distance(one, other, most=9)
    assert (found == 0) == (one == other)
    assert abs(len(one) - len(other)) <= found <= max(len(one), len(other))
    if len(one) == len(other) and any("".join(p) == other for p in permutations(one)):
        assert found <= len(one)
