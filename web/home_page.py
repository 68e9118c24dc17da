"""The first page: one box, what happened in everyday words, a nation, and a few examples."""

from dataclasses import dataclass

from flask import url_for

from kb.model import Concept
from kb.schemes import Schemes
from web.carried import carried
from web.form import Example, examples
from web.journey_answers import WHEN, WHERE, WHO
from web.journey_asked import Journey
from web.journey_pages import headings, step_address
from web.language import speaking
from web.marked import ENGLISH
from web.spoken import words_said


@dataclass(frozen=True, kw_only=True)
class Start:
    """A situation, with the next question about it."""

    label: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Starts:
    """Situations that belong together."""

    label: str
    starts: tuple[Start, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A nation, with what to do now there."""

    nation: Concept
    address: str


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """The first page; ``other`` is where to go with none of its situations."""

    situations: tuple[Starts, ...]
    other: str
    places: tuple[Place, ...]
    examples: tuple[Example, ...]


def home_page(schemes: Schemes) -> HomePage:
    """The first page; the nation and the day that it is asked about need not be asked again."""
    journey, step = _begun()
    with speaking(ENGLISH):  # they are in the words of the law
        asked = examples(schemes)
    return HomePage(
        situations=tuple(
            Starts(
                label=heading.label,
                starts=tuple(
                    Start(
                        label=choice.label,
                        address=step_address(step, _about(journey, choice.value)),
                    )
                    for choice in heading.choices
                ),
            )
            for heading in headings(schemes.scheme("situations"))
        ),
        other=step_address(step, journey),
        places=tuple(
            Place(nation=nation, address=url_for("pages.now", nation=nation.slug, on=None))
            for nation in words_said(schemes.scheme("nations"))
        ),
        examples=asked,
    )


def _about(journey: Journey, situation: str) -> Journey:
    return Journey(situations=(situation,), nations=journey.nations, stated=journey.stated)


def _begun() -> tuple[Journey, str]:
    """What the address of the page says already, and the first question that is left."""
    asked = carried()
    if asked is None:
        return Journey(), WHERE
    stated = {"on": asked.on.isoformat()} if asked.stated else {}
    journey = Journey(nations=asked.nations, stated=stated)
    if not asked.nations:
        return journey, WHERE
    return journey, WHO if asked.stated else WHEN
