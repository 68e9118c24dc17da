"""schema.org Legislation for search engines, on the pages of provisions and instruments.

It is written out from the records and is no model of ours. Where schema.org has one word for
extent and origin (``legislationJurisdiction``), nothing is said; extent is ``spatialCoverage``.
"""

from datetime import date, timedelta
from typing import Any

from flask import url_for

from kb.views import InstrumentView, ProvisionView, WindowView
from web.state import knowledge

FORCE = {"all": "InForce", "some": "PartiallyInForce", "none": "NotInForce"}
Json = dict[str, Any]


def legislation_data(found: ProvisionView | InstrumentView) -> Json:
    """A provision or instrument as a schema.org Legislation."""
    said: Json = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": found.uri,
        "legislationIdentifier": found.id,
        "url": _page(found.id),
        "inLanguage": "en",
        "spatialCoverage": [_place(nation) for nation in found.extent],
    }
    if isinstance(found, ProvisionView):
        return said | _provision(found)
    return said | _instrument(found)


def _provision(found: ProvisionView) -> Json:
    whole = _whole(found.instrument)
    said: Json = {"name": found.citation, "description": found.about, "isPartOf": whole}
    spans = sorted({span for window in found.windows if (span := _span(window))})
    if spans:
        said["temporalCoverage"] = spans
    if force := _force(found, knowledge().checked_on):
        said["legislationLegalForce"] = f"https://schema.org/{FORCE[force]}"
    return said


def _instrument(found: InstrumentView) -> Json:
    said: Json = {"name": found.title, "legislationType": found.type_label}
    if found.made:
        said["legislationDate"] = found.made.isoformat()
    if found.provisions:
        said["hasPart"] = [
            {"@type": "Legislation", "@id": part.uri, "name": part.citation}
            for part in found.provisions
        ]
    return said


def _page(path: str) -> str:
    """The page of a thing on all days, whichever day this page is asked about."""
    everywhere: Json = {"nation": None, "on": None}
    return url_for("library.legislation", path=path, _external=True, **everywhere)


def _whole(path: str) -> Json:
    found = knowledge().library.instrument(path)
    return {"@type": "Legislation", "@id": found.uri, "name": found.title}


def _place(nation: str) -> Json:
    word = knowledge().schemes.concept("nations", nation, parameter="nation")
    return {"@type": "AdministrativeArea", "@id": word.address, "name": word.label}


def _span(window: WindowView) -> str | None:
    """A window as ISO 8601 has an interval; its last day is in, unlike our half-open end."""
    if window.start is None:
        return None
    last = (window.end - timedelta(days=1)).isoformat() if window.end else ".."
    return f"{window.start.isoformat()}/{last}"


def _force(found: ProvisionView, on: date) -> str | None:
    """In how much of its extent it is law on a day; None where the start of any part is open."""
    if not found.windows or any(window.start is None for window in found.windows):
        return None
    law = {window.nation for window in found.windows if _holds(window, on)}
    if not law:
        return "none"
    return "all" if law >= set(found.extent) else "some"


def _holds(window: WindowView, on: date) -> bool:
    started = window.start is not None and window.start <= on
    return started and (window.end is None or on < window.end)
