"""Which documents a search keeps: by its words, then by its filters, with the counts of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from kb.search_documents import SearchDocument
from kb.search_model import KINDS, FacetCount, SearchAsked, SearchFacets

Scores = dict[int, float]


def match(asked: Sequence[Scores], *, without: set[int]) -> tuple[Scores, str]:
    """The documents that have every clause; if none has, those that have several."""
    having = Counter(number for found in asked for number in found if number not in without)
    enough = len(asked) if len(asked) in having.values() else _enough(len(asked))
    scores = {
        number: sum(found.get(number, 0.0) for found in asked)
        for number, count in having.items()
        if count >= enough
    }
    if not scores:
        return {}, "none"
    return scores, "all" if enough == len(asked) else "some"


def _enough(clauses: int) -> int:
    """How many clauses a document has to have where none has them all."""
    return min(clauses, 2 if clauses < 6 else 3)


def filtered(
    documents: tuple[SearchDocument, ...],
    asked: SearchAsked,
    numbers: Iterable[int],
    *,
    nations: tuple[str, ...],
) -> tuple[list[int], SearchFacets]:
    """The documents (by number) that the filters keep, and the counts by kind and nation."""
    kept, kinds, places = list[int](), list[str](), list[str]()
    for number in numbers:
        document = documents[number]
        there = _there(document, asked.on)
        placed = bool(set(there) & set(asked.nations or there)) or not (asked.nations or asked.on)
        right_kind = document.kind in (asked.kinds or KINDS)
        kinds += [document.kind] if placed else []
        places += there if right_kind else ()
        if placed and right_kind:
            kept.append(number)
    return kept, SearchFacets(kind=counts(KINDS, kinds), nation=counts(nations, places))


def _there(document: SearchDocument, on: date | None) -> tuple[str, ...]:
    """Where a document is law, or may be: on the day if one is stated, else on any day."""
    if on is None:
        return document.places
    sure, maybe = document.standing(on)
    return sure + maybe


def counts(values: tuple[str, ...], found: Iterable[str]) -> tuple[FacetCount, ...]:
    """How often each value was found."""
    counted = Counter(found)
    return tuple(FacetCount(value=value, count=counted[value]) for value in values)
