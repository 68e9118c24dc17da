"""The pages of offences, provisions and instruments: the day first, then all days; invented law."""

import json
import re
from html import unescape

import pytest
from served import site

from web.app import create_app

QUESTION = "/offence/pa-2000-s1?nation={}&on={}"


@pytest.fixture(scope="module")
def app(sample_data, sample_ontology):
    return create_app({"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology)})


@pytest.fixture(scope="module")
def client(app):
    return app.test_client()


def said(html):
    """The words of a page from its heading on."""
    main = html[html.index("<h1") :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


# ---- an offence on a day -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nation", "on", "state"),
    [
        ("northmark", "2000-05-31", "not yet law in Northmark"),
        ("northmark", "2000-06-01", "law in Northmark"),
        ("southmark", "2009-12-31", "law in Southmark"),
        ("southmark", "2010-01-01", "no longer law in Southmark"),
        ("eastmark", "2000-12-31", "in Eastmark we cannot say"),
        ("eastmark", "2001-01-01", "law in Eastmark"),
    ],
)
def test_the_first_line_says_the_state_on_the_day(client, nation, on, state):
    html = client.get(QUESTION.format(nation, on)).text
    lead = re.search(r'<p class="lead">.*?<strong>(.*?)</strong>', html, re.DOTALL)
    assert lead[1] == state


def test_without_a_nation_every_nation_is_said_the_same_ones_together(client):
    html = client.get("/offence/pa-2000-s1?on=2005-01-01").text
    assert "<strong>law in Northmark, Southmark and Eastmark</strong>" in html
    after = client.get("/offence/pa-2000-s1?on=2012-01-01").text
    assert "law in Northmark and Eastmark; no longer law in Southmark" in said(after)
    assert "Replaced by" in said(after)
    assert '<a href="/offence/ia-2010-s1?on=2012-01-01">' in after, "the day is carried along"


def test_the_page_says_what_the_answer_says(app, client):
    known = app.extensions["knowledge"]
    words = {"applies": "law in", "ended": "no longer law in", "does-not-extend": "not law in"}
    for on in ("2005-01-01", "2012-01-01", "2024-06-01"):
        answer = known.ask({"on": [on]})
        for nation in answer.nations:
            for offence in nation.offences:
                if offence.state in words and not offence.likely_only:
                    html = client.get(f"/offence/{offence.id}?nation={nation.nation}&on={on}").text
                    assert f"<strong>{words[offence.state]} {nation.label}</strong>" in html


def test_a_nation_in_which_it_is_not_law_has_the_nearest_with_its_state(client):
    html = client.get("/offence/ia-2010-s1?nation=northmark&on=2012-01-01").text
    there = html[html.index('class="govuk-summary-list there"') : html.index('id="elements"')]
    assert "Not law in this nation" in there or "not law" in there.lower()
    assert 'class="state state-' in there


def test_the_penalties_of_the_day_are_marked_where_it_is_law_then(client):
    assert client.get(QUESTION.format("northmark", "2005-01-01")).text.count("On this day") > 0
    assert "On this day" not in client.get(QUESTION.format("northmark", "1999-01-01")).text


def test_a_fact_that_holds_in_some_nations_only_names_them(knowledge):
    """Of two nations with different maxima, each row says whose it is."""
    library, shown = knowledge.library, 0
    for offence in library.offences():
        found = library.offence(offence.id)
        everywhere = {window.nation for window in found.windows}
        apart = [one for one in found.penalties if set(found.there[one.fact]) < everywhere]
        if apart and shown < 3:
            html = site().test_client().get(f"/offence/{offence.id}").text
            table = html[html.index('aria-labelledby="penalties"') :]
            rows = re.findall(r"<tr.*?</tr>", table[: table.index("</table>")], re.DOTALL)[1:]
            for penalty, row in zip(found.penalties, rows, strict=True):
                named = re.search(r'data-label="Days">.*?<p class="quiet">', row, re.DOTALL)
                assert bool(named and "</td>" not in named[0]) is (penalty in apart)
            shown += 1
    assert shown


def test_guidance_that_discusses_it_is_that_of_the_answer(app, client):
    known = app.extensions["knowledge"]
    answer = known.ask({"on": ["2020-01-01"]})
    for nation in answer.nations:
        for document in nation.guidance:
            for slug in document.discusses:
                html = client.get(f"/offence/{slug}?nation={nation.nation}&on=2020-01-01").text
                part = html[html.index('id="guidance"') :]
                assert f'href="/guidance/{document.id}' in part


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("nation=mars", "northmark"),
        ("on=2000-02-30", "real day"),
        ("on=2000-01-01&on=2000-01-02", "one value"),
        ("conduct=share", "nation, on"),
    ],
)
@pytest.mark.parametrize("path", ["/offence/pa-2000-s1", "/legislation/act/2000/1/section/1"])
def test_what_is_no_nation_or_day_is_refused_with_what_would_do(client, path, query, right):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert right in unescape(response.text)


# ---- a provision and an instrument ---------------------------------------------------------------


def test_a_provision_says_its_state_and_marks_the_version_of_the_day(client):
    html = client.get("/legislation/act/2000/1/section/1?nation=southmark&on=2005-01-01").text
    assert "<strong>law in Southmark</strong>" in html
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html[html.index('id="versions"') :], re.DOTALL)
    marked = [row for row in rows if "On this day" in row]
    assert len(marked) == 1
    assert "threats added, until it was replaced" in marked[0].lower()
    later = client.get("/legislation/act/2000/1/section/1?nation=southmark&on=2011-01-01").text
    assert "<strong>no longer law in Southmark</strong>" in later


def test_an_instrument_lists_its_provisions_with_their_offences_and_its_history(client):
    html = client.get("/legislation/act/2010/4").text
    table = html[html.index('aria-labelledby="provisions"') :]
    assert '<a href="/legislation/act/2010/4/section/1">' in table
    assert '<a href="/offence/ia-2010-s1">' in table
    days = re.findall(r'href="(/changes\?[^"]+)"', html[html.index('id="history"') :])
    assert days
    for day in days[:3]:
        assert "No change is recorded" not in client.get(unescape(day)).text


def test_the_data_for_search_engines_is_the_same_whatever_day_is_asked(client):
    def read(address):
        html = client.get(address).text
        return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])

    path = "/legislation/act/2000/1/section/1"
    assert read(path) == read(f"{path}?nation=southmark&on=2005-01-01")


@pytest.mark.parametrize(
    "path",
    ["/offence/pa-2000-s1", "/legislation/act/2000/1/section/1", "/legislation/act/2010/4"],
)
def test_a_thing_can_be_cited_followed_and_used_elsewhere(client, path):
    html = client.get(path).text
    for found in ("oscola", "plain", "address"):
        assert re.search(
            rf'<button type="button" class="copy" hidden data-copy="cite-{found}"', html
        )
        assert f'id="cite-{found}"' in html
        assert f'role="status" id="cite-{found}-said"' in html
    end = html[html.index('id="more"') : html.index("</main>")]
    links = re.findall(r'href="(/[^"]+)"', end)
    assert any(".atom" in link for link in links)
    assert any(link.startswith("/api/v1/") for link in links)
    assert any(link.endswith(".ttl") for link in links)
    for link in links:
        assert client.get(unescape(link)).status_code == 200, link
