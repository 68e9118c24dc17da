"""What is searched: a document for each offence, provision and instrument, and for all else."""

import re
from datetime import date
from typing import Any

from kb import naming
from kb.knowledge import Knowledge
from kb.library_rows import WindowEver
from kb.search_advice import advice_documents
from kb.search_document import SearchDocument, as_law, since
from kb.search_making import Making, making
from kb.search_text import passages, short_titles
from kb.search_words import word_documents
from kb.terms import identifier, legal_path, slug_of
from kb.topics import topics_of

NEVER_KNOWN = "not-shown-to-be-enacted"
TEXT_FACTS = ("needs", "mental_elements", "defences", "penalties", "time_limits", "reaches")
CAST = {"conduct": "conducts", "material": "materials"}


def documents(known: Knowledge) -> tuple[SearchDocument, ...]:
    """Everything that can be found, in a fixed order."""
    made, catalogue = making(known), known.catalogue
    makers = (
        (_offence, catalogue.offences),
        (_provision, catalogue.provisions),
        (_instrument, catalogue.instruments),
    )
    law = (make(made, address) for make, found in makers for address in found)
    return (*law, *advice_documents(made), *word_documents(made))


def _offence(made: Making, address: str) -> SearchDocument:
    catalogue = made.known.catalogue
    row = catalogue.offences[address]
    provision = naming.offence_provision(catalogue, address)
    windows = catalogue.windows.get(address, ())
    places = _places(windows, made.nations)
    facets = _about(made, address, [address], instrument=row.instrument)
    return SearchDocument(
        kind="offence",
        id=row.slug,
        address=address,
        title=row.label,
        provision=provision.id,
        url=f"/offence/{row.slug}",
        **made.named(address),
        cited=(provision.citation, row.slug, provision.id, *short_titles(row.title)),
        passages=passages(
            provision.citation,
            catalogue.provisions[row.provision].about,
            *_facts(made, address),
            row.note,
        ),
        facets=facets,
        tags=made.tags(facets, places),
        stands=as_law(
            windows,
            made.nations,
            never_sure=bool(row.status and slug_of(row.status) == NEVER_KNOWN),
        ),
        places=places,
        on=_first(windows),
    )


def _provision(made: Making, address: str) -> SearchDocument:
    catalogue = made.known.catalogue
    row = catalogue.provisions[address]
    windows = catalogue.windows.get(address, ())
    offences = [o for o in catalogue.offences.values() if o.provision == address]
    versions = [version.note for version in catalogue.expressions.get(address, ())]
    places = _places(windows, made.nations)
    facets = _about(made, address, [o.offence for o in offences], instrument=row.instrument)
    return SearchDocument(
        kind="provision",
        id=row.path,
        address=address,
        title=naming.citation(row.title, row.number),
        provision=row.path,
        url=f"/legislation/{row.path}",
        **made.named(address),
        cited=(row.number, _bare(row.number), row.path, *short_titles(row.title)),
        passages=passages(row.about, *(o.label for o in offences), *versions, row.note),
        facets=facets,
        tags=made.tags(facets, places),
        stands=as_law(windows, made.nations),
        places=places,
        on=_first(windows),
    )


def _instrument(made: Making, address: str) -> SearchDocument:
    catalogue = made.known.catalogue
    row = catalogue.instruments[address]
    parts = [p for p in catalogue.provisions.values() if p.instrument == address]
    owners = [address, *(part.provision for part in parts)]
    extent = {slug_of(e.nation) for owner in owners for e in catalogue.extents.get(owner, ())}
    places = tuple(n for n in made.nations if n in extent) or made.nations
    facets = {
        "topic": topics_of(catalogue, made.schemes, *owners),
        "instrument": (row.path,),
    }
    return SearchDocument(
        kind="instrument",
        id=row.path,
        address=address,
        title=row.title,
        provision=None,
        url=f"/legislation/{row.path}",
        **made.named(address),
        cited=(row.path, *short_titles(row.title)),
        passages=passages(row.note, *(f"{part.number}: {part.about}" for part in parts)),
        facets=facets,
        tags=made.tags(facets, places),
        stands=since(places, row.made, unsure=not extent),
        places=places,
        on=row.made,
    )


def _about(
    made: Making, address: str, offences: list[str], *, instrument: str
) -> dict[str, tuple[str, ...]]:
    """The values of a piece of law by facet: its own, and those of the offences it creates."""
    catalogue, schemes = made.known.catalogue, made.schemes
    found = {
        facet: {row.concept for o in offences for row in catalogue.facts[facts].get(o, ())}
        for facet, facts in CAST.items()
    }
    words = {
        facet: tuple(s for s in schemes.slugs(facts) if identifier(facet, s) in found[facet])
        for facet, facts in CAST.items()
    }
    topics = topics_of(catalogue, schemes, address, *offences)
    return {**words, "topic": topics, "instrument": (legal_path(instrument),)}


def _places(windows: tuple[WindowEver, ...], order: tuple[str, ...]) -> tuple[str, ...]:
    there = {slug_of(window.nation) for window in windows}
    return tuple(nation for nation in order if nation in there)


def _first(windows: tuple[WindowEver, ...]) -> date | None:
    return min((window.start for window in windows if window.start), default=None)


def _facts(made: Making, offence: str) -> list[str]:
    """The words of an offence's dated facts, each once."""
    facts = made.known.catalogue.facts
    rows: list[Any] = [row for kind in TEXT_FACTS for row in facts[kind].get(offence, ())]
    return [row.text for row in rows]


def _bare(number: str) -> str:
    """The number of a provision without the word for its kind: ``66B``."""
    return " ".join(re.findall(r"\d+\w*", number))
