"""The table of page types has every page, each answers, and no two are called the same."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from page_types import BY_NAME, NOT_PAGES, PAGES
from served import site
from werkzeug.exceptions import NotFound as NoSuchRoute
from werkzeug.routing import RequestRedirect

pytestmark = pytest.mark.no_cover
HTML = {"Accept": "text/html"}


def endpoint_of(path: str) -> str:
    """The view that answers at an address; "" where there is none."""
    try:
        return site().url_map.bind("localhost").match(path.partition("?")[0])[0]
    except (NoSuchRoute, RequestRedirect):
        return ""


def test_every_route_is_a_type_of_page_or_said_to_be_none():
    rules = [rule for rule in site().url_map.iter_rules() if "GET" in rule.methods]
    routes = {rule.endpoint for rule in rules}
    apart = {name for name in routes if name.partition(".")[0] in NOT_PAGES or name in NOT_PAGES}
    shown = {endpoint_of(page.path) for page in PAGES if page.status < 400}
    assert routes - apart == shown - {""}, "add it to PAGES, or to NOT_PAGES"
    assert {
        n for n in NOT_PAGES if n not in routes and not any(r.startswith(n + ".") for r in routes)
    } == set()


def test_table_names_no_type_and_no_address_twice():
    assert [name for name, many in Counter(page.name for page in PAGES).items() if many > 1] == []
    assert [path for path, many in Counter(page.path for page in PAGES).items() if many > 1] == []


@pytest.fixture(scope="module")
def answers():
    client = site().test_client()
    return {page.name: client.get(page.path, headers=HTML) for page in PAGES}


def test_each_answers_as_said(answers):
    found = {name: (answer.status_code, answer.mimetype) for name, answer in answers.items()}
    assert found == {page.name: (page.status, "text/html") for page in PAGES}


def test_no_two_pages_have_one_title(answers):
    titles = {
        name: " ".join(re.search(r"<title[^>]*>(.*?)</title>", answer.text, re.S)[1].split())
        for name, answer in answers.items()
        if BY_NAME[name].status == 200  # what is refused is all called the same
    }
    said = Counter(titles.values())
    assert {name: title for name, title in titles.items() if said[title] > 1} == {}


@pytest.mark.parametrize("name", BY_NAME)
def test_headings_are_in_order(answers, name):
    text = re.sub(r"<(template|script|svg)\b.*?</\1>", "", answers[name].text, flags=re.S)
    main = text[text.index("<main") : text.index("</main>")]
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", main)]
    if "govuk-error-summary" in main:  # what is wrong comes before everything, under a heading
        levels = levels[1:]
    assert levels.count(1) == 1 == levels[0], levels
    assert [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1] == []
    assert len(re.findall(r"<h1\b", text)) == 1


@pytest.mark.parametrize("name", BY_NAME)
def test_what_elements_refer_to_is_there_once(answers, name):
    text = answers[name].text
    ids = Counter(re.findall(r'\sid="([^"]*)"', text))
    assert [one for one, many in ids.items() if many > 1] == []
    named = re.findall(r'\s(?:for|aria-(?:labelledby|describedby|controls))="([^"]*)"', text)
    assert {one for several in named for one in several.split()} - set(ids) == set()
    assert set(re.findall(r'href="#([^"]+)"', text)) - set(ids) == set()


@pytest.mark.parametrize("name", BY_NAME)
def test_nothing_needs_script(answers, name):
    text = answers[name].text
    for form in re.findall(r"<form\b.*?</form>", text, re.S):
        buttons = re.findall(r"<button\b([^>]*)>", form)
        assert [b for b in buttons if 'type="button"' not in b and " hidden" not in b], form[:200]
    for element in re.findall(r"<(\w+)[^>]*\shidden(?:[\s>=])", text):
        assert element in ("button", "input"), f"{element} stays hidden without script"
    assert re.findall(r'\son\w+="|href="javascript:', text) == []
    assert re.findall(r'<a\s[^>]*href="#"', text) == []
