"""When it happened: a day, a period, a quick choice, or "I don't know"."""

from datetime import date

from flask_babel import gettext as _

from kb.asked import today
from kb.period import DAY
from web.journey_asked import UNKNOWN, Given, Journey
from web.journey_entered import Entered, one, stating
from web.wrong import Wrong

PARTS = ("day", "month", "year")
ON, FIRST, LAST = "on", "first", "last"
ONE_DAY, SEVERAL = "day", "several"
QUICK = {"today": 0, "yesterday": 1}  # how many days ago
FIELDS = ("when", *(f"{name}-{part}" for name in (ON, FIRST, LAST) for part in PARTS))
YEAR_DIGITS = 4


def read_days(entered: Given, before: Journey) -> Entered:
    """The day or the period that was entered."""
    chosen = choice(entered)
    if chosen in QUICK:
        on = today() - QUICK[chosen] * DAY
        return Entered(journey=stating(before, on=on.isoformat()))
    if chosen == UNKNOWN:
        return Entered(journey=stating(before, when=UNKNOWN))
    if chosen == ONE_DAY:
        return _one_day(entered, before)
    if chosen == SEVERAL:
        return _several(entered, before)
    said = _("Choose when it happened, or ‘I don’t know’")
    return Entered(journey=before, wrong=(Wrong("when", said),))


def choice(entered: Given) -> str:
    """What was chosen; else which days were written, if any were."""
    if chosen := one("when", entered):
        return chosen
    if any(one(f"{ON}-{part}", entered) for part in PARTS):
        return ONE_DAY
    return SEVERAL if any(one(field, entered) for field in FIELDS) else ""


def _one_day(entered: Given, before: Journey) -> Entered:
    on = _date(ON, entered, what=_("The day"))
    if isinstance(on, Wrong):
        return Entered(journey=before, wrong=(on,))
    return Entered(journey=stating(before, on=on.isoformat()))


def _several(entered: Given, before: Journey) -> Entered:
    first = _date(FIRST, entered, what=_("The first day"))
    last = _date(LAST, entered, what=_("The last day"))
    if isinstance(first, Wrong) or isinstance(last, Wrong):
        wrong = tuple(found for found in (first, last) if isinstance(found, Wrong))
        return Entered(journey=before, wrong=wrong)
    if last < first or last == date.max:
        said = _("The last day has to be the first day, or a day after it")
        return Entered(journey=before, wrong=(Wrong(f"{LAST}-day", said),))
    period = {"from_": first.isoformat(), "to": (last + DAY).isoformat()}
    return Entered(journey=stating(before, **period))


def _date(name: str, entered: Given, *, what: str) -> date | Wrong:
    """A day in three fields, or what is wrong with it."""
    said = {part: one(f"{name}-{part}", entered) for part in PARTS}
    if missing := [part for part in PARTS if not said[part]]:
        parts = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
        lacking = _(" and ").join(parts[part] for part in missing)
        message = _("%(what)s has to include %(parts)s", what=what, parts=lacking)
        return Wrong(f"{name}-{missing[0]}", message)
    digits = all(text.isascii() and text.isdigit() for text in said.values())
    try:
        if not digits or len(said["year"]) != YEAR_DIGITS:
            raise ValueError(said)
        return date(int(said["year"]), int(said["month"]), int(said["day"]))
    except ValueError:
        message = _("%(what)s has to be a real day, written in numbers: 27 3 2024", what=what)
        return Wrong(f"{name}-day", message)
