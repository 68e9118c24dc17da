"""The order in which claims are read, and long lists of them part by part."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from kb.claim_model import Claim, Omission, SourcePage
from kb.knowledge import Knowledge
from web.paging import bad_part

PART = "part"  # of a list of claims: ``page`` is the published page that they are on
MOST = 40


def places_of(page: SourcePage, *, known: Knowledge) -> dict[str, str]:
    """Where each claim (its id) of a page stands among them: an address."""
    return {
        claim.id: f"{part_address(page, place // MOST + 1)}#{claim.id}"
        for place, claim in enumerate(claims_of(page, known=known))
    }


def part_address(page: SourcePage, part: int) -> str:
    """The address of a part of the claims of a page."""
    return url_for("register.source", slug=page.id, **numbered(part))


def parts_of(claims: tuple[Claim, ...]) -> int:
    """How many parts a list of claims has: one at least."""
    return max(1, -(-len(claims) // MOST))


def in_part(claims: tuple[Claim, ...], part: int) -> tuple[Claim, ...]:
    """The claims of a part; raises BadParameter if there is no such part."""
    if part > parts_of(claims):
        raise bad_part(str(part), last=parts_of(claims), name=PART)
    return claims[(part - 1) * MOST : part * MOST]


def first_near(
    claims: tuple[Claim, ...], omissions: Iterable[Omission]
) -> dict[str, list[Omission]]:
    """What is left out, by the first claim that it is near."""
    first: dict[str, list[Omission]] = {}
    for omission in omissions:
        named = {thing.id for thing in omission.near}
        at = next(claim.id for claim in claims if claim.id in named)
        first.setdefault(at, []).append(omission)
    return first


def claims_of(page: SourcePage, *, known: Knowledge) -> tuple[Claim, ...]:
    """The claims of a page in the order of its lines."""
    claims = (known.advice.claims[slug] for slug in page.claims)
    return tuple(sorted(claims, key=first_line))


def first_line(claim: Claim) -> int:
    """The first of the lines on which a claim stands: of ``5,10`` or ``5-10``, 5."""
    return int(claim.lines.replace("-", ",").split(",")[0])


def omissions_near(claims: Iterable[Claim], *, known: Knowledge) -> tuple[Omission, ...]:
    """What the pages leave out near some claims."""
    ids = {claim.id for claim in claims}
    return tuple(o for o in known.advice.omissions if ids & {thing.id for thing in o.near})


def numbered(part: int) -> dict[str, Any]:
    """What an address says of the part: nothing of the first."""
    return {PART: str(part)} if part > 1 else {}
