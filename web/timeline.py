"""The law over time in pictures: the field, a part of it, and each offence to take away."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from kb.asked import AskedTwice, UnknownParameter
from kb.chart import Field, field_chart, offence_chart
from kb.chart_model import Chart, Section
from kb.errors import UnknownValue
from kb.model import Concept
from kb.schemes import Schemes
from web.state import knowledge
from web.timeline_draw import DENSE, NATIONS, OFFENCES, draw_alone, source
from web.timeline_pictures import Figure, field_figures, glance_figure
from web.timeline_shapes import PAINT

blueprint = Blueprint("timeline", __name__)

PARAMETERS = ("nation", "topic", "conduct", "material")
SVG = "image/svg+xml; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the field that has pictures of its own."""

    label: str
    address: str


@dataclass(frozen=True, kw_only=True)
class TimelinePage:
    """Pictures of a part of the field, and what can be chosen."""

    title: str
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    nation: str
    topic: str
    download: str
    source: str
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
        if field.conduct or field.material
        else (glance_figure(chart, download=glance),)
    )
    return render_template(
        "timeline/page.html",
        page=TimelinePage(
            title=chart.title,
            figures=figures,
            parts=tuple(_part(s, chosen) for s in chart.sections if s.word),
            nation=field.nations[0] if len(field.nations) == 1 else "",
            topic=field.conduct or field.material or "",
            download=named,
            source=source(chart) if len(figures) > 1 else "",
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
    """A topic is a conduct or a material: offences carry no topic of their own."""
    for name in ("conduct", "material"):
        if topic in schemes.slugs(f"{name}s"):
            return {name: topic}
    raise UnknownValue("topic", topic, (*schemes.slugs("conducts"), *schemes.slugs("materials")))


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
        "conduct": field.conduct or "",
        "material": field.material or "",
    }
    return {name: value for name, value in found.items() if value}


def _part(section: Section, chosen: dict[str, Any]) -> Part:
    address = url_for("timeline.page", **{**chosen, "topic": section.word})
    return Part(label=section.heading, address=address)


def _alone(chart: Chart, *, style: str) -> Response:
    sheet = draw_alone(chart, style=style)
    body = render_template("timeline/alone.svg", sheet=sheet, paint=PAINT)
    return make_response(body, 200, {"Content-Type": SVG})
