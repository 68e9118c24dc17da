"""The dated facts of an offence as records: penalty, mode of trial, defences and the rest."""

from datetime import date
from typing import Any

from kb import rows
from kb.catalogue import Catalogue
from kb.model import Mode, Penalty, ProsecutionConsent, Provided, Reach
from kb.terms import legal_path, slug_of


def facts_on(catalogue: Catalogue, offence: str, nation: str, on: date) -> dict[str, Any]:
    """Penalty, mode, defences and the rest of an offence in a nation (addresses) as on a day."""

    def there(kind: str) -> list[Any]:
        return catalogue.on_the_day(kind, offence, nation, on)

    mental = [provided(row) for row in there("mental_elements")]
    limits = [provided(row) for row in there("time_limits")]
    reaches = [reach(row) for row in there("reaches")]
    return {
        "mental_element": mental[0] if mental else None,
        "max_penalty": tuple(penalty(row) for row in there("penalties")),
        "mode_of_trial": tuple(mode(row) for row in there("modes")),
        "defences": tuple(provided(row) for row in there("defences")),
        "consent_to_prosecute": tuple(consent(row) for row in there("prosecution_consents")),
        "time_limit": limits[0] if limits else None,
        "reach": reaches[0] if reaches else None,
    }


def penalty(row: rows.PenaltyFact) -> Penalty:
    """A maximum penalty from its row."""
    return Penalty(
        tried=slug_of(row.tried),
        text=row.text,
        months=row.months,
        months_rule=slug_of(row.months_rule) if row.months_rule else None,
        life=bool(row.life),
        fine=row.fine,
        case=row.case,
        provision=_path(row.provision),
        start=row.start,
        end=row.end,
        note=row.note,
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def mode(row: rows.ModeFact) -> Mode:
    """A mode of trial from its row."""
    return Mode(
        mode=slug_of(row.mode),
        case=row.case,
        start=row.start,
        end=row.end,
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def provided(row: rows.ProvisionFact | rows.TextFact) -> Provided:
    """A defence, a time limit or a mental element from its row."""
    return Provided(
        text=row.text,
        provision=_path(getattr(row, "provision", None)),
        start=row.start,
        end=row.end,
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def reach(row: rows.ReachFact) -> Reach:
    """A reach abroad from its row."""
    return Reach(
        reach=slug_of(row.reach),
        text=row.text,
        provision=_path(row.provision),
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def consent(row: rows.ConsentFact) -> ProsecutionConsent:
    """A consent to prosecute from its row."""
    return ProsecutionConsent(
        who=row.who,
        provision=_path(row.provision),
        accused_below=row.accused_below,
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def _path(address: str | None) -> str | None:
    return legal_path(address) if address else None
