"""The amendments of provisions: each version after the first, with what the one before it said."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from kb import change_words as words
from kb import naming
from kb.catalogue import Catalogue, grouped
from kb.events import STARTS, Happening
from kb.library_rows import ExpressionRow

AMENDED = "amendment"


def version_happenings(catalogue: Catalogue) -> Iterator[Happening]:
    """Every version of a provision that follows another one in a nation."""
    for found in catalogue.expressions.values():
        for rows in grouped(found, lambda row: row.nation).values():
            yield from _amendments(rows)


def amended_by(catalogue: Catalogue, provision: str, *, nation: str, on: date) -> tuple[str, ...]:
    """What changed a provision in a nation on a day (addresses), as its version of then says."""
    found = catalogue.expressions.get(provision, ())
    here = [row for row in found if row.nation == nation and row.start == on]
    return tuple(sorted({row.changed_by for row in here if row.changed_by}))


def amended_beside(catalogue: Catalogue, instrument: str, *, nation: str, on: date) -> str | None:
    """Which provisions of an instrument (address) were amended on a day, and by what."""
    said = []
    for provision, row in catalogue.provisions.items():
        by = amended_by(catalogue, provision, nation=nation, on=on)
        if row.instrument == instrument and by:
            cited = naming.provision_reference(catalogue, provision).citation
            who = (naming.legal_reference(catalogue, one) for one in by)
            said.append(words.same_day(cited, " and ".join(ref.citation for ref in who if ref)))
    return " ".join(said) or None


def _amendments(rows: tuple[ExpressionRow, ...]) -> Iterator[Happening]:
    """The versions of one provision in one nation but the first."""
    versions = grouped(rows, lambda row: row.expression).values()
    in_order = sorted(versions, key=lambda group: group[0].start or date.min)
    for before, now in pairwise(in_order):
        row = now[0]
        if row.start:
            yield Happening(
                on=row.start,
                kind=AMENDED,
                turn=STARTS,
                owner=row.provision,
                nation=row.nation,
                text=words.version(
                    row.note, before[0].note if before[0].end == row.start else None
                ),
                fact=row.expression,
                facts=(row.expression,),
                confidence=row.confidence,
                authorities=tuple(sorted({r.changed_by for r in now if r.changed_by})),
            )
