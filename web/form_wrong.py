"""What is wrong with the facts that the one-page form was filled in from, field by field."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from kb.asked import PARAMETERS, PERIOD, UnknownParameter, parse_asked, parse_question
from kb.errors import QuestionError
from kb.releases import PARAMETER as AS_KNOWN
from kb.schemes import Schemes
from web.wrong import Wrong

LAST = "last"  # the field for the last day of a period, in place of its end
TAKEN = (*PARAMETERS, *PERIOD, LAST, AS_KNOWN)
FIELDS = {"to": LAST, "nation": "nation-any"}  # where a parameter is put right; else in its own
Given = Mapping[str, Sequence[str]]


def wrong_in(given: Given, *, schemes: Schemes) -> tuple[Wrong, ...]:
    """Everything that cannot be read; raises UnknownParameter for what no field can put right."""
    for name in given:
        if name not in TAKEN:
            raise UnknownParameter(name, TAKEN)
    found = [_wrong(name, given[name], schemes=schemes) for name in PARAMETERS if name in given]
    found.append(_wrong_days(given, schemes=schemes))
    return tuple(wrong for wrong in found if wrong)


def _wrong(name: str, values: Sequence[str], *, schemes: Schemes) -> Wrong | None:
    try:
        parse_asked({name: values}, schemes=schemes)
    except QuestionError as error:
        return Wrong(FIELDS.get(name, name), _right().get(name) or str(error))
    return None


def _right() -> dict[str, str]:
    """What would be right in a field that is typed."""
    age = _("write a number of years, or a range such as 13-15, under-16 or 18-or-over")
    ages = {
        "depicted_age": _("Age of the person shown"),
        "accused_age": _("Age of the person who did it"),
        "recipient_age": _("Age of the other person"),
    }
    day = _("The day: write a real day as year-month-day, with a hyphen between")
    return {"on": day, **{name: f"{label}: {age}" for name, label in ages.items()}}


def _wrong_days(given: Given, *, schemes: Schemes) -> Wrong | None:
    """What is wrong with a period; a day beside it counts as that."""
    days = {name: given[name] for name in ("on", *PERIOD) if any(given.get(name, ()))}
    if not days.keys() & set(PERIOD) or LAST in given:
        return None
    try:
        parse_question({**_narrow(given), **days}, schemes=schemes)
    except QuestionError as error:
        name = getattr(error, "parameter", PERIOD[0])
        return Wrong(FIELDS.get(name, name), str(error)) if name in days or name in PERIOD else None
    return None


def _narrow(given: Given) -> dict[str, Sequence[str]]:
    """What narrows a question, which decides how long its period can be."""
    return {name: given[name] for name in ("conduct", "material") if name in given}
