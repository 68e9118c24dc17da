"""What an answer says besides the law: in time, in its own nation, and on the page as in the data.

First Markland, the invented country; then our own data against an oracle that reads raw facts.
"""

import re
from collections import defaultdict
from datetime import date, timedelta
from html import unescape

import pytest
from served import LAW, site

from kb.advice_answers import Bearing, guidance_answers, nation_help
from kb.terms import PREFIXES, slug_of
from kb.wording import ASK_FOR_A_DAY, NONE_RECORDED
from web.app import create_app

DAY = timedelta(days=1)
EVERYTHING = Bearing(
    topics=frozenset(), general=frozenset(), words=frozenset(), offences=frozenset()
)
NOT_IN_THIS_DATA = "What to do and whom to call are not in this data."
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FACTS = "conduct=share&material=intimate-image&depicted_age=15"
ENGLISH_AND_WELSH_OUTCOME = re.compile(r"outcome[ -]?2[12]\b", re.IGNORECASE)


def of_nation(knowledge, nation, on="2020-06-01", **stated):
    """The answer for one nation."""
    given = {name: [value] for name, value in stated.items()}
    return knowledge.ask({"nation": [nation], "on": [on], **given}).nations[0]


# ---- Markland ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nation", "on", "expected"),
    [
        ("southmark", "2016-08-31", {"charging-south-2008": "current"}),
        ("southmark", "2016-09-01", {"charging-south-2016": "current"}),
        ("northmark", "2016-09-01", {}),
        ("northmark", "2005-02-28", {}),
        ("northmark", "2005-03-01", {"charging-north": "current"}),
    ],
)
def test_a_document_is_there_on_its_days_and_in_its_nation(sample, nation, on, expected):
    answer = of_nation(sample, nation, on)
    found = {one.id: one.state for one in answer.guidance if one.kind == "prosecution"}
    assert expected.items() <= found.items()
    assert ("charging-north" in found) == (expected != {} and nation == "northmark") or on > "2006"
    assert "charging-south-2008" not in found or on < "2016-09-01"
    assert not (nation == "northmark" and {"charging-south-2008", "charging-south-2016"} & {*found})


def test_between_its_bounds_a_document_is_unknown_and_says_why(sample):
    for on in ("2018-01-01", "2018-12-31"):
        found = {one.id: one for one in of_nation(sample, "eastmark", on).guidance}
        for slug in ("school-pictures-2012", "school-pictures-2018"):
            assert found[slug].state == "unknown", on
            assert "2018" in found[slug].why
    after = {one.id: one.state for one in of_nation(sample, "eastmark", "2019-01-01").guidance}
    assert "school-pictures-2012" not in after
    assert after["school-pictures-2018"] == "current"


def test_a_document_changed_since_the_day_says_so(sample):
    def later(on):
        found = of_nation(sample, "northmark", on).guidance
        return next(one.later_edition for one in found if one.id == "charging-north")

    assert later("2021-06-06")
    assert not later("2021-06-07")


def test_the_documents_about_the_offences_at_hand_come_first(sample):
    answer = of_nation(sample, "southmark", "2020-06-01", conduct="share")
    first = answer.guidance[0]
    assert first.id == "charging-south-2016"
    assert set(first.discusses) <= {offence.id for offence in answer.offences}
    assert first.discusses


def test_what_was_looked_for_and_not_found_is_said_with_the_day(sample):
    answer = of_nation(sample, "eastmark")
    assert {one.id for one in answer.none_found} == {
        "child-protection-eastmark",
        "sentencing-eastmark",
    }
    assert {one.searched_on for one in answer.none_found} == {date(2026, 1, 31)}


def test_a_correction_stands_where_people_get_it_wrong(sample):
    assert [one.id for one in of_nation(sample, "northmark").misconceptions] == [
        "images-act-everywhere"
    ]
    assert of_nation(sample, "southmark").misconceptions == ()
    about = of_nation(sample, "northmark", conduct="share").misconceptions
    assert [one.id for one in about] == ["images-act-everywhere"]
    assert of_nation(sample, "northmark", conduct="meet", on="2012-01-01").misconceptions == ()


def test_help_is_as_on_the_day_checked_whatever_day_is_asked_about(sample):
    then, now = (of_nation(sample, "southmark", on).help for on in ("2001-01-01", "2026-01-31"))
    assert then == now
    assert now.on == sample.checked_on
    assert [service.id for service in now.services] == ["lantern-line"]
    east = of_nation(sample, "eastmark").help.services
    assert [contact.value for contact in east[0].contacts] == ["0000 001"]


def test_practice_speaks_the_words_of_the_nation_and_names_its_document(sample):
    for nation, lead in (("northmark", "guardian of pupils"), ("southmark", "lead for safety")):
        found = {one.id: one for one in of_nation(sample, nation).help.practice}
        assert lead in found["tell-the-lead"].text
        assert {said.document.id for said in found["never-copy"].said_by} == {
            "school-pictures-2018"
        }
        assert ("refer-a-threat" in found) == (nation == "southmark")


def test_data_without_guidance_says_so(sample_ontology, tmp_path, sample_data):
    for path in sample_data.rglob("*.ttl"):
        beside_the_law = {"guidance", "practice", "services", "sources", "misconceptions"}
        if not beside_the_law & set(path.relative_to(sample_data).parts):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    bare = create_app({"DATA": str(tmp_path), "ONTOLOGY": str(sample_ontology)}).test_client()
    found = bare.get(f"{LAW}?nation=northmark").get_json()["nations"]["northmark"]
    assert (found["guidance"], found["guidance_note"]) == ([], NONE_RECORDED)
    for path in ("/law", "/law/now"):
        response = bare.get(f"{path}?nation=northmark")
        assert response.status_code == 200
        assert NOT_IN_THIS_DATA in response.text


# ---- our own data, against raw facts -------------------------------------------------------------


@pytest.fixture(scope="module")
def raw(real_store):
    """Everything that is said of anything: subject, then property, then the values."""
    found = defaultdict(lambda: defaultdict(list))
    for quad in real_store:
        prop = quad.predicate.value.removeprefix(PREFIXES["law"])
        found[quad.subject.value][prop].append(getattr(quad.object, "value", None))
    return found


@pytest.fixture(scope="module")
def stretches(raw):
    """The stretches of each document or service in each nation, by their slugs."""
    found = defaultdict(list)
    for facts in list(raw.values()):
        if PREFIXES["law"] + "InEffect" in facts[A]:
            for nation in facts["nation"]:
                (owner,) = facts["factOf"]
                found[owner, slug_of(nation)].append(facts)
    return found


def named_day(facts, name):
    return date.fromisoformat(facts[name][0]) if facts[name] else None


def said_of(facts, on):
    """What one stretch says of a day, read as a person would."""
    start, end = named_day(facts, "startDate"), named_day(facts, "endDate")
    if end and on >= end:
        return "over"
    last_sure = named_day(facts, "endNotBefore")
    if last_sure and on >= last_sure:
        return "unknown"
    certainty = slug_of(facts["startCertainty"][0])
    sure_from = named_day(facts, "knownBy")
    if certainty in ("exact", "latest-possible"):
        sure_from = start or date.min
    if sure_from and on >= sure_from:
        return "current"
    first = named_day(facts, "notBefore") if certainty != "made-date" else start
    if certainty == "exact" or (first and on < first):
        return "not-yet"
    return "unknown"


def standing_there(stretches, owner, nation, on):
    said = {said_of(facts, on) for facts in stretches.get((owner, nation), ())}
    return next((one for one in ("current", "unknown") if one in said or not said), "over")


def of_kind(raw, kind):
    """The addresses of a class's things, each with the nations that it is for (slugs)."""
    return {
        address: [slug_of(nation) for nation in facts["nation"]]
        for address, facts in list(raw.items())
        if PREFIXES["law"] + kind in facts[A]
    }


def boundaries(stretches):
    """Each day on which anything about a stretch changes, and the day before it."""
    names = ("startDate", "endDate", "notBefore", "knownBy", "endNotBefore")
    firsts = {
        day
        for every in stretches.values()
        for facts in every
        for name in names
        if (day := named_day(facts, name))
    }
    return sorted({day - DAY for day in firsts} | firsts)


@pytest.mark.no_cover
def test_on_every_boundary_day_each_document_is_what_its_facts_say(knowledge, raw, stretches):
    documents = of_kind(raw, "Guidance")
    days = boundaries(stretches)
    assert min(len(documents), len(days)) > 50
    for nation in knowledge.schemes.slugs("nations"):
        for on in days:
            expected = {
                slug_of(document): standing
                for document, nations in documents.items()
                if nation in nations
                and (standing := standing_there(stretches, document, nation, on)) != "over"
            }
            expected = {k: v for k, v in expected.items() if v in ("current", "unknown")}
            found = guidance_answers(knowledge.advice, EVERYTHING, nation=nation, on=on)
            assert {one.id: one.state for one in found} == expected, (nation, on)
            assert all(one.why for one in found if one.state == "unknown"), (nation, on)


@pytest.mark.no_cover
def test_no_closed_service_is_ever_listed(knowledge, raw, stretches):
    services = of_kind(raw, "Service")
    for nation in knowledge.schemes.slugs("nations"):
        for on in (knowledge.checked_on, *boundaries(stretches)):
            expected = {
                slug_of(service)
                for service, nations in services.items()
                if nation in nations
                and standing_there(stretches, service, nation, on) == "current"
                and stretches.get((service, nation))
            }
            found = nation_help(knowledge.advice, nation, on=on).services
            assert {service.id for service in found} == expected, (nation, on)


def test_nobody_is_cited_who_does_not_act_in_the_nation(knowledge, raw):
    acts = {
        slug_of(address): {slug_of(nation) for nation in facts["nation"]}
        for address, facts in list(raw.items())
        if address.startswith(PREFIXES["body"])
    }
    wrong = set()
    for nation in knowledge.schemes.slugs("nations"):
        answer = of_nation(knowledge, nation, knowledge.checked_on.isoformat())
        said = {said.document for one in answer.help.practice for said in one.said_by}
        bodies = {one.id: one.bodies for one in answer.guidance}
        for document in said:
            shelf = knowledge.advice.guidance if document.kind == "guidance" else {}
            bodies[document.id] = shelf[document.id].bodies if document.id in shelf else ()
        for service in answer.help.services:
            bodies[service.id] = knowledge.advice.services[service.id].bodies
        wrong |= {
            (n, one)
            for one, who in bodies.items()
            for n in [nation]
            if who
            if not any(nation in acts[body] for body in who)
        }
    assert not wrong


def test_no_document_of_another_nation_gives_advice(knowledge):
    advice = knowledge.advice
    for nation in knowledge.schemes.slugs("nations"):
        for point in of_nation(knowledge, nation).help.practice:
            for said in point.said_by:
                if said.document.kind == "guidance":
                    assert nation in advice.guidance[said.document.id].nations, point.id
                assert said.state in (None, "current", "unknown")


def strings(found):
    """Every text of a JSON document."""
    if isinstance(found, dict):
        for value in found.values():
            yield from strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from strings(value)
    elif isinstance(found, str):
        yield found


@pytest.mark.parametrize("on", ["2016-01-01", "2020-06-01", "2026-11-22"])
@pytest.mark.parametrize("facts", ["", FACTS])
def test_scotland_hears_of_the_english_outcomes_only_that_it_has_none(on, facts):
    question = f"nation=scotland&on={on}&{facts}"
    found = site().test_client().get(f"{LAW}?{question}").get_json()["nations"]["scotland"]
    corrections = {
        text
        for one in found.pop("misconceptions")
        for text in (one["label"], one["id"])
        if ENGLISH_AND_WELSH_OUTCOME.search(one["correction"])
        and re.search(r"\b(no|not|never)\b[^.]*\bScotland\b", one["correction"])
    }
    said = {text for text in strings(found) if ENGLISH_AND_WELSH_OUTCOME.search(text)}
    denied = {text for text in said if re.search(r"\bnot\b|\bno\b|\bonly\b", text)}
    assert said == denied, said - denied
    for path in ("/law", "/law/now"):
        page = site().test_client().get(f"{path}?{question}").text
        text = unescape(re.sub(r"<[^>]+>", "\n", page))
        lines = {line.strip(" “”") for line in text.splitlines()}
        there = {line for line in lines if ENGLISH_AND_WELSH_OUTCOME.search(line)}
        assert {
            line
            for line in there - corrections
            if not re.search(r"\bScotland\b", line) or not re.search(r"\bno\b|\bnot\b", line)
        } == set(), path


def test_help_is_the_same_on_any_day(knowledge):
    for nation in knowledge.schemes.slugs("nations"):
        found = {of_nation(knowledge, nation, on).help for on in ("1990-01-01", "2026-11-22")}
        (help_there,) = found
        assert help_there.on == knowledge.checked_on
        kinds = {point.kind for point in help_there.practice}
        assert {"now", "never", "refer-when", "immediate-danger", "report-to"} <= kinds
        assert help_there.roles


# ---- the pages -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client():
    return site().test_client()


def test_what_to_do_comes_after_the_sentence_and_before_the_offences(client):
    page = client.get(f"/law?nation=scotland&on=2026-11-22&{FACTS}").text
    order = [
        page.index('<div class="summary">'),
        page.index('id="scotland-now"'),
        page.index('<details class="offence"'),
        page.index('id="scotland-wrong"'),
        page.index("What else to know in Scotland"),
    ]
    assert order == sorted(order)
    assert "whatever day is asked about" in page


def test_with_several_nations_it_comes_after_the_offences_and_is_folded(client):
    page = client.get(f"/law?nation=scotland&nation=wales&on=2026-11-22&{FACTS}").text
    for nation in ("scotland", "wales"):
        start = page.index(f'id="{nation}-now"')
        assert page.index(f'id="{nation}-applies"') < start
        assert '<details class="group"><summary>What to do' in page[start : start + 1_500]


def test_every_point_and_every_way_to_call_is_on_the_page(client, knowledge):
    for nation in knowledge.schemes.slugs("nations"):
        answer = of_nation(knowledge, nation, "2026-11-22")
        page = unescape(client.get(f"/law?nation={nation}&on=2026-11-22").text)
        for point in answer.help.practice:
            assert point.label in page
            assert all(said.document.label in page for said in point.said_by)
        for service in answer.help.services:
            for contact in service.contacts:
                assert contact.value in page
                assert not contact.verify or contact.verify in page
        for one in (*answer.guidance, *answer.misconceptions):
            assert (one.title if hasattr(one, "title") else one.correction) in page
        for one in answer.none_found:
            assert one.text in page


def test_rules_are_grouped_by_kind(client, knowledge):
    page = unescape(client.get("/law?nation=scotland&on=2026-11-22").text)
    rules = of_nation(knowledge, "scotland", "2026-11-22").rules
    there = {rule.kind for rule in rules}
    kinds = [kind for kind in knowledge.schemes.scheme("rule-kinds") if kind.slug in there]
    places = []
    for kind in kinds:
        count = sum(rule.kind == kind.slug for rule in rules)
        places.append(page.index(f"<summary>{kind.label}: {count} rule"))
    assert places == sorted(places)


# ---- one sheet -----------------------------------------------------------------------------------


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern-ireland"])
def test_the_sheet_has_all_that_it_must(client, knowledge, nation):
    answer = of_nation(knowledge, nation, "2017-07-03", conduct="share", depicted_age="15")
    response = client.get(f"/law/now?nation={nation}&on=2017-07-03&conduct=share&depicted_age=15")
    page = unescape(response.text)
    assert response.status_code == 200
    for said in (
        answer.summary,
        *(point.label for point in answer.help.practice),
        *(service.title for service in answer.help.services[:6]),
        *(role.name for role in answer.help.roles),
        "Not legal advice",
        knowledge.release.id,
        "3 July 2017",
        "whatever day is asked about",
        f"/law?nation={nation}&on=2017-07-03&conduct=share&depicted_age=15",
    ):
        assert said in page
    assert "<script" not in page[page.index("<body") :]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("nation=", 400),
        ("on=2020-01-01", 400),
        ("nation=scotland&nation=wales", 400),
        ("nation=mars", 400),
        ("nation=scotland&from=2020-01-01&to=2020-02-01", 400),
        ("nation=scotland", 200),
        ("nation=scotland&nation=", 200),
        ("nation=scotland&nation=scotland", 200),
        ("nation=scotland&as_known=2026-11-22.1", 200),
        ("nation=scotland&as_known=no-release", 400),
    ],
)
def test_the_sheet_is_of_one_nation(client, query, status):
    response = client.get(f"/law/now?{query}")
    assert response.status_code == status
    if status == 400 and "from" not in query and "as_known" not in query:
        for nation in ("england", "wales", "scotland", "northern-ireland"):
            assert f"<code>{nation}</code>" in response.text


def test_the_answer_leads_to_the_sheet_of_each_nation(client):
    page = unescape(client.get(f"/law?on=2026-11-22&{FACTS}").text)
    for nation in ("england", "wales", "scotland", "northern-ireland"):
        link = re.search(rf'href="(/law/now\?[^"]*nation={nation}[^"]*)"', page)[1]
        assert set(FACTS.split("&")) <= set(link.partition("?")[2].split("&"))
        assert client.get(link).status_code == 200


def test_an_old_release_had_no_guidance_and_says_so(client):
    question = f"nation=scotland&on=2020-01-01&as_known=2026-11-22.1&{FACTS}"
    found = client.get(f"{LAW}?{question}").get_json()["nations"]["scotland"]
    assert (found["guidance"], found["misconceptions"], found["none_found"]) == ([], [], [])
    assert found["help"]["practice"] == found["help"]["services"] == []
    assert found["guidance_note"] == NONE_RECORDED
    for path in ("/law", "/law/now"):
        page = client.get(f"{path}?{question}").text
        assert NOT_IN_THIS_DATA in page
        now = unescape(re.search(r'href="([^"]+)">What we say now<', page)[1])
        assert "as_known" not in now
        assert NOT_IN_THIS_DATA not in client.get(now).text


def test_a_period_says_that_it_has_no_help(client):
    question = "nation=scotland&from=2017-06-01&to=2017-08-01&conduct=share"
    for part in client.get(f"{LAW}?{question}").get_json()["parts"]:
        found = part["nations"]["scotland"]
        assert found["help"] is None
        assert found["guidance_note"] == ASK_FOR_A_DAY
    assert ASK_FOR_A_DAY in client.get(f"/law?{question}").text
