"""What changed recently about an offence, or is about to, around the day asked about."""

from collections.abc import Iterator
from datetime import date, timedelta

from kb.answers import Change
from kb.catalogue import Catalogue
from kb.changes_between import events_by_offence
from kb.events import Event
from kb.schemes import Schemes
from kb.terms import slug_of

NEAR = timedelta(days=366)


def changes_near(
    catalogue: Catalogue, schemes: Schemes, offences: tuple[str, ...], *, nation: str, on: date
) -> tuple[Change, ...]:
    """Every event within a year of a day, for these offences in a nation (addresses)."""
    found = events_by_offence(catalogue, schemes)
    near = [
        change
        for offence in dict.fromkeys(offences)
        for event in found.get(slug_of(offence), ())
        if slug_of(nation) in event.nations and abs(event.on - on) <= NEAR
        for change in _change(event)
    ]
    return tuple(sorted(near, key=lambda change: (change.on, change.offence, change.text)))


def _change(event: Event) -> Iterator[Change]:
    """An event in brief."""
    if event.offence:
        yield Change(
            on=event.on,
            offence=event.offence.id,
            label=event.offence.label,
            text=event.text,
            fact=event.facts[0],
        )
