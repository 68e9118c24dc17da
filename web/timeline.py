"""The law over time in pictures: the field, a part of it, and each offence to take away."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from kb.asked import AskedTwice, UnknownParameter
from kb.chart import Field, field_chart, offence_chart
from kb.chart_model import Chart
from kb.errors import UnknownValue
from kb.model import Concept
from kb.schemes import Schemes
from kb.topics import topics_with_offences
from web.state import knowledge
from web.timeline_draw import DENSE, NATIONS, OFFENCES, draw_alone, source
from web.timeline_pictures import Figure, field_figures, glance_figure
from web.timeline_shapes import PAINT

blueprint = Blueprint("timeline", __name__)

PARTS = ("topic", "conduct", "material")
PARAMETERS = ("nation", *PARTS)
SVG = "image/svg+xml; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the field that has pictures of its own."""

    label: str
    address: str


@dataclass(frozen=True, kw_only=True)
class TimelinePage:
    """Pictures of a part of the field, and what can be chosen; ``nations`` if not all are shown."""

    title: str
    figures: tuple[Figure, ...]
    parts: tuple[tuple[str, tuple[Part, ...]], ...]
    nation: str
    nations: tuple[str, ...]
    topic: str
    download: str
    source: str
    changes: str | None
    feed: str | None
    topics: tuple[Concept, ...]
    conducts: tuple[Concept, ...]
    materials: tuple[Concept, ...]


@blueprint.get("/timeline")
def page() -> str:
    """The law of some nations from the first day covered to the last."""
    known = knowledge()
    field = read_field(request.args, schemes=known.schemes)
    chart = field_chart(known.library, field)
    chosen = _parameters(field, schemes=known.schemes)
    named = url_for("timeline.field_alone", **chosen)
    glance = url_for("timeline.glance_alone", **chosen)
    figures = (
        tuple(field_figures(chart, download=named))
        if field.topic or field.conduct or field.material
        else (glance_figure(chart, download=glance),)
    )
    return render_template(
        "timeline/page.html",
        page=TimelinePage(
            title=chart.title,
            figures=figures,
            parts=_parts(chart, chosen),
            topics=_topics(field.topic),
            nation=field.nations[0] if len(field.nations) == 1 else "",
            nations=tuple(chosen.get("nation", ())),
            topic=field.topic or field.conduct or field.material or "",
            download=named,
            source=source(chart) if len(figures) > 1 else "",
            **_changes(field),
            conducts=known.schemes.scheme("conducts"),
            materials=known.schemes.scheme("materials"),
        ),
    )


@blueprint.get("/timeline/glance.svg")
def glance_alone() -> Response:
    """The same as one picture to take away, its offences as thin lines."""
    return _alone(_asked_for(), style=DENSE)


@blueprint.get("/timeline/field.svg")
def field_alone() -> Response:
    """The same as one picture to take away, each offence named."""
    return _alone(_asked_for(), style=OFFENCES)


@blueprint.get("/timeline/offence/<slug>.svg")
def offence_alone(slug: str) -> Response:
    """One offence across the nations as a picture to take away."""
    library = knowledge().library
    return _alone(offence_chart(library, library.offence(slug)), style=NATIONS)


def _asked_for() -> Chart:
    known = knowledge()
    return field_chart(known.library, read_field(request.args, schemes=known.schemes))


def read_field(stated: MultiDict[str, str], *, schemes: Schemes) -> Field:
    """Which pictures are asked for; raises a QuestionError that says what would be right."""
    for name in stated:
        if name not in PARAMETERS:
            raise UnknownParameter(name, PARAMETERS)
    every = schemes.slugs("nations")
    asked = {v.strip() for v in stated.getlist("nation") if v.strip()}
    chosen = {schemes.concept("nations", v, parameter="nation").slug for v in sorted(asked)}
    words = {
        name: schemes.concept(f"{name}s", value, parameter=name).slug
        for name in ("conduct", "material")
        if (value := _one(stated, name))
    }
    if topic := _one(stated, "topic"):
        words |= _topic(topic, schemes=schemes)
    return Field(nations=tuple(n for n in every if n in chosen) or every, **words)


def _topic(topic: str, *, schemes: Schemes) -> dict[str, str]:
    """A topic; or a conduct or material, as the choice on the page and older addresses name it."""
    for name in PARTS:
        if topic in schemes.slugs(f"{name}s"):
            return {name: topic}
    raise UnknownValue(
        "topic", topic, tuple(w for name in PARTS for w in schemes.slugs(f"{name}s"))
    )


def _one(stated: MultiDict[str, str], name: str) -> str:
    values = {value.strip() for value in stated.getlist(name) if value.strip()}
    if len(values) > 1:
        raise AskedTwice(name)
    return values.pop() if values else ""


def _parameters(field: Field, *, schemes: Schemes) -> dict[str, Any]:
    """The parameters that ask for the same again."""
    everywhere = field.nations == schemes.slugs("nations")
    found: dict[str, Any] = {
        "nation": [] if everywhere else list(field.nations),
        "topic": field.topic or "",
        "conduct": field.conduct or "",
        "material": field.material or "",
    }
    return {name: value for name, value in found.items() if value}


def _changes(field: Field) -> dict[str, str | None]:
    """The page and the feed of what changes in a topic, where one is chosen."""
    if not field.topic:
        return {"changes": None, "feed": None}
    asked: dict[str, Any] = {"topic": field.topic}
    if len(field.nations) == 1:
        asked["nation"] = field.nations[0]
    return {"changes": url_for("changes.page", **asked), "feed": url_for("feeds.topic", **asked)}


def _topics(chosen: str | None) -> tuple[Concept, ...]:
    """The topics that there are pictures of, and the one that was chosen all the same."""
    known = knowledge()
    drawn = topics_with_offences(known.catalogue, known.schemes)
    return tuple(t for t in known.schemes.scheme("topics") if t in drawn or t.slug == chosen)


def _parts(chart: Chart, chosen: dict[str, Any]) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    """The parts of a whole field that can be chosen: its topics, and what is done."""
    done = [(section.heading, section.word) for section in chart.sections if section.word]
    if not done:
        return ()
    topics = [(topic.label, topic.slug) for topic in _topics(None)]
    return tuple(
        (said, tuple(_part(name, word, chosen, label=label) for label, word in words))
        for said, name, words in (("Topics", "topic", topics), ("What is done", "conduct", done))
    )


def _part(name: str, word: str, chosen: dict[str, Any], *, label: str) -> Part:
    return Part(label=label, address=url_for("timeline.page", **{**chosen, name: word}))


def _alone(chart: Chart, *, style: str) -> Response:
    sheet = draw_alone(chart, style=style)
    body = render_template("timeline/alone.svg", sheet=sheet, paint=PAINT)
    return make_response(body, 200, {"Content-Type": SVG})
