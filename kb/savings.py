"""What is saved of the law as it was for conduct of earlier days, and what holds for later only."""

from datetime import date

from kb import naming
from kb.catalogue import Catalogue
from kb.decisions import Decision
from kb.library_rows import SavingRow
from kb.model import StillChargeable
from kb.period_model import Saving
from kb.terms import slug_of

NOT_RECORDED = (
    "Nothing was recorded of whether what was done before this ended can still be charged."
    " That is a question for a lawyer."
)


def still_chargeable(catalogue: Catalogue, decision: Decision) -> StillChargeable:
    """Whether conduct before an offence ended can still be charged: by its saving, or not known."""
    window = decision.window
    end = window.end if window else None
    for row in catalogue.savings.get(decision.offence, ()):
        if row.nation == decision.nation and row.before is not None and row.before == end:
            return StillChargeable(
                text=row.text,
                before=row.before,
                saving=row.fact,
                provision=naming.legal_reference(catalogue, row.provision),
                rule=_slug(row.rule),
                doubt=_slug(row.doubt),
                confidence=slug_of(row.confidence),
            )
    return StillChargeable(
        text=NOT_RECORDED,
        before=end,
        saving=None,
        provision=None,
        rule=None,
        doubt=None,
        confidence=None,
    )


def savings_over(
    catalogue: Catalogue, owner: str, *, nation: str, start: date, end: date
) -> tuple[Saving, ...]:
    """What is saved of an offence or rule (address) in a nation that matters to a period.

    That is what holds for conduct before a day later than the start, and what is new from a day
    within the period.
    """
    found = [row for row in catalogue.savings.get(owner, ()) if row.nation == nation]
    return tuple(_saving(catalogue, row) for row in found if _matters(row, start=start, end=end))


def _matters(row: SavingRow, *, start: date, end: date) -> bool:
    earlier = row.before is not None and start < row.before
    return earlier or (row.since is not None and start < row.since < end)


def _saving(catalogue: Catalogue, row: SavingRow) -> Saving:
    is_rule = row.owner in catalogue.rules
    label = catalogue.rules[row.owner].text if is_rule else catalogue.offences[row.owner].label
    return Saving(
        nation=slug_of(row.nation),
        kind="rule" if is_rule else "offence",
        of=slug_of(row.owner),
        label=label,
        text=row.text,
        before=row.before,
        since=row.since,
        provision=naming.legal_reference(catalogue, row.provision),
        rule=_slug(row.rule),
        doubt=_slug(row.doubt),
        sources=naming.sources(catalogue, row.sources_of or row.fact),
        no_source=row.no_source,
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def _slug(address: str | None) -> str | None:
    return slug_of(address) if address else None
