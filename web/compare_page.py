"""What the page of a comparison shows: addresses made once, rows as they are read, sentences."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from kb.comparison_model import AskedComparison, Column, Comparison
from kb.knowledge import Knowledge
from kb.model import Concept
from kb.releases import PARAMETER
from kb.schemes import Schemes
from kb.terms import identifier
from kb.topics import topics_with_offences
from web.compare_asked import ONLY
from web.compare_rows import (
    ColumnShown,
    DifferenceShown,
    RowShown,
    by_conduct,
    rows_shown,
)
from web.spoken import day

Stated = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ComparePage:
    """The page. ``differences`` are by conduct; ``other`` are the same rows, all or only some."""

    found: Comparison
    title: str
    heading: str
    columns: tuple[ColumnShown, ...]
    rows: tuple[RowShown, ...]
    differences: tuple[tuple[str, tuple[DifferenceShown, ...]], ...] | None
    kept: tuple[str, ...]
    stated: Stated
    all_nations: str
    all_rows: str
    only_differences: str
    csv: str
    json: str
    topics: tuple[Concept, ...]
    likely: str


def compare_page(found: Comparison, *, known: Knowledge) -> ComparePage:
    """Arrange a comparison for reading."""
    asked, schemes = found.asked, known.schemes
    also = {PARAMETER: known.release.id} if known.said else {}
    stated = parameters(asked) | also
    addresses = {name: _address("compare.page", stated, name) for name in ("all", ONLY)}
    four = {n: v for n, v in stated.items() if n not in ("nation", "other_nation", "other_on")}
    return ComparePage(
        found=found,
        title=_title(found),
        heading=_heading(found),
        columns=tuple(_column(column, found) for column in found.columns),
        rows=rows_shown(found, schemes=schemes, also=also),
        differences=by_conduct(found, schemes=schemes),
        kept=tuple(_kept(asked, schemes=schemes)),
        stated=stated,
        all_nations=_address("compare.page", four, "all"),
        all_rows=addresses["all"],
        only_differences=addresses[ONLY],
        csv=_address("compare.table", stated, ONLY if asked.only else "all"),
        json=_address("compare.compare_api", stated, ONLY if asked.only else "all"),
        topics=topics_with_offences(known.catalogue, schemes),
        likely=schemes.scheme("confidences")[-1].label,
    )


def parameters(asked: AskedComparison) -> Stated:
    """The parameters that ask the same, but for which rows are left out."""
    first = asked.sides[0]
    stated: Stated = {"on": first.on.isoformat()}
    if asked.two:
        second = asked.sides[1]
        stated["nation"] = first.nation
        if second.nation != first.nation:
            stated["other_nation"] = second.nation
        if second.on != first.on:
            stated["other_on"] = second.on.isoformat()
    kept = {"conduct": list(asked.conduct), "material": asked.material, "topic": asked.topic}
    return stated | {name: value for name, value in kept.items() if value}


def _address(endpoint: str, stated: Stated, rows: str) -> str:
    only = {"only": ONLY} if rows == ONLY else {}
    return f"{_bare(endpoint)}?{urlencode(stated | only, doseq=True)}"


def _bare(endpoint: str, **places: str) -> str:
    """An address that carries nothing from this request."""
    named: dict[str, Any] = {**places, "nation": None, "on": None}
    return url_for(endpoint, **named)


def _heading(found: Comparison) -> str:
    first, second = found.columns[0], found.columns[1]
    said = {"nation": first.label, "day": day(first.on)}
    said |= {"other": second.label, "other_day": day(second.on)}
    if not found.asked.two:
        return str(_("The law of the four nations side by side, %(day)s", **said))
    if first.nation == second.nation:
        return str(_("%(nation)s on %(day)s and on %(other_day)s", **said))
    if first.on == second.on:
        return str(_("%(nation)s and %(other)s side by side, %(day)s", **said))
    return str(_("%(nation)s on %(day)s and %(other)s on %(other_day)s", **said))


def _title(found: Comparison) -> str:
    return str(_("Compare: %(what)s", what=_heading(found)))


def _column(column: Column, found: Comparison) -> ColumnShown:
    several = len({side.on for side in found.asked.sides}) > 1
    query = urlencode({"nation": column.nation, "on": column.on.isoformat()})
    before, after = _bare("library.offence", slug="-").rsplit("-", 1)
    return ColumnShown(
        column=column,
        heading=f"{column.label}, {day(column.on)}" if several else column.label,
        offence=(before, f"{after}?{query}"),
    )


def _kept(asked: AskedComparison, *, schemes: Schemes) -> list[str]:
    """What the comparison is kept to, in words."""
    words = [("conduct", slug) for slug in asked.conduct]
    words += [("material", asked.material)] if asked.material else []
    words += [("topic", asked.topic)] if asked.topic else []
    return [schemes.label(identifier(kind, slug)) for kind, slug in words]
