"""What the JSON API refuses: as problem+json that says what would be right, never with a fault."""

import pytest
from flask.testing import FlaskClient
from served import LAW, Answer, site

from kb.asked import PARAMETERS
from kb.knowledge import Knowledge
from web.params import read_question

HOSTILE = ["'", '"', "}", "{", "<b>", "a\nb", "\\", "?on", "\0", "é" * 300, "england,wales", "%00"]


@pytest.fixture
def client() -> FlaskClient:
    return site().test_client()


def refusal(client: FlaskClient, address: str, *, status: int) -> Answer:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    found: Answer = response.get_json()
    assert {"type", "title", "status", "detail"} <= set(found)
    assert found["status"] == status
    return found


@pytest.mark.parametrize("name", ["nation", "conduct", "material", "consent", "relationship"])
def test_unknown_word_is_answered_with_those_that_are(
    client: FlaskClient, name: str, knowledge: Knowledge
):
    problem = refusal(client, f"{LAW}?{name}=atlantis", status=400)
    assert (problem["parameter"], problem["value"]) == (name, "atlantis")
    assert problem["valid"]
    for word in problem["valid"]:
        read_question({name: [word]}, schemes=knowledge.schemes)


@pytest.mark.parametrize("on", ["2017-02-30", "2017-7-2", "20170702", "0000-01-01", "now"])
def test_impossible_day_is_refused(client: FlaskClient, on: str):
    problem = refusal(client, f"{LAW}?on={on}", status=400)
    assert (problem["parameter"], problem["value"]) == ("on", on)
    assert problem["valid"] == ["2017-07-02"]


def test_unknown_parameter_is_refused(client: FlaskClient):
    problem = refusal(client, f"{LAW}?colour=red", status=400)
    assert (problem["parameter"], problem["value"]) == ("colour", "red")
    assert "depicted_age" in problem["valid"]


@pytest.mark.parametrize("query", ["on=2017-07-02&on=2017-07-02", "consent=yes&consent=no"])
def test_parameter_with_one_value_given_twice_is_refused(client: FlaskClient, query: str):
    assert refusal(client, f"{LAW}?{query}", status=400)["parameter"] == query.split("=")[0]


@pytest.mark.parametrize("name", [*PARAMETERS, "odd"])
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_value_is_refused(client: FlaskClient, name: str, value: str):
    response = client.get(LAW, query_string={name: value})
    assert response.status_code == 400
    assert response.get_json()["parameter"] == name


@pytest.mark.parametrize("kind", ["offences", "provisions", "instruments", "schemes"])
@pytest.mark.parametrize("value", ["none-such", "<b>", "'", "a b", "é", "%0A", "..%2f..%2fetc"])
def test_unknown_thing_is_not_found(client: FlaskClient, kind: str, value: str):
    refusal(client, f"/api/v1/{kind}/{value}", status=404)


def test_unknown_address_is_not_found(client: FlaskClient):
    refusal(client, "/api/v1/no-such-thing", status=404)


def test_method_not_allowed_names_those_that_are(client: FlaskClient):
    response = client.post(LAW)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.headers.getlist("Content-Type") == ["application/problem+json"]
    assert response.get_json()["status"] == 405
