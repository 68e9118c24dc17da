"""The rows and sentences of a comparison as they are read: what a cell shows, and leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from flask import get_template_attribute
from flask_babel import gettext as _
from markupsafe import Markup

from kb.catalogue import grouped
from kb.comparison_model import Column, Comparison, Difference, Listed, Row
from kb.comparison_words import FACETS
from kb.schemes import Schemes
from kb.terms import identifier
from kb.wording import first_lower
from web.language import language

SETTLED = "applies"
KEPT = 4096
NO_BREAK = "\u00a0"


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """How many offences of a cell stand in another row, and which."""

    count: int
    conduct: str
    label: str


@dataclass(frozen=True, kw_only=True)
class OffenceShown:
    """An offence in a cell: its id, its citation, and what is said of it (HTML)."""

    id: str
    name: Markup
    said: Markup


@dataclass(frozen=True, kw_only=True)
class CellShown:
    """A cell: the offences that its row names, what stands in other rows, or what is said instead.

    ``law`` is the address of the whole answer for this nation, day and conduct.
    """

    here: tuple[OffenceShown, ...]
    elsewhere: tuple[Elsewhere, ...]
    same_as: str | None
    none: tuple[str, ...]
    law: str


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """A row: ``within`` is the label of the broader conduct, ``differs`` is in words."""

    conduct: str
    label: str
    within: str | None
    differs: str
    cells: tuple[CellShown, ...]


@dataclass(frozen=True, kw_only=True)
class ColumnShown:
    """A column; ``offence`` is the address of an offence there, up to and after its id."""

    column: Column
    heading: str
    offence: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class DifferenceShown:
    """A sentence; ``lead`` says what it is about, where its heading does not."""

    lead: str
    text: str


def rows_shown(
    found: Comparison, *, schemes: Schemes, also: Mapping[str, str]
) -> tuple[RowShown, ...]:
    """The rows; ``also`` are parameters of every address."""
    laws, labels = _laws(found, also=also), [column.label for column in found.columns]
    return tuple(_row(row, laws, labels, schemes=schemes) for row in found.rows)


def _row(row: Row, laws: tuple[str, ...], labels: list[str], *, schemes: Schemes) -> RowShown:
    return RowShown(
        conduct=row.conduct,
        label=row.label,
        within=label_of(schemes, row.broader) if row.broader else None,
        differs="; ".join(FACETS[name] for name in row.differs),
        cells=tuple(
            CellShown(
                here=tuple(
                    _offence(one, schemes)
                    for one in sorted(cell.offences, key=_settled_first)
                    if one.shown_at is None
                ),
                elsewhere=tuple(
                    Elsewhere(count=len(group), conduct=slug, label=label_of(schemes, slug))
                    for slug, group in grouped(
                        cell.offences, lambda one: one.shown_at or ""
                    ).items()
                    if slug
                ),
                same_as=None if cell.same_as is None else labels[cell.same_as],
                none=cell.none,
                law=f"{law}&conduct={row.conduct}",
            )
            for law, cell in zip(laws, row.cells, strict=True)
        ),
    )


def _laws(found: Comparison, *, also: Mapping[str, str]) -> tuple[str, ...]:
    """By column, the query of the whole answer but for the conduct."""
    material = found.asked.material
    kept = ({"material": material} if material else {}) | dict(also)
    return tuple(
        urlencode({"nation": column.nation, "on": column.on.isoformat(), **kept})
        for column in found.columns
    )


def by_conduct(
    found: Comparison, *, schemes: Schemes
) -> tuple[tuple[str, tuple[DifferenceShown, ...]], ...] | None:
    """The differences by conduct, in the order of the rows; None where there are not two sides."""
    if found.differences is None:
        return None
    order = {row.conduct: place for place, row in enumerate(found.rows, 1)}
    groups = grouped(found.differences, lambda one: one.conduct or "")
    return tuple(
        (
            label_of(schemes, slug) if slug else _("Whatever was done"),
            tuple(_shown(one, schemes=schemes) for one in groups[slug]),
        )
        for slug in sorted(groups, key=lambda slug: order.get(slug, 0))
    )


def _shown(one: Difference, *, schemes: Schemes) -> DifferenceShown:
    if one.kind == "gap":
        found = [schemes.label(identifier("material", slug)) for slug in one.materials]
        lead = "; ".join((*found[:1], *map(first_lower, found[1:])))
    else:
        lead = without_place(one.about, schemes=schemes) if one.conduct else ""
    return DifferenceShown(lead=lead, text=one.text)


def _offence(one: Listed, schemes: Schemes) -> OffenceShown:
    found, confidence = one.offence, schemes.scheme("confidences")[-1]
    state = schemes.concept("states", one.state, parameter="state")
    return OffenceShown(
        id=found.id,
        name=_name(found.instrument, found.pinpoint),
        said=_said(
            language(),
            without_place(found.label, schemes=schemes),
            state.slug,
            state.label,
            confidence.label.lower() if found.likely_only else "",
            bool(found.scope),
            found.ages_said,
            found.maximum.text if found.maximum else "",
        ),
    )


@lru_cache(maxsize=KEPT)
def _name(title: str, pinpoint: str) -> Markup:
    """A citation whose pinpoint stands out, and is not broken after its first word."""
    return Markup("{}, <b>{}</b>").format(title, pinpoint.replace(" ", NO_BREAK, 1))


@lru_cache(maxsize=KEPT)
def _said(_language: str, *said: object) -> Markup:
    """What a cell says of an offence, in the language of the request."""
    written: Markup = get_template_attribute("compare/offence.html", "offence")(*said)
    return written


def _settled_first(one: Listed) -> tuple[bool, bool]:
    """What is law first, and last what rests on general knowledge."""
    return one.state != SETTLED, one.offence.likely_only


def without_place(label: str, *, schemes: Schemes) -> str:
    """A label without the jurisdiction at its end: its column says already where it is law."""
    for place in schemes.scheme("jurisdictions"):
        label = label.removesuffix(f" ({place.label})")
    return label


def label_of(schemes: Schemes, conduct: str) -> str:
    """What a conduct (slug) is called."""
    return schemes.label(identifier("conduct", conduct))
