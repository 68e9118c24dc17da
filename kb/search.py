"""Full-text search over what is known: words in, the documents that have them out, best first."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kb.asked import today
from kb.search_correction import corrected
from kb.search_document import SearchDocument
from kb.search_grammar import Phrase, Prefix, Word, words_in
from kb.search_index import LazyIndex, SearchIndex, build, open_index
from kb.search_match import ALL, LIKE, LITTLE, NONE, Match
from kb.search_meaning import Meant
from kb.search_model import KINDS, Reason, SearchAnswer, SearchAsked, SearchHit
from kb.search_rank import gained, ranked, where
from kb.search_reading import EXCLUDED, NEEDED, Reading, Unit
from kb.search_terms import STOPPED, Scores, stem
from kb.search_text import Wanted, snippet

__all__ = ["LazyIndex", "SearchIndex", "build", "open_index", "search"]

MOST_RESPELLED = 8


@dataclass(frozen=True, kw_only=True)
class _Looked:
    """What was found for some words, and how they were understood."""

    reading: Reading
    meant: Meant | None
    gains: Scores
    match: Match


def search(index: SearchIndex, asked: SearchAsked) -> SearchAnswer:
    """Search; results of the same score keep the documents' order, so that no page misses one."""
    looked, unknown, better = _found(index, asked.words)
    match, reading = looked.match, looked.reading
    on = asked.on or today()
    kept = index.facets.kept(asked, match.bits, on=on)
    there = where(asked, looked.meant, today=on)
    found = ranked(index, match, asked, kept=kept[""], there=there, gains=looked.gains)
    marks, named = _marks(reading), _named(index, reading)
    return SearchAnswer(
        asked=asked,
        on=on,
        total=kept[""].bit_count(),
        hits=tuple(
            _hit(index, number, score, on=on, reading=reading, named=named)
            for number, score in found
        ),
        facets=index.facets.counts(asked, kept, on=on),
        did_you_mean=better,
        matched=match.how,
        elsewhere=match.bits.bit_count() - kept[""].bit_count(),
        unknown_words=unknown,
        refused=reading.refused,
        searched=_searched(index),
        correction=corrected(
            index.wordings,
            marks.stems,
            nations=asked.kept_to("nation"),
            first=index.documents[found[0][0]] if found and asked.page == 1 else None,
        ),
    )


def _found(index: SearchIndex, words: str) -> tuple[_Looked, tuple[str, ...], str | None]:
    """What is found; words that stand nowhere; and what was searched for instead of them."""
    looked = _look(index, words, several=False)
    if looked.match.how == ALL:
        few = looked.match.bits.bit_count() < LITTLE
        return (_look(index, words, several=True) if few else looked), (), None
    unknown = _unknown(index, looked.reading)
    better = _respelled(index, words, unknown)
    again = _look(index, better, several=False) if better else looked
    if again.match.how == ALL:
        return replace(again, match=replace(again.match, how=LIKE)), unknown, better
    looked = _look(index, words, several=True)
    if looked.match.how == NONE and better:
        again = _look(index, better, several=True)
        if again.match.how != NONE:
            return replace(again, match=replace(again.match, how=LIKE)), unknown, better
    return looked, unknown, None


def _look(index: SearchIndex, words: str, *, several: bool) -> _Looked:
    reading = index.read(words)
    meant = index.meaning.read(words) if index.meaning else None
    gains, also = gained(index, reading, words, meant)
    match = index.matcher.match(reading, also=also, several=several)
    return _Looked(reading=reading, meant=meant, gains=gains, match=match)


def _unknown(index: SearchIndex, reading: Reading) -> tuple[str, ...]:
    """The words that stand nowhere in what is searched, and name nothing."""
    words = (
        leaf.text
        for unit in reading.units
        if unit.role != EXCLUDED and unit.node and not unit.tags
        for leaf in words_in(unit.node)
        if isinstance(leaf, Word) and leaf.field is None
    )
    return tuple(
        word
        for word in dict.fromkeys(words)
        if word not in STOPPED and not index.terms.found(Word(word)).bits
    )


def _respelled(index: SearchIndex, text: str, unknown: tuple[str, ...]) -> str | None:
    """The search with each unknown word made the nearest known one; None if there is none."""
    better = text
    for word in unknown[:MOST_RESPELLED]:
        other = index.speller.nearest(word)
        if other:
            better = re.sub(rf"\b{re.escape(word)}\b", other, better, flags=re.IGNORECASE)
    return better if better != text else None


def _hit(
    index: SearchIndex,
    number: int,
    score: float,
    *,
    on: date,
    reading: Reading,
    named: list[tuple[Unit, int]],
) -> SearchHit:
    document = index.documents[number]
    sure, maybe = document.standing(on)
    return SearchHit(
        kind=document.kind,
        id=document.id,
        address=document.address,
        title=document.title,
        provision=document.provision,
        url=document.url,
        snippet=snippet((*document.passages, _also_called(document)), _marks(reading)),
        score=round(score, 3),
        nations=sure,
        unsettled=maybe,
        reasons=_reasons(index, number, reading, named),
        on=document.on,
    )


def _also_called(document: SearchDocument) -> str:
    return f"Also called: {', '.join(document.names)}." if document.names else ""


def _reasons(
    index: SearchIndex, number: int, reading: Reading, named: list[tuple[Unit, int]]
) -> tuple[Reason, ...]:
    """By which other names a document fits: its own, and those of what it is about."""
    document = index.documents[number]
    own = [name for name in index.names_of(number) if name in reading.grams]
    if own:
        return (Reason(words=reading.grams[max(own, key=len)], meaning=document.title),)
    return tuple(
        Reason(words=unit.said, meaning=name)
        for unit, direct in named
        if not direct >> number & 1
        for tag, name in zip(unit.tags, unit.names, strict=True)
        if tag in document.tags and name.lower() != unit.said.lower()
    )


def _named(index: SearchIndex, reading: Reading) -> list[tuple[Unit, int]]:
    """What of a search is another name for something, and the documents that have its words."""
    return [
        (unit, index.matcher.node(unit.node).bits if unit.node else 0)
        for unit in reading.of_role(NEEDED)
        if unit.tags and not unit.place
    ]


@lru_cache(maxsize=100)
def _marks(reading: Reading) -> Wanted:
    """What a snippet marks: every word that is asked for, and beginnings of words."""
    leaves = [
        leaf
        for unit in reading.units
        if unit.role != EXCLUDED and unit.node
        for leaf in words_in(unit.node)
    ]
    words = {leaf.text for leaf in leaves if isinstance(leaf, Word)}
    words |= {word for leaf in leaves if isinstance(leaf, Phrase) for word in leaf.words}
    return Wanted(
        stems=frozenset(stem(word) for word in words - STOPPED),
        beginnings=tuple(leaf.start for leaf in leaves if isinstance(leaf, Prefix)),
        stem=stem,
    )


def _searched(index: SearchIndex) -> dict[str, int]:
    """How many documents of each kind were searched."""
    bits = index.facets.bits["kind"]
    return {kind: bits.get(kind, 0).bit_count() for kind in KINDS}
