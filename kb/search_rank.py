"""In which order results stand: how well they fit, what they are, and where they are law."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from heapq import nsmallest
from operator import or_

from kb.search_bits import bits_of, numbers_of
from kb.search_index import SearchIndex, in_full
from kb.search_match import SOME, Match
from kb.search_meaning import Meant
from kb.search_model import DATED, NEWEST, TITLE, SearchAsked
from kb.search_reading import EXCLUDED, Reading
from kb.search_terms import Scores

UNSURE, NOT_LAW, NOT_CURRENT, NOT_THERE, HELPING = 0.9, 0.8, 0.6, 0.5, 0.6
# Where a nation is named its law is asked about, and no service for all of them.
HELP = "service"
MOST_KEPT = 64


@dataclass(frozen=True, kw_only=True)
class Where:
    """Where and when results should be law to come first; ``named``: the search says where."""

    nations: tuple[str, ...]
    on: date
    named: bool


def where(asked: SearchAsked, meant: Meant | None, *, today: date) -> Where:
    """Where and when a search is about: as it is kept to, else as it says, else anywhere today."""
    nations, on = asked.kept_to("nation"), asked.on
    question = meant.question if meant else None
    said = question.nations if question else ()
    if on is None and question:
        on = question.on or question.start
    return Where(nations=nations or said, on=on or today, named=bool(nations or said))


def ranked(
    index: SearchIndex,
    match: Match,
    asked: SearchAsked,
    *,
    kept: int,
    there: Where,
    gains: Scores,
) -> list[tuple[int, float]]:
    """The results of the page that is asked for, in order, each with its score."""
    scores = _scores(match, kept)
    if any(number in scores for number in gains):
        scores = {n: score + gains.get(n, 0.0) for n, score in scores.items()}
    weights = weights_of(index, there)
    first, last = (asked.page - 1) * asked.limit, asked.page * asked.limit
    if asked.sort in (NEWEST, TITLE):
        order = index.order(asked.sort)
        found = sorted(scores, key=order.__getitem__)[first:last]
        return [(number, scores[number] * weights[number]) for number in found]
    if first >= len(scores):
        return []
    pairs = [(-score * weights[number], number) for number, score in scores.items()]
    best = nsmallest(last, pairs) if last * 8 < len(pairs) else sorted(pairs)
    return [(number, -score) for score, number in best[first:last]]


def weights_of(index: SearchIndex, there: Where) -> list[float]:
    """What each document's score is multiplied by: what it is, and whether it is law there then."""
    stretch = index.facets.stretch(there.on)
    key = (stretch, there.nations, there.named)
    weights = index.weights.get(key)
    if weights is None:
        if len(index.weights) >= MOST_KEPT:
            index.weights.clear()
        facets, nations = index.facets, there.nations or tuple(index.facets.places)
        on = facets.on(there.on)
        sure = reduce(or_, (on.sure.get(nation, 0) for nation in nations), 0)
        maybe = reduce(or_, (on.there.get(nation, 0) for nation in nations), 0) & ~sure
        placed = reduce(or_, (facets.places[nation] for nation in nations), 0)
        weights = list(index.own_weights)
        for number in numbers_of(maybe):
            weights[number] *= UNSURE
        for number in numbers_of(facets.everything & ~sure & ~maybe):
            dated = index.documents[number].kind in DATED
            weights[number] *= NOT_CURRENT if dated else NOT_LAW
        for number in numbers_of(facets.everything & ~placed):
            weights[number] *= NOT_THERE
        if there.named:
            for number in numbers_of(facets.bits["kind"].get(HELP, 0)):
                weights[number] *= HELPING
        index.weights[key] = weights
    return weights


def _scores(match: Match, kept: int) -> Scores:
    """What the documents score together for all parts of the search; fewer parts count for less."""
    parts = (*match.needed, *match.optional)
    if len(parts) == 1 and kept == parts[0].bits and len(parts[0].scores) == kept.bit_count():
        return parts[0].scores
    numbers = numbers_of(kept)
    if len(parts) == 1:
        one = parts[0].scores
        return {number: one.get(number, 0.0) for number in numbers}
    scores = dict.fromkeys(numbers, 0.0)
    for part in parts:
        for number in part.scores.keys() & scores.keys():
            scores[number] += part.scores[number]
    if match.how == SOME:
        for number in numbers:
            having = sum(number in part.scores for part in match.needed)
            scores[number] *= having / len(match.needed)
    return scores


def gained(
    index: SearchIndex, reading: Reading, words: str, meant: Meant | None
) -> tuple[Scores, int]:
    """What documents gain by being called just what is searched for, or by being cited.

    And those (as bits) that are found for it, whatever else the search says.
    """
    gains: Scores = dict(index.called.get(reading.core, {}))
    whole = {} if reading.of_role(EXCLUDED) else index.called.get(in_full(words), {})
    sure = set(whole)
    for number, gain in whole.items():
        gains[number] = max(gains.get(number, 0.0), gain)
    for key, gain in (meant.gains if meant else {}).items():
        cited = index.numbers.get(key)
        if cited is not None:
            gains[cited] = max(gains.get(cited, 0.0), gain)
            if meant and meant.whole:
                sure.add(cited)
    return gains, bits_of(sure, len(index.documents)) if sure else 0
