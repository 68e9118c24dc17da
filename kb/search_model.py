"""What a search is asked and what it answers: frozen records, with no trace of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MISCONCEPTION, CONCEPT, RULE = "misconception", "concept", "rule"
DATED = ("guidance", "service")  # each is current, or not, in a nation on a day
KINDS = (
    "offence",
    "provision",
    "instrument",
    RULE,
    "guidance",
    "practice",
    "service",
    "claim",
    MISCONCEPTION,
    CONCEPT,
)
PLACED = ("nation", "state", "document_state")
# The facets by which results are counted and kept to, and the scheme of each that has one.
FACETS = {
    "kind": None,
    "nation": "nations",
    "state": "states",
    "document_state": "document-states",
    "instrument": None,
    "topic": "topics",
    "conduct": "conducts",
    "material": "materials",
    "body": "bodies",
    "audience": "audiences",
    "verdict": "verdicts",
}
RELEVANCE, NEWEST, TITLE = SORTS = ("relevance", "date", "title")
Counts = Mapping[str, int]
Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class SearchAsked:
    """A search: words, and what the results are kept to, by facet (none: all), and the day."""

    words: str
    filters: Filters = field(default_factory=dict)
    on: date | None = None
    sort: str = RELEVANCE
    limit: int = 20
    page: int = 1

    def kept_to(self, facet: str) -> tuple[str, ...]:
        """The values of a facet that the results are kept to."""
        return self.filters.get(facet, ())


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a result fits although its own words do not: the words asked are another name for it."""

    words: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class SearchHit:
    """A result. ``snippet`` is HTML whose only markup is ``<mark>``; all else in it is escaped.

    ``nations``: for an offence, provision or rule those in which it is law on the day, for an
    instrument those it extends to, for a document or service those in which it is current; for
    anything else those it is about. ``unsettled``: those of which that cannot be said.
    """

    kind: str
    id: str
    address: str
    title: str
    provision: str | None
    url: str
    snippet: str
    score: float
    nations: tuple[str, ...]
    unsettled: tuple[str, ...]
    reasons: tuple[Reason, ...]
    on: date | None


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """A mistaken belief that a search comes very close to, and what is right instead."""

    id: str
    title: str
    correction: str
    url: str
    nations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SearchAnswer:
    """The answer to a search.

    ``matched`` is ``all`` where every word is found in each result, ``like`` where nothing has
    them and the results are those of ``did_you_mean``, ``some`` where nothing has them all and
    these have several, ``none`` where there is nothing. ``facets`` are the counts by the values of
    each, without regard to its own filter. ``elsewhere`` counts what the filters leave out.
    ``unknown_words`` stand nowhere in what was searched. ``refused`` are fields that there are not,
    taken as plain words. ``correction`` is what to read first where the search says what people get
    wrong.
    """

    asked: SearchAsked
    on: date
    total: int
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, Counts]
    did_you_mean: str | None
    matched: str
    elsewhere: int
    unknown_words: tuple[str, ...]
    refused: tuple[str, ...]
    searched: Counts
    correction: Corrected | None

    @property
    def no_result(self) -> bool:
        """Was nothing found?"""
        return self.total == 0
