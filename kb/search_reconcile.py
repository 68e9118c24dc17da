"""Which of our things a name in somebody's list stands for: candidates, and whether it is certain.

It is certain only if the name is, in full, the title or another name of one thing alone, or is a
citation of it and of nothing else.
"""

import re
from dataclasses import dataclass

from kb.citation_model import ONE
from kb.search import search
from kb.search_index import SearchIndex, in_full
from kb.search_model import SearchAsked, SearchHit

KINDS = ("offence", "provision", "instrument", "guidance")
SURE, ALMOST, HALF = 100.0, 99.0, 30.0
LONGEST = 500
YEAR = re.compile(r"\b[0-9]{4}\b")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Something that a name may stand for, with a score up to 100."""

    address: str
    name: str
    kind: str
    about: str
    score: float
    match: bool


def candidates(
    index: SearchIndex,
    name: str,
    *,
    kinds: tuple[str, ...] = KINDS,
    nations: tuple[str, ...] = (),
    limit: int,
) -> tuple[Candidate, ...]:
    """What a name may stand for, the likeliest first."""
    text = plain(name)[:LONGEST]
    asked = SearchAsked(
        words=text, filters={"kind": kinds, "nation": nations}, limit=max(limit, len(KINDS))
    )
    sure = _named(index, text, kinds)
    found = [_candidate(index, hit, sure=sure) for hit in search(index, asked).hits]
    return tuple(sorted(found, key=lambda one: -one.score)[:limit])


def beginning(
    index: SearchIndex, prefix: str, *, kinds: tuple[str, ...], first: int, limit: int
) -> tuple[Candidate, ...]:
    """What has every word of a text but the last, and a word that begins as the last does."""
    words = plain(prefix)[: LONGEST - 1].split()
    text = " ".join((*words[:-1], f"{words[-1]}*")) if words else ""
    asked = SearchAsked(words=text, filters={"kind": kinds}, limit=first + limit)
    hits = search(index, asked).hits[first:]
    return tuple(_candidate(index, hit, sure=None) for hit in hits)


def plain(text: str) -> str:
    """A name as words alone: nothing in it is an operator of a search."""
    words = re.sub(r"""["*:]|(?<!\S)-|-(?!\S)""", " ", text)
    words = re.sub(r"\b(?:AND|OR|NOT)\b", lambda match: match[0].lower(), words)
    return " ".join(words.split())


def _named(index: SearchIndex, text: str, kinds: tuple[str, ...]) -> int | None:
    """The number of the one thing that has this name or is cited so; None if there is not one."""
    meant = index.meaning.read(text) if index.meaning else None
    if meant and meant.whole and meant.whole.status == ONE:
        match = meant.whole.matches[0]
        number = index.numbers.get((match.kind, match.ref.id))
        if match.pinpoint and (number is None or not _ends(index, number, match.pinpoint)):
            return None
        if match.kind in kinds and number is not None:
            return number if _is_dated(index, number, text) else None
    called = index.called.get(in_full(text), {})
    having = [
        number
        for number in called
        if index.documents[number].kind in kinds and _is_name(index, number, text)
    ]
    return having[0] if len(having) == 1 else None


def _ends(index: SearchIndex, number: int, pinpoint: str) -> bool:
    """Is what is cited all of a provision, and not a part of it?"""
    return index.documents[number].title.endswith(pinpoint)


def _is_dated(index: SearchIndex, number: int, text: str) -> bool:
    """Has a citation the year that is in the name of what it cites, or its whole path?"""
    document = index.documents[number]
    return document.id in text or set(YEAR.findall(document.title)) <= set(YEAR.findall(text))


def _is_name(index: SearchIndex, number: int, text: str) -> bool:
    """Is it a name that is shown, and neither a hidden nor a shortened one?"""
    document = index.documents[number]
    names = (document.title, document.id, *document.names)
    return in_full(text) in {in_full(name) for name in names}


def _candidate(index: SearchIndex, hit: SearchHit, *, sure: int | None) -> Candidate:
    document = index.documents[index.numbers[hit.kind, hit.id]]
    match = sure is not None and index.numbers[hit.kind, hit.id] == sure
    return Candidate(
        address=hit.address,
        name=hit.title,
        kind=hit.kind,
        about=document.passages[0] if document.passages else "",
        score=SURE if match else round(ALMOST * hit.score / (hit.score + HALF), 1),
        match=match,
    )
