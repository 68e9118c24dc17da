"""What the search page shows: its form, its filters, its results, and what stands above them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

from flask import request, url_for
from markupsafe import Markup

from kb.search_above import Above
from kb.search_model import FACETS, SearchAnswer, SearchAsked, SearchHit
from kb.terms import legal_address
from web.paging import Turns, turns
from web.site import concept
from web.state import knowledge

# What a result of each kind is called, one and several; and what its nations are to it.
CALLED = {
    "guidance": ("document of guidance", "documents of guidance"),
    "practice": ("point of practice", "points of practice"),
    "claim": ("published claim", "published claims"),
    "concept": ("word used here", "words used here"),
}
PLACED = {
    "instrument": "Extends to",
    "guidance": "Current on that day in",
    "service": "Runs on that day in",
    "practice": "For",
    "claim": "About",
    "misconception": "About",
    "concept": "",
}
# What is wrong, or only said by somebody, must not look like what is so.
TITLED = {"misconception": "Often got wrong: “{}”", "claim": "A page claims: {}"}
LAW = "Law on that day in"
SAID_OF_A_DAY = (LAW, PLACED["guidance"], PLACED["service"])
PLACED_NOWHERE = {
    "instrument": "Not made by that day",
    "guidance": "Current nowhere on that day",
    "service": "Runs nowhere on that day",
    "concept": "",
}
LEGENDS = {
    "kind": "What it is",
    "nation": "Nation",
    "state": "State of the law on the day",
    "document_state": "State of guidance and services on the day",
    "instrument": "Act, Order or other instrument",
    "topic": "Topic",
    "conduct": "What was done",
    "material": "To what",
    "body": "Who publishes or runs it",
    "audience": "Who it is for",
    "verdict": "Verdict on a claim",
}
SORTED = {"relevance": "Best first", "date": "Newest first", "title": "By title"}
OPEN = ("kind", "nation")


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """A value to keep the results to, and how many there would be; ``address`` without it."""

    value: str
    label: str
    count: int
    chosen: bool
    without: str


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A group of filters."""

    name: str
    legend: str
    values: tuple[FacetValue, ...]
    open: bool


@dataclass(frozen=True, kw_only=True)
class ShownHit:
    """A result, with its address where this site is mounted and its snippet as safe HTML."""

    hit: SearchHit
    title: str
    address: str
    snippet: Markup
    called: str
    placed: str
    placed_nowhere: str
    dated: bool


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """The page; ``answer`` is None where nothing was asked yet."""

    asked: SearchAsked
    answer: SearchAnswer | None = None
    above: Above | None = None
    sorts: tuple[tuple[str, str], ...] = tuple(SORTED.items())
    hits: tuple[ShownHit, ...] = ()
    facets: tuple[Facet, ...] = ()
    first: int = 0
    last: int = 0
    pages: int = 0
    turns: Turns | None = None
    start: str | None = None
    did_you_mean: str | None = None
    everywhere: str | None = None
    correction: str | None = None
    question: str | None = None
    feed: str | None = None
    json: str | None = None

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """Everything that the results are kept to."""
        return tuple(value for facet in self.facets for value in facet.values if value.chosen)


def search_page(
    asked: SearchAsked, answer: SearchAnswer | None = None, above: Above | None = None
) -> SearchPage:
    """The page for a search, its answer and what stands above it."""
    if answer is None or above is None:
        return SearchPage(asked=asked)
    pages = ceil(answer.total / asked.limit)
    first = (asked.page - 1) * asked.limit + 1
    nearest, asks = answer.did_you_mean, above.question
    return SearchPage(
        asked=asked,
        answer=answer,
        above=above,
        hits=tuple(_shown(hit) for hit in answer.hits),
        facets=tuple(_facets(answer)),
        first=first,
        last=first + len(answer.hits) - 1,
        pages=pages,
        turns=turns(asked.page, pages, lambda number: _address(replace(asked, page=number))),
        start=_address(replace(asked, page=1)),
        did_you_mean=_address(replace(asked, words=nearest, page=1)) if nearest else None,
        everywhere=_address(SearchAsked(words=asked.words, limit=asked.limit, sort=asked.sort)),
        correction=request.script_root + answer.correction.url if answer.correction else None,
        question=f"{url_for('pages.law', nation=None, on=None)}?{urlencode(asks.parameters)}"
        if asks
        else None,
        feed=f"{url_for('search.feed')}?{urlencode(parameters(asked))}",
        json=f"{url_for('search.search_api')}?{urlencode(parameters(asked))}",
    )


def called(kind: str) -> tuple[str, str]:
    """What things of a kind are called: one of them, and several."""
    return CALLED.get(kind, (kind, f"{kind}s"))


def parameters(asked: SearchAsked) -> list[tuple[str, str]]:
    """A search as the parameters that ask it again: all that it asks stands in them."""
    plain = SearchAsked(words="")
    found = [("q", asked.words)]
    found += [(facet, value) for facet in FACETS for value in asked.kept_to(facet)]
    found += [("on", asked.on.isoformat())] if asked.on else []
    for name in ("sort", "limit", "page"):
        value = getattr(asked, name)
        found += [(name, str(value))] if value != getattr(plain, name) else []
    return found


def _address(asked: SearchAsked) -> str:
    return f"{url_for('search.page', nation=None, on=None)}?{urlencode(parameters(asked))}"


def _shown(hit: SearchHit) -> ShownHit:
    # The snippet is escaped where it is made, all but its marks.
    return ShownHit(
        hit=hit,
        title=TITLED.get(hit.kind, "{}").format(hit.title),
        address=request.script_root + hit.url,
        snippet=Markup(hit.snippet),
        called=called(hit.kind)[0],
        placed=PLACED.get(hit.kind, LAW),
        dated=PLACED.get(hit.kind, LAW) in SAID_OF_A_DAY,
        placed_nowhere=PLACED_NOWHERE.get(hit.kind, "Not law anywhere on that day"),
    )


def _facets(answer: SearchAnswer) -> Iterator[Facet]:
    """Each group of filters that has anything to choose, those that are chosen open."""
    for name, counts in answer.facets.items():
        chosen = answer.asked.kept_to(name)
        values = tuple(_values(answer.asked, name, counts.items()))
        if any(value.count for value in values) or chosen:
            yield Facet(
                name=name, legend=LEGENDS[name], values=values, open=name in OPEN or bool(chosen)
            )


def _values(
    asked: SearchAsked, name: str, counts: Iterable[tuple[str, int]]
) -> Iterator[FacetValue]:
    chosen = asked.kept_to(name)
    for value, count in counts:
        if count or value in chosen:
            rest = tuple(other for other in chosen if other != value)
            without = replace(asked, filters={**asked.filters, name: rest}, page=1)
            yield FacetValue(
                value=value,
                label=_label(name, value),
                count=count,
                chosen=value in chosen,
                without=_address(without),
            )


def _label(facet: str, value: str) -> str:
    """What a value is called."""
    scheme = FACETS[facet]
    if scheme:
        return concept(scheme, value).label
    if facet == "kind":
        return called(value)[1].capitalize()
    return knowledge().catalogue.instruments[legal_address(value)].title
