"""The OpenAPI description: valid, complete, and true of the real answers."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from served import LAW, site

from kb.asked import PARAMETERS, PERIOD
from kb.knowledge import Knowledge
from kb.releases import PARAMETER as AS_KNOWN

PREFIX = "/api/v1"
HERE = "urn:described"
ANSWERS = {
    "/api/v1/law": [
        f"{LAW}?nation=scotland&on=2017-07-02&conduct=share&material=intimate-image",
        f"{LAW}?nation=england&on=2026-06-01&conduct=make&depicted_age=17&accused_age=9",
        f"{LAW}?nation=england&from=2023-12-01&to=2024-03-01&conduct=share&depicted_age=17",
        f"{LAW}?nation=wales&on=9999-12-31&material=fake-intimate-image&consent=yes&relationship=none",
    ],
    "/api/v1/offences/{slug}": ["/api/v1/offences/pca-1978-s1-1-a"],
    "/api/v1/provisions/{path}": ["/api/v1/provisions/ukpga/1978/37/section/1"],
    "/api/v1/instruments/{path}": ["/api/v1/instruments/ukpga/1978/37"],
    "/api/v1/schemes/{name}": ["/api/v1/schemes/conducts"],
    "/api/v1/changes": [
        "/api/v1/changes",
        "/api/v1/changes?to=2024-02-01&nation=scotland&topic=sharing",
    ],
    "/api/v1/compare": [
        "/api/v1/compare",
        "/api/v1/compare?nation=england&nation=scotland&on=2026-11-22&only=differences",
        "/api/v1/compare?nation=scotland&on=2017-07-02&other_on=2017-07-03&conduct=share",
        "/api/v1/compare?on=2004-01-01&topic=sharing&material=indecent-photograph",
    ],
    "/api/v1/changes/since": [
        "/api/v1/changes/since?answer=/law?material=indecent-photograph&taught=2001-01-01",
    ],
    "/api/v1/guidance": [
        "/api/v1/guidance",
        "/api/v1/guidance?nation=wales&on=2019-01-01&cited=UKCCIS+2016",
    ],
    "/api/v1/guidance/{slug}": ["/api/v1/guidance/ukcis-nudes-full?on=2019-01-01"],
    "/api/v1/practice": ["/api/v1/practice?nation=scotland"],
    "/api/v1/practice/{slug}": ["/api/v1/practice/never-copy"],
    "/api/v1/services": ["/api/v1/services", "/api/v1/services?state=closed"],
    "/api/v1/services/{slug}": ["/api/v1/services/childline"],
    "/api/v1/sources/{slug}": ["/api/v1/sources/kent-police-bait-out"],
    "/api/v1/claims": ["/api/v1/claims?verdict=outdated"],
    "/api/v1/claims/{slug}": ["/api/v1/claims/kn-010"],
    "/api/v1/misconceptions/{slug}": ["/api/v1/misconceptions/section-33-uk-wide"],
    "/api/v1/citations": [
        "/api/v1/citations?q=PCA 1978 s 1(1)(a)",
        "/api/v1/citations?q=ss 66A and 66B SOA 2003, s 160 CJA, art 9 SI 1978/1047 and s 5 FOIA",
    ],
    "/api/v1/suggest": ["/api/v1/suggest?q=upsk", "/api/v1/suggest"],
    "/api/v1/search": [
        "/api/v1/search?q=upskirting",
        "/api/v1/search?q=ukpga/1978/37",
        "/api/v1/search?q=is sextortion illegal in scotland in 2019&state=applies",
        "/api/v1/search?q=childline number",
        "/api/v1/search?q=drink driving",
        "/api/v1/search?q=s 33 across the UK",
    ],
}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    found: dict[str, Any] = site().test_client().get("/openapi.json").get_json()
    return found


def validator(described: dict[str, Any], reference: str) -> Draft202012Validator:
    """Checks against a schema of the description, by its reference."""
    root = Resource(contents=described, specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(HERE, root)
    schema = {"$ref": HERE + reference}
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def test_description_is_valid_openapi_31(described: dict[str, Any]):
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"].startswith("3.1")


def test_description_says_what_the_answers_are_worth(described: dict[str, Any]):
    assert "Not legal advice" in described["info"]["description"]
    assert "Open Government Licence" in described["info"]["license"]["name"]
    assert described["servers"] == [{"url": "/"}]


def test_every_route_is_described_and_nothing_else(described: dict[str, Any]):
    rules = [r for r in site().url_map.iter_rules() if r.rule.startswith(f"{PREFIX}/")]
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in rules}
    assert set(described["paths"]) == routes
    reads, sends = {"GET", "HEAD", "OPTIONS"}, {"POST", "OPTIONS"}
    for rule in rules:
        sent = rule.endpoint == "reconcile.reconcile_batch"
        assert rule.methods == (sends if sent else reads), rule


def test_every_operation_is_named_and_says_how_it_fails(described: dict[str, Any]):
    operations = [one for path in described["paths"].values() for one in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    for operation in operations:
        assert operation["summary"]
        assert {"200", "304", "400", "405"} <= set(operation["responses"])
        placed = any(parameter["in"] == "path" for parameter in operation["parameters"])
        assert placed == ("404" in operation["responses"])
    for response in described["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]


def test_parameters_are_those_that_are_read(described: dict[str, Any], knowledge: Knowledge):
    parameters = described["paths"][LAW]["get"]["parameters"]
    assert tuple(parameter["name"] for parameter in parameters) == (*PARAMETERS, AS_KNOWN, *PERIOD)
    schemas = {parameter["name"]: parameter["schema"] for parameter in parameters}
    slugs = knowledge.schemes.slugs
    assert schemas["nation"]["items"]["enum"] == list(slugs("nations"))
    assert schemas["conduct"]["items"]["enum"] == list(slugs("conducts"))
    assert schemas["material"]["items"]["enum"] == list(slugs("materials"))
    assert schemas["consent"]["enum"] == list(slugs("consents"))
    assert schemas["relationship"]["enum"] == list(slugs("relationships"))


def test_examples_of_parameters_fit_their_schemas(described: dict[str, Any]):
    for parameter in described["paths"][LAW]["get"]["parameters"]:
        check = Draft202012Validator(parameter["schema"], format_checker=FormatChecker())
        for example in parameter.get("examples", {}).values():
            check.validate(example["value"])


def test_real_answers_fit_their_schemas(described: dict[str, Any]):
    client = site().test_client()
    for path, item in described["paths"].items():
        content = item["get"]["responses"]["200"]["content"]["application/json"]
        schemas = [one["$ref"] for one in content["schema"].get("oneOf", [content["schema"]])]
        for address in ANSWERS.get(path, [path]):
            check = validator(described, schemas["from=" in address])
            response = client.get(address)
            assert response.status_code == 200, address
            errors = list(check.iter_errors(response.get_json()))
            assert not errors, f"{address}: {errors[0].json_path}: {errors[0].message[:300]}"


@pytest.mark.parametrize("address", [f"{LAW}?on=never", f"{LAW}?odd=1", f"{PREFIX}/offences/none"])
def test_real_problems_fit_their_schema(described: dict[str, Any], address: str):
    check = validator(described, "#/components/schemas/Problem")
    check.validate(site().test_client().get(address).get_json())


def test_schema_refuses_an_answer_without_what_its_state_carries(described: dict[str, Any]):
    check = validator(described, "#/components/schemas/LawDocument")
    answer = site().test_client().get(ANSWERS[LAW][0]).get_json()
    applying = [o for o in answer["nations"]["scotland"]["offences"] if o["state"] == "applies"]
    del applying[0]["if"]
    assert not check.is_valid(answer)
