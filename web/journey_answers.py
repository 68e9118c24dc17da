"""The pages of the journey in their order, and how what was entered on each is read."""

from collections.abc import Sequence

from flask_babel import gettext as _

from kb.bearing import PEOPLE
from kb.schemes import Schemes
from web import journey_days, journey_people
from web.journey_asked import CHECK, Given, Journey, read_journey
from web.journey_entered import Entered
from web.wrong import Wrong

WHAT, WHERE, WHEN, WHO = "what", "where", "when", "who"
STEPS = (WHAT, WHERE, WHEN, WHO, CHECK)
# The fields of each page, and what of the journey it answers.
FIELDS: dict[str, tuple[str, ...]] = {
    WHAT: ("situation",),
    WHERE: ("nation",),
    WHEN: journey_days.FIELDS,
    WHO: journey_people.FIELDS,
    CHECK: (),
}
ANSWERS = FIELDS | {WHEN: ("when", "on", "from", "to"), WHO: PEOPLE}


def following(step: str) -> str:
    """The step after one."""
    return STEPS[STEPS.index(step) + 1]


def preceding(step: str) -> str | None:
    """The step before one; None before the first."""
    return STEPS[STEPS.index(step) - 1] if step != WHAT else None


def read_answer(step: str, entered: Given, *, before: Journey, schemes: Schemes) -> Entered:
    """Put what was entered on a page into the journey, and say what is wrong with it.

    Raises a QuestionError for a value that the page does not offer.
    """
    if step == WHEN:
        return journey_days.read_days(entered, before)
    if step == WHO:
        return journey_people.read_people(entered, before, schemes)
    if step == WHAT:
        unknown, missing = _("None of these, or I don’t know"), _("Choose what happened")
    else:
        unknown, missing = _("I don’t know"), _("Choose where it happened")
    (name,) = FIELDS[step]
    return _words(
        name,
        entered.get(name, ()),
        before=before,
        schemes=schemes,
        missing=_("%(choose)s, or ‘%(unknown)s’", choose=missing, unknown=unknown),
        both=_("%(choose)s, or ‘%(unknown)s’, not both", choose=missing, unknown=unknown),
    )


def _words(
    name: str,
    values: Sequence[str],
    *,
    before: Journey,
    schemes: Schemes,
    missing: str,
    both: str,
) -> Entered:
    """Words of a list, or the empty value that says that it is not known."""
    kept = {one: values for one, values in _listed(before).items() if one != name}
    journey, refused = read_journey({**kept, name: values}, schemes=schemes)
    if refused:
        raise refused[0]
    wrong: tuple[Wrong, ...] = ()
    if not values:
        wrong = (Wrong(name, missing),)
    elif "" in values and any(values):
        wrong = (Wrong(name, both),)
    return Entered(journey=journey, wrong=wrong)


def _listed(journey: Journey) -> dict[str, Sequence[str]]:
    stated = {name: (value,) for name, value in journey.stated.items()}
    return {"situation": journey.situations, "nation": journey.nations, **stated}
