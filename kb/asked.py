"""Reads a question from plain words: the same for the pages, the API and the command line."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kb.ages import AgeRange, parse_age
from kb.errors import QuestionError
from kb.model import Asked, AskedPeriod
from kb.schemes import Schemes

PARAMETERS = (
    "nation",
    "on",
    "conduct",
    "material",
    "depicted_age",
    "accused_age",
    "recipient_age",
    "consent",
    "relationship",
)
PERIOD = ("from", "to")
LONGEST = 60
LONGEST_OF_ALL_LAW = 5  # years, where neither conduct nor material narrows the answer
LONDON = ZoneInfo("Europe/London")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnknownParameter(QuestionError):
    """A parameter that no question takes; ``valid`` (tuple of str) are those it does."""

    def __init__(self, name: str, valid: tuple[str, ...]) -> None:
        self.parameter, self.valid = name, valid
        super().__init__(f"There is no parameter {name!r}. There are: {', '.join(valid)}.")


class BadDay(QuestionError):
    """Not a day of the calendar."""

    def __init__(self, value: str, *, parameter: str = "on") -> None:
        self.parameter, self.value = parameter, value
        super().__init__(
            f"{parameter} cannot be {value!r}. It is a real day written year-month-day,"
            " for example 2017-07-02."
        )


class BadPeriod(QuestionError):
    """A period that is none: one end alone, the wrong way round, too long, or beside a day."""

    def __init__(self, parameter: str, value: str, *, right: str) -> None:
        self.parameter, self.value = parameter, value
        super().__init__(f"{parameter} cannot be {value!r}. {right}")


class AskedTwice(QuestionError):
    """A parameter that takes one value was given several."""

    def __init__(self, name: str) -> None:
        self.parameter = name
        super().__init__(f"{name} takes one value, and was given several.")


def today() -> date:
    """The day in London: the day a question is about if none is stated."""
    return datetime.now(LONDON).date()


def parse_day(text: str, *, parameter: str = "on") -> date:
    """Read a day written 2017-07-02; raises BadDay naming the parameter."""
    try:
        if not _DAY.fullmatch(text.strip()):
            raise ValueError(text)
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadDay(text, parameter=parameter) from error


def parse_asked(stated: Mapping[str, Sequence[str]], *, schemes: Schemes) -> Asked:
    """Make a question from parameters, each a sequence of str as a query string gives them.

    Empty values count as not stated. Raises a QuestionError that says what would be right.
    """
    for name in stated:
        if name not in PARAMETERS:
            raise UnknownParameter(name, PARAMETERS)
    given = {name: tuple(v for v in values if v.strip()) for name, values in stated.items()}
    chosen = _words("nation", given.get("nation", ()), scheme="nations", schemes=schemes)
    every = schemes.slugs("nations")
    on = _one("on", given)
    return Asked(
        nations=tuple(nation for nation in every if nation in chosen) or every,
        on=parse_day(on) if on else today(),
        conduct=_words("conduct", given.get("conduct", ()), scheme="conducts", schemes=schemes),
        material=_words("material", given.get("material", ()), scheme="materials", schemes=schemes),
        depicted_age=_age("depicted_age", given),
        accused_age=_age("accused_age", given),
        recipient_age=_age("recipient_age", given),
        consent=_word("consent", given, scheme="consents", schemes=schemes),
        relationship=_word("relationship", given, scheme="relationships", schemes=schemes),
    )


def parse_question(stated: Mapping[str, Sequence[str]], *, schemes: Schemes) -> Asked | AskedPeriod:
    """A question about a day, or, where ``from`` and ``to`` are stated, about a period.

    The period is half-open: ``to`` is the first day after it. Raises a QuestionError.
    """
    for name in stated:
        if name not in (*PARAMETERS, *PERIOD):
            raise UnknownParameter(name, (*PARAMETERS, *PERIOD))
    given = {name: tuple(v for v in values if v.strip()) for name, values in stated.items()}
    start, end = (_one(name, given) for name in PERIOD)
    facts = {name: values for name, values in stated.items() if name not in PERIOD}
    if not start and not end:
        return parse_asked(facts, schemes=schemes)
    on = _one("on", given)
    if on:
        right = "State a day in on, or a period in from and to, and not both."
        raise BadPeriod("on", on, right=right)
    if not (start and end):
        lacking, there = ("to", "from") if start else ("from", "to")
        right = f"A period has both ends: state a day for {lacking} as well as for {there}."
        raise BadPeriod(lacking, "", right=right)
    first, last = parse_day(start, parameter="from"), parse_day(end, parameter="to")
    _check_length(first, last)
    asked = parse_asked({**facts, "on": [start]}, schemes=schemes)
    if not (asked.conduct or asked.material) and last.year - first.year > LONGEST_OF_ALL_LAW:
        right = (
            f"State a conduct or a material, or ask about {LONGEST_OF_ALL_LAW} years at most:"
            " all law over a longer time is too much for one answer."
        )
        raise BadPeriod("to", end, right=right)
    return AskedPeriod(facts=asked, start=first, end=last)


def _check_length(start: date, end: date) -> None:
    """Raises BadPeriod for a period without a day, and for one that is too long."""
    right = "It is the first day after the period, so it has to be later than from."
    if end <= start:
        raise BadPeriod("to", end.isoformat(), right=right)
    if end.year - start.year > LONGEST:
        right = f"A period is at most {LONGEST} years long: ask about a shorter one."
        raise BadPeriod("to", end.isoformat(), right=right)


def _one(name: str, given: Mapping[str, tuple[str, ...]]) -> str:
    """The only value of a parameter, or nothing; raises AskedTwice."""
    values = {value.strip() for value in given.get(name, ())}
    if len(values) > 1:
        raise AskedTwice(name)
    return values.pop() if values else ""


def _age(name: str, given: Mapping[str, tuple[str, ...]]) -> AgeRange | None:
    stated = _one(name, given)
    return parse_age(stated, parameter=name) if stated else None


def _word(
    name: str, given: Mapping[str, tuple[str, ...]], *, scheme: str, schemes: Schemes
) -> str | None:
    stated = _one(name, given)
    return schemes.concept(scheme, stated, parameter=name).slug if stated else None


def _words(name: str, values: tuple[str, ...], *, scheme: str, schemes: Schemes) -> tuple[str, ...]:
    """The words of a list parameter, each once, in the order they were asked."""
    concepts = [schemes.concept(scheme, value.strip(), parameter=name) for value in values]
    return tuple(dict.fromkeys(concept.slug for concept in concepts))
