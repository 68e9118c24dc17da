"""The pages, the API and the feeds about changes, as readers and tools get them."""

import gzip
import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from served import site

from kb.changes_between import every_event
from kb.terms import ID
from web.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
API = "/api/v1/changes"
QUESTION = "/law?nation=england&nation=scotland&on=2020-01-01&conduct=share&material=intimate-image"
FEEDS = (
    ("/feeds/changes.atom", "feed/changes"),
    ("/feeds/nation/scotland.atom", "feed/nation/scotland"),
    ("/feeds/topic/sharing.atom", "feed/topic/sharing"),
    (
        "/feeds/topic/threats-and-blackmail/scotland.atom",
        "feed/topic/threats-and-blackmail/scotland",
    ),
    ("/feeds/offence/pca-1978-s1-1-a.atom", "feed/offence/pca-1978-s1-1-a"),
    (
        "/feeds/provision/ukpga/1978/37/section/1.atom",
        "feed/provision/ukpga/1978/37/section/1",
    ),
    ("/feeds/provision/ukpga/1978/37.atom", "feed/provision/ukpga/1978/37"),
)


def get(address, *, status=200, **query):
    response = site().test_client().get(address, query_string=query or None)
    assert response.status_code == status, response.text[:500]
    return response


def period(start, end, **more):
    return {"from": start, "to": end, **more}


def every_page(asked):
    """The pages of a list, the first to the last, as one text."""
    texts, address = [], f"/changes?{urlencode(asked)}"
    while address:
        texts.append(get(address).text)
        after = re.search(r'href="([^"]+)" rel="next"', texts[-1])
        address = unescape(after[1]) if after else None
    return "".join(texts)


# ---- the page ------------------------------------------------------------------------------------


def test_a_period_is_shown_newest_first_with_authority_source_and_confidence():
    text = every_page(period("2017-01-01", "2024-02-01"))
    days = [text.index(f'id="on-{day}"') for day in ("2024-01-31", "2023-11-27", "2017-07-03")]
    assert days == sorted(days)
    assert 'href="/offence/absha-2016-s2-1"' in text
    assert 'href="/legislation/ssi/2017/183"' in text
    assert "Read in an official text" in text
    assert "sources</summary>" in text
    assert "From <time" in text
    assert '<time datetime="2024-01-31">31 January 2024</time>, both included' in text


def test_a_long_list_is_given_in_pages_and_nothing_is_lost(knowledge):
    asked = {"from": "1900-01-01", "to": "2030-01-01"}
    text = every_page(asked)
    slugs = re.findall(r'<article class="compact" id="([^"]+)"', text)
    found = every_event(knowledge.catalogue, knowledge.schemes, knowledge.advice)
    assert sorted(slugs) == sorted(event.slug for event in found)
    days = re.findall(r'<section aria-labelledby="on-([0-9-]+)"', text)
    assert days == sorted(set(days), reverse=True), "a day stands on one page"
    first = get("/changes", **asked).text
    last = int(re.search(r"Page 1 of (\d+):", first)[1])
    assert last > 3
    assert first.count("data-label") == 0
    assert len(gzip.compress(first.encode())) < 35_000
    assert "page 2</title>" in get("/changes", **asked, page="2").text.replace(" – Whichlaw", "")
    for wrong in (last + 1, 0, "x"):
        refused = get("/changes", status=400, **asked, page=str(wrong)).text
        assert "page cannot be" in unescape(refused)
    assert "page=2" in get("/changes", **asked, page="2").text.partition("Address of this page")[0]


def test_the_nation_is_changed_in_the_bar_and_kept_by_the_form():
    text = get("/changes", nation="wales").text
    form = text[text.index('class="govuk-details__text"') :]
    assert '<input type="hidden" name="nation" value="wales">' in form[: form.index("</form>")]
    bar = text[text.index('<section class="place"') : text.index("<main")]
    assert re.search(r'name="nation" value="wales" checked', bar)
    assert 'name="on"' not in bar, "it reads no day"


def test_a_page_says_how_to_come_back_and_how_to_follow():
    text = get("/changes", **period("2024-01-01", "2024-02-01", nation="wales")).text
    assert "/changes?from=2024-01-01&amp;to=2024-02-01&amp;nation=wales" in text
    assert 'rel="alternate" type="application/atom+xml"' in text
    assert "/feeds/nation/wales.atom" in text
    assert "/api/v1/changes?from=2024-01-01&amp;to=2024-02-01&amp;nation=wales" in text


def test_by_default_the_last_year_up_to_today_is_shown():
    asked = get(API).get_json()["asked"]
    first, end = (date.fromisoformat(asked[name]) for name in ("from", "to"))
    assert end - first == timedelta(days=365)
    assert abs(end - timedelta(days=1) - date.today()) <= timedelta(days=1)
    assert get("/changes").text.count("What changed in the law")


def test_of_one_offence_everything_is_shown_by_default():
    found = get(API, offence="pca-1978-s1-1-a").get_json()
    assert found["asked"]["from"] == "1978-08-20"
    assert {event["offence"]["id"] for event in found["changes"]} == {"pca-1978-s1-1-a"}


def test_an_empty_answer_is_honest():
    text = get("/changes", **period("1979-03-04", "1979-03-05", nation="scotland")).text
    assert "No change is recorded here" in text
    assert "That is not to say that nothing did" in text
    assert "changes seen until" in text


def test_a_period_after_the_last_check_is_warned_of():
    text = get("/changes", **period("2020-01-01", "2999-01-01")).text
    assert "Take care." in text


def test_a_day_that_only_limits_a_start_stands_apart():
    text = get("/changes", **period("2006-01-01", "2006-01-02")).text
    assert "First day not found:" in text
    assert "was law by 1 January 2006 at the latest" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"from": "2024-02-30"}, "real day"),
        ({"to": "soon"}, "real day"),
        (period("2024-01-02", "2024-01-01"), "after to"),
        ({"nation": "mars"}, "scotland"),
        ({"kind": "gossip"}, "commencement"),
        ({"offence": "nothing"}, "pca-1978-s1-1-a"),
        ({"provision": "nothing/1"}, "ukpga/1978/37"),
        ({"topic": "gossip"}, "threats-and-blackmail"),
        ({"topic": "share"}, "sharing"),
        ({"topic": ["sharing", "possessing"]}, "one value"),
        ({"day": "2024-01-01"}, "from, to, nation, kind, topic, offence, provision"),
        ({"nation": ["wales", "england"]}, "one value"),
        ({"answer": "<script>"}, "There is no parameter"),
    ],
)
@pytest.mark.parametrize("address", ["/changes", API])
def test_what_cannot_be_read_is_refused_with_what_would_do(address, query, said):
    response = get(address, status=400, **query)
    assert said in response.text
    assert "<script>" not in response.text or address == API
    if address == API:
        problem = response.get_json()
        assert response.content_type == "application/problem+json"
        assert problem["valid"]
        assert problem["parameter"] in query


# ---- a topic -------------------------------------------------------------------------------------


def test_a_topic_is_chosen_on_the_page_and_kept_in_its_addresses():
    kept = {"nation": "scotland", "topic": "threats-and-blackmail"}
    text = get("/changes", **period("2016-01-01", "2021-01-01", **kept)).text
    assert "in the topic “Threats and blackmail”" in text
    assert '<option value="threats-and-blackmail" selected>' in text
    assert 'href="/offence/absha-2016-s2-1?nation=scotland"' in text
    assert "topic=threats-and-blackmail" in text.partition("Address of this page")[0]
    assert "/feeds/topic/threats-and-blackmail/scotland.atom" in text
    assert "are in no topic" in text
    assert "are in no topic" not in get("/changes").text


def test_the_api_keeps_to_a_topic_and_says_which_topics_an_event_is_in():
    asked = period("2017-07-03", "2017-07-04", nation="scotland")
    found = get(API, **asked, topic="threats-and-blackmail").get_json()
    assert found["asked"]["topic"] == "threats-and-blackmail"
    (event,) = [e for e in found["changes"] if e["offence"]]
    assert event["offence"]["id"] == "absha-2016-s2-1"
    assert event["topics"] == ["sharing", "threats-and-blackmail", "fakes-and-ai"]
    assert get(API, **asked, topic="covert-recording").get_json()["total"] == 0
    assert get(API, **asked, topic="").get_json()["asked"]["topic"] is None


def test_the_scheme_of_topics_says_what_each_covers():
    found = get("/api/v1/schemes/topics").get_json()["concepts"]
    covers = {concept["id"]: concept["covers"] for concept in found}
    assert f"{ID}conduct/threaten-to-share" in covers["threats-and-blackmail"]
    assert covers["support"] == []


def test_an_entry_names_its_topics():
    feed = ET.fromstring(get("/feeds/topic/threats-and-blackmail/scotland.atom").data)
    assert [found.text for found in feed.findall(f"{ATOM}title")] == [
        "Changes of the law: Threats and blackmail, Scotland"
    ]
    for entry in feed.findall(f"{ATOM}entry"):
        named = {(c.get("scheme"), c.get("term")) for c in entry.findall(f"{ATOM}category")}
        assert (f"{ID}scheme/topics", "threats-and-blackmail") in named
        assert (f"{ID}scheme/nations", "scotland") in named


# ---- the API -------------------------------------------------------------------------------------


def test_the_api_says_the_same_as_the_page():
    found = get(API, **period("2024-01-31", "2024-02-01", nation="wales", kind="end")).get_json()
    assert found["total"] == len(found["changes"]) > 2
    assert found["release"]["sha256"]
    event = next(e for e in found["changes"] if e["offence"]["id"] == "cjca-2015-s33-1-disclose")
    assert event["on"] == "2024-01-31"
    assert event["nations"] == ["england", "wales"]
    assert event["authority"][0]["id"] == "ukpga/2023/50/section/190"
    assert event["provisions"][0]["id"] == "ukpga/2015/2/section/33"
    assert event["confidence"] == "primary"
    assert event["facts"]


def test_both_calls_are_described():
    paths = get("/openapi.json").get_json()["paths"]
    parameters = {p["name"]: p for p in paths[API]["get"]["parameters"]}
    assert list(parameters) == ["from", "to", "nation", "kind", "topic", "offence", "provision"]
    assert "threats-and-blackmail" in parameters["topic"]["schema"]["enum"]
    assert "penalty" in parameters["kind"]["schema"]["enum"]
    assert {p["name"]: p["required"] for p in paths[f"{API}/since"]["get"]["parameters"]} == {
        "answer": True,
        "taught": True,
        "on": False,
    }


# ---- the feeds -----------------------------------------------------------------------------------


def texts(element, name):
    return [found.text for found in element.findall(ATOM + name)]


@pytest.mark.parametrize(("address", "name"), FEEDS)
def test_a_feed_is_atom_with_all_that_it_requires(address, name):
    response = get(address)
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.data)
    assert feed.tag == f"{ATOM}feed"
    assert texts(feed, "id") == [ID + name]
    assert len(texts(feed, "title")) == len(texts(feed, "updated")) == 1
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost{address}"
    assert get(links["alternate"].removeprefix("http://localhost")).status_code == 200
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        for required in ("id", "title", "updated", "content"):
            (text,) = texts(entry, required)
            assert text
        assert texts(entry, "updated")[0] <= texts(feed, "updated")[0]
        assert entry.find(f"{ATOM}link").get("rel") == "alternate"
        assert len(entry.findall(f"{ATOM}category")) > 1
    ids = [texts(entry, "id")[0] for entry in entries]
    assert len(set(ids)) == len(ids)


@pytest.fixture(scope="module")
def another():
    """The site on the same data, which is read and compiled a second time."""
    return create_app({"CACHE": ""}).test_client()


@pytest.mark.parametrize(("address", "name"), FEEDS)
def test_a_feed_is_the_same_in_another_build_and_is_not_sent_twice(address, name, another):
    first = get(address)
    again = another.get(address)
    assert again.data == first.data
    assert again.headers["ETag"] == first.headers["ETag"]
    kept = site().test_client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert kept.status_code == 304
    assert kept.data == b""


def test_entries_are_the_events_and_lead_to_them(knowledge):
    found = every_event(knowledge.catalogue, knowledge.schemes, knowledge.advice)
    ids = {event.id for event in found}
    feed = ET.fromstring(get("/feeds/nation/scotland.atom").data)
    for entry in feed.findall(f"{ATOM}entry")[:5]:
        assert texts(entry, "id")[0] in ids
        address = entry.find(f"{ATOM}link").get("href").removeprefix("http://localhost")
        path, _, anchor = address.partition("#")
        assert f'id="{anchor}"' in get(path).text


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/nation/mars.atom",
        "/feeds/topic/mars.atom",
        "/feeds/topic/share.atom",
        "/feeds/topic/sharing/mars.atom",
        "/feeds/offence/none.atom",
        "/feeds/provision/ukpga/1.atom",
    ],
)
def test_there_is_no_feed_of_what_is_not_here(address):
    get(address, status=404)


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/changes", "/feeds/changes.atom"),
        ("/changes?topic=sharing", "/feeds/topic/sharing.atom"),
        ("/changes?topic=sharing&nation=wales", "/feeds/topic/sharing/wales.atom"),
        ("/changes?topic=sharing&offence=ca-2003-s127-1", "/feeds/offence/ca-2003-s127-1.atom"),
        ("/offence/pca-1978-s1-1-a", "/feeds/offence/pca-1978-s1-1-a.atom"),
        ("/legislation/asp/2016/22/section/2", "/feeds/provision/asp/2016/22/section/2.atom"),
        ("/legislation/asp/2016/22", "/feeds/provision/asp/2016/22.atom"),
        ("/law?nation=scotland&conduct=share", "/feeds/nation/scotland.atom"),
    ],
)
def test_a_page_names_its_feed(page, feed):
    head = get(page).text.partition("</head>")[0]
    assert 'type="application/atom+xml"' in head
    assert f'href="{feed}"' in head


# ---- since ---------------------------------------------------------------------------------------


def test_the_answer_page_leads_to_what_has_changed_since():
    text = get(QUESTION).text
    assert "/changes/since?answer=" in text
    form = get("/changes/since", answer=QUESTION).text
    assert 'name="taught" value="2020-01-01"' in form
    assert "conduct=share" in form


def test_an_answer_for_a_period_leads_there_too():
    over = "/law?nation=england&from=2023-01-01&to=2024-03-01&conduct=share"
    assert "/changes/since?answer=" in get(over).text
    assert 'name="taught" value="2023-01-01"' in get("/changes/since", answer=over).text
    get(f"{API}/since", answer=f"{over}&as_known=x", taught="2018-01-02", on="2018-01-03")


def test_what_has_changed_is_said_for_each_nation_with_links():
    text = get("/changes/since", answer=QUESTION, taught="2024-01-30", on="2024-01-31").text
    assert "Then: applies. Now: ended." in text
    assert 'href="/offence/soa-2003-s66b-1"' in text
    assert "Share or show" in text
    england, scotland = text.index('id="england"'), text.index('id="scotland"')
    assert england < text.index("cjca-2015-s33-1-disclose") < scotland
    assert "on=2024-01-30" in text
    assert "on=2024-01-31" in text


def test_nothing_changed_is_said_with_what_was_compared():
    text = get("/changes/since", answer=QUESTION, taught="2018-01-02", on="2018-01-03").text
    assert "Nothing changed" in text
    assert "are the same on both days" in text
    assert "maximum penalties" in text
    found = get(f"{API}/since", answer=QUESTION, taught="2018-01-02", on="2018-01-03").get_json()
    assert found["same"] is True
    assert found["nations"]["england"]["differences"] == []
    assert found["nations"]["england"]["offences"] > 3


def test_the_api_tells_the_differences():
    found = get(f"{API}/since", answer=QUESTION, taught="2024-01-30", on="2024-01-31").get_json()
    assert found["same"] is False
    assert found["asked"]["taught"] == "2024-01-30"
    assert found["asked"]["question"]["conduct"] == ["share"]
    assert set(found["nations"]) == {"england", "scotland"}
    states = {
        d["offence"]["id"]: (d["before"], d["after"])
        for d in found["nations"]["england"]["differences"]
        if d["kind"] == "state"
    }
    assert states["cjca-2015-s33-1-disclose"] == ("applies", "ended")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"taught": "2020-01-01"}, "answer is missing"),
        ({"answer": QUESTION}, "taught is missing"),
        ({"answer": "/search?q=x", "taught": "2020-01-01"}, "address of an answer"),
        ({"answer": "javascript:/law?on=x", "taught": "2020-01-01"}, "address of an answer"),
        ({"answer": "http://[/law", "taught": "2020-01-01"}, "address of an answer"),
        ({"answer": "/law?nation=mars", "taught": "2020-01-01"}, "scotland"),
        ({"answer": "/law?wibble=1", "taught": "2020-01-01"}, "no parameter"),
        ({"answer": "/law", "taught": "2020-13-01"}, "real day"),
        ({"answer": "/law", "taught": "2020-01-02", "on": "2020-01-01"}, "later of the two"),
        ({"answer": "/law", "taught": "2020-01-02", "x": "1"}, "There is no parameter"),
    ],
)
def test_what_cannot_be_compared_is_refused(query, said):
    assert said in get(f"{API}/since", status=400, **query).get_json()["detail"]
    if {"answer", "taught"} <= set(query):
        get("/changes/since", status=400, **query)


def test_the_address_of_an_answer_may_have_a_host_and_is_never_fetched():
    asked = {"taught": "2018-01-02", "on": "2018-01-03"}
    short = get(f"{API}/since", answer=QUESTION, **asked).get_json()
    whole = get(f"{API}/since", answer=f"https://elsewhere.invalid{QUESTION}", **asked).get_json()
    assert whole["nations"] == short["nations"]
