"""The reconciliation service: structure as the specification (version 0.2) has it, and matches."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from served import site

from kb.knowledge import Knowledge

ROOT = "/api/v1/reconcile"
TYPES = {"offence", "provision", "instrument", "guidance"}
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return site().test_client()


@pytest.fixture(scope="module")
def known() -> Knowledge:
    found: Knowledge = site().extensions["knowledge"]
    return found


def asked(client: FlaskClient, **queries: Answer) -> Answer:
    """The results of a batch, sent either way."""
    text = json.dumps(queries)
    got = client.get(ROOT, query_string={"queries": text})
    sent = client.post(ROOT, data={"queries": text})
    assert got.status_code == sent.status_code == 200, got.text
    assert got.get_json() == sent.get_json()
    for response in (got, sent):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    found: Answer = got.get_json()
    return found


def check_results(found: Answer) -> None:
    """A result batch: by key an object with a list of candidates, as the specification has them."""
    for each in found.values():
        assert set(each) == {"result"}
        scores = [candidate["score"] for candidate in each["result"]]
        assert scores == sorted(scores, reverse=True)
        for candidate in each["result"]:
            assert {"id", "name", "score", "type", "match"} <= set(candidate)
            assert isinstance(candidate["id"], str)
            assert isinstance(candidate["name"], str)
            assert isinstance(candidate["description"], str)
            assert isinstance(candidate["score"], int | float)
            assert isinstance(candidate["match"], bool)
            for kind in candidate["type"]:
                assert set(kind) == {"id", "name"}
                assert kind["id"] in TYPES
        assert sum(candidate["match"] for candidate in each["result"]) <= 1


def test_the_manifest_says_what_the_service_is(client: FlaskClient) -> None:
    response = client.get(ROOT)
    manifest = response.get_json()
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "0.2" in manifest["versions"]
    for name in ("name", "identifierSpace", "schemaSpace"):
        assert isinstance(manifest[name], str)
    assert {kind["id"] for kind in manifest["defaultTypes"]} == TYPES
    assert "{{id}}" in manifest["view"]["url"]
    for name, service in manifest["suggest"].items():
        assert name in ("entity", "type", "property")
        assert service["service_url"].startswith("http")
        assert client.get(service["service_path"]).status_code == 200


def test_the_view_of_a_candidate_is_its_page(client: FlaskClient) -> None:
    view = client.get(ROOT).get_json()["view"]["url"]
    found = asked(client, q0={"query": "revenge porn", "limit": 10})["q0"]["result"]
    for candidate in found:
        address = view.replace("{{id}}", candidate["id"])
        assert client.get(address, follow_redirects=True).status_code == 200
        assert client.get(address).status_code == 303


def test_a_batch_is_answered_by_its_keys(client: FlaskClient) -> None:
    found = asked(
        client,
        q0={"query": "Protection of Children Act 1978"},
        other={"query": "s 66B Sexual Offences Act 2003", "type": "provision", "limit": 2},
        several={"query": "sexting", "type": ["guidance", "offence"], "type_strict": "any"},
        nothing={"query": "xyzzy"},
    )
    assert set(found) == {"q0", "other", "several", "nothing"}
    check_results(found)
    assert found["q0"]["result"][0]["match"]
    assert found["q0"]["result"][0]["type"] == [{"id": "instrument", "name": "Instrument"}]
    assert found["other"]["result"][0]["id"].endswith("ukpga/2003/42/section/66B")
    assert found["other"]["result"][0]["match"]
    assert len(found["other"]["result"]) <= 2
    kinds = {kind["id"] for one in found["several"]["result"] for kind in one["type"]}
    assert kinds <= {"guidance", "offence"}
    assert found["nothing"]["result"] == []


@pytest.mark.no_cover
def test_everything_is_matched_by_its_own_name(client: FlaskClient, known: Knowledge) -> None:
    named = {
        "offence": [(o.id, o.label) for o in known.library.offences()],
        "instrument": [(i.id, i.title) for i in known.library.instruments()],
        "guidance": [(g.id, g.title) for g in known.advice.guidance.values()],
        "provision": [
            (row.path, f"{row.title}, {row.number}")
            for row in known.catalogue.provisions.values()
            if not row.path.startswith("common-law")
        ],
    }
    for kind, things in named.items():
        names = [name for _, name in things]
        for first in range(0, len(things), 100):
            part = dict(things[first : first + 100])
            found = asked(client, **{one: {"query": part[one], "type": kind} for one in part})
            check_results(found)
            for one, name in part.items():
                best = (
                    found[one]["result"][0] if found[one]["result"] else {"match": False, "id": ""}
                )
                if names.count(name) == 1:
                    assert best["match"], (kind, one, name)
                    assert best["id"].endswith(one)


@pytest.mark.parametrize(
    "name",
    ["revenge porn", "Protection of Children Act", "s 1", "sharing nudes", "Sexual Offences Act",
     "SOA 2003 s 66B(1)", "Sexual Offences Act 2004", "KCSIE"],
)  # fmt: skip
def test_what_is_not_a_name_in_full_is_not_certain(client: FlaskClient, name: str) -> None:
    found = asked(client, q0={"query": name})
    check_results(found)
    assert not any(candidate["match"] for candidate in found["q0"]["result"])


def test_operators_in_a_name_are_words(client: FlaskClient) -> None:
    found = asked(
        client,
        q0={"query": 'kind:offence "unclosed -image NOT (a OR *'},
        q1={"query": "Protection of Children Act 1978 - NOT revoked"},
        q2={"query": "x" * 3000},
        q3={"query": ""},
    )
    check_results(found)


def test_a_nation_narrows_what_is_matched(client: FlaskClient) -> None:
    query = {"query": "voyeurism", "type": "offence", "limit": 20}
    for value in ("scotland", "Scotland"):
        narrowed = query | {"properties": [{"pid": "nation", "v": value}]}
        found = asked(client, q0=narrowed, q1=query)
        assert 0 < len(found["q0"]["result"]) < len(found["q1"]["result"])


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '"x"', '{"q0": []}', '{"q0": {"query": 3}}',
     '{"q0": {"query": "x", "limit": "many"}}',
     '{"q0": {"query": "x", "type": "claim"}}', '{"q0": {"query": "x", "properties": [3]}}',
     '{"q0": {"query": "x", "limit": NaN}}', "[" * 100_000],
)  # fmt: skip
def test_a_bad_batch_is_refused(client: FlaskClient, text: str) -> None:
    response = client.post(ROOT, data={"queries": text})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


def test_a_batch_without_queries_and_unknown_parameters_are_refused(client: FlaskClient) -> None:
    assert client.post(ROOT).status_code == 400
    assert client.get(f"{ROOT}?callback=f").status_code == 400
    assert client.get(f"{ROOT}/suggest/entity?prefix=x&cursor=-1").status_code == 400
    many = json.dumps({f"q{n}": {"query": "x"} for n in range(201)})
    assert client.post(ROOT, data={"queries": many}).status_code == 400


@pytest.mark.no_cover
@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(max_size=200), prefix=st.text(max_size=60))
def test_no_name_breaks_it(client: FlaskClient, name: str, prefix: str) -> None:
    check_results(
        client.post(ROOT, data={"queries": json.dumps({"q": {"query": name}})}).get_json()
    )
    assert client.get(f"{ROOT}/suggest/entity", query_string={"prefix": prefix}).status_code == 200


def test_entities_are_suggested(client: FlaskClient) -> None:
    found = client.get(f"{ROOT}/suggest/entity?prefix=protection+of+ch").get_json()["result"]
    assert found
    for one in found:
        assert {"id", "name", "description", "notable"} == set(one)
        assert one["notable"][0]["id"] in TYPES
    again = client.get(f"{ROOT}/suggest/entity?prefix=protection+of+ch&cursor=2").get_json()[
        "result"
    ]
    assert again[0] == found[2]
    only = client.get(f"{ROOT}/suggest/entity?prefix=protection+of+ch&type=instrument").get_json()
    assert {one["notable"][0]["id"] for one in only["result"]} == {"instrument"}


def test_types_and_properties_are_suggested(client: FlaskClient) -> None:
    every = client.get(f"{ROOT}/suggest/type").get_json()["result"]
    assert {one["id"] for one in every} == TYPES
    some = client.get(f"{ROOT}/suggest/type?prefix=Off").get_json()["result"]
    assert some == [{"id": "offence", "name": "Offence"}]
    assert client.get(f"{ROOT}/suggest/property?prefix=na").get_json()["result"] == [
        {"id": "nation", "name": "Nation"}
    ]
