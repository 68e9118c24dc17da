"""Suggestions while typing: names that begin so, and never an error, however odd the text."""

import json
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from served import site

from kb.search_suggest import KINDS, LAST, MOST, WORD, Suggester, Suggestion, suggest, words_of

ADDRESS = "/api/v1/suggest"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return site().test_client()


@pytest.fixture(scope="module")
def known() -> Suggester:
    found: Suggester = site().extensions["suggest"]()
    return found


def texts(found: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.text for suggestion in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("upskirt", "upskirting"),
        ("REVENGE p", "revenge porn"),
        ("childl", "Childline"),
        ("crim just act 198", "Criminal Justice Act 1988"),
        ("cjca", "Criminal Justice and Courts Act 2015"),
        ("cjca 2015", "Criminal Justice and Courts Act 2015"),
        ("s 33 cj", "Criminal Justice and Courts Act 2015, s 33"),
        ("section 33 cjca", "Criminal Justice and Courts Act 2015, s 33"),
        ("s. 1 protection of ch", "Protection of Children Act 1978, s 1"),
        ("ukpga/1978/37", "Protection of Children Act 1978"),
    ],
)
def test_best_suggestion_comes_first(known: Suggester, typed: str, first: str):
    assert texts(suggest(known, typed))[0] == first


def test_everyday_word_of_several_offences_is_searched_for(known: Suggester):
    assert suggest(known, "revenge porn")[0] == Suggestion(text="revenge porn", kind=WORD, url=None)


def test_other_name_of_a_service_leads_to_it(known: Suggester):
    service = suggest(known, "child protection se")[0]
    assert service.text == "child protection services"
    assert service.url == "/services/local-childrens-services"


@pytest.mark.parametrize("typed", ["s 33", "child", "image"])
def test_mistaken_beliefs_come_after_what_is_known(known: Suggester, typed: str):
    late = [one.kind == LAST for one in suggest(known, typed, limit=2000)]
    assert True in late
    assert late == sorted(late)


def test_what_others_claim_is_not_suggested(known: Suggester):
    assert {one.kind for one in known.suggestions} == set(KINDS)


def test_nothing_is_suggested_for_nothing(known: Suggester):
    assert suggest(known, "") == suggest(known, " \n.,-") == ()


def test_no_suggestion_twice_and_at_most_ten(known: Suggester):
    for typed in "abcdefghijklmnopqrstuvwxyz0123456789":
        found = suggest(known, typed)
        assert len(found) <= MOST
        assert len({(one.text.casefold(), one.url) for one in found}) == len(found)


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None)
@given(typed=st.text(max_size=200))
def test_any_text_has_an_answer_of_words_that_begin_so(typed: str):
    found = suggest(site().extensions["suggest"](), typed)
    assert not found or words_of(typed)
    for one in found:
        assert one.kind in ("instrument", "provision") or all(
            any(word.startswith(start) for word in words_of(one.text)) for start in words_of(typed)
        )


@pytest.mark.no_cover
def test_every_suggested_page_is_there(known: Suggester, client: FlaskClient):
    for one in known.suggestions[::25]:
        if one.url:
            assert client.get(one.url).status_code == 200, one


@pytest.mark.no_cover
def test_every_suggested_word_finds_something(known: Suggester, client: FlaskClient):
    for one in known.suggestions:
        if one.url is None:
            answer = client.get("/api/v1/search", query_string={"q": one.text, "limit": "1"})
            assert answer.get_json()["total"], one.text


def test_answer_is_that_of_the_contract(client: FlaskClient):
    answer = client.get(f"{ADDRESS}?q=%20upskirt ")
    assert answer.status_code == 200
    assert answer.get_json()["q"] == "upskirt"
    first = answer.get_json()["suggestions"][0]
    assert first == {"text": "upskirting", "kind": "word", "url": None}
    assert client.get(ADDRESS).get_json()["suggestions"] == []
    again = client.get(f"{ADDRESS}?q=upskirt", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("stated", "wrong"),
    [
        ([("q", "x" * 201)], "q is too long: it can have 200 characters."),
        ([("q", "one"), ("q", "two")], "q takes one value, and was given several."),
        ([("q", "one"), ("nation", "wales")], "There is no parameter 'nation'. There are: q."),
    ],
)
def test_wrong_question_is_refused(client: FlaskClient, stated: list[tuple[str, str]], wrong: str):
    answer = client.get(f"{ADDRESS}?{urlencode(stated)}")
    assert answer.status_code == 400
    assert answer.get_json()["detail"] == wrong


@pytest.mark.parametrize("typed", ["\x00", "'\"<script>", "{{7*7}}", "%", "\\", "é́ɑ𝒳", "x " * 100])
def test_odd_text_is_an_answer(client: FlaskClient, typed: str):
    answer = client.get(ADDRESS, query_string={"q": typed})
    assert answer.status_code == 200
    assert json.loads(answer.text)["q"] == typed.strip()
