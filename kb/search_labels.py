"""Labels in a text: the words of a text by their stems, and where the longest known names stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.porter import stem as porter

from kb.model import Concept

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
Stems = tuple[str, ...]
Labels = dict[Stems, tuple[str, ...]]


class Word(NamedTuple):
    """A word of a text: where it stands, and its stem."""

    low: int
    high: int
    stem: str


class Place(NamedTuple):
    """Where something known stands in a text, and the slugs of what it names."""

    low: int
    high: int
    slugs: tuple[str, ...] = ()


def words_of(text: str) -> Iterator[Word]:
    """The words of a text, in order; an apostrophe does not end one."""
    for match in _WORD.finditer(text):
        yield Word(*match.span(), _stem(re.sub("['’]", "", match[0]).lower()))


def stems_of(text: str) -> Stems:
    """A text as the stems of its words."""
    return tuple(word.stem for word in words_of(text))


def labels_of(concepts: Iterable[Concept]) -> Labels:
    """The slugs that each label names: labels may be of several concepts, hidden ones above all."""
    found: Labels = {}
    for concept in concepts:
        for name in concept.names:
            stems = stems_of(name)
            if stems:
                found[stems] = tuple(dict.fromkeys((*found.get(stems, ()), concept.slug)))
    return found


def longest_in(
    words: tuple[Word, ...], wanted: Mapping[Stems, tuple[str, ...]], *, most: int
) -> Iterator[Place]:
    """Where something wanted stands: the longest first in each place, and never two in one.

    ``most`` is how many words the longest has.
    """
    at = 0
    while at < len(words):
        for size in range(min(most, len(words) - at), 0, -1):
            slugs = wanted.get(tuple(word.stem for word in words[at : at + size]))
            if slugs is not None:
                yield Place(words[at].low, words[at + size - 1].high, slugs)
                at += size
                break
        else:
            at += 1


def is_in(word: Word, places: Iterable[Place]) -> bool:
    """Is a word in one of some places?"""
    return any(place.low < word.high and word.low < place.high for place in places)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A word without its ending, if enough of it is left to know it by."""
    short = str(porter(word)) if word.isascii() and word.isalpha() else word
    kept = len(short) > 3 or (len(short) > 2 and word.endswith("s"))
    return short if kept else word
