"""Writes the records of guidance, practice and services from their rows."""

from kb import advice_rows as rows
from kb.advice_desk import Desk
from kb.advice_model import (
    Contact,
    Guidance,
    NoneFound,
    Practice,
    RoleName,
    SaidBy,
    Service,
    Thing,
)
from kb.catalogue import grouped
from kb.terms import slug_of
from kb.wording import first_lower

UNCONFIRMED = ", not confirmed"


def guidance_record(desk: Desk, row: rows.GuidanceRow) -> Guidance:
    """A document, with what it says and the points of practice that rest on it."""
    owner = row.guidance
    return Guidance(
        id=row.slug,
        title=row.title,
        kind=slug_of(row.kind),
        bodies=desk.words(owner, "dcterms:publisher", "bodies"),
        nations=desk.words(owner, "law:nation", "nations"),
        audiences=desk.words(owner, "law:audience", "audiences"),
        topics=desk.words(owner, "law:topic", "topics"),
        for_whom=row.for_whom,
        about=desk.named(owner, "law:about"),
        practice=_practice_of(desk, owner),
        says=desk.points(owner),
        periods=desk.periods(owner),
        first_published=row.first_published,
        last_updated=row.last_updated,
        updated_on=row.updated_on,
        status=row.status_words,
        replaces=tuple(desk.things[a] for a in desk.back.get((owner, "dcterms:isReplacedBy"), ())),
        replaced_by=desk.named(owner, "dcterms:isReplacedBy"),
        address=row.address,
        no_address=row.no_address,
        opened=bool(row.opened),
        note=row.note,
        verify=row.verify,
        claims=desk.claims_on(owner),
        sources=desk.sources(owner),
        no_source=row.no_source,
        confidence=slug_of(row.confidence),
    )


def _practice_of(desk: Desk, document: str) -> tuple[Thing, ...]:
    every = (row for found in desk.owned["advice"].values() for row in found)
    return tuple(
        dict.fromkeys(desk.things[row.practice] for row in every if row.said_by == document)
    )


def none_found_record(desk: Desk, row: rows.NoneFoundRow) -> NoneFound:
    """That none was found."""
    return NoneFound(
        id=row.slug,
        nation=slug_of(row.nation),
        kind=slug_of(row.kind),
        text=row.text,
        searched_on=row.searched_on,
        meanwhile=desk.named(row.owner, "law:about"),
        confidence=slug_of(row.confidence),
    )


def practice_record(desk: Desk, row: rows.PracticeRow) -> Practice:
    """A point of practice with every document that says it."""
    said = grouped(desk.owned["advice"].get(row.practice, ()), lambda one: one.fact)
    return Practice(
        id=row.slug,
        label=row.label,
        text=row.text,
        kind=slug_of(row.kind),
        audiences=desk.words(row.practice, "law:audience", "audiences"),
        topics=desk.words(row.practice, "law:topic", "topics"),
        said_by=tuple(_said_by(desk, group) for group in said.values()),
        claims=desk.claims_on(row.practice),
    )


def _said_by(desk: Desk, group: tuple[rows.AdviceRow, ...]) -> SaidBy:
    first = group[0]
    there = {slug_of(row.nation) for row in group}
    return SaidBy(
        document=desk.things[first.said_by],
        nations=tuple(n for n in desk.schemes.slugs("nations") if n in there),
        text=first.text,
        start=first.start,
        end=first.end,
        sources=desk.sources(first.fact, first.inherits),
        confidence=slug_of(first.confidence),
        fact=first.fact,
    )


def role_record(desk: Desk, row: rows.RoleRow) -> RoleName:
    """What a role is called in a nation."""
    return RoleName(
        role=slug_of(row.role),
        nation=slug_of(row.nation),
        name=row.name,
        sources=desk.sources(row.fact),
        no_source=row.no_source,
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def service_record(desk: Desk, row: rows.ServiceRow) -> Service:
    """A helpline or reporting route, with each way to reach it."""
    owner = row.service
    contacts = tuple(_contact(desk, one) for one in desk.owned["contact_points"].get(owner, ()))
    return Service(
        id=row.slug,
        title=row.title,
        other_names=tuple(n.name for n in desk.catalogue.other_names.get(owner, ())),
        run_by=row.run_by,
        bodies=desk.words(owner, "dcterms:publisher", "bodies"),
        kinds=desk.words(owner, "law:serviceKind", "service-kinds"),
        nations=desk.words(owner, "law:nation", "nations"),
        audiences=desk.words(owner, "law:audience", "audiences"),
        topics=desk.words(owner, "law:topic", "topics"),
        for_whom=row.for_whom,
        contact=_summed_up(desk, contacts),
        contacts=contacts,
        says=desk.points(owner),
        periods=desk.periods(owner),
        status=row.status_words,
        replaced_by=desk.named(owner, "dcterms:isReplacedBy"),
        address=row.address,
        no_address=row.no_address,
        opened=bool(row.opened),
        checked_on=row.checked_on,
        note=row.note,
        verify=row.verify,
        claims=desk.claims_on(owner),
        sources=desk.sources(owner),
        no_source=row.no_source,
        confidence=slug_of(row.confidence),
    )


def _contact(desk: Desk, row: rows.ContactRow) -> Contact:
    return Contact(
        channel=slug_of(row.channel),
        value=row.value,
        hours=row.hours,
        nations=desk.words(row.fact, "law:nation", "nations"),
        verify=row.verify,
        sources=desk.sources(row.fact, row.inherits),
        confidence=slug_of(row.confidence),
        fact=row.fact,
    )


def _summed_up(desk: Desk, contacts: tuple[Contact, ...]) -> str:
    """Every way to reach a service in one line: ``0800 1111 (phone); …``."""
    labels = {concept.slug: concept.label for concept in desk.schemes.scheme("channels")}
    return "; ".join(
        f"{one.value} ({first_lower(labels[one.channel])}{UNCONFIRMED if one.verify else ''})"
        for one in contacts
    )
