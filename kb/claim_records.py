"""Writes the records of published pages, their claims, and what people get wrong."""

from kb import advice_rows as rows
from kb import naming
from kb.advice_desk import Desk
from kb.advice_model import Thing
from kb.claim_model import Claim, Misconception, Omission, SourcePage, Verdict
from kb.model import ProvisionRef
from kb.terms import OWN_WORDS, slug_of

NAME, PRINTED = OWN_WORDS + "name", OWN_WORDS + "printedContact"


def page_record(desk: Desk, row: rows.SourcePageRow) -> SourcePage:
    """A published page, and the claims read in it."""
    claims = sorted(
        (one for one in desk.found["claims"] if one.page == row.page),
        key=lambda one: (one.order, one.slug),
    )
    return SourcePage(
        id=row.slug,
        title=row.title,
        bodies=desk.words(row.page, "dcterms:publisher", "bodies"),
        no_publisher=row.no_publisher,
        nations=desk.words(row.page, "law:nation", "nations"),
        page_date=row.page_date,
        issued=row.issued,
        lines=row.lines,
        address=row.address,
        no_address=row.no_address,
        note=row.note,
        claims=tuple(claim.slug for claim in claims),
        confidence=slug_of(row.confidence),
    )


def claim_record(desk: Desk, row: rows.ClaimRow) -> Claim:
    """A claim, what it is about, and its verdict if it was audited."""
    verdicts = desk.owned["verdicts"].get(row.claim, ())
    printed = desk.owned["claim_words"].get(row.claim, ())
    return Claim(
        id=row.slug,
        page=desk.things[row.page],
        lines=row.lines,
        kind=slug_of(row.kind),
        element=slug_of(row.element) if row.element else None,
        text=row.text,
        nations=desk.words(row.claim, "law:statesNation", "nations"),
        implied=desk.words(row.claim, "law:impliesNation", "nations"),
        names=tuple(one.words for one in printed if one.relation == NAME),
        printed_contacts=tuple(one.words for one in printed if one.relation == PRINTED),
        removal_route=bool(row.removal),
        mentions=desk.named(row.claim, "law:mentions"),
        about=desk.named(row.claim, "law:about"),
        verdict=_verdict(desk, verdicts[0]) if verdicts else None,
        misconceptions=_said_in(desk, row.claim),
    )


def _verdict(desk: Desk, row: rows.VerdictRow) -> Verdict:
    also = desk.words(row.fact, "law:alsoVerdict", "verdicts")
    return Verdict(
        verdicts=(slug_of(row.verdict), *also),
        why=row.why,
        right_position=row.right_position,
        provisions=_provisions(desk, row.fact),
        about=desk.named(row.fact, "law:about"),
        as_of=row.as_of,
        scope=row.scope,
        sources=desk.sources(row.fact),
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def _provisions(desk: Desk, owner: str) -> tuple[ProvisionRef, ...]:
    found = (naming.legal_reference(desk.catalogue, a) for a in desk.tied(owner, "law:provision"))
    return tuple(reference for reference in found if reference)


def _said_in(desk: Desk, claim: str) -> tuple[Thing, ...]:
    return tuple(desk.things[address] for address in desk.back.get((claim, "law:claim"), ()))


def omission_record(desk: Desk, row: rows.OmissionRow) -> Omission:
    """What the pages leave out."""
    return Omission(
        id=row.slug,
        label=row.label,
        right_position=row.right_position,
        nations=desk.words(row.omission, "law:nation", "nations"),
        provisions=_provisions(desk, row.omission),
        near=desk.named(row.omission, "law:nearClaim"),
        as_of=row.as_of,
        sources=desk.sources(row.omission),
        no_source=row.no_source,
        confidence=slug_of(row.confidence),
    )


def misconception_record(desk: Desk, row: rows.MisconceptionRow) -> Misconception:
    """A mistaken belief and its correction."""
    owner = row.misconception
    return Misconception(
        id=row.slug,
        label=row.label,
        other_words=tuple(n.name for n in desk.catalogue.other_names.get(owner, ())),
        correction=row.correction,
        verdict=slug_of(row.verdict),
        nations=desk.words(owner, "law:nation", "nations"),
        provisions=_provisions(desk, owner),
        about=desk.named(owner, "law:about"),
        topics=desk.words(owner, "law:topic", "topics"),
        claims=desk.named(owner, "law:claim"),
        as_of=row.as_of,
        note=row.note,
        sources=desk.sources(owner),
        no_source=row.no_source,
        confidence=slug_of(row.confidence),
    )
