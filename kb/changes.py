"""What changed recently about an offence, or is about to, around the day asked about."""

from collections.abc import Iterator
from datetime import date, timedelta

from kb.answers import Change
from kb.catalogue import Catalogue
from kb.schemes import Schemes
from kb.wording import years

NEAR = timedelta(days=366)


def changes_near(
    catalogue: Catalogue, schemes: Schemes, offences: tuple[str, ...], *, nation: str, on: date
) -> tuple[Change, ...]:
    """Every start and end within a year of a day, for these offences (addresses) in a nation."""
    found = {
        (change.on, change.offence, change.text): change
        for offence in offences
        for change in _changes(catalogue, schemes, offence, nation=nation)
        if abs(change.on - on) <= NEAR
    }
    return tuple(found[key] for key in sorted(found))


def _changes(
    catalogue: Catalogue, schemes: Schemes, offence: str, *, nation: str
) -> Iterator[Change]:
    """Every day on which something about an offence starts or ends in a nation."""
    row = catalogue.offences[offence]
    for on, text, fact in _dated(catalogue, schemes, offence, nation=nation):
        if on:
            yield Change(on=on, offence=row.slug, label=row.label, text=text, fact=fact)


def _dated(
    catalogue: Catalogue, schemes: Schemes, offence: str, *, nation: str
) -> Iterator[tuple[date | None, str, str]]:
    first = {w.start for w in catalogue.windows.get(offence, ()) if w.nation == nation}
    last = {w.end for w in catalogue.windows.get(offence, ()) if w.nation == nation}
    for window in catalogue.windows.get(offence, ()):
        if window.nation == nation:
            yield window.start, "The offence starts.", window.fact
            yield window.end, "The offence ends.", window.fact
    for kind in ("conducts", "materials", "ages", "penalties", "modes"):
        for fact in catalogue.facts[kind].get(offence, ()):
            if fact.nation == nation:
                said = _said(kind, fact, schemes)
                if fact.start not in first:
                    yield fact.start, f"{said} starts.", fact.fact
                if fact.end not in last:
                    yield fact.end, f"{said} ends.", fact.fact


def _said(kind: str, fact: object, schemes: Schemes) -> str:
    """A dated fact in a few words."""
    found = vars(fact)
    if kind == "ages":
        return f"The age {years(found['at_least'], found['below'])}"
    if kind == "penalties":
        return f"The maximum “{found['text']}” ({schemes.label(found['tried']).lower()})"
    if kind == "modes":
        return f"The mode of trial “{schemes.label(found['mode'])}”"
    return f"“{schemes.label(found['concept'])}”"
