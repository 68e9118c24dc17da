"""What the search page shows: its form, its results, and a link for every other view of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from flask import request, url_for
from markupsafe import Markup

from kb.search_model import FacetCount, SearchAnswer, SearchAsked, SearchHit


@dataclass(frozen=True, kw_only=True)
class FacetLink:
    """A filter to choose, or to take away again."""

    value: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, kw_only=True)
class ShownHit:
    """A result, with its address where this site is mounted and its snippet as safe HTML."""

    hit: SearchHit
    address: str
    snippet: Markup


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """The page; ``answer`` is None where nothing was asked yet."""

    asked: SearchAsked
    answer: SearchAnswer | None
    hits: tuple[ShownHit, ...] = ()
    kinds: tuple[FacetLink, ...] = ()
    nations: tuple[FacetLink, ...] = ()
    first: int = 0
    last: int = 0
    pages: int = 0
    before: str | None = None
    after: str | None = None
    start: str | None = None
    did_you_mean: str | None = None
    everywhere: str | None = None


def search_page(asked: SearchAsked, answer: SearchAnswer | None) -> SearchPage:
    """The page for a search and its answer."""
    if answer is None:
        return SearchPage(asked=asked, answer=None)
    pages = ceil(answer.total / asked.limit)
    first = (asked.page - 1) * asked.limit + 1
    nearest = answer.did_you_mean
    return SearchPage(
        asked=asked,
        answer=answer,
        hits=tuple(_shown(hit) for hit in answer.hits),
        kinds=_links(
            answer.facets.kind, asked.kinds, lambda kinds: replace(asked, kinds=kinds, page=1)
        ),
        nations=_links(
            answer.facets.nation,
            asked.nations,
            lambda places: replace(asked, nations=places, page=1),
        ),
        first=first,
        last=first + len(answer.hits) - 1,
        pages=pages,
        before=_address(replace(asked, page=min(asked.page - 1, pages)))
        if asked.page > 1
        else None,
        after=_address(replace(asked, page=asked.page + 1)) if asked.page < pages else None,
        start=_address(replace(asked, page=1)),
        did_you_mean=_address(replace(asked, words=nearest, page=1)) if nearest else None,
        everywhere=_address(SearchAsked(words=asked.words, limit=asked.limit)),
    )


def _shown(hit: SearchHit) -> ShownHit:
    # The snippet is escaped where it is made, all but its marks.
    return ShownHit(
        hit=hit,
        address=request.script_root + hit.url,
        snippet=Markup(hit.snippet),
    )


def _links(
    facets: tuple[FacetCount, ...],
    chosen: tuple[str, ...],
    kept_to: Callable[[tuple[str, ...]], SearchAsked],
) -> tuple[FacetLink, ...]:
    """A link for each value: to the results with it alone, or without it if it is chosen."""
    return tuple(
        FacetLink(
            value=facet.value,
            count=facet.count,
            chosen=facet.value in chosen,
            address=_address(kept_to(_toggled(chosen, facet.value))),
        )
        for facet in facets
    )


def _toggled(chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    if value in chosen:
        return tuple(other for other in chosen if other != value)
    return (value,)


def _address(asked: SearchAsked) -> str:
    """A search as an address: all that it asks stands in it."""
    return url_for(
        "search.page",
        q=asked.words,
        kind=list(asked.kinds),
        nation=list(asked.nations),
        on=asked.on.isoformat() if asked.on else None,
        limit=asked.limit if asked.limit != SearchAsked.limit else None,
        page=asked.page if asked.page != 1 else None,
    )
