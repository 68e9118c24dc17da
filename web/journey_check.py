"""The last page of the journey: every answer in words, to be changed or to be asked with."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from kb.ages import parse_age
from kb.asked import parse_day, today
from kb.bearing import PEOPLE
from kb.knowledge import Knowledge
from kb.period import DAY
from kb.schemes import Schemes
from kb.wording import stated_age
from web.journey_answers import WHAT, WHEN, WHERE, WHO
from web.journey_asked import CHECK, SCHEMES, Journey, law_parameters, leaves, suggested
from web.journey_facts import bearing, question
from web.journey_pages import pairs
from web.journey_words import BANDS, SAID
from web.spoken import day, day_said, word_said, words_said


@dataclass(frozen=True, kw_only=True)
class Row:
    """An answer in words; ``known`` is false where there is none; ``change`` is its page."""

    label: str
    words: tuple[str, ...]
    known: bool
    change: str


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """All answers, what they mean in law, and the parameters that ask with them.

    ``expert`` is the one-page form, filled in; ``day_unknown`` says that today stands for the day.
    """

    rows: tuple[Row, ...]
    meant: tuple[tuple[str, tuple[str, ...]], ...]
    expert: str
    ask: tuple[tuple[str, str], ...]
    back: str
    day_unknown: bool
    today: str
    some_unknown: bool


def check_page(journey: Journey, known: Knowledge) -> CheckPage:
    """The page for some answers; raises a QuestionError if they cannot be asked."""
    question(journey, known)
    schemes = known.schemes
    stated = law_parameters(journey, schemes=schemes)
    rows = tuple(_rows(journey, known))
    words = tuple(suggested(journey, schemes=schemes))
    said = {"conducts": _("What was done"), "materials": _("To what")}
    meant = (
        (label, tuple(word.label for word in words if word.scheme == scheme))
        for scheme, label in said.items()
    )
    return CheckPage(
        rows=rows,
        meant=tuple((label, labels) for label, labels in meant if labels),
        expert=url_for("pages.form", **stated),
        ask=tuple(pairs(stated)),
        back=url_for(f"journey.{WHO}", **journey.parameters(but=("then",))),
        day_unknown=not journey.stated.keys() & {"on", "from"},
        today=day(today()),
        some_unknown=not all(row.known for row in rows),
    )


def _rows(journey: Journey, known: Knowledge) -> Iterator[Row]:
    schemes = known.schemes
    chosen = (word for word in leaves(schemes) if word.slug in journey.situations)
    happened = [word_said(word).label for word in chosen]
    yield _row(WHAT, _("What happened"), happened, journey)
    every = words_said(schemes.scheme("nations"))
    nations = [word.label for word in every if word.slug in journey.nations]
    yield _row(WHERE, _("Where"), nations, journey)
    yield _row(WHEN, _("When"), [text] if (text := _days(journey)) else [], journey)
    asked = bearing(journey, known) | journey.stated.keys()
    for name in (name for name in PEOPLE if name in asked):
        text = _about(name, journey.stated.get(name), schemes=schemes)
        yield _row(WHO, str(SAID[name]), [text] if text else [], journey, field=name)


def _row(
    step: str, label: str, words: list[str], journey: Journey, *, field: str | None = None
) -> Row:
    again = {**journey.parameters(), "then": CHECK}
    return Row(
        label=label,
        words=tuple(words),
        known=bool(words),
        change=url_for(f"journey.{step}", **again, _anchor=field),
    )


def _days(journey: Journey) -> str:
    """The day, or the first and the last day; nothing if it is not known."""
    stated = journey.stated
    if "on" in stated:
        return day_said(parse_day(stated["on"]))
    if "from" in stated:
        last = parse_day(stated["to"], parameter="to") - DAY
        first = day(parse_day(stated["from"], parameter="from"))
        said: str = _("From %(first)s to %(last)s", first=first, last=day(last))
        return said
    return ""


def _about(name: str, value: str | None, *, schemes: Schemes) -> str:
    """A fact about people in words; nothing if it is not known."""
    if not value:
        return ""
    if name in SCHEMES:
        return word_said(schemes.concept(SCHEMES[name], value, parameter=name)).label
    return str(BANDS.get(value) or stated_age(parse_age(value, parameter=name)))
