"""What the pages about published pages show: their claims, how these stand, what people believe."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from kb.advice_found import claims_found, misconceptions_found
from kb.catalogue import grouped
from kb.claim_model import Claim, Misconception, Omission, SourcePage
from kb.knowledge import Knowledge
from web.advice_asked import AdviceAsked
from web.advice_standing import Choice
from web.claim_order import (
    claims_of,
    first_line,
    first_near,
    in_part,
    numbered,
    omissions_near,
    part_address,
    parts_of,
    places_of,
)
from web.paging import Turns, turns

FILTERS = ("page", "kind", "verdict", "nation")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many claims are of each kind, and how many have each verdict; some have two."""

    claims: int
    kinds: tuple[Choice, ...]
    verdicts: tuple[Choice, ...]
    not_audited: int


@dataclass(frozen=True, kw_only=True)
class SourceShown:
    """A page in the list of pages."""

    page: SourcePage
    tally: Tally


@dataclass(frozen=True, kw_only=True)
class SourcesPage:
    """All pages, and all their claims counted."""

    pages: tuple[SourceShown, ...]
    tally: Tally
    misconceptions: int


@dataclass(frozen=True, kw_only=True)
class ClaimShown:
    """A claim where it stands on its page, with the omissions that are told after it."""

    claim: Claim
    omissions: tuple[Omission, ...]


@dataclass(frozen=True, kw_only=True)
class SourcePageShown:
    """One page, beside the original: a part of its claims, in the order of its lines.

    ``wanting`` are all claims that are not right as they stand, each with its address.
    """

    page: SourcePage
    tally: Tally
    claims: tuple[ClaimShown, ...]
    part: int
    turns: Turns | None
    wanting: tuple[tuple[Claim, str], ...]
    omissions: tuple[Omission, ...]
    misconceptions: tuple[Misconception, ...]


@dataclass(frozen=True, kw_only=True)
class PageOfClaims:
    """The claims of one page that a list keeps to."""

    page: SourcePage
    claims: tuple[Claim, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimsPage:
    """A part of the list of claims, page by page."""

    asked: AdviceAsked
    pages: tuple[PageOfClaims, ...]
    every_page: tuple[SourcePage, ...]
    total: int
    part: int
    turns: Turns | None


@dataclass(frozen=True, kw_only=True)
class ClaimPage:
    """One claim, what its page leaves out near it, and what people wrongly take from it."""

    claim: Claim
    page: SourcePage
    address: str
    omissions: tuple[Omission, ...]
    misconceptions: tuple[Misconception, ...]


@dataclass(frozen=True, kw_only=True)
class MisconceptionsPage:
    """The mistaken beliefs that a question keeps to."""

    asked: AdviceAsked
    found: tuple[Misconception, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class MisconceptionPage:
    """One mistaken belief, and the claims of published pages that say it."""

    found: Misconception
    claims: tuple[Claim, ...]


def sources_page(*, known: Knowledge) -> SourcesPage:
    """All pages, each with its claims counted."""
    pages = known.advice.pages.values()
    return SourcesPage(
        pages=tuple(
            SourceShown(page=page, tally=_tally(claims_of(page, known=known), known=known))
            for page in pages
        ),
        tally=_tally(known.advice.claims.values(), known=known),
        misconceptions=len(known.advice.misconceptions),
    )


def source_page(page: SourcePage, *, part: int, known: Knowledge) -> SourcePageShown:
    """Arrange a part of one page for reading beside the original; raises BadParameter."""
    claims = claims_of(page, known=known)
    near, places = omissions_near(claims, known=known), places_of(page, known=known)
    first = first_near(claims, near)
    right = known.schemes.slugs("verdicts")[0]
    wanting = (c for c in claims if c.verdict and c.verdict.verdicts != (right,))
    return SourcePageShown(
        page=page,
        tally=_tally(claims, known=known),
        claims=tuple(
            ClaimShown(claim=claim, omissions=tuple(first.get(claim.id, ())))
            for claim in in_part(claims, part)
        ),
        part=part,
        turns=turns(part, parts_of(claims), lambda number: part_address(page, number)),
        wanting=tuple((claim, places[claim.id]) for claim in wanting),
        omissions=near,
        misconceptions=_fed(claims, known=known),
    )


def claims_page(asked: AdviceAsked, *, part: int, known: Knowledge) -> ClaimsPage:
    """Arrange a part of the claims that a question keeps to; raises BadParameter."""
    order = tuple(known.advice.pages)
    found = sorted(
        claims_kept(asked, known=known),
        key=lambda claim: (order.index(claim.page.id), first_line(claim)),
    )
    pages = grouped(in_part(tuple(found), part), lambda claim: claim.page.id)
    again: dict[str, Any] = dict(asked.stated())
    return ClaimsPage(
        asked=asked,
        pages=tuple(
            PageOfClaims(page=known.advice.pages[slug], claims=pages[slug]) for slug in pages
        ),
        every_page=tuple(known.advice.pages.values()),
        total=len(found),
        part=part,
        turns=turns(
            part,
            parts_of(tuple(found)),
            lambda number: url_for("register.claims", **again, **numbered(number)),
        ),
    )


def claims_kept(asked: AdviceAsked, *, known: Knowledge) -> tuple[Claim, ...]:
    """The claims that a question keeps to."""
    return claims_found(known.advice, **asked.kept_to(*FILTERS))


def claim_page(claim: Claim, *, known: Knowledge) -> ClaimPage:
    """Arrange one claim for reading."""
    page = known.advice.pages[claim.page.id]
    return ClaimPage(
        claim=claim,
        page=page,
        address=places_of(page, known=known)[claim.id],
        omissions=omissions_near((claim,), known=known),
        misconceptions=_fed((claim,), known=known),
    )


def misconceptions_page(asked: AdviceAsked, *, known: Knowledge) -> MisconceptionsPage:
    """Arrange the mistaken beliefs that a question keeps to."""
    found = misconceptions_found(known.advice, **asked.kept_to("nation", "topic"))
    return MisconceptionsPage(asked=asked, found=found, total=len(known.advice.misconceptions))


def misconception_page(found: Misconception, *, known: Knowledge) -> MisconceptionPage:
    """Arrange one mistaken belief for reading."""
    claims = (known.advice.claims[thing.id] for thing in found.claims)
    return MisconceptionPage(found=found, claims=tuple(claims))


def _fed(claims: Iterable[Claim], *, known: Knowledge) -> tuple[Misconception, ...]:
    """The mistaken beliefs that some claims feed."""
    ids = {thing.id for claim in claims for thing in claim.misconceptions}
    return tuple(one for slug, one in known.advice.misconceptions.items() if slug in ids)


def _tally(claims: Iterable[Claim], *, known: Knowledge) -> Tally:
    every = tuple(claims)
    kinds = [claim.kind for claim in every]
    verdicts = [word for claim in every if claim.verdict for word in claim.verdict.verdicts]
    return Tally(
        claims=len(every),
        kinds=_counted(known.schemes.slugs("claim-kinds"), kinds),
        verdicts=_counted(known.schemes.slugs("verdicts"), verdicts),
        not_audited=sum(claim.verdict is None for claim in every),
    )


def _counted(words: tuple[str, ...], found: list[str]) -> tuple[Choice, ...]:
    counts = ((word, found.count(word)) for word in words)
    return tuple(Choice(value=word, count=count, chosen=False) for word, count in counts if count)
