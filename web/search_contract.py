"""What /api/v1/search takes and answers: a part of the contract of the API."""

from datetime import date
from typing import Any

from kb.search_asked import MOST
from kb.search_model import KINDS, FacetCount, SearchAnswer
from web.contract_parts import Envelope, Published
from web.params import DAY_EXAMPLE, Parameter

COVERAGE = "/coverage"
SEARCH = (
    Parameter(
        name="q",
        description='What to search for: words, a "phrase", the beginning of a word (deepf*), -word'
        " to leave out, or a citation: a section and the initials of its Act. Needed.",
        examples=("revenge porn", '"without consent"', "deepf*"),
        needed=True,
        written={},
    ),
    Parameter(
        name="kind",
        description="The kinds of things to find. All if none is stated.",
        repeats=True,
        examples=KINDS,
        written={"pattern": f"^(?:{'|'.join(KINDS)})?$"},
    ),
    Parameter(
        name="nation",
        description="Only what is law there: on the day if `on` is stated, else on any day.",
        scheme="nations",
        repeats=True,
        written={},
    ),
    Parameter(
        name="on",
        description="Only what is, or may be, law on this day, year-month-day.",
        examples=(DAY_EXAMPLE,),
        written={"format": "date"},
    ),
    Parameter(
        name="limit",
        description=f"How many results to a page, from 1 to {MOST}; 20 if not stated.",
        examples=("20",),
        written={"pattern": "^(?:[1-9][0-9]?|100)?$"},
    ),
    Parameter(
        name="page",
        description="Which page, from 1.",
        examples=("1",),
        written={"pattern": "^(?:[1-9][0-9]{0,4})?$"},
    ),
)


class SearchResult(Published):
    """One thing found."""

    id: str
    """A slug (offences) or a path (provisions, instruments)."""
    kind: str
    title: str
    provision: str | None
    """The path of the provision: of an offence, the one that creates it."""
    url: str
    """The page about it on this site."""
    snippet: str
    """HTML with no markup but `<mark>` round what was searched for; all else is escaped."""
    score: float
    nations: tuple[str, ...]
    """Where it is law on the day (offences, provisions), or extends to (instruments)."""
    unsettled: tuple[str, ...]
    """Where it cannot be said whether it is law on the day."""


class SearchFacets(Published):
    """How many results there are of each kind and nation, each without its own filter."""

    kind: dict[str, int]
    nation: dict[str, int]


class SearchAsked(Published):
    """The search as it was understood."""

    q: str
    kind: tuple[str, ...]
    nation: tuple[str, ...]
    on: date | None
    """The day that results are kept to; null if all days are meant."""
    limit: int
    page: int


class SearchContract(Envelope):
    """What was found."""

    asked: SearchAsked
    day: date
    """The day that `nations` of a result is about: `on`, or today in London."""
    total: int
    results: tuple[SearchResult, ...]
    facets: SearchFacets
    did_you_mean: str | None
    """A search that finds something, where a word of this one is not known."""
    no_result: bool
    matched: str
    """`all`: each result has every word; `some`: nothing has, these have several; or `none`."""
    elsewhere: int
    """How many more there are without the filters."""
    unknown_words: tuple[str, ...]
    """Words that stand nowhere in what was searched."""
    searched: dict[str, int]
    """How many things of each kind were searched."""
    coverage: str
    """Where this site says what it covers: what is not found here may still be law."""


def search_content(answer: SearchAnswer) -> dict[str, Any]:
    """The content of the document for an answer."""
    asked = answer.asked
    return {
        "asked": {
            "q": asked.words,
            "kind": asked.kinds,
            "nation": asked.nations,
            "on": asked.on,
            "limit": asked.limit,
            "page": asked.page,
        },
        "day": answer.on,
        "total": answer.total,
        "results": answer.hits,
        "facets": {
            "kind": _counted(answer.facets.kind),
            "nation": _counted(answer.facets.nation),
        },
        "did_you_mean": answer.did_you_mean,
        "no_result": answer.no_result,
        "matched": answer.matched,
        "elsewhere": answer.elsewhere,
        "unknown_words": answer.unknown_words,
        "searched": _counted(answer.searched),
        "coverage": COVERAGE,
    }


def _counted(found: tuple[FacetCount, ...]) -> dict[str, int]:
    return {facet.value: facet.count for facet in found}
