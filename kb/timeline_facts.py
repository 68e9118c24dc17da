"""The dated facts of an offence in a nation on a day, found without going through the others."""

from collections.abc import Mapping
from typing import Any

from kb.catalogue import Catalogue, grouped
from kb.decisions import Place
from kb.timeline_days import Days, days, span

OfKind = Mapping[Place, Days[tuple[Any, ...]]]


def facts_by_place(catalogue: Catalogue) -> dict[str, OfKind]:
    """By kind of fact, then offence and nation: the rows that hold on each day, in their order."""
    return {
        kind: {
            place: _on_days(rows)
            for found in by_offence.values()
            for place, rows in grouped(found, lambda row: (row.offence, row.nation)).items()
        }
        for kind, by_offence in catalogue.facts.items()
    }


def _on_days(rows: tuple[Any, ...]) -> Days[tuple[Any, ...]]:
    dated = [(span(row.start, row.end), row) for row in rows]
    return days(
        (during for during, _ in dated),
        lambda day: tuple(row for during, row in dated if during.holds(day)),
    )
