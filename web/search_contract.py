"""What /api/v1/search answers: a part of the contract of the API."""

from datetime import date
from typing import Any

from kb.search_above import Above
from kb.search_model import SearchAnswer
from web.contract_parts import Envelope, Published

COVERAGE = "/coverage"


class SearchReason(Published):
    """Why a result fits although its own words do not."""

    words: str
    """The words of the search."""
    meaning: str
    """What they are another name for."""


class SearchResult(Published):
    """One thing found."""

    id: str
    """A path (provisions, instruments) or a slug (all else)."""
    kind: str
    address: str
    """Its identifier, the whole of it."""
    title: str
    provision: str | None
    """The path of the provision: of an offence, the one that creates it."""
    url: str
    """The page about it on this site."""
    snippet: str
    """HTML with no markup but `<mark>` round what was searched for; all else is escaped."""
    score: float
    nations: tuple[str, ...]
    """Where it is law on the day (offences, provisions, rules), extends to (instruments), or is
    current on the day (guidance, services); of anything else, the nations it is about."""
    unsettled: tuple[str, ...]
    """Where it cannot be said whether it is law, or current, on the day."""
    reasons: tuple[SearchReason, ...]
    on: date | None
    """The day by which results are sorted: on which it began, was made, published or checked."""


class SearchFacets(Published):
    """How many results there are of each value, each facet without its own filter."""

    kind: dict[str, int]
    nation: dict[str, int]
    state: dict[str, int]
    document_state: dict[str, int]
    instrument: dict[str, int]
    topic: dict[str, int]
    conduct: dict[str, int]
    material: dict[str, int]
    body: dict[str, int]
    audience: dict[str, int]
    verdict: dict[str, int]


class SearchCorrection(Published):
    """A mistaken belief that the search comes very close to, and what is right instead."""

    id: str
    title: str
    correction: str
    url: str
    nations: tuple[str, ...]


class SearchChoice(Published):
    """A provision or instrument that a citation may name."""

    kind: str
    id: str
    citation: str
    url: str


class SearchCitation(Published):
    """The search read as a citation, where it is nothing else."""

    status: str
    """`one`: it names the one choice; `ambiguous`: it may mean any of them; `not-held`: what it
    names is not here, and these are the nearest."""
    reason: str
    choices: tuple[SearchChoice, ...]


class SearchQuestion(Published):
    """A question about the law that the search asks."""

    words: str
    parameters: tuple[tuple[str, str], ...]
    """Those of `/api/v1/law`."""


class SearchService(Published):
    """Whom to call or to report to."""

    id: str
    title: str
    contact: str
    for_whom: str


class SearchAsked(Published):
    """The search as it was understood."""

    q: str
    kind: tuple[str, ...]
    nation: tuple[str, ...]
    filters: dict[str, tuple[str, ...]]
    """All filters, by their parameters."""
    on: date | None
    """The day that results are kept to; null if all days are meant."""
    sort: str
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
    citation: SearchCitation | None
    question: SearchQuestion | None
    correction: SearchCorrection | None
    """To be read first, where the search says what people get wrong."""
    service: SearchService | None
    """A service that is among the first results."""
    did_you_mean: str | None
    """What was searched for instead, where a word of this search is not known."""
    no_result: bool
    matched: str
    """`all`: each result has every word; `like`: nothing has, and these are the results of
    `did_you_mean`; `some`: little has them all, and these have several; or `none`."""
    elsewhere: int
    """How many more there are without the filters."""
    unknown_words: tuple[str, ...]
    """Words that stand nowhere in what was searched."""
    refused: tuple[str, ...]
    """Fields that there are not: they were read as plain words."""
    searched: dict[str, int]
    """How many things of each kind were searched."""
    coverage: str
    """Where this site says what it covers: what is not found here may still be law."""
    instead: tuple[SearchService, ...]
    """Who can be asked, where nothing was found."""


def search_content(answer: SearchAnswer, above: Above) -> dict[str, Any]:
    """The content of the document for an answer and what stands above it."""
    asked = answer.asked
    return {
        "asked": {
            "q": asked.words,
            "kind": asked.kept_to("kind"),
            "nation": asked.kept_to("nation"),
            "filters": dict(asked.filters),
            "on": asked.on,
            "sort": asked.sort,
            "limit": asked.limit,
            "page": asked.page,
        },
        "day": answer.on,
        "total": answer.total,
        "results": answer.hits,
        "facets": answer.facets,
        "citation": _citation(above),
        "question": above.question,
        "correction": answer.correction,
        "service": above.service,
        "did_you_mean": answer.did_you_mean,
        "no_result": answer.no_result,
        "matched": answer.matched,
        "elsewhere": answer.elsewhere,
        "unknown_words": answer.unknown_words,
        "refused": answer.refused,
        "searched": answer.searched,
        "coverage": COVERAGE,
        "instead": above.instead,
    }


def _citation(above: Above) -> dict[str, Any] | None:
    if above.citation is None:
        return None
    return {
        "status": above.citation.status,
        "reason": above.citation.reason,
        "choices": tuple(
            {
                "kind": match.kind,
                "id": match.ref.id,
                "citation": match.ref.citation,
                "url": f"/legislation/{match.ref.id}",
            }
            for match in above.citation.matches
        ),
    }
