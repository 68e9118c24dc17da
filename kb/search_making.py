"""What documents are made with: everything that is known, and the words that things are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kb.advice_model import Thing
from kb.knowledge import Knowledge
from kb.query import ask
from kb.schemes import Schemes
from kb.search_model import FACETS
from kb.terms import identifier
from kb.word_rows import NameInLanguage

ABOUT = ("topic", "conduct", "material", "body", "audience")
Facets = dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Making:
    """Everything that is known, the nations in their order, and the names that are not English."""

    known: Knowledge
    nations: tuple[str, ...]
    foreign: frozenset[str]

    @property
    def schemes(self) -> Schemes:
        """The controlled words."""
        return self.known.schemes

    def named(self, address: str) -> dict[str, Any]:
        """The other names of a thing: shown, hidden, and those that are not English."""
        catalogue = self.known.catalogue
        shown = tuple(row.name for row in catalogue.other_names.get(address, ()))
        return {
            "names": shown,
            "hidden": tuple(row.name for row in catalogue.hidden_names.get(address, ())),
            "welsh": tuple(name for name in shown if name in self.foreign),
        }

    def tags(self, facets: Facets, places: Iterable[str]) -> tuple[str, ...]:
        """The addresses of the words that something is about, and of all that are broader."""
        found: dict[str, None] = {}
        for facet in ABOUT:
            for slug in facets.get(facet, ()):
                found |= dict.fromkeys(self._line(facet, slug))
        return (*found, *(identifier("nation", place) for place in places))

    def about(self, things: Iterable[Thing]) -> Facets:
        """The words of the facets among what something is about."""
        found: dict[str, dict[str, None]] = {}
        for thing in things:
            if thing.kind in ABOUT:
                found.setdefault(thing.kind, {})[thing.id] = None
        return {facet: tuple(slugs) for facet, slugs in found.items()}

    def instruments(self, things: Iterable[Thing]) -> tuple[str, ...]:
        """The paths of the instruments among some things, or of which some provisions are part."""
        found = (self._instrument_of.get((thing.kind, thing.id)) for thing in things)
        return tuple(dict.fromkeys(path for path in found if path))

    @cached_property
    def _instrument_of(self) -> dict[tuple[str, str], str]:
        """The path of the instrument of each offence, provision and instrument, by kind and id."""
        catalogue = self.known.catalogue
        path = {row.instrument: row.path for row in catalogue.instruments.values()}
        found = {("instrument", one): one for one in path.values()}
        for offence in catalogue.offences.values():
            found["offence", offence.slug] = path.get(offence.instrument, "")
        for provision in catalogue.provisions.values():
            found["provision", provision.path] = path.get(provision.instrument, "")
        return found

    def _line(self, facet: str, slug: str) -> Iterable[str]:
        scheme = FACETS[facet] or ""
        seen: set[str] = set()
        at: str | None = slug
        while at and at not in seen:
            seen.add(at)
            concept = self.schemes.by_address.get(identifier(facet, at))
            if concept is None:
                return
            yield concept.address
            at = concept.broader if scheme == concept.scheme else None


def making(known: Knowledge) -> Making:
    """What documents of all that is known are made with."""
    rows = ask(known.engine, "names_by_language", NameInLanguage)
    return Making(
        known=known,
        nations=known.schemes.slugs("nations"),
        foreign=frozenset(row.name for row in rows),
    )
