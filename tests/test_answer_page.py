"""The answer page: its order, the role, what would change it, the other nations, its size."""

import gzip
import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from served import LAW, asked, site

from kb.asked import parse_asked

FACTS = {"conduct": "share", "material": "intimate-image"}
SCOTLAND = {"nation": "scotland", "on": "2017-07-02", **FACTS}
NATIONS = ("england", "wales", "scotland", "northern-ireland")
MOST_HTML, MOST_OF_ALL_LAW = 35_000, 40_000


@pytest.fixture(scope="module")
def client():
    return site().test_client()


def page_of(client, **query):
    response = client.get("/law", query_string=urlencode(query, doseq=True))
    assert response.status_code == 200, response.text
    return unescape(response.text)


def section(page, heading):
    """What stands under a heading of the second level, up to the next."""
    start = page.index(heading)
    end = min(at for at in (page.find("<h2", start), page.find("about-page", start)) if at > 0)
    return page[start:end]


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def answer_of(client, query):
    found = client.get(f"{LAW}?{query}").get_json()["nations"]
    ((nation, answer),) = found.items()
    return nation, answer


def open_there(answer):
    return {o["id"] for o in answer["offences"] if o["state"] in ("applies", "unknown")}


# ---- order and words -----------------------------------------------------------------------------


def test_parts_stand_in_the_order_in_which_they_are_needed(client):
    page = page_of(client, **SCOTLAND)
    order = [
        'class="said-lead"',
        'id="scotland-now"',
        'id="scotland-call"',
        'id="scotland-applies"',
        'class="offence"',
        'id="scotland-change"',
        'id="scotland-elsewhere"',
        'id="scotland-wrong"',
        'id="scotland-help"',
        'id="citing"',
    ]
    places = [page.index(one) for one in order]
    assert places == sorted(places)


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize(
    "facts",
    [
        {},
        FACTS,
        {"conduct": "possess", "depicted_age": "15"},
        {"conduct": "threaten-to-share", "accused_age": "9"},
        {"conduct": "take", "depicted_age": "30", "consent": "yes"},
    ],
)
def test_sentence_says_what_the_answer_says(client, nation, facts):
    """In English it is the summary of the API, name for name and number for number."""
    for on in ("1985-01-01", "2015-04-12", "2017-07-02", "2024-02-01"):
        query = {"nation": nation, "on": on, **facts}
        summary = asked(**query)["nations"][nation]["summary"]
        page = page_of(client, **query)
        said = words_of(page[page.index('class="said-lead"') - 3 : page.index("asked-facts")])
        first = re.split(r", among them|: |\. ", summary.rstrip("."))[0]
        assert said.startswith(first), (query, said)
        for name in re.findall(r"(?:: |them |; )([^;:.]+, (?:s|art) [^;. ]+)", summary):
            assert name in said
        for count in re.findall(r"\d+ more (?:is|are) (?:likely|unknown)", summary):
            assert count in said


def test_what_rests_on_general_knowledge_is_counted_apart(client):
    query = {"nation": "northern-ireland", "on": "2017-07-03", **FACTS}
    found = asked(**query)["nations"]["northern-ireland"]["offences"]
    likely = [o for o in found if o["state"] == "applies" and o["confidence"] == "memory"]
    page = page_of(client, **query)
    assert likely
    named = page[page.index('class="said-names"') : page.index('class="said-apart"')]
    assert not any(offence["id"] in named for offence in likely)
    assert page.index('class="likely"') < page.index(f'id="northern-ireland-{likely[0]["id"]}"')


def test_warning_comes_before_the_sentence_only_where_it_changes_the_reading(client):
    assert "Take care." not in page_of(client, **SCOTLAND)
    for on in ("1950-01-01", "2199-01-01"):
        page = page_of(client, **SCOTLAND | {"on": on})
        assert page.index("Take care.") < page.index('class="said-lead"')


def test_offence_opens_to_what_its_line_sums_up(client):
    page = page_of(client, **SCOTLAND | {"on": "2017-07-03"})
    start = page.index('<details class="offence" id="scotland-absha-2016-s2-1"')
    opened = page[start : page.index("</details>", start)]
    line, _, body = opened.partition("</summary>")
    assert "Maximum on the day:" in line
    assert "Still to be shown:" in line
    assert "<a " not in line  # nothing to press within what is pressed
    for said in (
        "Maximum penalty on the day",
        "Mode of trial",
        "Who must agree to a prosecution",
        "Defences",
        "How it was read",
        "Sources",
        "<title",
        "<desc",
    ):
        assert said in body


def test_strip_marks_the_day_asked_about(client):
    at = [
        int(re.search(r'id="scotland-day" d="M(\d+) ', page_of(client, **SCOTLAND | {"on": on}))[1])
        for on in ("1900-01-01", "1990-06-01", "2017-07-02", "2199-01-01")
    ]
    assert at[0] == 0
    assert at == sorted(at)
    assert len(set(at)) == 4


# ---- the role ------------------------------------------------------------------------------------


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("role", ["safeguarding-lead", "police", "parent"])
def test_role_keeps_to_what_is_for_it(client, nation, role):
    known = site().extensions["knowledge"]
    every = known.ask({"nation": [nation], "on": ["2020-01-01"]}).nations[0].help.practice
    practice = known.advice.practice
    for path in ("/law", "/law/now"):
        page = unescape(client.get(f"{path}?nation={nation}&on=2020-01-01&role={role}").text)
        start = page.index('class="kinds"')
        points = page[start : page.index("Whom to call", start)]
        for point in every:
            there = re.search(rf"(?:<strong>|<li>){re.escape(point.label)}[.<]", points)
            assert bool(there) == (role in practice[point.id].audiences), (path, point.id)


def test_role_is_carried_and_chosen_by_a_link(client):
    page = page_of(client, **SCOTLAND)
    link = re.search(r'href="([^"]+role=police[^"]*)#scotland-now"', page)[1]
    chosen = unescape(client.get(link).text)
    assert '<strong aria-current="true">Police</strong>' in chosen
    assert re.search(r'href="[^"]*role=teacher', chosen)
    assert "role=police" in re.search(r'href="(/law/now[^"]*)"', chosen)[1]
    assert 'name="role" value="police"' in chosen  # where nation and day are changed
    assert "role=" not in re.search(r'href="(/api/v1/law[^"]*)"', chosen)[1]
    assert "role" not in parse_qs(urlsplit(re.search(r"/changes/since[^\"]*", chosen)[0]).query)


@pytest.mark.parametrize("path", ["/law", "/law/now"])
@pytest.mark.parametrize("stated", ["role=astronaut", "role=police&role=teacher"])
def test_role_that_is_none_is_refused(client, path, stated):
    response = client.get(f"{path}?nation=scotland&{stated}")
    assert response.status_code == 400
    assert "astronaut" not in stated or "safeguarding-lead" in response.text


def test_role_without_points_says_so(client):
    page = page_of(client, **SCOTLAND, role="trainer")
    assert "No point is recorded for this role in Scotland." in page


# ---- what would change it ------------------------------------------------------------------------

QUESTIONS = [
    {"nation": nation, "on": on, **facts}
    for nation in NATIONS
    for on in ("2014-05-01", "2024-02-01")
    for facts in (
        FACTS,
        {"conduct": "possess", "material": "indecent-photograph"},
        {"conduct": "message-child"},
        {"conduct": "send-message", "depicted_age": "15"},
    )
]


@pytest.fixture(scope="module")
def questions():
    schemes = site().extensions["knowledge"].schemes
    words = set(schemes.slugs("conducts"))
    kept = [query for query in QUESTIONS if query["conduct"] in words]
    assert len(kept) >= 16
    return kept


def test_every_fact_that_would_change_the_answer_does(client, questions):
    known = site().extensions["knowledge"]
    cited = {o.provision.citation for o in known.library.offences()}
    followed = 0
    for query in questions:
        nation, now = answer_of(client, urlencode(query))
        said = section(page_of(client, **query), f'id="{nation}-change"')
        for link, words in re.findall(r'<li><a href="([^"]+)">If it is:[^<]*</a>(.*?)</li>', said):
            then = answer_of(client, urlsplit(link).query)[1]
            added, removed = open_there(then) - open_there(now), open_there(now) - open_there(then)
            assert added or removed, link
            assert ("takes away" in words) == bool(removed), link
            _, _, gone = words.partition("takes away")
            names = {o["provision"]["citation"] for o in now["offences"] if o["id"] in removed}
            assert {one for one in cited if f"{one};" in f"{gone.strip()};"} <= names
            followed += 1
    assert followed > 20


def test_no_fact_that_would_change_the_answer_is_passed_over(client, questions):
    """Against every age from 0 to 25, each agreement and each relationship, asked one by one."""
    known = site().extensions["knowledge"]
    values = {"accused_age": range(26), "recipient_age": range(26), "depicted_age": range(26)}
    values |= {name: known.schemes.slugs(f"{name}s") for name in ("consent", "relationship")}
    for query in questions[::3]:
        said = section(page_of(client, **query), f'id="{query["nation"]}-change"')
        told = {n for n in values if f"{n}=" in "".join(re.findall(r'href="([^"]+)"', said))}
        told -= set(query)
        now = open_of(known, query)
        for name, some in values.items():
            if name not in query:
                turns = any(open_of(known, query | {name: str(value)}) != now for value in some)
                assert turns == (name in told), (query, name)


def open_of(known, query):
    asked_for = parse_asked({k: [v] for k, v in query.items()}, schemes=known.schemes)
    (nation,) = known.which_law(asked_for).nations
    return {o.id for o in nation.offences if o.state in ("applies", "unknown")}


def told_of(answer):
    """What a reader sees of each offence that applies or may."""
    return {
        o["id"]: {k: o[k] for k in ("state", "max_penalty", "mode_of_trial", "defences", "if")}
        for o in answer["offences"]
        if o["state"] in ("applies", "unknown")
        if "if" in o
    } | {o["id"]: o["state"] for o in answer["offences"] if o["state"] != "applies"}


def test_days_near_by_are_days_on_which_the_answer_changes(client, questions):
    followed = 0
    for query in questions:
        said = section(page_of(client, **query), f'id="{query["nation"]}-change"')
        on = date.fromisoformat(query["on"])
        for link, words in re.findall(r'<a href="([^"]+)">Ask about ([^<]+)</a>', said):
            day = date.fromisoformat(parse_qs(urlsplit(link).query)["on"][0])
            eve = day if day < on else day - timedelta(days=1)
            before = answer_of(client, urlencode(query | {"on": eve.isoformat()}))[1]
            after = answer_of(client, urlencode(query | {"on": str(eve + timedelta(days=1))}))[1]
            assert told_of(before) != told_of(after), link
            assert words.strip().endswith(str(day.year))
            followed += 1
    assert followed > 20


# ---- the other nations ---------------------------------------------------------------------------


def test_differences_from_the_other_nations_are_true(client, questions):
    for query in questions:
        here = query["nation"]
        every = asked(**{k: v for k, v in query.items() if k != "nation"})["nations"]
        sure = {
            nation: {
                o["id"]: o["provision"]["citation"]
                for o in answer["offences"]
                if o["state"] == "applies" and o["confidence"] != "memory"
            }
            for nation, answer in every.items()
        }
        rows = section(page_of(client, **query), f'id="{here}-elsewhere"').split("<dt")[1:]
        assert len(rows) == len(NATIONS) - 1
        for row, other in zip(rows, [n for n in NATIONS if n != here], strict=True):
            said = words_of("<dt" + row)
            count = re.search(r"(\d+) offences? appl", said)
            assert int(count[1] if count else 0) == len(sure[other]), (query, other)
            if count:
                both = len(set(sure[here]) & set(sure[other]))
                told = re.search(r"(\d+) of them appl", said)
                assert int(told[1] if told else 0) == both
                assert any(citation in said for citation in sure[other].values())
            assert f"on={query['on']}" in re.search(r'href="(/compare[^"]+)"', row)[1]


# ---- to take away --------------------------------------------------------------------------------


def test_answer_can_be_cited_followed_and_read_by_programs(client):
    known = site().extensions["knowledge"]
    page = page_of(client, **SCOTLAND)
    taken = section(page, 'id="citing"')
    cited = words_of(taken[taken.index('id="cite-answer"') - 3 : taken.index("</p>")])
    assert "In Scotland, on 2 July 2017" in cited
    assert known.release.id in cited
    assert re.search(r"<http://localhost/law\?\S+>", page)
    assert "Communications Act 2003, s 127(1)" in taken
    links = re.findall(r'href="([^"]+)"', taken)
    assert f"{LAW}?" in "".join(links)
    assert "/feeds/nation/scotland.atom" in links
    assert "/feeds/topic/sharing/scotland.atom" in links
    for link in links:
        assert client.get(link).status_code == 200, link


def test_turtle_of_an_answer_is_about_its_offences(client):
    taken = section(page_of(client, **SCOTLAND), 'id="citing"')
    link = next(one for one in re.findall(r'href="([^"]+)"', taken) if "turtle" in one)
    response = client.get(link)
    assert response.content_type.startswith("text/turtle")
    assert "ca-2003-s127-1" in response.text
    assert "MaximumPenalty" in response.text
    assert "pca-1978-s1-1-a" not in response.text


# ---- size, and without script --------------------------------------------------------------------

ASKED = [
    ({**SCOTLAND}, MOST_HTML),
    ({"nation": "england", "on": "2025-06-01", **FACTS}, MOST_HTML),
    ({"nation": "wales", "on": "2025-06-01", "conduct": ["share", "possess", "make"]}, MOST_HTML),
    ({"on": "2025-06-01", **FACTS}, MOST_HTML),
    ({"nation": "northern-ireland", "on": "2025-06-01"}, MOST_OF_ALL_LAW),
    ({"on": "2025-06-01"}, MOST_OF_ALL_LAW),
]


@pytest.mark.parametrize(("query", "most"), ASKED)
def test_page_is_small(client, query, most):
    page = client.get("/law", query_string=urlencode(query, doseq=True))
    assert len(gzip.compress(page.data, 6)) <= most


def test_all_law_of_a_nation_is_named_by_topic(client):
    found = asked(nation="wales", on="2025-06-01")["nations"]["wales"]["offences"]
    page = page_of(client, nation="wales", on="2025-06-01")
    assert all(f'id="wales-{offence["id"]}"' in page for offence in found)
    assert "Sharing images</h4>" in page
    assert '<details class="offence"' not in page


def test_nothing_needs_a_script(client):
    """The buttons that do are hidden until one runs, and everything else is in the page."""
    page = page_of(client, **SCOTLAND)
    for button in re.findall(r"<button[^>]*>", page[page.index("<h1") : page.index("about-page")]):
        assert " hidden" in button


def test_kept_parts_say_nothing_of_the_question_that_made_them(client):
    """What one question leaves behind is not seen in the next."""
    client.get("/law?nation=wales&on=1999-03-04&role=police&conduct=share")
    page = page_of(client, nation="wales", on="2003-04-05", conduct="share", role="police")
    assert "1999-03-04" not in page
    other = page_of(client, nation="scotland", on="2003-04-05", conduct="share")
    for heading in ("now", "help", "around"):
        assert "nation=wales" not in section(other, f'id="scotland-{heading}"')
