"""Whether a search says what people get wrong: then the correction is the first thing to read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from kb.search_bits import at_least, numbers_of
from kb.search_document import SearchDocument
from kb.search_model import MISCONCEPTION, Corrected
from kb.search_terms import STOPPED, stem
from kb.search_text import passage_of

MANY_WORDS = 4
MOST_OF_THEM = 0.75
HALF = 0.5


@dataclass(frozen=True, kw_only=True)
class Wordings:
    """All wordings of mistaken beliefs, by their stems; and, as bits, which have each stem."""

    every: tuple[tuple[SearchDocument, frozenset[str]], ...]
    having: Mapping[str, int]

    def near(self, stems: frozenset[str]) -> list[tuple[SearchDocument, frozenset[str]]]:
        """Those that have enough of some stems to come close, and perhaps some more."""
        least = min(3, ceil(MOST_OF_THEM * len(stems)))
        found = at_least((self.having.get(stem, 0) for stem in stems), least)
        return [self.every[number] for number in numbers_of(found)]


def wordings_of(documents: Iterable[SearchDocument]) -> Wordings:
    """The wordings of all mistaken beliefs among some documents."""
    every = tuple(
        (one, _stems(text))
        for one in documents
        if one.kind == MISCONCEPTION
        for text in (one.title, *one.names)
    )
    having: defaultdict[str, int] = defaultdict(int)
    for number, (_, said) in enumerate(every):
        for its in said:
            having[its] |= 1 << number
    return Wordings(every=every, having=dict(having))


def corrected(
    wordings: Wordings,
    stems: frozenset[str],
    *,
    nations: tuple[str, ...],
    first: SearchDocument | None,
) -> Corrected | None:
    """The mistaken belief that a search (its stems) comes closest to, if it comes very close.

    ``nations`` are those that the search is kept to (none: all), ``first`` its best result.
    """
    found = [
        (closeness, document)
        for document, said in (wordings.near(stems) if stems else ())
        if set(document.places) & set(nations or document.places)
        if (closeness := _closeness(said, stems, best=document is first))
    ]
    if not found:
        return None
    _, nearest = max(found, key=lambda one: one[0])
    return Corrected(
        id=nearest.id,
        title=nearest.title,
        correction=nearest.passages[0],
        url=nearest.url,
        nations=nearest.places,
    )


def _closeness(
    said: frozenset[str], stems: frozenset[str], *, best: bool
) -> tuple[float, float] | None:
    """How much of a search a wording has, and how much of the wording the search, if it is much.

    One word alone is close only to a wording that says nothing else.
    """
    both = len(said & stems)
    if not both:
        return None
    asked, met = both / len(stems), both / len(said)
    enough = MOST_OF_THEM if len(stems) >= MANY_WORDS else 1.0
    close = asked >= enough and (best or met >= HALF) and (len(stems) > 1 or met == 1.0)
    return (asked, met) if close else None


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        piece.stem for piece in passage_of(text, stem).pieces if piece.word not in STOPPED
    )
