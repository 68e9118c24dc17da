"""Ages as people state them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ages import OLDEST, parse_age
from kb.errors import BadAge, QuestionError


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("17", 17, 17),
        ("0", 0, 0),
        ("120", 120, 120),
        ("13-15", 13, 15),
        ("15-15", 15, 15),
        ("under-16", 0, 15),
        ("Under 16", 0, 15),
        ("  under-1 ", 0, 0),
        ("over-17", 18, OLDEST),
        ("18-or-over", 18, OLDEST),
    ],
)
def test_an_age_or_a_range_is_read(text, low, high):
    age = parse_age(text, parameter="depicted_age")
    assert (age.low, age.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "-1", "121", "15-13", "under-0", "over-120", "17.5", "1234", "１７", "13-",
     "17\n18", "under-16 or so", "0x11", "+17", "13–15", "under-"],
)  # fmt: skip
def test_anything_else_is_refused_and_the_message_says_what_would_be_right(text):
    with pytest.raises(BadAge) as raised:
        parse_age(text, parameter="accused_age")
    assert (raised.value.parameter, raised.value.value) == ("accused_age", text)
    assert "accused_age cannot be" in str(raised.value)
    assert "a range (13-15)" in str(raised.value)
    assert isinstance(raised.value, QuestionError)


@given(st.integers(0, OLDEST), st.integers(0, OLDEST))
def test_every_range_of_years_is_read_as_it_was_written(one, other):
    low, high = sorted((one, other))
    age = parse_age(f"{low}-{high}", parameter="depicted_age")
    assert (age.low, age.high, age.text) == (low, high, f"{low}-{high}")


@given(st.text())
def test_no_text_at_all_breaks_the_reading(text):
    try:
        age = parse_age(text, parameter="depicted_age")
    except BadAge:
        return
    assert 0 <= age.low <= age.high <= OLDEST
