"""The prose of a comparison: made once, from the facts that differ. No law stands here."""

from collections.abc import Sequence
from datetime import date, timedelta

from kb.ages import OLDEST
from kb.model import Penalty
from kb.wording import WHO, day, first_lower, years

FINE_ONLY = "a fine only"
LIFE = "life"
YEAR = 12
ALL = "All conduct"
Said = list[tuple[str, list[tuple[str, str]]]]
NO_COUNTERPART = "No counterpart is recorded: these share a conduct and a material."
# What a row can differ in, in the order in which it is said.
FACETS = {
    "law": "whether there is law, or may be",
    "depicted_age": "age of the person shown",
    "recipient_age": "age of the other person",
    "accused_age": "age of the accused",
    "maximum": "maximum",
    "together": "which of these go together",
}
MEANT = {
    "depicted_age": "person shown",
    "recipient_age": "other person",
    "accused_age": "accused",
}


def maximum_in_short(row: Penalty) -> str:
    """A maximum in a few words: ``10 years``, ``life``, ``a fine only``, or as it is recorded."""
    if row.life:
        said = LIFE
    elif row.months is None:
        said = row.text.removeprefix("up to ").partition(",")[0]
    elif not row.months:
        said = FINE_ONLY
    elif row.months % YEAR or row.months == YEAR:
        said = f"{row.months} month{'' if row.months == 1 else 's'}"
    else:
        said = f"{row.months // YEAR} years"
    case = f" ({row.case})" if row.case else ""
    return said if case and said.endswith(case) else f"{said}{case}"


def where(label: str, on: date, *, nations: int, days: int) -> str:
    """How a sentence says which side it means: by what the sides differ in."""
    if nations == 1 and days > 1:
        return f"on {day(on)}"
    return f"in {label}" if days == 1 else f"in {label} on {day(on)}"


def before_coverage(label: str, earliest: date) -> str:
    """Why a cell is empty on a day before our coverage of the nation begins."""
    return f"Not covered: what is recorded of {label} begins on {day(earliest)}."


def listed(texts: Sequence[str], *, by: str = "and") -> str:
    """Texts in a row, the last with its word before it."""
    return f" {by} ".join(filter(None, ("; ".join(texts[:-1]), texts[-1])))


def ages(ranges: Sequence[tuple[int, int]]) -> str:
    """Ages in words, both ends included: ``under 13 or 16 to 17``."""
    spans = (
        years(low or None, high + 1 if high < OLDEST else None) if low or high < OLDEST else "any"
        for low, high in ranges
    )
    return listed(tuple(spans), by="or")


def gap(
    cited: str,
    *,
    several: bool,
    here: str,
    there: str,
    person: str | None,
    ranges: Sequence[tuple[int, int]],
    perhaps: str,
) -> str:
    """That something applies on one side, and nothing that is recorded does on the other.

    ``perhaps`` is what may apply on the other side, for all that is known.
    """
    condition = f"where {first_lower(WHO[person])} is {ages(ranges)}, " if person else ""
    verb = "apply" if several else "applies"
    doubt = f"; whether {perhaps} would is not known" if perhaps else ""
    said = f"{condition}{cited} {verb} {here}, and {there} nothing recorded does{doubt}."
    return f"{said[:1].upper()}{said[1:]}"


def not_law(cited: str, *, here: str, there: str, start: date | None, end: date | None) -> str:
    """That an offence is law on one side, and not yet or no longer on the other."""
    if end:
        why = f"its last day was {day(end - timedelta(days=1))}"
    elif start:
        why = f"its first day was {day(start)}"
    else:
        why = "the day on which it starts is not established"
    return f"{cited} was not law {there}: {why}. It is law {here}."


def unsure(cited: str, *, here: str, there: str) -> str:
    """That an offence is law on one side, and that it is not known whether it is on the other."""
    return f"{cited} is law {here}; whether it is law {there} is not known."


def aged(person: str, sides: Said) -> str:
    """How the ages that offences ask for differ; nothing said is any age."""
    first, second = (
        (place, [(age or "of any age", cited) for age, cited in said]) for place, said in sides
    )
    return f"{WHO[person]} has to be {_each(first)}; {_each(second)}."


def maxima(sides: Said) -> str:
    """How maximum penalties differ; nothing said is none recorded."""
    first, second = (
        (place, [(text or "not recorded", cited) for text, cited in said]) for place, said in sides
    )
    return f"The maximum is {_each(first)}, and {_each(second)}."


def _each(side: tuple[str, list[tuple[str, str]]]) -> str:
    """What a side says, with what says it."""
    place, said = side
    return f"{' or '.join(f'{text} ({cited})' for text, cited in said)} {place}"


def needs(cited: str, first: tuple[str, Sequence[str]], second: tuple[str, Sequence[str]]) -> str:
    """What is recorded as having to be shown on one side only: where, and which things."""
    said = [
        f"recorded as having to be shown {place} only:"
        f" {'; '.join(first_lower(label) for label in labels)}"
        for place, labels in (first, second)
        if labels
    ]
    return f"{cited}: {'; '.join(said)}."


def responsibility(sides: Sequence[tuple[int | None, str]]) -> str:
    """How the age of criminal responsibility differs."""
    said = [f"{'not recorded' if age is None else age} {place}" for age, place in sides]
    return f"The age of criminal responsibility is {' and '.join(said)}."
