"""What the pages of a provision and of an instrument show."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for

from kb.catalogue import grouped, in_effect
from kb.changes_between import changes_between
from kb.citation import printed
from kb.citation_model import Printed
from kb.knowledge import Knowledge
from kb.model import Asked, Successor
from kb.provision_day import provision_on
from kb.views import InstrumentView, ProvisionView, RuleView, VersionView, WindowView
from web.ids import path_of
from web.offence_page import state_said, windows_by_nation

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ProvisionPage:
    """A provision, its windows under every nation there is, and the rules that rest on it.

    ``said`` is its state on the day in the ``nations`` asked about; empty if no days are recorded.
    ``data`` is its path below /id/.
    """

    provision: ProvisionView
    on: date
    nations: tuple[str, ...]
    said: str
    cited: Printed
    windows: dict[str, tuple[WindowView, ...]]
    rules: tuple[RuleView, ...]
    data: str

    def of_the_day(self, version: VersionView) -> bool:
        """Does a version hold on the day, in any of the nations asked about?"""
        return in_effect(version, self.on) and bool(set(self.nations) & set(version.nations))


@dataclass(frozen=True, kw_only=True)
class Part:
    """A provision of an instrument."""

    number: str
    about: str
    address: str
    offences: tuple[Successor, ...]


@dataclass(frozen=True, kw_only=True)
class DayOfHistory:
    """How many changes of an instrument or its provisions a day has, and where they are listed."""

    on: date
    number: int
    address: str


@dataclass(frozen=True, kw_only=True)
class InstrumentPage:
    """An instrument with what is here of it, and the days on which any of it changed."""

    instrument: InstrumentView
    cited: Printed
    parts: tuple[Part, ...]
    history: tuple[DayOfHistory, ...]
    data: str


def provision_page(found: ProvisionView, asked: Asked, *, known: Knowledge) -> ProvisionPage:
    """A provision, as of a day."""
    there = provision_on(known.catalogue, known.schemes, path=found.id, asked=asked)
    return ProvisionPage(
        provision=found,
        on=asked.on,
        nations=asked.nations,
        said=state_said((one.state, one.label) for one in there),
        cited=printed(known.catalogue, found.uri),
        windows=windows_by_nation(found.windows, nations=known.schemes.slugs("nations")),
        rules=tuple(rule for rule in known.library.rules() if rule.id in found.rules),
        data=path_of(found.uri) or "",
    )


def instrument_page(found: InstrumentView, *, known: Knowledge) -> InstrumentPage:
    """An instrument, on all days."""
    return InstrumentPage(
        instrument=found,
        cited=printed(known.catalogue, found.uri),
        parts=tuple(_part(found, ref.id, known=known) for ref in found.provisions),
        history=_history(found.id, known=known),
        data=path_of(found.uri) or "",
    )


def _part(instrument: InstrumentView, path: str, *, known: Knowledge) -> Part:
    provision = known.library.provision(path)
    made = {offence.id for offence in provision.offences}
    return Part(
        number=provision.number,
        about=provision.about,
        address=url_for("library.legislation", path=path),
        offences=tuple(offence for offence in instrument.offences if offence.id in made),
    )


def _history(path: str, *, known: Knowledge) -> tuple[DayOfHistory, ...]:
    found = changes_between(
        known.catalogue, known.schemes, start=date.min, end=date.max, provision=path
    )
    by_day = grouped(found, lambda event: event.on)
    return tuple(
        DayOfHistory(on=on, number=len(by_day[on]), address=_changes(path, on))
        for on in sorted(by_day, reverse=True)
    )


def _changes(path: str, on: date) -> str:
    days: dict[str, Any] = {"from": on.isoformat(), "to": (on + DAY).isoformat(), "nation": None}
    return url_for("changes.page", provision=path, **days)
