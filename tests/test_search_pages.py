"""The search page, its feed and what stands above the results; and no odd search breaks."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from served import site

from kb.knowledge import Knowledge
from kb.search import LazyIndex, SearchIndex, search
from kb.search_model import FACETS, KINDS, SORTS, SearchAsked

ATOM = "{http://www.w3.org/2005/Atom}"
ODD = st.text(max_size=500)
PIECES = st.lists(
    st.sampled_from(
        ["(", ")", "-", '"', "*", "OR", "AND", "NOT", "sext*", "a*", "in*", "co*", "kind:offence",
         "title:", "revenge porn", "image", "s 33", "2017", "15 year old", "zzqx", "é", "\x00"]
    ),
    max_size=60,
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return site().test_client()


@pytest.fixture(scope="module")
def known() -> Knowledge:
    found: Knowledge = site().extensions["knowledge"]
    return found


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    lazy: LazyIndex = site().extensions["search"]
    return lazy.get()


# ---- any search ----------------------------------------------------------------------------------


@pytest.mark.no_cover
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=ODD | PIECES.map(" ".join) | PIECES.map("".join))
def test_no_search_breaks_it(words: str) -> None:
    lazy: LazyIndex = site().extensions["search"]
    answer = search(lazy.get(), SearchAsked(words=words[:500]))
    assert answer.total >= len(answer.hits)
    assert all(not re.search(r"<(?!/?mark>)", hit.snippet) for hit in answer.hits)


@pytest.mark.no_cover
@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=ODD | PIECES.map(" ".join))
def test_no_address_of_a_search_gives_a_fault(client: FlaskClient, words: str) -> None:
    for path in ("/search", "/search.atom", "/api/v1/search"):
        response = client.get(path, query_string={"q": words})
        assert response.status_code in (200, 303, 400), path


WORDS = [
    "image",
    "child",
    "revenge porn",
    "sext*",
    "share OR send",
    "scotland",
    "*",
    "kind:claim",
    "xyzzy",
]


@pytest.mark.no_cover
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.sampled_from(WORDS),
    limit=st.integers(1, 100),
    sort=st.sampled_from(SORTS),
    kinds=st.sets(st.sampled_from(KINDS)),
    nations=st.sets(st.sampled_from(["england", "scotland"])),
)
def test_the_pages_together_are_the_whole_list(
    index: SearchIndex, words: str, limit: int, sort: str, kinds: set[str], nations: set[str]
) -> None:
    filters = {"kind": tuple(kinds), "nation": tuple(nations)}
    whole = search(index, SearchAsked(words=words, filters=filters, sort=sort, limit=2000))
    expected = [(hit.kind, hit.id) for hit in whole.hits]
    assert len(set(expected)) == len(expected) == whole.total
    found = []
    for page in range(1, -(-whole.total // limit) + 2):
        asked = SearchAsked(words=words, filters=filters, sort=sort, limit=limit, page=page)
        found += [(hit.kind, hit.id) for hit in search(index, asked).hits]
    assert found == expected


def test_results_can_be_sorted(index: SearchIndex) -> None:
    newest = search(index, SearchAsked(words="image", sort="date", limit=2000)).hits
    days = [hit.on for hit in newest]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days == dated + [None] * (len(days) - len(dated)), "what has no day comes last"
    titles = [
        h.title.casefold() for h in search(index, SearchAsked(words="image", sort="title")).hits
    ]
    assert titles == sorted(titles)


# ---- fields and filters in the words -------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("title:sexting", lambda hit: "sext" in hit.title.lower()),
        ("kind:guidance sexting", lambda hit: hit.kind == "guidance"),
        ("nation:scotland kind:offence", lambda hit: "cotland" in hit.title or "UK" in hit.title
         or "scotland" in hit.nations + hit.unsettled or hit.kind == "offence"),
        ("title:sext*", lambda hit: "sext" in hit.title.lower()),
        ("cited:s33", lambda hit: hit.kind in ("offence", "provision", "instrument")),
    ],
)  # fmt: skip
def test_a_field_is_kept_to(index: SearchIndex, words: str, holds) -> None:  # type: ignore[no-untyped-def]
    answer = search(index, SearchAsked(words=words, limit=100))
    assert answer.total
    assert all(holds(hit) for hit in answer.hits)


def test_a_field_that_there_is_not_is_said(client: FlaskClient) -> None:
    text = client.get("/search?q=colour:red+image").text
    assert "Read as plain words: colour" in text


def test_welsh_names_are_found_as_they_are(index: SearchIndex) -> None:
    for words in ("Llywodraeth Cymru", "llywodraeth"):
        assert search(index, SearchAsked(words=words)).total, words
    named = [one for one in index.documents if one.welsh]
    for one in named:
        found = search(index, SearchAsked(words=one.welsh[0], limit=100)).hits
        assert one.id in {hit.id for hit in found}


# ---- above the results ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("s.33 CJCA", "ukpga/2015/2/section/33"),
        ("PCA 1978 s 1(1)(a)", "ukpga/1978/37/section/1"),
        ("http://www.legislation.gov.uk/id/ukpga/1978/37/section/1", "ukpga/1978/37/section/1"),
        ("Protection of Children Act 1978", "ukpga/1978/37"),
    ],
)
def test_a_citation_goes_to_its_provision(client: FlaskClient, words: str, path: str) -> None:
    response = client.get("/search", query_string={"q": words})
    assert (response.status_code, response.location) == (303, f"/legislation/{path}")
    kept = client.get("/search", query_string={"q": words, "kind": "offence"})
    assert kept.status_code == 200, "with a filter it is a search"
    body = client.get("/api/v1/search", query_string={"q": words}).get_json()
    assert body["citation"]["choices"][0]["id"] == path
    assert body["results"][0]["id"] == path


def test_a_citation_takes_the_nation_and_the_day_along(client: FlaskClient) -> None:
    response = client.get("/search?q=s.33+CJCA&nation=wales&on=2017-01-01")
    there = "/legislation/ukpga/2015/2/section/33?nation=wales&on=2017-01-01"
    assert (response.status_code, response.location) == (303, there)


def test_no_address_on_the_page_says_a_thing_twice(client: FlaskClient) -> None:
    text = client.get("/search?q=sexting+illegal&nation=wales&on=2020-01-01&limit=5&page=2").text
    main = unescape(text[text.index("<main") : text.index("</main>")])
    for link in re.findall(r'href="(/[^"]*)"', main):
        query = urlsplit(link).query
        assert "?" not in query, link
        stated = parse_qsl(query)
        assert len(stated) == len(set(stated)), link
    everything = re.search(r'href="([^"]+)">Keep to nothing', main)
    assert everything
    assert "nation=" not in everything[1]


def test_results_turn_page_by_page(client: FlaskClient) -> None:
    text = unescape(client.get("/search?q=sexting&page=3").text)
    assert '<nav class="govuk-pagination" aria-label="Pages of results">' in text
    for page, mark in ((2, "prev"), (4, "next")):
        assert re.search(rf'href="/search\?q=sexting&page={page}" rel="{mark}"', text)
    assert 'aria-label="Page 3" aria-current="page"' in text
    assert "There is no page 99" in client.get("/search?q=sexting&page=99").text


def test_each_result_says_what_it_is_and_where(client: FlaskClient) -> None:
    text = unescape(client.get("/search?q=upskirting&on=2017-07-02").text)
    hits = text.split('<li class="hit">')[1:]
    found = client.get("/api/v1/search?q=upskirting&on=2017-07-02").get_json()["results"]
    assert len(hits) == len(found)
    for shown, hit in zip(hits, found, strict=True):
        assert '<strong class="govuk-tag">' in shown
        if hit["kind"] == "offence":
            assert re.search(r"Law on that day in|We cannot say for", shown)


def test_an_address_of_ours_goes_to_its_page(client: FlaskClient, index: SearchIndex) -> None:
    for one in index.documents[::97]:
        response = client.get("/search", query_string={"q": one.address})
        assert (response.status_code, response.location) == (303, one.url)


def test_an_ambiguous_citation_offers_the_choices(client: FlaskClient) -> None:
    text = client.get("/search?q=s+5").text
    body = client.get("/api/v1/search?q=s+5").get_json()
    assert body["citation"]["status"] == "ambiguous"
    for choice in body["citation"]["choices"]:
        assert f'href="{choice["url"]}"' in text


def test_a_question_offers_the_filled_in_answer(client: FlaskClient) -> None:
    words = "is sextortion illegal in northern ireland in 2019"
    text = unescape(client.get("/search", query_string={"q": words}).text)
    link = re.search(r'href="(/law\?[^"]+)"', text)
    assert link
    asked = dict(parse_qsl(urlsplit(link[1]).query))
    assert asked == {"nation": "northern-ireland", "from": "2019-01-01", "to": "2020-01-01",
                     "conduct": "demand-with-threats"}  # fmt: skip
    assert client.get(link[1]).status_code == 200
    question = client.get("/api/v1/search", query_string={"q": words}).get_json()["question"]
    assert question["words"].startswith("Northern Ireland, 1 January 2019 to 31 December 2019: ")
    assert question["words"] in text


@pytest.mark.parametrize("words", ["childline", "childline number", "report remove"])
def test_a_query_for_help_shows_the_service(
    client: FlaskClient, known: Knowledge, words: str
) -> None:
    service = client.get("/api/v1/search", query_string={"q": words}).get_json()["service"]
    shown = known.advice.services[service["id"]]
    text = unescape(client.get("/search", query_string={"q": words}).text)
    assert shown.contact in text
    assert text.index(shown.contact) < text.index('<ol class="hits"')


def test_nothing_found_says_who_can_be_asked(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=drink+driving&nation=scotland").get_json()
    assert body["no_result"]
    assert body["instead"]
    assert client.get("/api/v1/search?q=image").get_json()["instead"] == []


def test_a_reason_is_given_for_another_name(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=revenge+porn&kind=offence").get_json()
    said = {reason["words"] for result in body["results"] for reason in result["reasons"]}
    assert "revenge porn" in said
    assert "another name for" in client.get("/search?q=revenge+porn").text


# ---- the page without script ---------------------------------------------------------------------


def test_every_filter_is_in_the_form(client: FlaskClient) -> None:
    text = client.get("/search?q=image&nation=scotland&on=2017-07-02&sort=title&limit=10").text
    for name in set(FACETS) - {"verdict"}:
        assert f'name="{name}"' in text, name
    assert 'value="2017-07-02"' in text
    assert '<option value="title" selected>' in text
    assert 'name="nation" form="search" value="scotland" checked' in text
    assert '<input type="hidden" name="limit" form="search" value="10">' in text


def test_an_empty_form_field_is_not_a_filter(client: FlaskClient) -> None:
    plain = client.get("/api/v1/search?q=image").get_json()["total"]
    assert client.get("/api/v1/search?q=image&on=&sort=&kind=").get_json()["total"] == plain


# ---- the feed ------------------------------------------------------------------------------------


def test_any_search_is_a_valid_feed(client: FlaskClient, index: SearchIndex) -> None:
    address = "/search.atom?q=revenge+porn&nation=scotland&on=2017-07-03&limit=5&sort=date"
    response = client.get(address)
    assert response.mimetype == "application/atom+xml"
    feed = ET.fromstring(response.data)
    assert feed.tag == f"{ATOM}feed"
    for parent in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1, name
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", parent.findtext(f"{ATOM}updated") or "")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert sorted(parse_qsl(urlsplit(links["self"]).query)) == sorted(
        parse_qsl(urlsplit(address).query)
    )
    assert "/search?q=revenge+porn&nation=scotland" in links["alternate"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 5
    assert set(ids) <= set(index.addresses)


def test_a_feed_keeps_its_id_and_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/search.atom?q=image&nation=wales&nation=england")
    other = client.get("/search.atom?nation=england&q=image&nation=wales&on=")
    ids = [ET.fromstring(one.data).findtext(f"{ATOM}id") for one in (first, other)]
    assert ids[0] == ids[1]
    again = client.get(
        "/search.atom?q=image&nation=wales&nation=england",
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("words", ["\x00\x01 image", "image \ufffe", "<b>&", "\ud7ff image"])
def test_a_feed_of_an_odd_search_is_xml(client: FlaskClient, words: str) -> None:
    response = client.get("/search.atom", query_string={"q": words})
    assert response.status_code == 200
    ET.fromstring(response.data)


def test_a_feed_of_nothing_is_refused(client: FlaskClient) -> None:
    assert client.get("/search.atom").status_code == 400
