"""Everything about one offence, put together from the catalogue."""

from collections.abc import Callable
from typing import Any

from kb import fact_records, naming
from kb.catalogue import Catalogue, grouped
from kb.doubts import doubts_of
from kb.model import Successor
from kb.schemes import Schemes
from kb.terms import slug_of
from kb.views import DatedSlug, OffenceView, WindowView
from kb.wording import years

AGE_NAMES = {
    "DepictedAge": "age of the person shown",
    "RecipientAge": "age of the recipient or child",
    "AccusedAge": "age of the accused",
}


def offence_view(catalogue: Catalogue, schemes: Schemes, offence: str) -> OffenceView:
    """An offence (address) with its history."""
    row = catalogue.offences[offence]
    replaced = catalogue.replacements.get(offence, ())
    return OffenceView(
        id=row.slug,
        label=row.label,
        also_called=tuple(name.name for name in catalogue.other_names.get(offence, ())),
        provision=naming.offence_provision(catalogue, offence),
        status=slug_of(row.status) if row.status else None,
        windows=windows_of(catalogue, offence),
        conduct=_concepts(catalogue, schemes, "conducts", offence),
        material=_concepts(catalogue, schemes, "materials", offence),
        ages=_ages(catalogue, offence),
        needs=_needs(catalogue, schemes, offence),
        counterparts=_counterparts(catalogue, offence),
        counterpart_notes=_counterpart_notes(catalogue, offence),
        replaced_by=_named(catalogue, [r.successor for r in replaced]),
        replaces=_replaces(catalogue, offence),
        there={
            fact: tuple(slug_of(row.nation) for row in group)
            for kind in catalogue.facts
            for fact, group in _each(catalogue, kind, offence).items()
        },
        not_known=naming.not_known(catalogue, offence, schemes=schemes),
        doubts=doubts_of(catalogue, offence),
        sources=naming.sources(catalogue, offence),
        no_source=row.no_source,
        note=row.note,
        confidence=slug_of(row.confidence),
        **_records(catalogue, offence),
    )


def windows_of(catalogue: Catalogue, owner: str) -> tuple[WindowView, ...]:
    """The windows of an offence, provision or rule (address), with their authorities."""
    return tuple(
        WindowView(
            nation=slug_of(row.nation),
            start=row.start,
            end=row.end,
            certainty=slug_of(row.certainty),
            not_before=row.not_before,
            known_by=row.known_by,
            scope=row.scope,
            started_by=naming.legal_reference(catalogue, row.commenced_by),
            ended_by=naming.legal_reference(catalogue, row.ended_by),
            note=row.note,
            confidence=slug_of(row.confidence),
            fact=row.fact,
        )
        for row in catalogue.windows.get(owner, ())
    )


def _records(catalogue: Catalogue, offence: str) -> dict[str, Any]:
    """The facts that an answer shows too, each once, with all the days it ever held."""
    makers: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "mental_element": ("mental_elements", fact_records.provided),
        "defences": ("defences", fact_records.provided),
        "modes": ("modes", fact_records.mode),
        "penalties": ("penalties", fact_records.penalty),
        "consent_to_prosecute": ("prosecution_consents", fact_records.consent),
        "reach": ("reaches", fact_records.reach),
        "time_limits": ("time_limits", fact_records.provided),
    }
    return {
        field: tuple(make(group[0]) for group in _each(catalogue, kind, offence).values())
        for field, (kind, make) in makers.items()
    }


def _each(catalogue: Catalogue, kind: str, offence: str) -> dict[str, tuple[Any, ...]]:
    """The rows of a kind by fact: a fact has a row for each nation it holds in."""
    return grouped(catalogue.facts[kind].get(offence, ()), lambda row: row.fact)


def _dated(slug: str, label: str, group: tuple[Any, ...]) -> DatedSlug:
    first = group[0]
    return DatedSlug(
        slug=slug,
        label=label,
        nations=tuple(slug_of(row.nation) for row in group),
        start=first.start,
        end=first.end,
        confidence=slug_of(first.confidence),
        fact=first.fact,
    )


def _concepts(
    catalogue: Catalogue, schemes: Schemes, kind: str, offence: str
) -> tuple[DatedSlug, ...]:
    return tuple(
        _dated(slug_of(group[0].concept), schemes.label(group[0].concept), group)
        for group in _each(catalogue, kind, offence).values()
    )


def _ages(catalogue: Catalogue, offence: str) -> tuple[DatedSlug, ...]:
    return tuple(
        _dated(
            years(group[0].at_least, group[0].below),
            AGE_NAMES[group[0].kind.rsplit("#", 1)[-1]],
            group,
        )
        for group in _each(catalogue, "ages", offence).values()
    )


def _needs(catalogue: Catalogue, schemes: Schemes, offence: str) -> tuple[DatedSlug, ...]:
    return tuple(
        _dated(slug_of(group[0].need), group[0].text, group)
        for group in _each(catalogue, "needs", offence).values()
    )


def _named(catalogue: Catalogue, offences: list[str]) -> tuple[Successor, ...]:
    return tuple(naming.successor(catalogue, offence) for offence in dict.fromkeys(offences))


def _replaces(catalogue: Catalogue, offence: str) -> tuple[Successor, ...]:
    found = [r for rows in catalogue.replacements.values() for r in rows if r.successor == offence]
    return _named(catalogue, [row.owner for row in found if row.owner in catalogue.offences])


def _counterparts(catalogue: Catalogue, offence: str) -> dict[str, tuple[Successor, ...]]:
    found = [row for row in catalogue.counterparts.get(offence, ()) if row.nearest]
    return {
        slug_of(nation): _named(catalogue, [row.nearest for row in group if row.nearest])
        for nation, group in grouped(found, lambda row: row.nation).items()
    }


def _counterpart_notes(catalogue: Catalogue, offence: str) -> dict[str, str]:
    found = catalogue.counterparts.get(offence, ())
    return {slug_of(row.nation): row.note for row in found if row.note}
