"""The documents of the API about guidance, practice, services and what published pages claim."""

from collections.abc import Iterable, Mapping
from typing import Any

from kb import advice_model, claim_model
from kb.advice import Advice, Standing, standing_on
from kb.old_citations import CitationAnswer
from web.advice_asked import AdviceAsked
from web.contract import fields_of
from web.contract_advice import (
    GuidanceOn,
    NoneFound,
    Practice,
    RoleName,
    ServiceOn,
)
from web.contract_claims import Claim, Misconception, Omission, SourcePage
from web.contract_parts import Envelope, Published


class Successor(Published):
    """A later document as it stands on the day, and the id of the one that it replaced."""

    document: GuidanceOn
    replaced: str


class Cited(Published):
    """A document that the citation may mean."""

    document: GuidanceOn
    without: tuple[str, ...]
    """The words of the citation that it does not have."""
    successors: tuple[Successor, ...]
    """What replaced it, what replaced that, and so on to the end."""


class Citation(Published):
    """What an old citation may mean, the likeliest first; nothing if none is like it."""

    words: str
    searched: int
    """Among how many documents it was looked for."""
    found: tuple[Cited, ...]


class Listing(Envelope):
    """A list, and what it was asked to keep to."""

    asked: Mapping[str, str]
    """The parameters that ask the same again."""


class GuidanceListDocument(Listing):
    """Documents as they stand on a day, and which were searched for and not found."""

    guidance: tuple[GuidanceOn, ...]
    none_found: tuple[NoneFound, ...]
    cited: Citation | None
    """The answer about the citation, if one was asked about; the lists do not depend on it."""


class GuidanceDocument(Envelope, GuidanceOn):
    """One document."""


class NoneFoundDocument(Listing):
    """Which guidance was searched for and not found."""

    none_found: tuple[NoneFound, ...]


class PracticeListDocument(Listing):
    """Points of practice, and what the people in them are called."""

    practice: tuple[Practice, ...]
    roles: tuple[RoleName, ...]


class PracticeDocument(Envelope, Practice):
    """One point of practice."""

    roles: tuple[RoleName, ...]


class ServicesDocument(Listing):
    """Services as they stand on a day, the most urgent first."""

    services: tuple[ServiceOn, ...]


class ServiceDocument(Envelope, ServiceOn):
    """One service."""


class SourcesDocument(Envelope):
    """Every published page whose claims were read."""

    sources: tuple[SourcePage, ...]


class SourceDocument(Envelope):
    """One published page, claim by claim in the order of its lines, and what it leaves out."""

    source: SourcePage
    claims: tuple[Claim, ...]
    omissions: tuple[Omission, ...]


class ClaimsDocument(Listing):
    """Claims of published pages."""

    claims: tuple[Claim, ...]


class ClaimDocument(Envelope, Claim):
    """One claim of a published page."""


class MisconceptionsDocument(Listing):
    """What people get wrong."""

    misconceptions: tuple[Misconception, ...]


class MisconceptionDocument(Envelope, Misconception):
    """One mistaken belief, and the correction."""


def standing_content(standing: Standing) -> dict[str, Any]:
    """A document or service with its states."""
    return {**fields_of(standing.thing), "states": standing.states}


def standing_contents(found: Iterable[Standing]) -> tuple[dict[str, Any], ...]:
    """Several of them."""
    return tuple(standing_content(one) for one in found)


def thing_content(
    thing: advice_model.Guidance | advice_model.Service, asked: AdviceAsked
) -> dict[str, Any]:
    """A document or service with its states in all nations that it is for."""
    (standing,) = standing_on((thing,), on=asked.on, nations=thing.nations)
    return standing_content(standing)


def citation_content(answer: CitationAnswer | None, asked: AdviceAsked) -> dict[str, Any] | None:
    """What was found of a citation."""
    if answer is None:
        return None
    return {
        "words": answer.words,
        "searched": answer.searched,
        "found": [
            {
                "document": thing_content(one.document, asked),
                "without": one.without,
                "successors": [
                    {
                        "document": thing_content(step.document, asked),
                        "replaced": step.replaced.id,
                    }
                    for step in one.successors
                ],
            }
            for one in answer.found
        ],
    }


def practice_content(point: advice_model.Practice, advice: Advice) -> dict[str, Any]:
    """A point of practice with what the people in it are called where it is given."""
    there = {nation for one in point.said_by for nation in one.nations}
    return {
        **fields_of(point),
        "roles": tuple(role for role in advice.roles if role.nation in there),
    }


def source_content(
    page: claim_model.SourcePage,
    claims: Iterable[claim_model.Claim],
    omissions: Iterable[claim_model.Omission],
) -> dict[str, Any]:
    """A page with its claims and what it leaves out."""
    return {"source": page, "claims": tuple(claims), "omissions": tuple(omissions)}
