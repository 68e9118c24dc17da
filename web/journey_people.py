"""Who was involved: ages in years or as a band, agreement, relationship; each can be unknown."""

from dataclasses import replace

from flask_babel import gettext as _

from kb.ages import AgeRange, parse_age
from kb.bearing import PEOPLE
from kb.errors import BadAge
from kb.schemes import Schemes
from web.journey_asked import SCHEMES, Given, Journey
from web.journey_entered import Entered, one
from web.journey_words import BANDS, SAID
from web.wrong import Wrong

BAND = "_band"  # ends the name of the field for an age that is not known exactly
AGES = tuple(name for name in PEOPLE if name not in SCHEMES)
FIELDS = (*PEOPLE, *(name + BAND for name in AGES))


def read_people(entered: Given, before: Journey, schemes: Schemes) -> Entered:
    """What was entered about people; what was left empty is not known.

    Raises UnknownValue for a choice that the page does not offer.
    """
    stated, wrong = dict(before.stated), []
    for name in AGES:
        try:
            if age := _age(name, one(name, entered), band=one(name + BAND, entered)):
                stated[name] = age
        except _WrongAge as error:
            wrong.append(Wrong(name, f"{SAID[name]}: {error}"))
    for name, scheme in SCHEMES.items():
        if chosen := one(name, entered):
            stated[name] = schemes.concept(scheme, chosen, parameter=name).slug
    return Entered(journey=replace(before, stated=stated), wrong=tuple(wrong))


class _WrongAge(ValueError):
    """An age that cannot be read, or two that differ."""


def _age(name: str, years: str, *, band: str) -> str:
    """An age as a question states it; nothing if neither the years nor a band were given."""
    if band and band not in BANDS:
        raise BadAge(name, band)
    if not years:
        return band
    try:
        age = parse_age(years, parameter=name)
    except BadAge as error:
        right = _("write whole years in numbers, such as 15, or choose ‘I don’t know’")
        raise _WrongAge(right) from error
    if band and not _inside(age, parse_age(band, parameter=name)):
        right = _("the years and the choice under them differ: keep one of them")
        raise _WrongAge(right)
    return age.text


def _inside(age: AgeRange, band: AgeRange) -> bool:
    return band.low <= age.low and age.high <= band.high
