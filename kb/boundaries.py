"""The days on which an answer might be another: where a period has to be looked at again.

It names too many days rather than too few: a day on which nothing turns out to change is no cut.
"""

from datetime import date

from kb.catalogue import Catalogue
from kb.model import Asked
from kb.schemes import Schemes
from kb.terms import identifier, slug_of


def boundaries(
    catalogue: Catalogue, schemes: Schemes, asked: Asked, *, start: date, end: date
) -> tuple[date, ...]:
    """The days within a period on which anything that was asked about may change."""
    nations = {identifier("nation", slug) for slug in asked.nations}
    near = _near(schemes, asked.conduct)
    days = {
        row.day
        for owner, rows in catalogue.boundaries.items()
        if _matters(catalogue, owner, nations=nations, near=near)
        for row in rows
    }
    return tuple(sorted(day for day in days if start < day < end))


def _matters(catalogue: Catalogue, owner: str, *, nations: set[str], near: set[str]) -> bool:
    """May a change of this move an answer? A fact that has facts of its own, as a defence, may."""
    windows = catalogue.windows.get(owner)
    if windows is None:
        return True
    if not any(window.nation in nations for window in windows):
        return False
    if owner in catalogue.rules:
        return _turns_on_the_day(catalogue, owner)
    conducts = catalogue.facts["conducts"].get(owner, ())
    return owner in catalogue.offences and (
        not near or any(row.concept in near for row in conducts)
    )


def _turns_on_the_day(catalogue: Catalogue, rule: str) -> bool:
    """Is it a rule of the age of responsibility, or one kept for the conduct of earlier days?"""
    values = (catalogue.rule_values.get(window.fact) for window in catalogue.windows[rule])
    return rule in catalogue.savings or any(value and value.age is not None for value in values)


def _near(schemes: Schemes, words: tuple[str, ...]) -> set[str]:
    """The conducts (addresses) that meet the words asked: each with its parents and children."""
    parents = {concept.slug: concept.broader for concept in schemes.scheme("conducts")}
    return {
        identifier("conduct", slug)
        for slug in parents
        for word in words
        if word in _line(slug, parents) or slug in _line(word, parents)
    }


def _line(slug: str, parents: dict[str, str | None]) -> list[str]:
    """A word and all that is broader."""
    line, above = [slug], parents.get(slug)
    while above:
        above = slug_of(above)
        line.append(above)
        above = parents.get(above)
    return line
