"""Reads a search from plain words: the same for the page, the feed and the API."""

from collections.abc import Mapping, Sequence

from kb.asked import AskedTwice, UnknownParameter, parse_day
from kb.errors import QuestionError, UnknownValue
from kb.schemes import Schemes
from kb.search_model import FACETS, KINDS, RELEVANCE, SORTS, SearchAsked

PARAMETERS = ("q", *FACETS, "on", "sort", "limit", "page")
LONGEST = 500
MOST = 100
FURTHEST = 100_000


class BadNumber(QuestionError):
    """Not a whole number, or one out of bounds."""

    def __init__(self, parameter: str, value: str, most: int) -> None:
        self.parameter, self.value = parameter, value
        super().__init__(
            f"{parameter} cannot be {value!r}. It is a whole number from 1 to {most:,}."
        )


class TooManyWords(QuestionError):
    """More text than is searched for."""

    def __init__(self, parameter: str) -> None:
        self.parameter = parameter
        super().__init__(f"{parameter} is too long: it can have {LONGEST} characters.")


def parse_search(
    stated: Mapping[str, Sequence[str]], *, schemes: Schemes, instruments: tuple[str, ...] = ()
) -> SearchAsked:
    """Make a search from parameters, each a sequence of str as a query string gives them.

    ``instruments`` are the paths of those that results can be kept to. Empty values count as not
    stated. Raises a QuestionError that says what would be right.
    """
    for name in stated:
        if name not in PARAMETERS:
            raise UnknownParameter(name, PARAMETERS)
    words, on = _one("q", stated), _one("on", stated)
    if len(words) > LONGEST:
        raise TooManyWords("q")
    sort = _one("sort", stated) or RELEVANCE
    if sort not in SORTS:
        raise UnknownValue("sort", sort, SORTS)
    values = values_of(schemes, instruments)
    filters = {facet: _of(facet, stated, valid=values[facet]) for facet in FACETS}
    return SearchAsked(
        words=words,
        filters={facet: kept for facet, kept in filters.items() if kept},
        on=parse_day(on) if on else None,
        sort=sort,
        limit=_number("limit", stated, most=MOST, default=20),
        page=_number("page", stated, most=FURTHEST, default=1),
    )


def values_of(schemes: Schemes, instruments: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The values that each facet can have, in order."""
    own = {"kind": KINDS, "instrument": instruments}
    return {name: schemes.slugs(scheme) if scheme else own[name] for name, scheme in FACETS.items()}


def _one(name: str, stated: Mapping[str, Sequence[str]]) -> str:
    values = {value.strip() for value in stated.get(name, ()) if value.strip()}
    if len(values) > 1:
        raise AskedTwice(name)
    return values.pop() if values else ""


def _of(
    name: str, stated: Mapping[str, Sequence[str]], *, valid: tuple[str, ...]
) -> tuple[str, ...]:
    """The stated words of a list, in its own order."""
    given = [value.strip() for value in stated.get(name, ()) if value.strip()]
    for value in given:
        if value not in valid:
            raise UnknownValue(name, value, valid)
    return tuple(word for word in valid if word in given)


def _number(name: str, stated: Mapping[str, Sequence[str]], *, most: int, default: int) -> int:
    text = _one(name, stated)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise BadNumber(name, text, most)
    return int(text)
