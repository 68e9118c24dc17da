"""/api/v1/reconcile: matches names in somebody's list with our things (OpenRefine and others).

The Reconciliation Service API of the W3C community group, version 0.2, without JSONP.
"""

import json
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from kb.errors import QuestionError, UnknownValue
from kb.search import LazyIndex, SearchIndex
from kb.search_asked import BadNumber
from kb.search_reconcile import KINDS, Candidate, beginning, candidates
from kb.terms import ID, OWN_WORDS
from web.contract_parts import Published
from web.openapi import Call
from web.params import Parameter, refuse_others
from web.reconcile_contract import (
    CURSOR,
    PREFIX,
    QUERIES,
    TYPE,
    ReconcileManifest,
    ReconcileResults,
    SuggestedEntities,
    SuggestedTypes,
    results,
)
from web.search_page import called
from web.state import knowledge

ROOT = "/api/v1/reconcile"
MOST_QUERIES, FEW, MOST = 200, 5, 50
NATION = "nation"  # the one property that narrows what is matched

blueprint = Blueprint("reconcile", __name__)


class BadQueries(QuestionError):
    """A batch that cannot be read."""

    def __init__(self, why: str) -> None:
        self.parameter = QUERIES.name
        super().__init__(f"queries cannot be read: {why}")


@blueprint.get(ROOT)
def reconcile() -> Response:
    """Say what the reconciliation service is, or match the names of a batch."""
    _refuse(QUERIES)
    text = request.args.get("queries", "")
    return _json(_batch(text) if text.strip() else _manifest())


@blueprint.post(ROOT)
def reconcile_batch() -> Response:
    """Match the names of a batch that is sent as a form."""
    return _json(_batch(request.form.get("queries", "")))


@blueprint.get(f"{ROOT}/suggest/entity")
def suggest_entity() -> Response:
    """Suggest things by how their names begin."""
    _refuse(PREFIX, CURSOR, TYPE)
    first = _whole(CURSOR.name, request.args.get("cursor") or "0", most=999)
    kinds = _kinds(request.args.getlist("type"))
    prefix = request.args.get("prefix", "")
    found = beginning(_index(), prefix, kinds=kinds, first=first, limit=FEW * 2)
    result = [_thing(one) | {"notable": [_type(one.kind)]} for one in found]
    return _json(SuggestedEntities.model_validate({"result": result}))


@blueprint.get(f"{ROOT}/suggest/type")
def suggest_type() -> Response:
    """Suggest types by how their names begin."""
    _refuse(PREFIX, CURSOR)
    return _json(_beginning(map(_type, KINDS)))


@blueprint.get(f"{ROOT}/suggest/property")
def suggest_property() -> Response:
    """Suggest the properties by which what is matched can be narrowed."""
    _refuse(PREFIX, CURSOR)
    return _json(_beginning([{"id": NATION, "name": NATION.capitalize()}]))


# What /openapi.json reads of a view.
CALLS = {
    reconcile: Call(
        document=ReconcileManifest, otherwise=ReconcileResults, takes=(QUERIES,), places={}
    ),
    reconcile_batch: Call(document=ReconcileResults, takes=(), places={}, form=(QUERIES,)),
    suggest_entity: Call(document=SuggestedEntities, takes=(PREFIX, CURSOR, TYPE), places={}),
    suggest_type: Call(document=SuggestedTypes, takes=(PREFIX, CURSOR), places={}),
    suggest_property: Call(document=SuggestedTypes, takes=(PREFIX, CURSOR), places={}),
}
for view, made in CALLS.items():
    view.call = made  # type: ignore[attr-defined]


def _manifest() -> ReconcileManifest:
    root = request.host_url[:-1] + request.script_root
    suggest = {
        name: {"service_url": root, "service_path": f"{ROOT}/suggest/{name}"}
        for name in ("entity", "type", "property")
    }
    return ReconcileManifest.model_validate(
        {
            "versions": ("0.2",),
            "name": "Whichlaw: offences, provisions, instruments and guidance",
            "identifierSpace": ID,
            "schemaSpace": OWN_WORDS,
            "documentation": f"{root}/openapi.json",
            "defaultTypes": tuple(map(_type, KINDS)),
            "view": {"url": url_for("search.page", _external=True) + "?q={{id}}"},
            "suggest": suggest,
        }
    )


def _batch(text: str) -> ReconcileResults:
    """Match every query; raises BadQueries, which says which of them cannot be read."""
    try:
        asked = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadQueries("they are not JSON.") from error
    if not isinstance(asked, dict) or not all(isinstance(one, dict) for one in asked.values()):
        raise BadQueries("they are an object with one object for each query, by any key.")
    if len(asked) > MOST_QUERIES:
        raise BadQueries(f"a batch has {MOST_QUERIES} of them at most.")
    return results({key: _matched(key, query) for key, query in asked.items()})


def _matched(key: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    name = query.get("query", "")
    if not isinstance(name, str):
        raise BadQueries(f"the query of {key} is text.")
    limit = query.get("limit") or FEW
    if not isinstance(limit, int | float) or limit != limit or limit < 1:
        raise BadQueries(f"the limit of {key} is a number from 1.")
    types = query.get("type") or ()
    kinds = _kinds([types] if isinstance(types, str) else list(types))
    found = candidates(
        _index(), name, kinds=kinds, nations=_nations(query), limit=int(min(limit, MOST))
    )
    return [
        _thing(one) | {"type": [_type(one.kind)], "score": one.score, "match": one.match}
        for one in found
    ]


def _nations(query: dict[str, Any]) -> tuple[str, ...]:
    """The nations that a query is kept to, by slug or name; other properties narrow nothing."""
    given = query.get("properties") or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise BadQueries("properties are a list of objects.")
    values = [one.get("v") for one in given if one.get("pid") == NATION]
    said = {str(value).strip().lower() for value in values}
    scheme = knowledge().schemes.scheme("nations")
    return tuple(one.slug for one in scheme if {one.slug, one.label.lower()} & said)


def _kinds(given: list[Any]) -> tuple[str, ...]:
    """The types asked for, or all; raises UnknownValue."""
    for kind in given:
        if kind and kind not in KINDS:
            raise UnknownValue("type", str(kind), KINDS)
    return tuple(kind for kind in KINDS if kind in given) or KINDS


def _thing(one: Candidate) -> dict[str, Any]:
    return {"id": one.address, "name": one.name, "description": one.about}


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": called(kind)[0].capitalize()}


def _beginning(every: Any) -> SuggestedTypes:
    prefix = request.args.get("prefix", "").strip().lower()
    kept = [one for one in every if prefix in one["name"].lower() or prefix in one["id"]]
    return SuggestedTypes.model_validate({"result": kept})


def _whole(name: str, text: str, *, most: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= most):
        raise BadNumber(name, text, most)
    return int(text)


def _refuse(*taken: Parameter) -> None:
    refuse_others(request.args.to_dict(flat=False), taken, schemes=knowledge().schemes)


def _index() -> SearchIndex:
    index: LazyIndex = current_app.extensions["search"]
    return index.get()


def _json(document: Published) -> Response:
    return Response(document.model_dump_json(), mimetype="application/json")
