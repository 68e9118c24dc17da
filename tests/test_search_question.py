"""A search read as a question: what it names is read by the schemes, and nothing is guessed."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.asked import parse_question
from kb.knowledge import Knowledge
from kb.search_ages import ages_in
from kb.search_days import days_in
from kb.search_question import QuestionRead, QuestionReader, question_reader, reader_of


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> QuestionReader:
    return question_reader(knowledge)


@pytest.fixture(scope="module")
def invented(sample: Knowledge) -> QuestionReader:
    return question_reader(sample)


def said(read: QuestionRead) -> dict[str, str]:
    """What was read, each parameter with its values."""
    found: dict[str, str] = {}
    for name, value in read.parameters:
        found[name] = f"{found[name]} {value}" if name in found else value
    return found


# ---- what is read --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "is sextortion illegal in northern ireland in 2019",
            {
                "nation": "northern-ireland",
                "from": "2019-01-01",
                "to": "2020-01-01",
                "conduct": "demand-with-threats",
            },
        ),
        (
            "Revenge Porn SCOTLAND",
            {"nation": "scotland", "conduct": "share", "material": "intimate-image"},
        ),
        (
            "upskirting in England on 11 April 2019?",
            {"nation": "england", "on": "2019-04-11", "conduct": "record-covertly"},
        ),
        (
            "threatened to post my nudes, scotland, june 2018",
            {
                "nation": "scotland",
                "from": "2018-06-01",
                "to": "2018-07-01",
                "conduct": "threaten-to-share",
                "material": "intimate-image",
            },
        ),
        (
            "CSAM possession NI 31/03/2010",
            {
                "nation": "northern-ireland",
                "on": "2010-03-31",
                "conduct": "possess",
                "material": "indecent-photograph",
            },
        ),
        ("what was the law in wales on 2017-07-02", {"nation": "wales", "on": "2017-07-02"}),
        ("dick pics", {"conduct": "send-unsolicited", "material": "genital-image"}),
        ("voyerism", {"conduct": "record-covertly"}),
        ("nudify app", {"conduct": "supply-tool", "material": "tool"}),
    ],
)
def test_a_question_is_read_by_the_words_of_the_schemes(
    reader: QuestionReader, text: str, expected: dict[str, str]
) -> None:
    read = reader.read(text)
    assert said(read) == expected
    assert read.worth_asking


def test_the_longest_label_wins_in_its_place(reader: QuestionReader) -> None:
    assert reader.read("threatening to share nudes").conducts == ("threaten-to-share",)
    assert reader.read("share").conducts == ("share",)
    assert reader.read("child porn").materials == ("indecent-photograph",)
    assert reader.read("porn").materials == ("sexual-image",)


def test_a_narrower_word_says_more_than_its_broader_one(reader: QuestionReader) -> None:
    assert reader.read("sent an unsolicited picture").conducts == ("send-unsolicited",)


def test_a_name_for_several_places_names_them_all(reader: QuestionReader) -> None:
    assert reader.read("E&W").nations == ("england", "wales")
    assert len(reader.read("UK").nations) == 4


def test_what_is_left_over_is_what_was_not_read(reader: QuestionReader) -> None:
    assert reader.read("is sexting Legal, in Wales?").rest == ("is", "legal", "in")


# ---- what is not read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "section 33 Criminal Justice and Courts Act 2015",
        "s33 CJCA 2015",
        "PCA 1978 s 1(1)(a)",
        "2009 asp 9 s 34",
        "SI 1978/1047 art 3",
        "the 2003 act",
        "KCSIE 2024",
        "Keeping children safe in education 2024",
        "revenge porn helpline",
        "asp/2016/22/section/2",
        "",
    ],
)
def test_names_and_citations_are_no_question(reader: QuestionReader, text: str) -> None:
    read = reader.read(text)
    assert (read.parameters, read.worth_asking) == ((), False)


def test_the_year_of_an_act_is_not_the_year_that_is_asked_about(reader: QuestionReader) -> None:
    read = reader.read("CJCA 2015 s 33 scotland 2019")
    assert (read.nations, read.start) == (("scotland",), date(2019, 1, 1))


@pytest.mark.parametrize("text", ["sextortion guidance", "sexting policy template", "2019"])
def test_too_little_is_not_offered_as_a_question(reader: QuestionReader, text: str) -> None:
    assert not reader.read(text).worth_asking


# ---- days ----------------------------------------------------------------------------------------


def days(text: str) -> tuple[str, str] | None:
    found = days_in(text, readable=lambda low, high: True)
    return (found.start.isoformat(), found.end.isoformat()) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", ("2019-01-01", "2020-01-01")),
        ("in December 2019", ("2019-12-01", "2020-01-01")),
        ("sept 2019", ("2019-09-01", "2019-10-01")),
        ("1st of June 2019", ("2019-06-01", "2019-06-02")),
        ("June 1, 2019", ("2019-06-01", "2019-06-02")),
        ("1/6/2019", ("2019-06-01", "2019-06-02")),
        ("01.06.2019", ("2019-06-01", "2019-06-02")),
        ("2019-06-01", ("2019-06-01", "2019-06-02")),
        ("29 february 2020", ("2020-02-29", "2020-03-01")),
        ("from 2015 to 2017", ("2015-01-01", "2018-01-01")),
        ("between May 2015 and 3 July 2017", ("2015-05-01", "2017-07-04")),
        ("2015-2017", ("2015-01-01", "2018-01-01")),
    ],
)
def test_a_day_or_a_stretch_is_read_in_the_forms_that_people_type(
    text: str, expected: tuple[str, str]
) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "before 2015",
        "since June 2019",
        "after 1 June 2019",
        "2017 to 2015",
        "2015 2017 2019",
        "2015, 2017",
        "1990s",
        "1978/1047",
        "99/99/2019",
        "2019-13-45",
        "0800 1111",
        "12019",
    ],
)
def test_no_day_is_guessed(text: str) -> None:
    assert days(text) is None


def test_a_day_that_does_not_exist_leaves_its_month_and_year(reader: QuestionReader) -> None:
    assert days("31 february 2019") == ("2019-02-01", "2019-03-01")


# ---- ages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 year old", ["15"]),
        ("15-year-olds", ["15"]),
        ("15yo", ["15"]),
        ("15 y/o", ["15"]),
        ("aged 17", ["17"]),
        ("under 16", ["under-16"]),
        ("under-18s", ["under-18"]),
        ("under the age of 13", ["under-13"]),
        ("over 18", ["18-or-over"]),
        ("18+", ["18-or-over"]),
        ("older than 17", ["over-17"]),
        ("13 to 15 year olds", ["13-15"]),
        ("aged 13-15", ["13-15"]),
        ("15 year old and 30 year old", ["15", "30"]),
        ("999 year old", []),
        ("section 15", []),
        ("16", []),
    ],
)
def test_an_age_is_read_in_the_forms_that_people_type(text: str, expected: list[str]) -> None:
    assert [one.age.text for one in ages_in(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 year old sent nude to 16 year old", {"accused_age": "15", "recipient_age": "16"}),
        ("can a 15 year old send a nude", {"accused_age": "15"}),
        ("two 15 year olds sharing nudes", {"accused_age": "15"}),
        ("sharing a nude of a 17 year old", {"depicted_age": "17"}),
        ("nudes sent by a 40 year old", {"accused_age": "40"}),
    ],
)
def test_whose_age_it_is_is_read_where_it_is_clear(
    reader: QuestionReader, text: str, expected: dict[str, str]
) -> None:
    read = reader.read(text)
    assert {name: value for name, value in said(read).items() if name.endswith("_age")} == expected
    assert read.ages == ()


@pytest.mark.parametrize(
    "text",
    [
        "15 year old blackmailed over nudes",
        "15 year old sent a nude",
        "grooming of a 13 year old",
        "under 16 sexting",
        "nude 15 year old",
        "nude of a 15 year old and of a 17 year old",
    ],
)
def test_nobody_is_given_an_age_that_may_be_somebody_elses(
    reader: QuestionReader, text: str
) -> None:
    read = reader.read(text)
    assert not {name for name in said(read) if name.endswith("_age")}
    assert read.ages


# ---- the invented country ------------------------------------------------------------------------


def test_the_words_are_those_of_the_ontology_that_is_loaded(invented: QuestionReader) -> None:
    read = invented.read("sextortion in Northmark in 2011")
    assert said(read) == {
        "nation": "northmark",
        "from": "2011-01-01",
        "to": "2012-01-01",
        "conduct": "demand-with-threats",
    }
    assert invented.read("Scotland").parameters == ()


def test_a_name_is_passed_over_unless_it_is_a_label(sample: Knowledge) -> None:
    reader = reader_of(sample.schemes, names=["Sexting Line", "sexting"], dated=["statute"])
    assert reader.read("sexting line").conducts == ()
    assert reader.read("sexting").conducts == ("share",)
    assert reader.read("statute 2011 northmark").start is None


# ---- anything at all -----------------------------------------------------------------------------

PHRASES = (
    "sexting|revenge porn|deepfake|to|by|of a|can a|15 year old|under 16|aged 13-15|2019|from"
    "|before|1 June 2019|2019-06-01|31/02/2019|Act|NI|UK|Scotland|é́ɑ𝒳|\x00|'|(|-|s.33|CJCA 2015|and"
)
TEXTS = st.one_of(
    st.text(max_size=500),
    st.lists(st.sampled_from(PHRASES.split("|")), max_size=25).map(" ".join),
)


@given(text=TEXTS)
def test_anything_can_be_read_and_what_is_read_can_be_asked(
    reader: QuestionReader, knowledge: Knowledge, text: str
) -> None:
    read = reader.read(text)
    assert read == reader.read(text)
    stated: dict[str, list[str]] = {}
    for name, value in read.parameters:
        stated.setdefault(name, []).append(value)
    if read.worth_asking:
        parse_question(stated, schemes=knowledge.schemes)
    typed = re.sub("['’]", "", text.lower())
    assert all(re.sub("['’]", "", word) in typed for word in read.rest)


@given(text=TEXTS)
def test_anything_can_be_read_in_the_invented_country(invented: QuestionReader, text: str) -> None:
    nations = set(invented.schemes.slugs("nations"))
    assert set(invented.read(text).nations) <= nations
