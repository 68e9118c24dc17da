"""What is searched: a document for each offence, provision and instrument of the catalogue."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb import naming
from kb.catalogue import Catalogue
from kb.knowledge import Knowledge
from kb.library_rows import WindowEver
from kb.terms import slug_of

NEVER_KNOWN = "not-shown-to-be-enacted"
TEXT_FACTS = ("needs", "mental_elements", "defences", "penalties", "time_limits", "reaches")
# From which day each certainty of a start leaves law possible, and from which it makes it sure.
POSSIBLE_FROM = {
    "exact": "start",
    "latest-possible": "not_before",
    "made-date": "start",
    "not-established": "not_before",
}
SURE_FROM = {
    "exact": "start",
    "latest-possible": "start",
    "made-date": "known_by",
    "not-established": "known_by",
}


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One thing that can be found: its names, its text, and where and when it is law."""

    kind: str
    id: str
    title: str
    provision: str | None
    url: str
    names: tuple[str, ...]
    cited: tuple[str, ...]
    passages: tuple[str, ...]
    windows: tuple[WindowEver, ...]
    places: tuple[str, ...]
    unsure: bool = False
    made: date | None = None

    def standing(self, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The nations in which it is law on a day, and those of which that cannot be said."""
        if self.kind == "instrument":
            there = self.places if self.made is None or self.made <= on else ()
            return ((), there) if self.unsure else (there, ())
        sure = {slug_of(w.nation) for w in self.windows if is_law(w, on) and not self.unsure}
        maybe = {slug_of(w.nation) for w in self.windows if self.unsure or may_be_law(w, on)} - sure
        return (
            tuple(n for n in self.places if n in sure),
            tuple(n for n in self.places if n in maybe),
        )


def is_law(window: WindowEver, on: date) -> bool:
    """Is a window surely law on a day? DESIGN.md 5, step 2."""
    start: date | None = getattr(window, SURE_FROM[slug_of(window.certainty)])
    always = start is None and slug_of(window.certainty) == "exact"
    begun = always or (start is not None and start <= on)
    return begun and (window.end is None or on < window.end)


def may_be_law(window: WindowEver, on: date) -> bool:
    """Is a window law on a day, or may it be?"""
    start: date | None = getattr(window, POSSIBLE_FROM[slug_of(window.certainty)])
    return (start is None or start <= on) and (window.end is None or on < window.end)


def documents(known: Knowledge) -> tuple[SearchDocument, ...]:
    """Everything that can be found, in a fixed order."""
    catalogue = known.catalogue
    order = known.schemes.slugs("nations")
    makers = (
        (_offence, catalogue.offences),
        (_provision, catalogue.provisions),
        (_instrument, catalogue.instruments),
    )
    return tuple(
        make(catalogue, address, order) for make, addresses in makers for address in addresses
    )


def _offence(catalogue: Catalogue, address: str, order: tuple[str, ...]) -> SearchDocument:
    row = catalogue.offences[address]
    provision = naming.offence_provision(catalogue, address)
    return SearchDocument(
        kind="offence",
        id=row.slug,
        title=row.label,
        provision=provision.id,
        url=f"/offence/{row.slug}",
        names=tuple(name.name for name in catalogue.other_names.get(address, ())),
        cited=(provision.citation, row.slug, provision.id, *short_titles(row.title)),
        passages=_passages(
            provision.citation,
            catalogue.provisions[row.provision].about,
            *_facts(catalogue, address),
            row.note,
        ),
        windows=catalogue.windows.get(address, ()),
        places=_places(catalogue.windows.get(address, ()), order),
        unsure=bool(row.status and slug_of(row.status) == NEVER_KNOWN),
    )


def _provision(catalogue: Catalogue, address: str, order: tuple[str, ...]) -> SearchDocument:
    row = catalogue.provisions[address]
    windows = catalogue.windows.get(address, ())
    created = [o.label for o in catalogue.offences.values() if o.provision == address]
    versions = [version.note for version in catalogue.expressions.get(address, ())]
    extent = {slug_of(e.nation) for e in catalogue.extents.get(address, ())}
    return SearchDocument(
        kind="provision",
        id=row.path,
        title=naming.citation(row.title, row.number),
        provision=row.path,
        url=f"/legislation/{row.path}",
        names=(),
        cited=(row.number, _bare(row.number), row.path, *short_titles(row.title)),
        passages=_passages(row.about, *created, *versions, row.note),
        windows=windows,
        places=_places(windows, order) or tuple(n for n in order if n in extent),
        unsure=not windows,
    )


def _instrument(catalogue: Catalogue, address: str, order: tuple[str, ...]) -> SearchDocument:
    row = catalogue.instruments[address]
    parts = [p for p in catalogue.provisions.values() if p.instrument == address]
    owners = [address, *(part.provision for part in parts)]
    extent = {slug_of(e.nation) for owner in owners for e in catalogue.extents.get(owner, ())}
    return SearchDocument(
        kind="instrument",
        id=row.path,
        title=row.title,
        provision=None,
        url=f"/legislation/{row.path}",
        names=(),
        cited=(row.path, *short_titles(row.title)),
        passages=_passages(row.note, *(f"{part.number}: {part.about}" for part in parts)),
        windows=(),
        places=tuple(n for n in order if n in extent) or order,
        unsure=not extent,
        made=row.made,
    )


def _places(windows: tuple[WindowEver, ...], order: tuple[str, ...]) -> tuple[str, ...]:
    there = {slug_of(window.nation) for window in windows}
    return tuple(nation for nation in order if nation in there)


def _facts(catalogue: Catalogue, offence: str) -> list[str]:
    """The words of an offence's dated facts, each once."""
    rows: list[Any] = [row for kind in TEXT_FACTS for row in catalogue.facts[kind].get(offence, ())]
    return [row.text for row in rows]


def _passages(*texts: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _bare(number: str) -> str:
    """The number of a provision without the word for its kind: ``66B``."""
    return " ".join(re.findall(r"\d+\w*", number))


def short_titles(title: str) -> tuple[str, ...]:
    """What an instrument is called for short: CJCA, CJCA2015; with and without small words."""
    year = re.findall(r"\b(?:19|20)\d\d\b", title)[-1:]
    found: dict[str, None] = {}
    for name in (title, re.sub(r"\([^)]*\)", " ", title)):
        letters = [word[0] for word in re.findall(r"[^\W\d_][\w'’]*", name)]
        for short in ("".join(c for c in letters if c.isupper()), "".join(letters).upper()):
            if len(short) > 1:
                found[short] = None
    return (*found, *(short + y for short in found for y in year))
