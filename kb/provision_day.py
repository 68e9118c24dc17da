"""A provision on one day: what its windows say of it in each nation."""

from dataclasses import dataclass
from datetime import date

from kb.catalogue import Catalogue
from kb.decisions import PREFERENCE
from kb.library_rows import WindowEver
from kb.model import Asked
from kb.schemes import Schemes
from kb.terms import identifier, legal_address
from kb.timeline_days import course_of

LAW = {"law": "applies"}


@dataclass(frozen=True, kw_only=True)
class ProvisionThere:
    """A provision in one nation on the day: a word of ``states``, and the window that says so."""

    nation: str
    label: str
    state: str
    start: date | None
    end: date | None


def provision_on(
    catalogue: Catalogue, schemes: Schemes, *, path: str, asked: Asked
) -> tuple[ProvisionThere, ...]:
    """A provision (path) in each nation of a question; nothing if no days of it are recorded."""
    windows = catalogue.windows.get(legal_address(path), ())
    if not windows:
        return ()
    return tuple(_there(schemes, windows, nation=slug, on=asked.on) for slug in asked.nations)


def _there(
    schemes: Schemes, windows: tuple[WindowEver, ...], *, nation: str, on: date
) -> ProvisionThere:
    address = identifier("nation", nation)
    states = [
        (course_of(window, never_sure=False).state(on.toordinal()), window)
        for window in windows
        if window.nation == address
    ]
    state, window = min(states, key=lambda one: PREFERENCE.index(one[0]), default=(None, None))
    return ProvisionThere(
        nation=nation,
        label=schemes.label(address),
        state=LAW.get(state, state) if state else "does-not-extend",
        start=window.start if window else None,
        end=window.end if window else None,
    )
