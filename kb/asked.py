"""Reads a question from plain words: the same for the pages, the API and the command line."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kb.ages import AgeRange, parse_age
from kb.errors import QuestionError
from kb.model import Asked
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
