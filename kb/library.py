"""Everything about one offence, provision or instrument, on all days."""

from dataclasses import dataclass
from functools import lru_cache

from kb import naming
from kb.answers import DoubtAnswer
from kb.catalogue import Catalogue, grouped
from kb.doubts import all_doubts, doubts_of
from kb.engine import Engine
from kb.errors import NotFound
from kb.library_rows import ExpressionRow
from kb.model import ProvisionRef, Successor
from kb.offence_views import offence_view, windows_of
from kb.schemes import Schemes
from kb.terms import identifier, legal_address, legal_path, slug_of
from kb.views import (
    CoverageView,
    InstrumentView,
    OffenceView,
    ProvisionView,
    RuleView,
    VersionView,
)
from kb.word_rows import CoverageRow


@dataclass(frozen=True, kw_only=True)
class Library:
    """The shelves: each method gives one thing, or raises NotFound."""

    engine: Engine
    catalogue: Catalogue
    schemes: Schemes

    def offence(self, slug: str) -> OffenceView:
        """An offence by its slug, e.g. ``absha-2016-s2-1``."""
        address = identifier("offence", slug)
        if address not in self.catalogue.offences:
            raise NotFound("offence", slug, hint="All are listed at /api/v1/offences.")
        return offence_view(self.catalogue, self.schemes, address)

    def offences(self) -> tuple[Successor, ...]:
        """Every offence, in the order of its slug."""
        return tuple(naming.successor(self.catalogue, o) for o in self.catalogue.offences)

    def provision(self, path: str) -> ProvisionView:
        """A provision by its path, e.g. ``asp/2016/22/section/2``."""
        address = legal_address(path)
        if address not in self.catalogue.provisions:
            raise NotFound("provision", path, hint="Instruments are at /api/v1/instruments.")
        return _provision_view(self.catalogue, self.schemes, address)

    def instrument(self, path: str) -> InstrumentView:
        """An instrument by its path, e.g. ``asp/2016/22``."""
        address = legal_address(path)
        if address not in self.catalogue.instruments:
            raise NotFound("instrument", path, hint="All are listed at /api/v1/instruments.")
        return _instrument_view(self.catalogue, self.schemes, address)

    def instruments(self) -> tuple[InstrumentView, ...]:
        """Every instrument, in the order of its path."""
        addresses = self.catalogue.instruments
        return tuple(_instrument_view(self.catalogue, self.schemes, a) for a in addresses)

    def doubts(self) -> tuple[DoubtAnswer, ...]:
        """Every open doubt about the law."""
        return all_doubts(self.catalogue)

    def rules(self) -> tuple[RuleView, ...]:
        """Every rule that cuts across offences."""
        return tuple(_rule_view(self.catalogue, rule) for rule in self.catalogue.rules)

    def coverage(self) -> tuple[CoverageView, ...]:
        """What is claimed of each nation's law, in the order of the nations."""
        rows = self.catalogue.coverage
        nations = (identifier("nation", slug) for slug in self.schemes.slugs("nations"))
        return tuple(_coverage_view(rows[nation], self.catalogue) for nation in nations)


@lru_cache(maxsize=16)
def _coverage_view(row: CoverageRow, catalogue: Catalogue) -> CoverageView:
    there = [w for o in catalogue.offences for w in catalogue.windows[o] if w.nation == row.nation]
    return CoverageView(
        nation=slug_of(row.nation),
        earliest=row.earliest,
        seen_until=row.seen_until,
        checked_on=catalogue.checked_on,
        covers=row.covers,
        left_out=row.left_out,
        offences=len({window.owner for window in there}),
    )


def _rule_view(catalogue: Catalogue, rule: str) -> RuleView:
    row = catalogue.rules[rule]
    rests_on = catalogue.rule_provisions.get(rule, ())
    return RuleView(
        id=row.slug,
        kind=slug_of(row.kind),
        text=row.text,
        windows=windows_of(catalogue, rule),
        provisions=tuple(naming.provision_reference(catalogue, r.provision) for r in rests_on),
        sources=naming.sources(catalogue, rule),
        no_source=row.no_source,
        note=row.note,
        confidence=slug_of(row.confidence),
    )


def _provision_view(catalogue: Catalogue, schemes: Schemes, address: str) -> ProvisionView:
    row = catalogue.provisions[address]
    created = [o.offence for o in catalogue.offences.values() if o.provision == address]
    resting = [
        r.rule for rs in catalogue.rule_provisions.values() for r in rs if r.provision == address
    ]
    replaced = dict.fromkeys(r.successor for r in catalogue.replacements.get(address, ()))
    return ProvisionView(
        id=row.path,
        uri=address,
        citation=naming.citation(row.title, row.number),
        number=row.number,
        about=row.about,
        instrument=legal_path(row.instrument),
        instrument_title=row.title,
        extent=_extent(catalogue, address),
        windows=windows_of(catalogue, address),
        versions=_versions(catalogue, address),
        offences=tuple(naming.successor(catalogue, offence) for offence in created),
        rules=tuple(slug_of(rule) for rule in resting),
        counterparts=_counterparts(catalogue, address),
        replaced_by=tuple(naming.provision_reference(catalogue, a) for a in replaced),
        not_known=naming.not_known(catalogue, address, schemes=schemes),
        doubts=doubts_of(catalogue, address),
        sources=naming.sources(catalogue, address),
        no_source=row.no_source,
        note=row.note,
        confidence=slug_of(row.confidence),
    )


def _instrument_view(catalogue: Catalogue, schemes: Schemes, address: str) -> InstrumentView:
    row = catalogue.instruments[address]
    parts = [p.provision for p in catalogue.provisions.values() if p.instrument == address]
    created = [o.offence for o in catalogue.offences.values() if o.instrument == address]
    return InstrumentView(
        id=row.path,
        uri=address,
        title=row.title,
        type=slug_of(row.type),
        type_label=schemes.label(row.type),
        made=row.made,
        extent=_extent(catalogue, address),
        provisions=tuple(naming.provision_reference(catalogue, part) for part in parts),
        offences=tuple(naming.successor(catalogue, offence) for offence in created),
        not_known=naming.not_known(catalogue, address, schemes=schemes),
        doubts=doubts_of(catalogue, address),
        sources=naming.sources(catalogue, address),
        no_source=row.no_source,
        note=row.note,
        confidence=slug_of(row.confidence),
    )


def _extent(catalogue: Catalogue, address: str) -> tuple[str, ...]:
    return tuple(slug_of(row.nation) for row in catalogue.extents.get(address, ()))


def _counterparts(catalogue: Catalogue, address: str) -> dict[str, tuple[ProvisionRef, ...]]:
    found = [row for row in catalogue.counterparts.get(address, ()) if row.nearest]
    return {
        slug_of(nation): tuple(
            naming.provision_reference(catalogue, r.nearest or "") for r in group
        )
        for nation, group in grouped(found, lambda row: row.nation).items()
    }


def _versions(catalogue: Catalogue, address: str) -> tuple[VersionView, ...]:
    found = grouped(catalogue.expressions.get(address, ()), lambda row: row.expression)
    return tuple(_version(catalogue, rows) for rows in found.values())


def _version(catalogue: Catalogue, rows: tuple[ExpressionRow, ...]) -> VersionView:
    first = rows[0]
    return VersionView(
        id=slug_of(first.expression),
        nations=tuple(slug_of(row.nation) for row in rows),
        start=first.start,
        end=first.end,
        text=first.note,
        changed_by=naming.legal_reference(catalogue, first.changed_by),
        confidence=slug_of(first.confidence),
    )
