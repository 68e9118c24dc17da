"""A question read from plain words: what is read, and how each mistake is answered."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import asked
from kb.asked import PARAMETERS, AskedTwice, BadDay, UnknownParameter, parse_asked, parse_day
from kb.errors import BadAge, QuestionError, UnknownValue


@pytest.fixture(scope="module")
def read(sample):
    return lambda **stated: parse_asked(
        {name: [value] if isinstance(value, str) else value for name, value in stated.items()},
        schemes=sample.schemes,
    )


def test_everything_that_can_be_stated_is_read(read):
    found = read(
        nation=["southmark", "northmark"],
        on="2011-06-01",
        conduct=["share", "send-unsolicited", "share"],
        material="intimate-image",
        depicted_age="under-16",
        accused_age="17",
        recipient_age="13-15",
        consent="yes",
        relationship="none",
    )
    assert found.nations == ("northmark", "southmark"), "in the order of the scheme"
    assert found.on == date(2011, 6, 1)
    assert found.conduct == ("share", "send-unsolicited"), "each once, in the order asked"
    assert found.material == ("intimate-image",)
    assert (found.depicted_age.high, found.accused_age.low, found.recipient_age.low) == (15, 17, 13)
    assert (found.consent, found.relationship) == ("yes", "none")


def test_what_is_not_stated_is_empty_and_means_all_nations_today(read, sample, monkeypatch):
    monkeypatch.setattr(asked, "today", lambda: date(2024, 2, 29))
    found = read()
    assert found.nations == sample.schemes.slugs("nations")
    assert found.on == date(2024, 2, 29)
    assert (found.conduct, found.material, found.consent, found.relationship) == (
        (),
        (),
        None,
        None,
    )
    assert found.depicted_age is found.accused_age is found.recipient_age is None


@pytest.mark.parametrize("name", PARAMETERS)
def test_an_empty_value_counts_as_not_stated(name, read, monkeypatch):
    monkeypatch.setattr(asked, "today", lambda: date(2024, 2, 29))
    assert read(**{name: ["", "  "]}) == read()


def test_the_same_value_twice_is_one_value(read):
    assert read(on=["2011-06-01", "2011-06-01 "]).on == date(2011, 6, 1)


@pytest.mark.parametrize(
    ("stated", "error", "said"),
    [
        ({"nations": "northmark"}, UnknownParameter, "There is no parameter 'nations'. There are:"),
        ({"on": "2011-02-30"}, BadDay, "on cannot be '2011-02-30'. It is a real day"),
        ({"on": ["2011-06-01", "2011-06-02"]}, AskedTwice, "on takes one value"),
        ({"consent": ["yes", "no"]}, AskedTwice, "consent takes one value"),
        ({"nation": "atlantis"}, UnknownValue, "It can be: northmark, southmark, eastmark"),
        ({"conduct": "Share"}, UnknownValue, "conduct cannot be 'Share'"),
        ({"material": "picture"}, UnknownValue, "material cannot be 'picture'"),
        ({"consent": "maybe"}, UnknownValue, "It can be: yes, no"),
        ({"relationship": "wed"}, UnknownValue, "relationship cannot be 'wed'"),
        ({"recipient_age": "old"}, BadAge, "recipient_age cannot be 'old'"),
    ],
)
def test_each_mistake_is_answered_with_what_would_be_right(read, stated, error, said):
    with pytest.raises(error) as raised:
        read(**stated)
    assert said in str(raised.value)
    assert isinstance(raised.value, QuestionError)


@pytest.mark.parametrize(
    "text",
    ["2011-6-1", "20110601", "01/06/2011", "2011-W01-1", "2011-06-01T00:00", "0000-01-01", "today",
     "2011-13-01", "2011-00-10", "2011‐06‐01"],
)  # fmt: skip
def test_only_a_day_written_one_way_is_a_day(text):
    with pytest.raises(BadDay, match="year-month-day"):
        parse_day(text)


@pytest.mark.parametrize("text", ["２０１１-06-01", "2011-W01-01", "+011-06-01", "2011-06-0१"])
def test_ten_characters_that_look_like_a_day_are_none(text):
    with pytest.raises(BadDay):
        parse_day(text, parameter="to")


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day):
    assert parse_day(f" {day.isoformat()} ") == day


@given(st.text(max_size=12))
def test_no_text_at_all_breaks_the_reading_of_a_day(text):
    try:
        found = parse_day(text)
    except BadDay:
        return
    assert found.isoformat() == text.strip()


def test_today_is_the_day_in_london():
    before = datetime.now(ZoneInfo("Europe/London")).date()
    assert before <= asked.today() <= datetime.now(ZoneInfo("Europe/London")).date()
