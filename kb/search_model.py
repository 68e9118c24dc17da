"""What a search is asked and what it answers: frozen records, with no trace of the engine."""

from dataclasses import dataclass
from datetime import date

KINDS = ("offence", "provision", "instrument")


@dataclass(frozen=True, kw_only=True)
class SearchAsked:
    """A search: words, and which kinds, nations and day the results are kept to (none: all)."""

    words: str
    kinds: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    on: date | None = None
    limit: int = 20
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class SearchHit:
    """A result. ``snippet`` is HTML whose only markup is ``<mark>``; all else in it is escaped.

    ``nations``: for an offence or provision those in which it is law on the day, for an instrument
    those it extends to. ``unsettled``: those of which that cannot be said.
    """

    kind: str
    id: str
    title: str
    provision: str | None
    url: str
    snippet: str
    score: float
    nations: tuple[str, ...]
    unsettled: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FacetCount:
    """How many results there would be with this kind, or this nation, alone."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True)
class SearchFacets:
    """Counts by kind and by nation, each without regard to its own filter."""

    kind: tuple[FacetCount, ...]
    nation: tuple[FacetCount, ...]


@dataclass(frozen=True, kw_only=True)
class SearchAnswer:
    """The answer to a search.

    ``matched`` is ``all`` where every word is found in each result, ``some`` where nothing has
    them all and these have several, ``none`` where there is nothing. ``elsewhere`` counts what
    the filters leave out. ``unknown_words`` stand nowhere in what was searched.
    """

    asked: SearchAsked
    on: date
    total: int
    hits: tuple[SearchHit, ...]
    facets: SearchFacets
    did_you_mean: str | None
    matched: str
    elsewhere: int
    unknown_words: tuple[str, ...]
    searched: tuple[FacetCount, ...]

    @property
    def no_result(self) -> bool:
        """Was nothing found?"""
        return self.total == 0
