"""/sparql/examples: what can be asked of the data, to run, to change and to learn from."""

import json
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, render_template, request, url_for

from kb.examples import Example, read_examples
from web.edition import edition
from web.open_data import open_to_all

blueprint = Blueprint("examples", __name__)
EXAMPLE_KIND = "example"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An example, and the address that opens it where queries are written."""

    example: Example
    address: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Examples about the same."""

    label: str
    examples: tuple[Shown, ...]


@blueprint.get("/sparql/examples")
def listed() -> str:
    """Every example, by topic."""
    topics = tuple(
        Topic(label=label, examples=tuple(_shown(one) for one in found))
        for label, found in groupby(examples(), key=lambda one: one.topic)
    )
    return render_template("data/examples.html", topics=topics, total=len(examples()))


@blueprint.get("/sparql/examples.json")
def for_programs() -> Response:
    """The same for programs, such as the editor of queries."""
    tag = edition("examples", *(repr(one) for one in examples()))
    rows = [
        {
            "id": one.id,
            "question": one.question,
            "topic": one.topic,
            "keywords": list(one.keywords),
            "form": one.form,
            "query": one.query,
            "address": _shown(one).address,
        }
        for one in examples()
    ]
    text = json.dumps({"examples": rows}, ensure_ascii=False, indent=1) + "\n"
    response = Response(text, content_type="application/json")
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    return open_to_all(response.make_conditional(request))  # type: ignore[arg-type]


def examples() -> tuple[Example, ...]:
    """The examples of this site, read once."""
    known = current_app.extensions
    if "examples" not in known:
        known["examples"] = read_examples()
    found: tuple[Example, ...] = known["examples"]
    return found


def find_example(slug: str) -> Example | None:
    """An example by the last part of its identifier."""
    return next((one for one in examples() if one.id == slug), None)


def _shown(one: Example) -> Shown:
    asked = urlencode({"query": one.query})
    return Shown(example=one, address=f"{url_for('sparql.sparql')}?{asked}")
