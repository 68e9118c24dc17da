"""The days on which an age or a maximum penalty of an offence changes while it is law."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from kb.catalogue import Catalogue
from kb.chart_model import LAW, Mark, Stretch
from kb.offence_views import AGE_NAMES
from kb.schemes import Schemes
from kb.terms import identifier
from kb.wording import first_lower, years


def marks(
    catalogue: Catalogue,
    schemes: Schemes,
    offence: str,
    *,
    nation: str,
    stretches: tuple[Stretch, ...],
) -> tuple[Mark, ...]:
    """The changes of an offence (address) in one nation (slug), each day once."""
    found: defaultdict[date, list[str]] = defaultdict(list)
    place = identifier("nation", nation)
    for kind in ("ages", "penalties"):
        rows = [row for row in catalogue.facts[kind].get(offence, ()) if row.nation == place]
        for on, words in _changes(rows, schemes):
            if _inside(on, stretches):
                found[on].append(words)
    return tuple(Mark(on=on, words=tuple(dict.fromkeys(found[on]))) for on in sorted(found))


def _changes(rows: list[Any], schemes: Schemes) -> Iterable[tuple[date, str]]:
    """What begins, and what ends with nothing of its kind in its place."""
    begins = {(row.start, _what(row, schemes)) for row in rows if row.start}
    for row in rows:
        what = _what(row, schemes)
        if row.start:
            yield row.start, f"{what}: {_value(row)}"
        if row.end and (row.end, what) not in begins:
            yield row.end, f"{what}: no longer {_value(row)}"


def _what(row: Any, schemes: Schemes) -> str:
    if hasattr(row, "tried"):
        return f"maximum {first_lower(schemes.label(row.tried))}"
    return AGE_NAMES[row.kind.rsplit("#", 1)[-1]]


def _value(row: Any) -> str:
    if hasattr(row, "tried"):
        text: str = row.text
        return text
    return years(row.at_least, row.below)


def _inside(on: date, stretches: tuple[Stretch, ...]) -> bool:
    """Is it a change of what was law the day before, and is law on the day?"""
    law = [s for s in stretches if s.state == LAW]
    return any((s.start is None or s.start < on) and (s.end is None or on < s.end) for s in law)
