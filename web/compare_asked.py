"""What is compared: four nations on a day, or two sides; read for pages, tools and the terminal."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kb.asked import BadDay, parse_day, today
from kb.comparison_model import AskedComparison, Side
from kb.errors import UnknownValue
from kb.knowledge import Knowledge
from kb.releases import PARAMETER as AS_KNOWN
from kb.topics import topics_with_offences
from web.params import DAY_EXAMPLE, LAW, BadParameter, Parameter, refuse_others

OTHER_DAY_EXAMPLE = str(date.fromisoformat(DAY_EXAMPLE) + timedelta(days=1))
ONLY = "differences"
OTHER = ("other_nation", "other_on")
COMPARE = (
    Parameter(
        name="nation",
        scheme="nations",
        description="One nation: the first side, if `other_nation` or `other_on` names a second."
        " Two nations: both sides, on the same day. Otherwise all of them are shown.",
        repeats=True,
        written={},
    ),
    Parameter(
        name="on",
        description="The day, year-month-day. Today in London if none is stated.",
        examples=(DAY_EXAMPLE,),
        written={"format": "date"},
    ),
    Parameter(
        name="other_nation",
        scheme="nations",
        description="The nation of the second side. That of the first if none is stated.",
        written={},
    ),
    Parameter(
        name="other_on",
        description="The day of the second side, year-month-day. That of the first if none is"
        " stated.",
        examples=(OTHER_DAY_EXAMPLE,),
        written={"format": "date"},
    ),
    Parameter(
        name="conduct",
        scheme="conducts",
        description="Only these rows, and the narrower ones.",
        repeats=True,
        written={},
    ),
    Parameter(
        name="material",
        scheme="materials",
        description="Only what covers this material, whatever the age of the person shown.",
        written={},
    ),
    Parameter(name="topic", scheme="topics", description="Only what is in this topic.", written={}),
    Parameter(
        name="only",
        description="`differences`: leave out the rows in which the sides do not differ.",
        examples=(ONLY,),
        written={"const": ONLY},
    ),
    next(parameter for parameter in LAW if parameter.name == AS_KNOWN),
)
BY_NAME = {parameter.name: parameter for parameter in COMPARE}


def read_comparison(given: Mapping[str, Sequence[str]], *, known: Knowledge) -> AskedComparison:
    """What a query string asks to compare; raises a QuestionError that says what would be right.

    An empty value counts as not stated.
    """
    refuse_others(given, COMPARE, schemes=known.schemes)
    try:
        return _read(given, known=known)
    except UnknownValue as error:
        raise BadParameter(
            str(error), parameter=error.parameter, value=error.value, valid=error.valid
        ) from error


def _read(given: Mapping[str, Sequence[str]], *, known: Knowledge) -> AskedComparison:
    stated = {name: [v.strip() for v in values if v.strip()] for name, values in given.items()}
    only = (stated.get("only") or [""])[0]
    if only not in ("", ONLY):
        raise _wrong("only", only, "It leaves out the rows that do not differ.", valid=(ONLY,))
    return AskedComparison(
        sides=_sides(stated, known=known),
        material=_word("material", stated, known=known),
        topic=_topic(stated, known=known),
        conduct=_words("conduct", stated, known=known),
        only=bool(only),
    )


def _sides(stated: Mapping[str, list[str]], *, known: Knowledge) -> tuple[Side, ...]:
    """Two sides if two are named; otherwise all nations."""
    every = known.schemes.slugs("nations")
    nations, other = (
        _words("nation", stated, known=known),
        _words("other_nation", stated, known=known),
    )
    on, other_on = _day("on", stated) or today(), _day("other_on", stated)
    if len(nations) == 2 and not other and not other_on:
        return tuple(Side(nation=nation, on=on) for nation in every if nation in nations)
    if len(nations) > 1 and (other or other_on):
        right = "name one nation in nation, and the second in other_nation"
        raise _wrong("nation", nations, f"To set two sides against each other {right}.", every)
    if not (other or other_on):
        return tuple(Side(nation=nation, on=on) for nation in every)
    if not nations:
        right = "Name the nation of the first side too: the second alone is no comparison."
        raise _wrong("nation", "", right, every)
    sides = (Side(nation=nations[0], on=on), Side(nation=(other or nations)[0], on=other_on or on))
    if sides[0] == sides[1]:
        raise _wrong(
            "other_on" if other_on else "other_nation",
            str(other_on) if other_on else other[0],
            "Both sides are the same nation on the same day: name another nation or day.",
            valid=(OTHER_DAY_EXAMPLE,) if other_on else tuple(n for n in every if n != nations[0]),
        )
    return sides


def _wrong(
    name: str, value: str | tuple[str, ...], right: str, valid: tuple[str, ...]
) -> BadParameter:
    said = value if isinstance(value, str) else ", ".join(value)
    return BadParameter(
        f"{name} cannot be {said!r}. {right}", parameter=name, value=value, valid=valid
    )


def _words(name: str, stated: Mapping[str, list[str]], *, known: Knowledge) -> tuple[str, ...]:
    """Words of the scheme of a parameter, each once; raises UnknownValue with those there are."""
    scheme = BY_NAME[name].scheme or ""
    found = (
        known.schemes.concept(scheme, value, parameter=name).slug for value in stated.get(name, ())
    )
    return tuple(dict.fromkeys(found))


def _word(name: str, stated: Mapping[str, list[str]], *, known: Knowledge) -> str | None:
    return next(iter(_words(name, stated, known=known)), None)


def _topic(stated: Mapping[str, list[str]], *, known: Knowledge) -> str | None:
    """A topic that offences are in: of the others there is nothing to compare."""
    named = _word("topic", stated, known=known)
    there = tuple(topic.slug for topic in topics_with_offences(known.catalogue, known.schemes))
    if named and named not in there:
        raise UnknownValue("topic", named, there)
    return named


def _day(name: str, stated: Mapping[str, list[str]]) -> date | None:
    value = next(iter(stated.get(name, ())), None)
    if value is None:
        return None
    try:
        return parse_day(value, parameter=name)
    except BadDay as error:
        raise BadParameter(
            str(error), parameter=name, value=value, valid=BY_NAME[name].examples
        ) from error
