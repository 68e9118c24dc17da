"""What each page of the journey shows: its question, what can be chosen, and what was entered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from kb.asked import parse_day, today
from kb.bearing import PEOPLE
from kb.knowledge import Knowledge
from kb.model import Concept
from kb.period import DAY
from web.form import Choice
from web.journey_answers import ANSWERS, FIELDS, STEPS, WHEN, preceding
from web.journey_asked import CHECK, SCHEMES, Given, Journey
from web.journey_days import FIRST, LAST, ON, ONE_DAY, PARTS, SEVERAL, choice
from web.journey_entered import one
from web.journey_facts import bearing
from web.journey_people import AGES, BAND
from web.journey_words import ASKED, BANDS, HINTS
from web.spoken import word_said, words_said
from web.wrong import Wrong

Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Situations that belong together; without a label they stand by themselves."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class AgeAsked:
    """An age: in years, or else as a band."""

    name: str
    legend: str
    hint: str
    value: str
    bands: tuple[Choice, ...]
    none_chosen: bool


@dataclass(frozen=True, kw_only=True)
class WordAsked:
    """A word of a scheme."""

    name: str
    legend: str
    hint: str
    choices: tuple[Choice, ...]
    none_chosen: bool


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """A page that asks. ``values`` are what its fields hold; ``kept`` goes along unseen."""

    step: str
    number: int
    last: int
    values: Values
    kept: tuple[tuple[str, str], ...]
    back: str
    wrong: tuple[Wrong, ...]
    changing: bool
    headings: tuple[Heading, ...] = ()
    nations: tuple[Concept, ...] = ()
    ages: tuple[AgeAsked, ...] = ()
    words: tuple[WordAsked, ...] = ()
    today: date
    yesterday: date

    def says(self, name: str, value: str = "") -> bool:
        """Was this choice made? An empty value is the choice that nothing is known."""
        return value in self.values.get(name, ())

    def text(self, name: str) -> str:
        """What stands in a field."""
        return one(name, self.values)

    def error(self, *fields: str) -> str:
        """What is wrong with the answer in any of some fields, or nothing."""
        return next((found.message for found in self.wrong if found.field in fields), "")


def step_page(
    step: str,
    *,
    journey: Journey,
    known: Knowledge,
    entered: Given | None = None,
    wrong: tuple[Wrong, ...] = (),
) -> StepPage:
    """The page of a step, with what was ``entered``, or else with what the journey says."""
    values = _entered(step, entered) if entered is not None else _answered(step, journey)
    parts: dict[str, Any] = {
        "what": lambda: {"headings": tuple(headings(known.schemes.scheme("situations")))},
        "where": lambda: {"nations": words_said(known.schemes.scheme("nations"))},
        "when": dict,
        "who": lambda: _people(journey, known, values),
    }
    return StepPage(
        step=step,
        number=STEPS.index(step) + 1,
        last=len(STEPS) - 1,
        values=values,
        kept=tuple(pairs(journey.parameters(but=ANSWERS[step]))),
        back=_back(step, journey),
        wrong=wrong,
        changing="then" in journey.stated,
        today=today(),
        yesterday=today() - DAY,
        **parts[step](),
    )


def headings(situations: tuple[Concept, ...]) -> Iterator[Heading]:
    """The situations under their headings; those that have none stand by themselves, last."""
    alone = []
    for word in situations:
        narrower = tuple(_choice(one) for one in situations if one.broader == word.slug)
        if narrower:
            yield Heading(label=word_said(word).label, choices=narrower)
        elif word.suggests and not word.broader:
            alone.append(_choice(word))
    if alone:
        yield Heading(label="", choices=tuple(alone))


def step_address(step: str, journey: Journey) -> str:
    """The address of a step with all that was answered."""
    return url_for(f"journey.{step}", **journey.parameters())


def _choice(word: Concept, *, chosen: bool = False) -> Choice:
    label = word_said(word).label
    return Choice(value=word.slug, label=label, hint=word.definition, chosen=chosen)


def pairs(parameters: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Parameters as pairs of name and value, one for each value of a list."""
    for name, value in parameters.items():
        yield from ((name, one) for one in ([value] if isinstance(value, str) else value))


def _back(step: str, journey: Journey) -> str:
    before = CHECK if "then" in journey.stated else preceding(step)
    if before is None:
        return url_for("pages.home")
    return url_for(f"journey.{before}", **journey.parameters(but=("then",)))


def _entered(step: str, entered: Given) -> Values:
    values: Values = {name: tuple(entered.get(name, ())) for name in FIELDS[step]}
    if step == WHEN and (chosen := choice(entered)):
        values["when"] = (chosen,)
    return values


def _answered(step: str, journey: Journey) -> Values:
    """What the fields of a page hold for what was answered before."""
    said = {name: (value,) for name, value in journey.stated.items() if name in ANSWERS[step]}
    values: Values = {"situation": journey.situations, "nation": journey.nations, **said}
    if "on" in said:
        values |= {"when": (ONE_DAY,), **_day_fields(ON, parse_day(said["on"][0]))}
    if "from" in said and "to" in said:
        values |= {"when": (SEVERAL,), **_day_fields(FIRST, parse_day(said["from"][0]))}
        values |= _day_fields(LAST, parse_day(said["to"][0]) - DAY)
    for name in (age for age in AGES if said.get(age, ("",))[0] in BANDS):
        values |= {name: (), name + BAND: said[name]}
    if "then" in journey.stated:
        unknown = dict.fromkeys((*ANSWERS[step], *(age + BAND for age in AGES)), ("",))
        values = unknown | {name: said for name, said in values.items() if said}
    return values


def _day_fields(name: str, on: date) -> Values:
    numbers = (on.day, on.month, on.year)
    return {f"{name}-{part}": (str(n),) for part, n in zip(PARTS, numbers, strict=True)}


def _people(journey: Journey, known: Knowledge, values: Values) -> dict[str, Any]:
    asked = [name for name in PEOPLE if name in bearing(journey, known) or values.get(name)]
    return {
        "ages": tuple(_age(name, values) for name in asked if name in AGES),
        "words": tuple(_word(name, known, values) for name in asked if name in SCHEMES),
    }


def _age(name: str, values: Values) -> AgeAsked:
    chosen = one(name + BAND, values)
    return AgeAsked(
        name=name,
        legend=str(ASKED[name]),
        hint=str(HINTS[name]),
        value=one(name, values),
        bands=tuple(
            Choice(value=band, label=str(label), hint="", chosen=band == chosen)
            for band, label in BANDS.items()
        ),
        none_chosen="" in values.get(name + BAND, ()) and not one(name, values),
    )


def _word(name: str, known: Knowledge, values: Values) -> WordAsked:
    chosen = one(name, values)
    return WordAsked(
        name=name,
        legend=str(ASKED[name]),
        hint=str(HINTS[name]),
        choices=tuple(
            _choice(word, chosen=word.slug == chosen)
            for word in known.schemes.scheme(SCHEMES[name])
        ),
        none_chosen="" in values.get(name, ()) and not chosen,
    )
