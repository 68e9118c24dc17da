"""The journey to an answer, the first page and the one-page form, on invented law."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from kb.asked import today
from web.app import create_app
from web.journey_asked import STATE

YESTERDAY = (today() - timedelta(days=1)).isoformat()
HUNG = "portrait-hung"
ANSWERED = {
    "situation": HUNG,
    "nation": "northmark",
    "on": "2012-01-01",
    "depicted_age": "15",
    "accused_age": "under-18",
}
STEPS = ("/ask", "/ask/where", "/ask/when", "/ask/who", "/ask/check")


@pytest.fixture(scope="module")
def client(sample_data, sample_ontology):
    return create_app({"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology)}).test_client()


def links(text):
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', text)]


def fields(text):
    """The hidden fields of the form of a page."""
    form = text[text.index("<form action", text.index("<main")) :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return [(name, unescape(value)) for name, value in found]


def send(client, path, entered, follow=True):
    """Fills a page of the journey in, as a browser without script does, and sends it."""
    address = urlsplit(path)
    pairs = [*entered, *fields(client.get(path).text)]
    return client.get(f"{address.path}?{urlencode(pairs)}", follow_redirects=follow)


def asked_of(response):
    """What the address of a page says."""
    return dict(parse_qsl(urlsplit(response.request.url).query))


# ---- the first page ------------------------------------------------------------------------------


def test_first_page_has_one_box_and_every_situation_a_step_nearer(client):
    text = client.get("/").text
    assert text.count('type="search"') == 1
    starts = [link for link in links(text) if "situation=" in link]
    assert [parse_qs(urlsplit(link).query)["situation"] for link in starts] == [
        ["portrait-hung"],
        ["portrait-painted"],
        ["letter-sent"],
    ]
    assert {urlsplit(link).path for link in starts} == {"/ask/where"}
    assert {"/form", "/ask"} <= set(links(text))
    assert "Portraits" in text


@pytest.mark.parametrize(
    ("query", "step"),
    [
        ({"nation": "northmark"}, "/ask/when"),
        ({"on": "2012-01-01"}, "/ask/where"),
        ({"nation": "northmark", "on": "2012-01-01"}, "/ask/who"),
    ],
)
def test_first_page_carries_on_with_the_nation_and_day_it_is_asked_about(client, query, step):
    text = client.get("/", query_string=query).text
    start = next(link for link in links(text) if f"situation={HUNG}" in link)
    assert urlsplit(start).path == step
    assert dict(parse_qsl(urlsplit(start).query)) == {"situation": HUNG, **query}


def test_old_address_of_the_form_still_fills_it_in(client):
    response = client.get("/?nation=northmark&conduct=share&depicted_age=17")
    assert response.status_code == 303
    there = client.get(response.location)
    assert urlsplit(response.location).path == "/form"
    assert re.search(r'value="share" checked', there.text)
    assert re.search(r'id="depicted_age"[^>]* value="17"', there.text)


def test_first_page_refuses_a_nation_that_is_none(client):
    response = client.get("/?nation=nowhere")
    assert response.status_code == 400
    assert "northmark" in response.text


# ---- the journey ---------------------------------------------------------------------------------


def test_journey_leads_to_the_answer_with_canonical_parameters(client):
    where = send(client, "/ask", [("situation", HUNG)])
    assert urlsplit(where.request.url).path == "/ask/where"
    when = send(client, where.request.full_path, [("nation", "northmark")])
    who = send(client, when.request.full_path, [("when", "yesterday")])
    people = [("depicted_age", "15"), ("accused_age_band", "16-17"), ("consent", "no")]
    check = send(client, who.request.full_path, people)
    assert urlsplit(check.request.url).path == "/ask/check"
    assert fields(check.text) == [
        ("nation", "northmark"),
        ("on", YESTERDAY),
        ("conduct", "share"),
        ("material", "intimate-image"),
        ("depicted_age", "15"),
        ("accused_age", "16-17"),
        ("consent", "no"),
    ]
    answer = client.get("/law", query_string=fields(check.text))
    assert answer.status_code == 200


def test_every_step_is_an_address_that_holds_all_that_was_answered(client):
    for path in STEPS:
        response = client.get(path, query_string=ANSWERED)
        assert response.status_code == 200
        back = next(
            link for link in links(response.text) if link.startswith(("/ask", "/?")) or link == "/"
        )
        assert back
    text = client.get("/ask/who", query_string=ANSWERED).text
    assert re.search(r'id="depicted_age"[^>]* value="15"', text)
    assert re.search(r'name="accused_age_band"[^>]* value="under-18" checked', text)
    kept = dict(fields(text))
    assert kept == {**{k: ANSWERED[k] for k in ("situation", "nation", "on")}, "answered": "who"}


def test_back_leads_to_the_step_before_with_all_answers(client):
    for step, before in zip(STEPS[1:], STEPS, strict=False):
        text = client.get(step, query_string=ANSWERED).text
        back = unescape(re.search(r'href="([^"]+)" class="govuk-back-link"', text)[1])
        assert urlsplit(back).path == before
        assert dict(parse_qsl(urlsplit(back).query)) == ANSWERED


def test_not_knowing_is_always_an_answer(client):
    where = send(client, "/ask", [("situation", "")])
    when = send(client, where.request.full_path, [("nation", "")])
    who = send(client, when.request.full_path, [("when", "unknown")])
    unknown = re.findall(r'id="[^"]+-unknown" name="([^"]+)" type="radio" value=""', who.text)
    assert len(unknown) == len(set(unknown)) >= 1
    check = send(client, who.request.full_path, [(name, "") for name in unknown])
    assert check.text.count("Not known") >= len(unknown) + 3
    assert "it rules nothing out" in check.text
    assert "you are shown the law of today" in check.text
    assert fields(check.text) == [("on", today().isoformat())]


def test_check_page_says_in_words_of_the_law_what_happened(client):
    text = client.get("/ask/check", query_string=ANSWERED).text
    for said in ("A portrait was hung in the square", "Northmark", "1 January 2012", "Under 18"):
        assert said in text
    meant = text[text.index('id="meant"') :]
    assert "Share or show" in meant
    assert "Intimate image" in meant
    form = client.get(next(link for link in links(meant) if link.startswith("/form"))).text
    assert re.search(r'value="share" checked', form)
    assert re.search(r'id="depicted_age"[^>]* value="15"', form)


def test_changed_answer_leads_back_to_the_check(client):
    text = client.get("/ask/check", query_string=ANSWERED).text
    change = {urlsplit(link).path: link for link in links(text) if "then=check" in link}
    assert set(change) == set(STEPS) - {"/ask/check"}
    where = client.get(change["/ask/where"]).text
    assert re.search(r'value="northmark" checked', where)
    back = unescape(re.search(r'href="([^"]+)" class="govuk-back-link"', where)[1])
    assert urlsplit(back).path == "/ask/check"
    check = send(client, change["/ask/where"], [("nation", "southmark")])
    assert urlsplit(check.request.url).path == "/ask/check"
    assert asked_of(check) == {**ANSWERED, "nation": "southmark"}


def test_answer_can_be_changed_to_not_known(client):
    check = send(client, f"/ask/when?{urlencode(ANSWERED)}&then=check", [("when", "unknown")])
    assert asked_of(check) == {k: v for k, v in ANSWERED.items() if k != "on"} | {"when": "unknown"}
    again = client.get(f"/ask/when?{urlencode(asked_of(check))}&then=check").text
    assert re.search(r'value="unknown" checked', again)


def test_several_days_are_a_period_whose_end_is_the_day_after(client):
    path = f"/ask/when?situation={HUNG}&nation=northmark"
    days = {"first-day": "28", "first-month": "2", "first-year": "2011"}
    days |= {"last-day": "28", "last-month": "02", "last-year": "2012", "when": "several"}
    who = send(client, path, days.items())
    assert asked_of(who)["from"] == "2011-02-28"
    assert asked_of(who)["to"] == "2012-02-29"
    again = client.get(f"/ask/when?{urlencode(asked_of(who))}").text
    assert re.search(r'id="last-day"[^>]* value="28"', again)
    check = client.get(f"/ask/check?{urlencode(asked_of(who))}").text
    assert "From 28 February 2011 to 28 February 2012" in check
    assert client.get("/law", query_string=fields(check)).status_code == 200


def test_written_day_counts_where_no_choice_was_made(client):
    who = send(client, "/ask/when", [("on-day", "3"), ("on-month", "7"), ("on-year", "2017")])
    assert asked_of(who) == {"on": "2017-07-03"}


# ---- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "entered", "field", "said"),
    [
        ("/ask", [], "situation", "Choose what happened"),
        ("/ask", [("situation", HUNG), ("situation", "")], "situation", "not both"),
        ("/ask/where", [], "nation", "Choose where it happened"),
        ("/ask/where", [("nation", "northmark"), ("nation", "")], "nation", "not both"),
        ("/ask/when", [], "when", "Choose when it happened"),
        ("/ask/when", [("when", "day")], "on-day", "a day and a month and a year"),
        ("/ask/when", [("on-day", "3"), ("on-year", "2017")], "on-month", "include a month"),
        (
            "/ask/when",
            [("on-day", "30"), ("on-month", "2"), ("on-year", "2020")],
            "on-day",
            "a real day",
        ),
        (
            "/ask/when",
            [("on-day", "3"), ("on-month", "2"), ("on-year", "20")],
            "on-day",
            "a real day",
        ),
        ("/ask/who", [("depicted_age", "fifteen")], "depicted_age", "numbers, such as 15"),
        (
            "/ask/who",
            [("accused_age", "30"), ("accused_age_band", "under-13")],
            "accused_age",
            "differ",
        ),
    ],
)
def test_wrong_answer_is_said_at_its_field_and_kept(client, path, entered, field, said):
    response = send(client, f"{path}?situation={HUNG}", entered)
    assert response.status_code == 400
    assert response.text.count("<h1") == 1
    assert "<title>Error:" in response.text
    summary = response.text[response.text.index("govuk-error-summary") :]
    assert re.search(rf'<a href="#{field}">[^<]*{said}', unescape(summary))
    assert re.search(rf'<(?:input|div)[^>]* id="{field}"', response.text)
    for name, value in entered:
        if value and name.startswith(("on-", "depicted", "accused_age")):
            assert re.search(rf'name="{name}"[^>]*value="{value}"', response.text)


def test_last_day_before_the_first_is_refused(client):
    days = {"first-day": "2", "first-month": "1", "first-year": "2012"}
    days |= {"last-day": "1", "last-month": "1", "last-year": "2012"}
    response = send(client, "/ask/when", days.items())
    assert response.status_code == 400
    assert 'href="#last-day"' in response.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"colour": "red"}, "situation"),
        ({"situation": "weather"}, "portrait-hung"),
        ({"situation": "portraits"}, "portrait-hung"),
        ({"nation": "nowhere"}, "northmark"),
        ({"on": "2020-02-30"}, "year-month-day"),
        ({"from": "2012-01-01"}, "as well as from"),
        ({"depicted_age": "old"}, "18-or-over"),
        ({"consent": "perhaps"}, "yes"),
        ({"when": "soon"}, "unknown"),
        ({"then": "home"}, "check"),
    ],
)
def test_address_that_cannot_be_read_is_refused_and_the_rest_is_kept(client, query, said):
    kept = {name: value for name, value in ANSWERED.items() if name not in query}
    for path in STEPS:
        response = client.get(path, query_string={**kept, **query})
        assert response.status_code == 400, path
        assert said in unescape(response.text)
        assert "Not legal advice" in response.text
        back = next(one for one in links(response.text) if one.startswith(f"{path}?"))
        assert dict(parse_qsl(urlsplit(back).query)) == kept
        assert client.get(back).status_code == 200


def test_parameter_given_twice_is_refused(client):
    response = client.get("/ask/who?on=2012-01-01&on=2012-01-02")
    assert response.status_code == 400
    assert "takes one value" in response.text


def test_period_that_is_too_long_leads_back_to_the_days(client):
    response = client.get("/ask/check?from=1900-01-01&to=2012-01-01")
    assert response.status_code == 400
    assert any(urlsplit(link).path == "/ask/when" for link in links(response.text))


@pytest.mark.parametrize("value", ["'\"", "<script>alert(1)</script>", "a\nb", "{{7*7}}", "\x00"])
@pytest.mark.parametrize("parameter", [*STATE, "answered", "colour"])
def test_hostile_value_is_refused_or_escaped(client, parameter, value):
    for path in (*STEPS, "/form"):
        response = client.get(path, query_string={parameter: value})
        assert response.status_code in (200, 400)
        assert "<script>alert" not in response.text


# ---- the one-page form ---------------------------------------------------------------------------


def test_form_says_what_is_wrong_in_every_field_and_keeps_it(client):
    query = {"on": "2020-02-30", "depicted_age": "old", "conduct": "share", "nation": "northmark"}
    response = client.get("/form", query_string=query)
    assert response.status_code == 400
    for field in ("on", "depicted_age"):
        assert f'<a href="#{field}">' in response.text
        assert f'id="{field}-error"' in response.text
    assert re.search(r'type="text" id="on"[^>]* value="2020-02-30"', response.text)
    assert re.search(r'value="share" checked', response.text)
    assert re.search(r'value="northmark" checked', response.text)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2012-01-01"}, "last"),
        ({"from": "2012-01-02", "to": "2012-01-01"}, "last"),
        ({"from": "2012-01-01", "to": "2012-02-01", "on": "2012-01-01"}, "on"),
    ],
)
def test_form_says_what_is_wrong_with_a_period(client, query, field):
    response = client.get("/form", query_string=query)
    assert response.status_code == 400
    assert f'<a href="#{field}">' in response.text


def test_form_refuses_a_parameter_that_no_question_takes(client):
    response = client.get("/form?colour=red")
    assert response.status_code == 400
    assert "<code>relationship</code>" in response.text


def test_situations_are_a_scheme_of_the_api(client):
    found = client.get("/api/v1/schemes/situations").get_json()["concepts"]
    suggests = {one["id"]: one["suggests"] for one in found}
    assert [uri.rpartition("/id/")[2] for uri in suggests[HUNG]] == [
        "conduct/share",
        "material/intimate-image",
    ]
    assert suggests["portraits"] == []
