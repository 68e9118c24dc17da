"""The OpenAPI 3.1 description, generated from the routes, the contract and the schemes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apispec import APISpec
from apispec_webframeworks.flask import FlaskPlugin
from flask import Flask
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from kb.schemes import Schemes
from web.contract import DISCLAIMER, LICENCE, Problem
from web.contract_parts import Published
from web.params import Parameter, described

VERSION = "1.0.0"
COMPONENTS = "#/components/schemas/{model}"
ABOUT = f"""\
Which law on intimate images applies, in which nation of the United Kingdom, on which day, and on
whose word. {DISCLAIMER} Every answer says on which day the law was last checked and which release
of the data it is made from; `warnings`, where there are any, are to be read first.

An answer carries an `ETag`: send it back as `If-None-Match`, and an answer that is still the same
is a 304. Parameters and words that are not known are refused, never ignored; a parameter with an
empty value counts as not stated. Keys may be added to an answer; none is renamed or removed.
"""
PROBLEMS = {
    "400": ("BadQuestion", "A parameter or value is not known: `valid` says what is."),
    "404": ("NotFound", "There is no such thing here."),
    "405": ("MethodNotAllowed", "The API is read only: `Allow` names the methods."),
    "500": ("Fault", "The site has a fault."),
}
HEADERS: dict[str, Any] = {
    "ETag": {"description": "The edition of this answer.", "schema": {"type": "string"}},
    "Access-Control-Allow-Origin": {"schema": {"type": "string", "const": "*"}},
}


@dataclass(frozen=True, kw_only=True)
class Call:
    """What one route answers with and takes; ``places`` are the variable parts of its path.

    ``otherwise`` is the document that it answers with instead, to some questions; ``form`` are the
    fields of a form that is sent to it (POST), if one is.
    """

    document: type[Published]
    takes: tuple[Parameter, ...]
    places: Mapping[str, str]
    otherwise: type[Published] | None = None
    form: tuple[Parameter, ...] = ()

    @property
    def method(self) -> str:
        """How it is asked."""
        return "post" if self.form else "get"

    @property
    def documents(self) -> tuple[type[Published], ...]:
        """All that it may answer with."""
        return (self.document, self.otherwise) if self.otherwise else (self.document,)

    def schema(self) -> dict[str, Any]:
        """The schema of its answer, by reference."""
        found = [_reference(document) for document in self.documents]
        return found[0] if len(found) == 1 else {"oneOf": found}


def describe(app: Flask, *, prefix: str, schemes: Schemes) -> dict[str, Any]:
    """Every route of an application below a prefix whose view has a ``call``."""
    calls = dict(_calls(app, prefix=prefix))
    spec = APISpec(
        title="Whichlaw",
        version=VERSION,
        openapi_version="3.1.0",
        plugins=[FlaskPlugin()],
        info={"description": ABOUT, "license": LICENCE},
        servers=[{"url": "/"}],
    )
    _add_schemas(spec, [found for call in calls.values() for found in call.documents])
    _add_problems(spec)
    for endpoint, call in calls.items():
        view = app.view_functions[endpoint]
        operation = _operation(call, name=view.__name__, about=view.__doc__ or "", schemes=schemes)
        spec.path(view=view, app=app, operations={call.method: operation})
    found: dict[str, Any] = spec.to_dict()
    return found


def _calls(app: Flask, *, prefix: str) -> Iterator[tuple[str, Call]]:
    for rule in app.url_map.iter_rules():
        call = getattr(app.view_functions[rule.endpoint], "call", None)
        if rule.rule.startswith(prefix) and call:
            yield rule.endpoint, call


def _add_schemas(spec: APISpec, documents: list[type[Published]]) -> None:
    """The models, and all that they are made of, as JSON Schemas of the 2020-12 draft."""
    models: list[type[Published]] = [*documents, Problem]
    wanted: list[tuple[type[Published], JsonSchemaMode]] = [
        (model, "serialization") for model in dict.fromkeys(models)
    ]
    _, found = models_json_schema(wanted, ref_template=COMPONENTS)
    for name, schema in found["$defs"].items():
        spec.components.schema(name, schema)


def _add_problems(spec: APISpec) -> None:
    for status, (name, text) in PROBLEMS.items():
        allow = {"Allow": {"schema": {"type": "string"}}} if status == "405" else {}
        content = {"application/problem+json": {"schema": _reference(Problem)}}
        response = {"description": text, "content": content, "headers": allow}
        spec.components.response(name, response)


def _operation(call: Call, *, name: str, about: str, schemes: Schemes) -> dict[str, Any]:
    places = [
        {
            "name": place,
            "in": "path",
            "required": True,
            "description": text,
            "schema": {"type": "string"},
        }
        for place, text in call.places.items()
    ]
    missing = {"404": PROBLEMS["404"]} if call.places else {}
    failing = {status: PROBLEMS[status] for status in ("400", "405", "500")} | missing
    return {
        "operationId": name,
        "summary": about.splitlines()[0],
        "parameters": places + [described(parameter, schemes) for parameter in call.takes],
        **_body(call, schemes),
        "responses": {
            "200": {
                "description": (call.document.__doc__ or "").splitlines()[0],
                "headers": HEADERS,
                "content": {"application/json": {"schema": call.schema()}},
            },
            "304": {"description": "The answer is the one that you have."},
            **{status: response for status, (response, _) in sorted(failing.items())},
        },
    }


def _body(call: Call, schemes: Schemes) -> dict[str, Any]:
    """The form that is sent to a route, if one is."""
    if not call.form:
        return {}
    fields = {field.name: field.schema(schemes) for field in call.form}
    schema = {"type": "object", "properties": fields, "required": list(fields)}
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


def _reference(model: type[Published]) -> dict[str, Any]:
    return {"$ref": COMPONENTS.format(model=model.__name__)}
