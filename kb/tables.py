"""The tables that a spreadsheet reads: one row a window, a penalty, a document, a service, a claim.

Days are ISO dates; an end is the first day that is out. Several values stand in one cell with
``; `` between them. Every row ends in how it was read, and in the address of the fact that says so.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb.advice import Advice
from kb.catalogue import Catalogue
from kb.naming import legal_reference, offence_provision
from kb.table_columns import COLUMNS
from kb.terms import identifier, slug_of

BETWEEN = "; "
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Tables:
    """What the tables are made from."""

    catalogue: Catalogue
    advice: Advice

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a table, by the names of its columns."""
        return _MADE[name](self)

    def written(self, name: str) -> bytes:
        """A table as CSV (RFC 4180), in UTF-8."""
        stream = io.StringIO(newline="")
        columns = [column for column, _ in COLUMNS[name]]
        writer = csv.DictWriter(stream, columns, lineterminator="\r\n")
        writer.writeheader()
        for row in self.rows(name):
            writer.writerow({column: _cell(value) for column, value in row.items()})
        return stream.getvalue().encode()

    def offence(self, address: str) -> Row:
        """The columns that say which offence a row is about."""
        row = self.catalogue.offences[address]
        made = offence_provision(self.catalogue, address)
        return {
            "offence": row.slug,
            "label": row.label,
            "provision": made.citation,
            "provision_address": made.uri,
        }

    def cited(self, address: str | None) -> str | None:
        """A provision or instrument as it is cited."""
        found = legal_reference(self.catalogue, address)
        return found.citation if found else None


def _windows(tables: Tables) -> Iterator[Row]:
    for address in tables.catalogue.offences:
        for row in tables.catalogue.windows.get(address, ()):
            yield tables.offence(address) | {
                "nation": slug_of(row.nation),
                "start": row.start,
                "end": row.end,
                "start_certainty": slug_of(row.certainty),
                "not_before": row.not_before,
                "known_by": row.known_by,
                "scope": row.scope,
                "commenced_by": tables.cited(row.commenced_by),
                "ended_by": tables.cited(row.ended_by),
                "note": row.note,
                "confidence": slug_of(row.confidence),
                "fact": row.fact,
            }


def _penalties(tables: Tables) -> Iterator[Row]:
    for address in tables.catalogue.offences:
        for row in tables.catalogue.facts["penalties"].get(address, ()):
            yield tables.offence(address) | {
                "nation": slug_of(row.nation),
                "start": row.start,
                "end": row.end,
                "tried": slug_of(row.tried),
                "case": row.case,
                "months": row.months,
                "months_rule": slug_of(row.months_rule) if row.months_rule else None,
                "life": row.life,
                "fine": row.fine,
                "text": row.text,
                "penalty_provision": tables.cited(row.provision),
                "note": row.note,
                "confidence": slug_of(row.confidence),
                "fact": row.fact,
            }


def _guidance(tables: Tables) -> Iterator[Row]:
    for document in tables.advice.guidance.values():
        for period in document.periods:
            for nation in period.nations:
                yield {
                    "guidance": document.id,
                    "title": document.title,
                    "bodies": document.bodies,
                    "kind": document.kind,
                    "nation": nation,
                    "start": period.start,
                    "end": period.end,
                    "start_certainty": period.certainty,
                    "not_before": period.not_before,
                    "known_by": period.known_by,
                    "end_not_before": period.end_not_before,
                    "ended_as": period.ended_as,
                    "replaced_by": [after.id for after in document.replaced_by],
                    "audiences": document.audiences,
                    "topics": document.topics,
                    "status": document.status,
                    "address": document.address,
                    "note": period.note,
                    "confidence": period.confidence,
                    "fact": period.fact,
                }


def _services(tables: Tables) -> Iterator[Row]:
    for service in tables.advice.services.values():
        for way in service.contacts:
            yield {
                "service": service.id,
                "title": service.title,
                "run_by": service.run_by,
                "kinds": service.kinds,
                "audiences": service.audiences,
                "nations": way.nations,
                "channel": way.channel,
                "contact": way.value,
                "hours": way.hours,
                "verify": way.verify,
                "for_whom": service.for_whom,
                "status": service.status,
                "replaced_by": [after.id for after in service.replaced_by],
                "address": service.address,
                "checked_on": service.checked_on,
                "confidence": way.confidence,
                "fact": way.fact,
            }


def _claims(tables: Tables) -> Iterator[Row]:
    for claim in tables.advice.claims.values():
        found = claim.verdict
        yield {
            "claim": claim.id,
            "page": claim.page.id,
            "lines": claim.lines,
            "kind": claim.kind,
            "text": claim.text,
            "nations": claim.nations,
            "implied_nations": claim.implied,
            "verdicts": found.verdicts if found else (),
            "why": found.why if found else None,
            "right_position": found.right_position if found else None,
            "provisions": [ref.citation for ref in found.provisions] if found else (),
            "as_of": found.as_of if found else None,
            "confidence": found.confidence if found else None,
            "fact": found.fact if found else identifier("claim", claim.id),
        }


_MADE: dict[str, Callable[[Tables], Iterator[Row]]] = {
    "offence-windows": _windows,
    "penalties": _penalties,
    "guidance": _guidance,
    "services": _services,
    "claims": _claims,
}


def _cell(value: Any) -> str:
    """A value as a cell: days as ISO dates, truths as XML Schema writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return BETWEEN.join(str(one) for one in value)
    return str(value)
