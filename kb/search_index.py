"""The index of all that is searched: opened from the build cache, or made."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.cache import Entry, kept, key_of
from kb.knowledge import Knowledge
from kb.schemes import Schemes
from kb.search_asked import values_of
from kb.search_correction import Wordings, wordings_of
from kb.search_document import SearchDocument
from kb.search_documents import documents
from kb.search_facets import STATES, Facets, facets_of
from kb.search_grammar import Valid
from kb.search_labels import Stems, stems_of
from kb.search_match import Matcher
from kb.search_meaning import Meaning, meaning_of
from kb.search_model import NEWEST, TITLE
from kb.search_reading import Names, Reading, names_of, read
from kb.search_spelling import Speller, counted, speller
from kb.search_terms import Scores, Terms, indexed, opened, texts_of
from kb.search_text import one_form

OWN_NAME, OTHER_NAME, SHORT_NAME = 100.0, 20.0, 40.0
# What somebody else has published is not what a search is for, unless it is asked for.
WEIGHTS = {"claim": 0.5, "concept": 0.7, "rule": 0.9}
# What a provision creates first is its basic offence: the others come after it.
FURTHER = 0.93
MADE_READY = 5_000  # up to so many documents the scores of all words are made with the index
MOST_READ = 100


@dataclass(kw_only=True)
class SearchIndex:
    """The documents, and what finds them; a document's place is its number in the index.

    ``meaning`` reads citations and questions; None where nothing but documents is known.
    """

    documents: tuple[SearchDocument, ...]
    terms: Terms
    facets: Facets
    names: Names
    valid: Valid
    speller: Speller
    called: Mapping[str, Scores]
    wordings: Wordings
    meaning: Meaning | None
    stems: dict[int, tuple[Stems, ...]] = field(default_factory=dict)
    orders: dict[str, list[int]] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    weights: dict[Any, list[float]] = field(default_factory=dict)

    @property
    def matcher(self) -> Matcher:
        """What finds documents."""
        return Matcher(terms=self.terms, facets=self.facets)

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The number of each document by its kind and id."""
        return {(one.kind, one.id): number for number, one in enumerate(self.documents)}

    @cached_property
    def addresses(self) -> dict[str, int]:
        """The number of each document by its address (IRI)."""
        return {one.address: number for number, one in enumerate(self.documents)}

    @cached_property
    def own_weights(self) -> tuple[float, ...]:
        """What each document's score is multiplied by for what it is."""
        weights, seen = [], set[str | None]()
        for document in self.documents:
            further = document.kind == "offence" and document.provision in seen
            seen |= {document.provision} if document.kind == "offence" else set()
            weights.append(FURTHER if further else WEIGHTS.get(document.kind, 1.0))
        return tuple(weights)

    def names_of(self, number: int) -> tuple[Stems, ...]:
        """The other names of a document, shown or not, that say more than its title; by stems."""
        if number not in self.stems:
            document = self.documents[number]
            title = frozenset(stems_of(document.title))
            names = (stems_of(name) for name in (*document.names, *document.hidden))
            self.stems[number] = tuple(name for name in names if not title.issuperset(name))
        return self.stems[number]

    def order(self, sort: str) -> list[int]:
        """The place of each document in an order that no search changes; dated ones first."""
        if sort not in self.orders:
            numbers = sorted(range(len(self.documents)), key=self._orders[sort])
            places = [0] * len(numbers)
            for place, number in enumerate(numbers):
                places[number] = place
            self.orders[sort] = places
        return self.orders[sort]

    @property
    def _orders(self) -> dict[str, Callable[[int], Any]]:
        def newest(number: int) -> int:
            on = self.documents[number].on
            return -on.toordinal() if on else 0

        return {NEWEST: newest, TITLE: lambda number: self.documents[number].title.casefold()}

    def read(self, text: str) -> Reading:
        """A search as it is understood; it is kept for the next page of it."""
        reading = self.readings.get(text)
        if reading is None:
            if len(self.readings) >= MOST_READ:
                self.readings.clear()
            reading = self.readings[text] = read(text, names=self.names, valid=self.valid)
        return reading


class LazyIndex:
    """The index of an application, opened when it is first needed: the site starts without it."""

    def __init__(self, known: Knowledge, *, cache: Path | None) -> None:
        self._known, self._cache = known, cache
        self._lock = threading.Lock()
        self._index: SearchIndex | None = None

    def get(self) -> SearchIndex:
        """The index; whoever asks while it is being opened waits for it."""
        with self._lock:
            if self._index is None:
                self._index = open_index(self._known, cache=self._cache)
            return self._index


def open_index(known: Knowledge, *, cache: Path | None) -> SearchIndex:
    """The index of all that is known, from the build cache if it is there."""

    def make() -> Entry:
        found = documents(known)
        return Entry(quads=b"", made=(found, _made(found)))

    key = key_of([("search", known.release.sha256.encode())])
    found, made = kept(cache, key, make).made
    return _opened(found, made, schemes=known.schemes, meaning=meaning_of(known))


def build(found: tuple[SearchDocument, ...], *, schemes: Schemes) -> SearchIndex:
    """An index of the documents alone, in memory."""
    return _opened(found, _made(found), schemes=schemes, meaning=None)


def _made(found: tuple[SearchDocument, ...]) -> dict[str, Any]:
    """The files of an index of the documents, their words, and how well each word fits them."""
    files = indexed(found)
    texts = [texts_of(document) for document in found]
    words = sorted({word for text in texts for part in text.values() for word in _words(part)})
    shown = (
        [word for name, part in text.items() if name != "hidden" for word in _words(part)]
        for text in texts
    )
    ready = opened(dict(files), len(found)).all_scores() if len(found) <= MADE_READY else {}
    return {"files": files, "words": tuple(words), "often": counted(shown), "ready": ready}


def _opened(
    found: tuple[SearchDocument, ...],
    made: Mapping[str, Any],
    *,
    schemes: Schemes,
    meaning: Meaning | None,
) -> SearchIndex:
    acts = tuple(document.id for document in found if document.kind == "instrument")
    values = values_of(schemes, acts)
    return SearchIndex(
        documents=found,
        terms=opened(made["files"], len(found), words=made["words"], ready=made["ready"]),
        facets=facets_of(found, values),
        names=names_of(schemes),
        valid={name: frozenset(known) for name, known in values.items() if name not in STATES},
        speller=speller(made["often"]),
        called=_called(found),
        wordings=wordings_of(found),
        meaning=meaning,
    )


def _called(found: tuple[SearchDocument, ...]) -> dict[str, Scores]:
    """What a search gains by being a document's title or id, or another name for it, in full."""
    gains: dict[str, Scores] = {}
    for number, document in enumerate(found):
        full = dict.fromkeys((*document.names, *document.hidden), OTHER_NAME)
        if document.kind == "instrument":
            full |= dict.fromkeys(_without_its_end(document.title), SHORT_NAME)
        for name, gain in {**full, document.title: OWN_NAME, document.id: OWN_NAME}.items():
            gains.setdefault(in_full(name), {})[number] = gain
    return gains


def _without_its_end(title: str) -> Iterator[str]:
    """The title of an instrument without its year, what it is, and what stands in brackets."""
    for name in {title, re.sub(r"\([^)]*\)", " ", title)}:
        words = name.split()
        yield from (" ".join(words[:-1]), " ".join(words[:-2]))


def in_full(text: str) -> str:
    """The words of a text in one form, to compare whole names."""
    return " ".join(_words(one_form(text)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
