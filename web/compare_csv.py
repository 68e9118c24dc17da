"""A comparison as CSV: a line for each offence in each cell, which says itself what it is worth."""

import csv
import io

from kb.comparison_model import AgeLimit, Column, Comparison, Listed, Row
from web.contract import DISCLAIMER

HEAD = (
    *("conduct", "conduct_label", "broader", "row_differs_in", "nation", "day", "state"),
    *("offence", "offence_label", "provision", "citation", "law_from", "law_to", "scope"),
    *("age_of_person_shown", "age_of_other_person", "age_of_accused"),
    *("maximum", "maximum_months", "all_maximum_penalties", "confidence", "why_or_why_none"),
    *("age_of_criminal_responsibility", "checked_on", "release", "note"),
)
NONE = "none recorded"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # by which spreadsheets know the encoding


def comparison_csv(found: Comparison) -> str:
    """The whole file."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            lines = [_offence(one) for one in cell.offences] or [_nothing(cell.none)]
            for line in lines:
                before, after = _place(row, column), _worth(found, column)
                writer.writerow([_safe(value) for value in (*before, *line, *after)])
    return BOM + written.getvalue()


def _place(row: Row, column: Column) -> tuple[str, ...]:
    differs = " ".join(row.differs)
    return (
        row.conduct,
        row.label,
        row.broader or "",
        differs,
        column.nation,
        column.on.isoformat(),
    )


def _offence(one: Listed) -> tuple[str, ...]:
    found, highest = one.offence, one.offence.maximum
    months = highest.penalty.months if highest else None
    return (
        *(one.state, found.id, found.label, found.provision.id, found.provision.citation),
        *(str(found.start or ""), str(found.end or ""), found.scope or ""),
        *map(_ages, (found.depicted_age, found.recipient_age, found.accused_age)),
        *(highest.text if highest else "", "" if months is None else str(months)),
        "; ".join(f"{row.tried}: {row.text}" for row in found.max_penalty),
        *(found.confidence, " ".join(reason.text for reason in one.why or ())),
    )


def _nothing(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """A line for a cell without offences: all fields of one are empty."""
    return (NONE, *("",) * 14, " ".join(reasons))


def _worth(found: Comparison, column: Column) -> tuple[str, ...]:
    age = column.responsibility
    notes = (DISCLAIMER, *found.warnings)
    return (
        "" if age is None else str(age),
        found.checked_on.isoformat(),
        found.release.id,
        " ".join(notes),
    )


def _ages(limits: tuple[AgeLimit, ...]) -> str:
    return " or ".join(limit.text for limit in limits)


def _safe(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
