"""The sentences of an answer."""

from dataclasses import replace
from datetime import date

import pytest

from kb import wording
from kb.ages import parse_age
from kb.rows import Window
from kb.terms import identifier

UNSURE = Window(
    owner="o",
    nation="n",
    fact="f",
    state="unknown",
    certainty=identifier("start", "not-established"),
    start=None,
    end=None,
    not_before=None,
    known_by=None,
    scope=None,
    confidence="primary",
)
FIRST, SECOND = date(2011, 1, 2), date(2012, 3, 4)


def test_a_day_is_written_as_people_write_it():
    assert wording.day(date(2017, 7, 2)) == "2 July 2017"


@pytest.mark.parametrize(
    ("at_least", "below", "said"),
    [
        (None, 16, "under 16"),
        (18, None, "18 or over"),
        (0, 16, "0 to 15"),
        (13, 16, "13 to 15"),
        (17, 18, "17"),
    ],
)
def test_a_span_of_ages_is_written_in_years(at_least, below, said):
    assert wording.years(at_least, below) == said


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("17", "17"),
        ("13-15", "13 to 15"),
        ("under-16", "under 16"),
        ("over-17", "over 17"),
        ("18-or-over", "18 or over"),
    ],
)
def test_an_age_is_said_as_it_was_stated(stated, said):
    assert wording.stated_age(parse_age(stated, parameter="x")) == said


@pytest.mark.parametrize(
    ("certainty", "days", "said"),
    [
        ("latest-possible", {"start": SECOND, "not_before": FIRST},
         "The first day was not found; it was law by 4 March 2012."
         " It certainly was not law before 2 January 2011."),
        ("made-date", {"start": FIRST, "known_by": SECOND},
         "It was made on 2 January 2011; the day on which it started was not found."
         " It was law by 4 March 2012."),
        ("not-established", {}, "The day on which it starts is not established."),
        ("not-established", {"not_before": FIRST, "known_by": SECOND},
         "The day on which it starts is not established. It certainly was not law before"
         " 2 January 2011. It was law by 4 March 2012."),
    ],
)  # fmt: skip
def test_an_uncertain_start_is_told_in_the_words_of_its_certainty(certainty, days, said):
    window = replace(UNSURE, certainty=identifier("start", certainty), **days)
    assert wording.uncertain_start(window) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("Lack of consent", "lack of consent"), ("AI tool", "AI tool"), ("", "")],
)
def test_a_label_in_a_sentence_starts_small_unless_it_is_an_abbreviation(text, said):
    assert wording.first_lower(text) == said
