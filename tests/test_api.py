"""The JSON API on the real law: the answers that must hold, their shape, and what is refused."""

from dataclasses import asdict
from datetime import date

import pytest
from flask.testing import FlaskClient
from served import LAW, Answer, asked, offence_in, site

from kb.knowledge import Knowledge

NATIONS = ["england", "wales", "scotland", "northern-ireland"]
S2, S33, S66B = "absha-2016-s2-1", "cjca-2015-s33-1-disclose", "soa-2003-s66b-1"
ALWAYS = {
    *("id", "label", "state", "provision", "from", "to", "certainty", "scope", "mental_element"),
    *("max_penalty", "mode_of_trial", "defences", "consent_to_prosecute", "time_limit", "reach"),
    *("not_known", "sources", "no_source", "note", "confidence", "decided_by"),
}
CARRIED: dict[str, tuple[set[str], set[str]]] = {  # what a state must carry, and what it may
    "applies": ({"if"}, set()),
    "ruled-out": ({"because"}, set()),
    "not-yet-in-force": (set(), set()),
    "ended": ({"replaced_by", "still_chargeable"}, {"why"}),
    "does-not-extend": ({"instead"}, {"why"}),
    "unknown": ({"why"}, set()),
}
PLAIN = [
    *("offences", "offences/absha-2016-s2-1", "provisions/asp/2016/22/section/2", "instruments"),
    *("instruments/asp/2016/22", "nations", "schemes", "schemes/states", "rules", "doubts"),
    "coverage",
]


@pytest.fixture
def client() -> FlaskClient:
    return site().test_client()


def state_of(slug: str, nation: str, **query: str) -> str:
    return str(offence_in(asked(nation=nation, **query), nation, slug)["state"])


def shared(nation: str, on: str) -> Answer:
    return asked(nation=nation, on=on, conduct="share", material="intimate-image")


def test_scotland_the_day_before_section_2_commenced():
    answer = shared("scotland", "2017-07-02")
    section_2 = offence_in(answer, "scotland", S2)
    assert section_2["state"] == "not-yet-in-force"
    assert section_2["from"] == "2017-07-03"
    section_33 = offence_in(answer, "scotland", S33)
    assert section_33["state"] == "does-not-extend"
    (instead,) = section_33["instead"]
    assert (instead["id"], instead["state"]) == (S2, "not-yet-in-force")
    assert (instead["from"], instead["provision"]["id"]) == ("2017-07-03", "asp/2016/22/section/2")


def test_scotland_the_day_section_2_commenced():
    answer = shared("scotland", "2017-07-03")
    assert offence_in(answer, "scotland", S2)["state"] == "applies"
    assert offence_in(answer, "scotland", S33)["state"] == "does-not-extend"


def test_england_before_and_after_section_66b():
    before, after = shared("england", "2024-01-30"), shared("england", "2024-01-31")
    assert offence_in(before, "england", S33)["state"] == "applies"
    assert offence_in(before, "england", S66B)["state"] == "not-yet-in-force"
    section_33 = offence_in(after, "england", S33)
    assert (section_33["state"], section_33["to"]) == ("ended", "2024-01-31")
    assert S66B in [other["id"] for other in section_33["replaced_by"]]
    assert offence_in(after, "england", S66B)["state"] == "applies"


@pytest.mark.parametrize(
    ("nation", "slug", "last_day", "first_day"),
    [
        ("england", "pca-1978-s1-1-a", "2004-04-30", "2004-05-01"),
        ("wales", "pca-1978-s1-1-a", "2004-04-30", "2004-05-01"),
        ("scotland", "cgsa-1982-s52-1-a", "2005-10-06", "2005-10-07"),
        ("northern-ireland", "poc-ni-1978-art3-1-a", "2009-02-01", "2009-02-02"),
    ],
)
def test_photograph_of_somebody_of_17(nation: str, slug: str, last_day: str, first_day: str):
    facts = {"conduct": "take", "material": "indecent-photograph", "depicted_age": "17"}
    assert state_of(slug, nation, on=last_day, **facts) == "ruled-out"
    assert state_of(slug, nation, on=first_day, **facts) == "applies"


@pytest.mark.parametrize("on", ["1990-01-01", "2017-07-02", "2024-01-31"])
def test_england_and_wales_answer_alike_each_under_its_own_key(on: str):
    nations = asked(nation=["england", "wales"], on=on)["nations"]
    assert list(nations) == ["england", "wales"]
    states = [
        {o["id"]: (o["state"], o["from"], o["to"]) for o in n["offences"]} for n in nations.values()
    ]
    assert states[0] == states[1]


@pytest.mark.parametrize(
    "on", ["0001-01-01", "1066-10-14", "1900-02-28", "2100-01-01", "9999-12-31"]
)
def test_every_real_day_is_answered(on: str):
    answer = asked(on=on, conduct="share", material="intimate-image")
    assert answer["asked"]["on"] == on
    assert list(answer["nations"]) == NATIONS


def test_day_after_the_law_was_checked_says_so_first(knowledge: Knowledge):
    late = asked(nation="wales", on="9999-12-31", conduct="meet")
    assert next(iter(late)) == "warnings"
    assert len(late["warnings"]) == 1
    assert late["nations"]["wales"]["coverage"]["after_checked"] is True
    checked = asked(nation="wales", on=knowledge.checked_on.isoformat(), conduct="meet")
    assert checked["warnings"] == []


def test_answer_says_what_it_rests_on(knowledge: Knowledge):
    answer = asked(nation="scotland", on="2017-07-02", conduct="meet")
    assert answer["checked_on"] == knowledge.checked_on.isoformat()
    assert answer["release"] == asdict(knowledge.release)
    assert answer["disclaimer"] == "Not legal advice."
    assert "open-government-licence" in answer["licence"]["url"]


def test_asked_echoes_what_was_understood():
    facts = {"depicted_age": "under-16", "accused_age": "30", "recipient_age": "13-15"}
    words = {"consent": "yes", "relationship": "none"}
    answer = asked(nation="scotland", on="2017-07-02", conduct=["share", "make"], **facts, **words)
    assert answer["asked"] == {
        "nation": ["scotland"],
        "on": "2017-07-02",
        "conduct": ["share", "make"],
        "material": [],
        "depicted_age": {"text": "under-16", "low": 0, "high": 15},
        "accused_age": {"text": "30", "low": 30, "high": 30},
        "recipient_age": {"text": "13-15", "low": 13, "high": 15},
        "consent": "yes",
        "relationship": "none",
    }


@pytest.mark.parametrize("on", ["1995-01-01", "2017-07-02", "2026-06-01"])
def test_each_state_carries_its_keys_and_no_others(on: str):
    answer = asked(on=on, depicted_age="17")
    for nation in answer["nations"].values():
        for offence in nation["offences"]:
            must, may = CARRIED[offence["state"]]
            assert ALWAYS | must <= set(offence) <= ALWAYS | must | may
            empty = not offence.get("instead", offence.get("replaced_by", True))
            assert not empty or offence["why"], offence["id"]


def test_provisions_are_named_by_path_and_by_official_identifier():
    section_2 = offence_in(shared("scotland", "2017-07-03"), "scotland", S2)
    assert section_2["provision"] == {
        "id": "asp/2016/22/section/2",
        "uri": "http://www.legislation.gov.uk/id/asp/2016/22/section/2",
        "citation": "Abusive Behaviour and Sexual Harm (Scotland) Act 2016, s 2(1)",
        "limb": "(1)",
    }
    assert {"element", "text", "one_of"} <= set(section_2["if"][0])


def test_penalties_are_those_of_the_day():
    for on, months in (("2001-01-10", 36), ("2001-01-11", 120)):
        answer = asked(nation="england", on=on, conduct="take", material="indecent-photograph")
        rows = offence_in(answer, "england", "pca-1978-s1-1-a")["max_penalty"]
        assert [row["months"] for row in rows if row["tried"] == "on-indictment"] == [months]
        assert {"tried", "text", "months_rule", "life", "fine", "case"} <= set(rows[0])


def test_empty_values_count_as_not_stated(client: FlaskClient):
    response = client.get(f"{LAW}?nation=&on=2017-07-02&conduct=&consent=")
    assert list(response.get_json()["nations"]) == NATIONS


@pytest.mark.parametrize("path", PLAIN)
def test_every_other_address_answers_and_takes_no_parameters(client: FlaskClient, path: str):
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response.content_type) == (200, "application/json")
    body = response.get_json()
    date.fromisoformat(body["checked_on"])
    assert body["release"]["sha256"]
    refused = client.get(f"/api/v1/{path}?nation=scotland")
    assert refused.status_code == 400
    assert refused.get_json()["parameter"] == "nation"


def test_lists_and_things_agree(client: FlaskClient, knowledge: Knowledge):
    for offence in client.get("/api/v1/offences").get_json()["offences"]:
        one = client.get(f"/api/v1/offences/{offence['id']}").get_json()
        assert {key: one[key] for key in offence} == offence
        found = client.get(f"/api/v1/provisions/{offence['provision']['id']}").get_json()
        assert offence["id"] in [other["id"] for other in found["offences"]]
    names = client.get("/api/v1/schemes").get_json()["schemes"]
    assert names == sorted(knowledge.schemes.by_name)
    nations = client.get("/api/v1/nations").get_json()["nations"]
    assert [nation["id"] for nation in nations] == NATIONS


def test_path_may_have_its_slashes_escaped(client: FlaskClient):
    response = client.get("/api/v1/provisions/asp%2F2016%2F22%2Fsection%2F2")
    assert response.get_json()["id"] == "asp/2016/22/section/2"


@pytest.mark.parametrize(
    "address", [f"{LAW}?nation=wales", f"{LAW}?on=no", "/api/v1/nothing", "/openapi.json"]
)
def test_scripts_of_other_sites_may_read_answers(client: FlaskClient, address: str):
    assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"


def test_answer_that_the_reader_has_is_not_sent_again(client: FlaskClient):
    address = f"{LAW}?nation=wales&on=2017-07-02&conduct=meet"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(
        f"{LAW}?nation=wales&on=2017-07-03&conduct=meet", headers={"If-None-Match": tag}
    )
    assert other.status_code == 200
    assert client.get("/api/v1/nations").headers["ETag"] != tag


def test_order_of_parameters_makes_no_other_edition(client: FlaskClient):
    one = client.get(f"{LAW}?nation=wales&on=2017-07-02&conduct=meet")
    other = client.get(f"{LAW}?conduct=meet&on=2017-07-02&nation=wales")
    assert one.headers["ETag"] == other.headers["ETag"]
    assert one.data == other.data
