"""Finds the document that an old citation means, and follows what has taken its place since."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from kb.advice import Advice
from kb.advice_model import Guidance
from kb.schemes import Schemes

MOST = 5  # documents that one citation may mean
SHARE = 0.5  # of what a citation says, by weight: less in common is no find
NEAR_BEST = 0.8
LITTLE = frozenset(("an", "and", "at", "by", "for", "from", "guidance", "in", "its", "of", "on"))
LITTLE |= {"or", "the", "to", "with", "www", "http", "https"}
NAMING = frozenset(("title", "id"))
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Step:
    """A later document, and the one that it replaced."""

    document: Guidance
    replaced: Guidance


@dataclass(frozen=True, kw_only=True)
class CitedDocument:
    """A document that a citation may mean; ``without`` are the words that it does not have."""

    document: Guidance
    without: tuple[str, ...]
    successors: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class CitationAnswer:
    """What was found of a citation, the likeliest first, and among how many documents."""

    words: str
    searched: int
    found: tuple[CitedDocument, ...]


def find_cited(advice: Advice, schemes: Schemes, words: str) -> CitationAnswer:
    """The documents that a citation may mean, by its words in titles, ids, bodies and years."""
    every = _vocabulary(advice, schemes)
    counted = Counter(word for said in every.values() for word in frozenset().union(*said.values()))
    asked = tuple(dict.fromkeys(_words(words)))
    weights = {word: log(1 + len(every) / counted[word]) for word in asked if counted[word]}
    unheard_of = sum(weights.values()) / len(weights) / 2 if weights else 1.0
    total = sum(weights.get(word, unheard_of) for word in asked)
    shares = {
        slug: sum(weights[word] for word in weights if any(word in one for one in said.values()))
        / total
        for slug, said in every.items()
        if _may_be_meant(said, weights)
    }
    enough = max(SHARE, NEAR_BEST * max(shares.values(), default=0.0))
    likely = sorted(
        (slug for slug, share in shares.items() if share >= enough),
        key=lambda slug: (-shares[slug], not advice.guidance[slug].replaced_by, slug),
    )
    return CitationAnswer(
        words=words,
        searched=len(every),
        found=tuple(_cited(advice, slug, asked, every[slug]) for slug in likely[:MOST]),
    )


def successors(advice: Advice, document: Guidance) -> tuple[Step, ...]:
    """What replaced a document, what replaced that, and so on to the end; each document once."""
    found: dict[str, Step] = {}
    waiting = [document]
    while waiting:
        one = waiting.pop(0)
        for thing in one.replaced_by:
            later = advice.guidance.get(thing.id)
            if later and later.id not in found and later.id != document.id:
                found[later.id] = Step(document=later, replaced=one)
                waiting.append(later)
    return tuple(found.values())


def _cited(advice: Advice, slug: str, asked: tuple[str, ...], said: Words) -> CitedDocument:
    document = advice.guidance[slug]
    there = frozenset().union(*said.values())
    return CitedDocument(
        document=document,
        without=tuple(word for word in asked if word not in there),
        successors=successors(advice, document),
    )


def _may_be_meant(said: Words, weights: Mapping[str, float]) -> bool:
    """Does it share a word of a name, or else both a body and a year?"""
    in_common = {field for field, words in said.items() if words & weights.keys()}
    return bool(in_common & NAMING) or {"body", "year"} <= in_common


@lru_cache(maxsize=4)
def _vocabulary(advice: Advice, schemes: Schemes) -> dict[str, Words]:
    """The words of every document by its id, each kind of word for itself."""
    bodies = {body.slug: body for body in schemes.scheme("bodies")}
    found: dict[str, Words] = {}
    for slug, document in advice.guidance.items():
        named = (bodies[body] for body in document.bodies if body in bodies)
        found[slug] = {
            "title": frozenset(_words(document.title)),
            "id": frozenset(_words(slug)),
            "body": frozenset(
                word
                for body in named
                for name in (body.slug, body.label, *body.other_names)
                for word in _words(name)
            ),
            "year": frozenset(_years(document)),
        }
    return found


def _years(document: Guidance) -> Iterator[str]:
    """The years in which it was published and changed; not those in which it ended."""
    for said in (document.first_published, document.last_updated, document.title):
        yield from _YEAR.findall(said or "")
    days = (period.start for period in document.periods if not period.not_before)
    yield from (str(day.year) for day in (document.updated_on, *days) if isinstance(day, date))


def _words(text: str) -> Iterator[str]:
    """The words of a text that can tell documents apart, in small letters and the singular."""
    for match in _WORD.finditer(text.lower()):
        word = match[0]
        if word not in LITTLE and (len(word) > 1 or word.isdigit()):
            yield word.removesuffix("s") if len(word) > 4 else word
