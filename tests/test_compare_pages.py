"""The page of a comparison, its CSV, the API and the command line: what each shows and refuses."""

import csv
import gzip
import io
import json
import re

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from served import asked, site

from kb.knowledge import Knowledge
from web import cli_opening
from web.cli import main

TODAY = "2026-11-22"
API = "/api/v1/compare"
SIZE = 35_000


@pytest.fixture
def client() -> FlaskClient:
    return site().test_client()


def page(client: FlaskClient, query: str = f"on={TODAY}") -> str:
    response = client.get(f"/compare?{query}")
    assert response.status_code == 200, response.text
    return response.text


def answer(client: FlaskClient, query: str):
    response = client.get(f"{API}?{query}")
    assert response.status_code == 200, response.text
    return response.get_json()


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


# ---- the page ------------------------------------------------------------------------------------


def test_page_is_a_table_with_headers_a_caption_and_a_region_of_its_own(client):
    text = page(client)
    assert text.count("<h1>") == 1
    assert "<h1>The law of the four nations side by side, 22 November 2026</h1>" in text
    heads = re.findall(r'<th scope="col">(.*?)<', text)
    assert heads == ["Conduct", "England", "Wales", "Scotland", "Northern Ireland"]
    assert re.search(r'role="region" aria-labelledby="compare-caption" tabindex="0"', text)
    assert re.search(r'<caption id="compare-caption"', text)
    rows = re.findall(r'<tr id="row-[\w-]+"><th scope="row"', text)
    assert len(rows) == len(answer(client, f"on={TODAY}")["rows"])


def test_every_cell_names_its_nation_and_leads_to_the_whole_answer(client):
    text = page(client)
    cells = re.findall(r'<td data-label="([^"]+)">(.*?)</td>', text, re.S)
    assert len(cells) == 4 * text.count('<tr id="row-')
    nations = {"England": "england", "Wales": "wales", "Scotland": "scotland"}
    for label, cell in cells:
        (address,) = re.findall(r'href="(/law\?[^"]+)"', cell)
        assert f"nation={nations.get(label, 'northern-ireland')}&amp;on={TODAY}" in address
        for offence in re.findall(r'href="(/offence/[^"]+)"', cell):
            assert f"nation={nations.get(label, 'northern-ireland')}&amp;on={TODAY}" in offence


def test_links_of_cells_lead_somewhere(client):
    text = page(client, f"on={TODAY}&conduct=meet")
    links = set(re.findall(r'href="(/(?:law|offence/)[^"]*)"', text))
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_cell_carries_provision_ages_maximum_and_state(client):
    text = page(client, f"on={TODAY}&conduct=take")
    cell = re.search(r'data-label="Scotland">(.*?)</td>', text, re.S)[1]
    assert "Civic Government (Scotland) Act 1982, <b>s\u00a052(1)(a)</b>" in cell
    assert 'class="compare-state sign sign-applies">Applies' in cell
    assert "Person shown: <b>under 18</b>" in cell
    assert "Maximum: <b>10 years</b>" in cell
    england = re.search(r'data-label="England">(.*?)</td>', text, re.S)[1]
    assert 'sign-unknown">We cannot say' in england
    assert "As England" in re.search(r'data-label="Wales">(.*?)</td>', text, re.S)[1]


def test_what_rests_on_general_knowledge_is_marked(client):
    text = page(client, f"on={TODAY}&conduct=meet")
    cell = re.search(r'data-label="Scotland">(.*?)</td>', text, re.S)[1]
    assert "likely, not confirmed" in cell


def test_an_empty_cell_says_that_none_is_recorded_and_why(client):
    text = page(client, f"on={TODAY}&conduct=expose")
    cell = re.search(r'data-label="Northern Ireland">(.*?)</td>', text, re.S)[1]
    assert "None recorded" in cell
    assert "not covered here" in cell
    early = page(client, "on=1979-01-01&conduct=take")
    assert "Not covered: what is recorded of Scotland begins on 28 October 1982." in early


def test_two_nations_are_told_apart_in_sentences(client):
    text = page(client, f"nation=england&other_nation=scotland&on={TODAY}")
    assert "<h1>England and Scotland side by side, 22 November 2026</h1>" in text
    assert "The age of criminal responsibility is 10 in England and 12 in Scotland." in text
    heads = re.findall(r'<th scope="col">(.*?)<', text)
    assert heads == ["Conduct", "England", "Scotland"]


def test_two_days_have_their_days_in_the_columns(client):
    text = page(client, "nation=scotland&on=2017-07-02&other_on=2017-07-03&conduct=share")
    assert "<h1>Scotland on 2 July 2017 and on 3 July 2017</h1>" in text
    assert "was not law on 2 July 2017: its first day was 3 July 2017." in text
    assert 'data-label="Scotland, 3 July 2017"' in text


def test_only_differences_says_so_and_leads_back(client):
    text = page(client, f"on={TODAY}&only=differences")
    shown = len(re.findall(r'<tr id="row-', text))
    assert f"Only the {shown} rows in which they differ." in text
    assert "Show all rows" in text
    assert 'id="compare-only" name="only" value="differences" checked' in text


def test_page_says_what_it_is_worth(client):
    text = page(client)
    for said in ("Not legal advice.", "Law as on", "Last checked", "Release"):
        assert said in text
    assert "What is left out of each nation" in text


def test_nation_and_day_are_carried(client):
    text = page(client, "on=2017-07-03&nation=scotland")
    assert re.search(r'href="/guidance\?[^"]*nation=scotland[^"]*on=2017-07-03', text)
    assert 'aria-current="page"><strong' in text
    home = client.get("/law?nation=scotland&on=2017-07-03&conduct=share").text
    assert re.search(r'href="/compare\?[^"]*nation=scotland[^"]*on=2017-07-03', home)


def test_choosing_all_nations_in_the_frame_drops_the_second_side(client):
    response = client.get(f"/compare?nation=&other_nation=wales&on={TODAY}&topic=sharing")
    assert response.status_code == 303
    assert response.location == f"/compare?on={TODAY}&topic=sharing"


@pytest.mark.parametrize(
    "query",
    [
        f"on={TODAY}",
        f"on={TODAY}&nation=england&other_nation=northern-ireland",
        "nation=england&on=1990-01-01&other_on=2026-11-22",
    ],
)
def test_page_is_small(client, query):
    assert len(gzip.compress(page(client, query).encode(), 6)) <= SIZE


def test_a_release_that_is_none_is_refused(client):
    assert client.get("/compare?as_known=1999-01-01.1").status_code == 400


# ---- what is refused -----------------------------------------------------------------------------

REFUSED = [
    ("nation=narnia", "nation", "scotland"),
    ("other_nation=narnia&nation=wales", "other_nation", "scotland"),
    ("on=yesterday", "on", "2017-07-02"),
    ("nation=wales&other_on=31-01-2024", "other_on", "2017-07-03"),
    ("conduct=steal", "conduct", "share"),
    ("material=paper", "material", "message"),
    ("topic=support", "topic", "sharing"),
    ("only=similarities", "only", "differences"),
    ("colour=red", "colour", "nation"),
    ("on=2017-07-02&on=2017-07-03", "on", "2017-07-02"),
    ("other_nation=wales", "nation", "scotland"),
    ("other_on=2017-07-03", "nation", "scotland"),
    ("nation=wales&other_nation=wales", "other_nation", "scotland"),
    ("nation=wales&on=2017-07-03&other_on=2017-07-03", "other_on", "2017-07-03"),
    ("nation=wales&nation=scotland&other_on=2017-07-03", "nation", "scotland"),
]


@pytest.mark.parametrize(("query", "parameter", "valid"), REFUSED)
def test_what_is_none_is_refused_with_what_would_be_right(client, query, parameter, valid):
    for path in ("/compare", "/compare.csv"):
        assert client.get(f"{path}?{query}").status_code == 400, path
    response = client.get(f"{API}?{query}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    problem = response.get_json()
    assert problem["parameter"] == parameter
    assert valid in problem["valid"]


def test_an_empty_value_counts_as_not_stated(client):
    form = f"nation=&on={TODAY}&other_nation=&other_on=&topic=&conduct=&material="
    assert answer(client, form)["rows"] == answer(client, f"on={TODAY}")["rows"]
    assert len(answer(client, "nation=wales&nation=scotland&nation=england")["sides"]) == 4


# ---- the API -------------------------------------------------------------------------------------


def test_cells_of_the_api_are_those_of_the_law(client):
    found = answer(client, "on=2017-07-03&conduct=share")
    (row,) = [row for row in found["rows"] if row["conduct"] == "share"]
    law = asked(on="2017-07-03", conduct="share")
    for side, cell in zip(found["sides"], row["cells"], strict=True):
        there = law["nations"][side["nation"]]["offences"]
        listed = {o["id"]: o["state"] for o in there if o["state"] in ("applies", "unknown")}
        assert {o["offence"]["id"]: o["state"] for o in cell["offences"]} == listed


def test_api_says_what_it_is_worth_and_how_sides_differ(client):
    found = answer(client, "nation=scotland&on=2017-07-02&other_on=2017-07-03")
    assert found["disclaimer"] == "Not legal advice."
    assert found["checked_on"]
    assert found["release"]["sha256"]
    sides = [(side["nation"], side["on"]) for side in found["asked"]["sides"]]
    assert sides == [("scotland", "2017-07-02"), ("scotland", "2017-07-03")]
    (state,) = [one for one in found["differences"] if one["kind"] == "state"]
    assert state["left"] == []
    assert state["right"] == ["absha-2016-s2-1"]
    assert all(fact.startswith("https://w3id.org/whichlaw/id/fact/") for fact in state["facts"])
    assert answer(client, f"on={TODAY}")["differences"] is None


def test_two_nations_may_be_named_in_one_parameter(client):
    short = answer(client, f"nation=scotland&nation=england&on={TODAY}")
    long = answer(client, f"nation=england&other_nation=scotland&on={TODAY}")
    assert short["sides"] == long["sides"]
    assert short["differences"] == long["differences"]


# ---- CSV -----------------------------------------------------------------------------------------


def test_csv_has_a_line_for_each_offence_of_each_cell(client):
    response = client.get(f"/compare.csv?on={TODAY}")
    assert response.content_type.startswith("text/csv; charset=utf-8")
    assert f'filename="compare_{TODAY}.csv"' in response.headers["Content-Disposition"]
    lines = rows_of(response.get_data(as_text=True))
    cells = [cell for row in answer(client, f"on={TODAY}")["rows"] for cell in row["cells"]]
    assert len(lines) == sum(len(cell["offences"]) or 1 for cell in cells)
    empty = [line for line in lines if line["state"] == "none recorded"]
    assert len(empty) == sum(not cell["offences"] for cell in cells)
    assert all(not line["offence"] and not line["maximum"] for line in empty)


def test_every_line_of_the_csv_says_what_it_is_worth(client):
    query = "nation=scotland&on=2017-07-02&other_on=2017-07-03&conduct=share"
    lines = rows_of(client.get(f"/compare.csv?{query}").get_data(as_text=True))
    assert {line["day"] for line in lines} == {"2017-07-02", "2017-07-03"}
    for line in lines:
        assert line["checked_on"]
        assert line["release"]
        assert line["note"].startswith("Not legal advice.")
    (begun,) = [
        line for line in lines if (line["offence"], line["conduct"]) == ("absha-2016-s2-1", "share")
    ]
    assert (begun["day"], begun["law_from"]) == ("2017-07-03", "2017-07-03")
    assert (begun["maximum"], begun["maximum_months"]) == ("5 years", "60")


# ---- the command line ----------------------------------------------------------------------------


def run(knowledge: Knowledge, *words: str):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli_opening, "open_knowledge", lambda **_: knowledge)
        env = {"COLUMNS": "80", "KB_DATA": None, "KB_ONTOLOGY": None, "KB_STORE": None}
        return CliRunner(env=env).invoke(main, ["compare", *words], prog_name="whichlaw")


def test_command_tells_what_differs_and_what_each_side_has(knowledge):
    result = run(
        knowledge, "--nation", "scotland", "--on", "2017-07-02", "--other-on", "2017-07-03"
    )
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    assert said.startswith("Compared: Scotland, 2 July 2017; Scotland, 3 July 2017.")
    assert "was not law on 2 July 2017: its first day was 3 July 2017." in said
    assert "[absha-2016-s2-1]: applies; no age set; maximum 5 years" in said
    assert "Not legal advice. The law was last checked on" in said
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_command_answers_as_the_api_does_and_as_csv(knowledge, client):
    words = ("--conduct", "share", "--on", TODAY)
    found = json.loads(run(knowledge, *words, "--json").stdout)
    assert found["rows"] == answer(client, f"conduct=share&on={TODAY}")["rows"]
    assert len(rows_of(run(knowledge, *words, "--csv").stdout)) > 20


def test_command_explains_what_would_be_right(knowledge):
    result = run(knowledge, "--nation", "scotland", "--other-nation", "walse")
    assert result.exit_code == 2
    assert "--other-nation cannot be 'walse'" in result.output
    assert "Did you mean wales?" in " ".join(result.output.split())
