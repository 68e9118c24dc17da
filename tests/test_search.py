"""Search finds what people call things, says what it did not find, and never breaks."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.deciding import best_window, window_states
from kb.errors import QuestionError
from kb.knowledge import Knowledge
from kb.search import SearchIndex, build, search
from kb.search_asked import parse_search
from kb.search_model import FACETS, KINDS, SearchAnswer, SearchAsked
from kb.search_text import one_form, short_titles
from kb.terms import identifier, slug_of
from web.app import create_app

Find = Callable[..., SearchAnswer]
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'\"`",
    '"unclosed',
    "*",
    "**",
    "(((",
    "AND OR NOT",
    "a:b^^3 [x TO y} ~2 \\",
    "-",
    "-nudes",
    "\x00\ufffd\u2028",
    "nudes " * 80,
    "é́ɑ𝒳",
)


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app({"TESTING": True})


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def known(app: Flask) -> Knowledge:
    found: Knowledge = app.extensions["knowledge"]
    return found


@pytest.fixture(scope="module")
def index(app: Flask) -> SearchIndex:
    found: SearchIndex = app.extensions["search"].get()
    return found


@pytest.fixture(scope="module")
def find(known: Knowledge, index: SearchIndex) -> Find:
    def found(q: str, **stated: str) -> SearchAnswer:
        given = {"q": [q], "limit": ["100"]} | {name: [value] for name, value in stated.items()}
        acts = tuple(row.path for row in known.catalogue.instruments.values())
        return search(index, parse_search(given, schemes=known.schemes, instruments=acts))

    return found


def ids(answer: SearchAnswer, first: int = 100) -> list[str]:
    return [hit.id for hit in answer.hits[:first]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("revenge porn", ["absha-2016-s2-1", "cjca-2015-s33-1-disclose", "soa-2003-s66b-1"]),
        ("sexting", ["pca-1978-s1-1-a", "cgsa-1982-s52-1-a", "poc-ni-1978-art3-1-a"]),
        ("cyberflashing", ["soa-2003-s66a-1", "so-ni-2008-art72a-1", "soa-s-2009-s6-1"]),
        ("cyberfl*", ["soa-2003-s66a-1", "so-ni-2008-art72a-1"]),
        ('"private sexual"', ["cjca-2015-s33-1-disclose", "ja-ni-2016-s51-1-disclose"]),
        ("posted her nudes on snapchat", ["pca-1978-s1-1-b"]),
    ],
)
def test_what_people_call_it_is_found(find: Find, words: str, expected: list[str]) -> None:
    assert set(expected) <= set(ids(find(words)))


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("s 33 CJCA", "ukpga/2015/2/section/33"),
        ("s33 CJCA 2015", "ukpga/2015/2/section/33"),
        ("section 33 of the Criminal Justice and Courts Act 2015", "ukpga/2015/2/section/33"),
        ("section 66B", "ukpga/2003/42/section/66B"),
        ("s. 66b", "ukpga/2003/42/section/66B"),
        ("66B", "ukpga/2003/42/section/66B"),
        ("s 2 ABSHA", "asp/2016/22/section/2"),
        ("art 72A", "nisi/2008/1769/article/72A"),
        ("ukpga/1978/37/section/1", "ukpga/1978/37/section/1"),
    ],
)
def test_a_citation_finds_its_provision(find: Find, words: str, path: str) -> None:
    assert path in ids(find(words), first=3)


@pytest.mark.no_cover
def test_each_offence_is_found_by_its_own_label(known: Knowledge, find: Find) -> None:
    offences = known.library.offences()
    missed = [o.id for o in offences if o.id not in ids(find(o.label), first=5)]
    assert (len(offences), missed) == (138, [])


@pytest.mark.no_cover
def test_each_instrument_is_found_by_its_own_title(known: Knowledge, find: Find) -> None:
    instruments = known.library.instruments()
    assert [i.id for i in instruments if i.id not in ids(find(i.title), first=3)] == []


@pytest.mark.parametrize(
    ("words", "meant"),
    [("indecentt", "indecent"), ("upskirtng", "upskirting"), ("harasment", "harassment")],
)
def test_a_misspelling_finds_what_was_meant_and_says_so(find: Find, words: str, meant: str) -> None:
    answer = find(words)
    assert (answer.matched, answer.did_you_mean) == ("like", meant)
    assert answer.unknown_words == (words,)
    assert ids(answer) == ids(find(meant))


def test_a_misspelling_that_people_make_is_a_name_that_is_never_shown(
    find: Find, known: Knowledge
) -> None:
    answer = find("indescent images")
    assert answer.matched == "all"
    assert "pca-1978-s1-1-a" in ids(answer, first=3)
    hidden = {
        name for concept in known.schemes.by_address.values() for name in concept.hidden_names
    }
    hidden |= {row.name for rows in known.catalogue.hidden_names.values() for row in rows}
    assert "indescent" not in {word for hit in answer.hits for word in hit.snippet.split()}
    for words in ("indescent images", "sexting", "revenge porn"):
        for hit in find(words).hits:
            shown = {reason.words for reason in hit.reasons} & hidden
            assert all(one.lower() in words for one in shown), "only as it was typed"


def test_nothing_found_says_what_was_searched(find: Find) -> None:
    answer = find("drink driving")
    assert (answer.no_result, answer.matched, answer.did_you_mean) == (True, "none", None)
    assert answer.searched["offence"] == 138


def test_a_word_left_out_leaves_out(find: Find) -> None:
    assert 0 < find("nudes -scotland").total < find("nudes").total


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_break_it(find: Find, client: FlaskClient, words: str) -> None:
    for hit in find(words[:500]).hits:
        assert not re.search(r"<(?!/?mark>)", hit.snippet)
    for path in ("/search", "/api/v1/search"):
        response = client.get(path, query_string={"q": words})
        assert response.status_code in (200, 400)
        as_page = response.text if response.mimetype == "text/html" else ""
        assert "<script>alert" not in as_page
        assert "<img src=x" not in as_page


def test_a_snippet_escapes_what_it_shows(known: Knowledge, index: SearchIndex) -> None:
    hostile = replace(index.documents[0], passages=('<script>x</script> "revenge" & <b>porn</b>',))
    small = build((hostile,), schemes=known.schemes)
    found = search(small, SearchAsked(words="revenge porn script")).hits[0].snippet
    assert found == (
        "&lt;<mark>script</mark>&gt;x&lt;/<mark>script</mark>&gt;"
        " &quot;<mark>revenge</mark>&quot; &amp; &lt;b&gt;<mark>porn</mark>&lt;/b&gt;"
    )


def test_a_snippet_is_cut_at_words_and_shows_the_find(find: Find) -> None:
    for hit in find("distress").hits:
        text = unescape(re.sub(r"</?mark>", "", hit.snippet))
        assert len(text) <= 246
        assert "<mark>" in hit.snippet or hit.kind == "instrument" or "distress" in hit.title


def test_no_phrase_runs_from_one_passage_into_the_next(
    known: Knowledge, index: SearchIndex
) -> None:
    apart = replace(index.documents[0], names=(), passages=("first piece", "second piece"))
    small = build((apart,), schemes=known.schemes)
    assert search(small, SearchAsked(words='"piece second"')).total == 0
    assert search(small, SearchAsked(words='"second piece"')).total == 1


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({"kind": ["crime"]}, "offence, provision, instrument"),
        ({"nation": ["ireland"]}, "england, wales, scotland, northern-ireland"),
        ({"on": ["2017-02-30"]}, "year-month-day"),
        ({"limit": ["101"]}, "1 to 100"),
        ({"limit": ["0"]}, "1 to 100"),
        ({"page": ["-1"]}, "1 to 100,000"),
        ({"on": ["2017-07-02", "2017-07-03"]}, "takes one value"),
        ({"colour": ["red"]}, "There are: q, kind"),
        ({"topic": ["crime"]}, "taking-and-making, sharing"),
        ({"state": ["law"]}, "applies, ruled-out"),
        ({"document_state": ["applies"]}, "current, superseded"),
        ({"instrument": ["ukpga/1066/1"]}, "ukpga/1978/37"),
        ({"verdict": ["true"]}, "accurate, imprecise"),
        ({"sort": ["best"]}, "relevance, date, title"),
        ({"q": ["x" * 501]}, "too long"),
    ],
)
def test_a_wrong_filter_is_refused_with_what_would_be_right(
    known: Knowledge, client: FlaskClient, stated: dict[str, list[str]], says: str
) -> None:
    acts = tuple(row.path for row in known.catalogue.instruments.values())
    with pytest.raises(QuestionError, match=says):
        parse_search({"q": ["nudes"], **stated}, schemes=known.schemes, instruments=acts)
    response = client.get("/api/v1/search", query_string={"q": "nudes", **stated})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert client.get("/search", query_string={"q": "nudes", **stated}).status_code == 400


def test_the_day_and_the_nation_are_part_of_the_search(find: Find) -> None:
    before = find("intimate image abuse", nation="scotland", on="2017-07-02")
    assert "absha-2016-s2-1" not in ids(before)
    assert before.elsewhere
    after = find("intimate image abuse", nation="scotland", on="2017-07-03")
    assert "absha-2016-s2-1" in ids(after)
    for hit in after.hits:
        assert "scotland" in hit.nations + hit.unsettled
    ended = find("revenge porn", nation="england")
    assert "cjca-2015-s33-1-disclose" in ids(ended), "no day stated: no day is left out"


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"on": "2017-07-03"},
        {"nation": "scotland"},
        {"kind": "offence"},
        {"state": "ended", "on": "2024-02-01"},
        {"document_state": "current", "nation": "wales"},
        {"topic": "sharing", "on": "2017-07-02", "nation": "scotland"},
    ],
)
def test_a_facet_counts_what_choosing_it_finds(find: Find, stated: dict[str, str]) -> None:
    answer = find("image", **stated)
    assert set(answer.facets) == set(FACETS)
    for name, counts in answer.facets.items():
        for value, count in list(counts.items())[:12]:
            assert find("image", **{**stated, name: value}).total == count, (name, value)


def test_the_states_are_those_of_the_graph(known: Knowledge, find: Find) -> None:
    on = date(2017, 7, 3)
    standing = window_states(known.engine, on)
    for nation in known.schemes.slugs("nations"):
        stated = {"kind": "offence", "on": on.isoformat(), "nation": nation}
        counts = find("*", **stated).facets["state"]
        found = [best_window(standing.get((o, identifier("nation", nation)), ())) for o in
                 known.catalogue.offences]  # fmt: skip
        states = [window.state if window else "does-not-extend" for window in found]
        for state, count in counts.items():
            assert count == states.count({"applies": "law"}.get(state, state)), (nation, state)


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_the_pages_together_are_the_whole(index: SearchIndex, limit: int) -> None:
    whole = search(index, SearchAsked(words="child", limit=100))
    assert whole.total > 100
    asked = [
        SearchAsked(words="child", limit=limit, page=page + 1)
        for page in range(-(-whole.total // limit) + 1)
    ]
    found = [(hit.kind, hit.id) for one in asked for hit in search(index, one).hits]
    assert len(found) == len(set(found)) == whole.total


@pytest.mark.no_cover
def test_where_an_offence_stands_is_what_the_graph_says(
    known: Knowledge, index: SearchIndex
) -> None:
    offences = [document for document in index.documents if document.kind == "offence"]
    days = {
        day + timedelta(days=more)
        for document in offences
        for held in document.stands.values()
        for turn in held.changes
        for day in (date.fromordinal(turn),)
        for more in (-1, 0)
    }
    for on in sorted(days)[::3]:
        states = {}
        for (owner, nation), windows in window_states(known.engine, on).items():
            best = best_window(windows)
            states[owner, slug_of(nation)] = best.state if best else ""
        for document in offences:
            owner = identifier("offence", document.id)
            sure, maybe = document.standing(on)
            there = {n: states.get((owner, n)) for n in known.schemes.slugs("nations")}
            assert list(sure) == [n for n, state in there.items() if state == "law"]
            assert list(maybe) == [n for n, state in there.items() if state == "unknown"]


def test_an_instrument_is_not_found_before_it_was_made(find: Find) -> None:
    assert "ukpga/2023/50" in ids(find("Online Safety Act 2023", on="2023-10-26"))
    assert "ukpga/2023/50" not in ids(find("Online Safety Act 2023", on="2023-10-25"))


def test_numbers_of_provisions_have_one_form() -> None:
    for written in ("s 33", "s. 33", "s33", "section 33", "ss 33", "§33", "Section/33"):
        assert one_form(written) == "s33"
    assert one_form("Schedule 4 para. 13, arts 3") == "sch4 para13, art3"
    assert one_form("the child's 13 items; nudes 4") == "the child's 13 items; nudes 4"


def test_short_titles_come_from_the_title() -> None:
    assert {"SOSA", "SOA", "SOA2009"} <= set(short_titles("Sexual Offences (Scotland) Act 2009"))
    assert {"PCA", "POCA"} <= set(short_titles("Protection of Children Act 1978"))


def test_the_api_answers_as_its_contract_says(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=revenge+porn&nation=scotland&limit=1")
    body: dict[str, Any] = response.json or {}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert {"total", "results", "facets", "did_you_mean", "no_result"} <= set(body)
    assert set(body["results"][0]) >= {
        "id",
        "kind",
        "title",
        "provision",
        "url",
        "snippet",
        "score",
    }
    assert (body["no_result"], len(body["results"])) == (False, 1)
    assert client.get(body["results"][0]["url"]).status_code == 200
    assert client.get("/api/v1/search").status_code == 400
    paths = (client.get("/openapi.json").json or {})["paths"]
    taken = [p["name"] for p in paths["/api/v1/search"]["get"]["parameters"]]
    assert taken == ["q", *FACETS, "on", "sort", "limit", "page"]


def test_every_link_of_the_page_keeps_the_whole_search(client: FlaskClient) -> None:
    whole = client.get("/search?q=image&on=2017-07-03&limit=10&kind=offence").text
    text = whole[: whole.index("<header")] + whole[whole.index("<main") :].split("</main>")[0]
    links = [unescape(link) for link in re.findall(r'href="(/search(?:\.atom)?\?[^"]+)"', text)]
    assert any("page=2" in link for link in links)
    assert any(link.startswith("/search.atom") for link in links)
    assert 'name="kind" form="search" value="offence" checked' in text
    for link in links:
        assert "q=image" in link
        assert client.get(link).status_code == 200
    assert all("on=2017-07-03" in link for link in links if "page=2" in link)


def test_the_page_without_a_search_and_with_an_empty_result(client: FlaskClient) -> None:
    assert client.get("/search").status_code == 200
    like = unescape(client.get("/search?q=upskirtng").text)
    assert "Nothing has upskirtng. These are the results for" in like
    nothing = client.get("/search?q=drink+driving").text
    assert "138 offences" in nothing
    assert "Who can be asked" in nothing
    assert "What is not covered" in nothing
    assert 'href="/coverage"' in nothing
    assert "There is no page 99" in client.get("/search?q=sexting&page=99").text


def test_a_day_in_the_far_past_or_future_is_only_a_day(find: Find) -> None:
    for on in (date.min, date.max):
        assert find("sexting", on=on.isoformat()).elsewhere >= 0


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("s 33 across the UK", "section-33-uk-wide"),
        ("section 33 Criminal Justice and Courts Act", "section-33-uk-wide"),
        ("part 67", "part-67-uk-wide"),
        ("outcome 21 Scotland", "outcome-21-uk-wide"),
        ("phone contract", "phone-contract-holder-is-liable"),
        ("nude means indecent", "nude-means-indecent"),
        ("can staff look at the image to check what it is", "staff-may-look-to-check"),
    ],
)
def test_what_people_get_wrong_is_answered_with_the_correction(
    find: Find, known: Knowledge, client: FlaskClient, words: str, slug: str
) -> None:
    correction = find(words).correction
    assert correction is not None
    assert (correction.id, correction.url) == (slug, f"/misconceptions/{slug}")
    assert correction.correction == known.advice.misconceptions[slug].correction
    stated = {"q": words, "limit": 50}  # with the plain search a citation goes to its provision
    page = unescape(client.get("/search", query_string=stated).text)
    assert page.index(correction.correction) < page.index('<li class="hit">')
    body: dict[str, Any] = client.get("/api/v1/search", query_string={"q": words}).json or {}
    assert body["correction"]["id"] == slug


@pytest.mark.parametrize(
    "words", ["sexting", "revenge porn", "childline", "image", "section 33", "drink driving", ""]
)
def test_a_plain_search_is_not_corrected(find: Find, words: str) -> None:
    assert find(words).correction is None


def test_a_correction_is_for_the_nations_that_the_search_is_kept_to(find: Find) -> None:
    assert find("outcome 21 Scotland", nation="scotland").correction
    assert find("outcome 21 UK police", nation="england").correction is None


@pytest.mark.no_cover
def test_everything_on_the_shelves_is_found_by_its_own_name(known: Knowledge, find: Find) -> None:
    advice = known.advice
    named = {
        "guidance": {one.id: one.title for one in advice.guidance.values()},
        "practice": {one.id: one.label for one in advice.practice.values()},
        "service": {one.id: one.title for one in advice.services.values()},
        "misconception": {one.id: one.label for one in advice.misconceptions.values()},
    }
    assert min(len(found) for found in named.values()) > 20
    for kind, names in named.items():
        missed = [slug for slug, name in names.items() if slug not in ids(find(name, kind=kind), 3)]
        assert missed == [], kind
    claims = [one for one in advice.claims.values() if one.id not in ids(find(one.id), first=1)]
    assert claims == []


def test_a_document_or_service_stands_where_it_is_current(find: Find) -> None:
    def standing(words: str, slug: str, on: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return next(
            ((hit.nations, hit.unsettled) for hit in find(words, on=on).hits if hit.id == slug),
            ((), ()),
        )

    assert standing("KCSIE", "kcsie-2025", "2026-08-31") == (("england",), ())
    assert standing("KCSIE", "kcsie-2025", "2026-09-01") == ((), ("england",))
    assert standing("KCSIE", "kcsie-2025", "2025-08-31") == ((), ())
    assert "net-aware" not in ids(find("Net Aware", on="2026-11-22", kind="service"))
    assert "net-aware" in ids(find("Net Aware"))


def test_each_kind_has_its_page(find: Find, client: FlaskClient) -> None:
    kinds = {}
    for kind in KINDS:
        for hit in find("*", kind=kind).hits:
            kinds.setdefault(hit.kind, hit.url)
    assert set(kinds) == set(KINDS)
    for address in kinds.values():
        assert client.get(address).status_code == 200, address


def test_practice_is_found_without_the_marks_in_its_text(find: Find) -> None:
    for hit in find("safeguarding lead", kind="practice").hits:
        assert "{" not in hit.snippet
