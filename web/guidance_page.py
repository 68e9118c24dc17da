"""What the pages about guidance show: the list by kind and body, one document, old citations."""

from dataclasses import dataclass

from kb.advice import Standing, standing_on
from kb.advice_found import guidance_found
from kb.advice_model import Guidance, NoneFound, Point
from kb.catalogue import grouped
from kb.claim_model import Claim
from kb.knowledge import Knowledge
from kb.old_citations import CitationAnswer, CitedDocument, Step, find_cited, successors
from web.advice_asked import AdviceAsked
from web.advice_standing import (
    Choice,
    NationRow,
    Shown,
    ThingGroup,
    by_kind,
    nation_rows,
    row_of,
    shown,
    states_counted,
)

FILTERS = ("audience", "kind", "body", "topic")


@dataclass(frozen=True, kw_only=True)
class BodyGroup:
    """Documents that the same bodies published."""

    bodies: tuple[str, ...]
    documents: tuple[Shown, ...]


@dataclass(frozen=True, kw_only=True)
class KindGroup:
    """Documents of one kind, body by body."""

    kind: str
    bodies: tuple[BodyGroup, ...]


@dataclass(frozen=True, kw_only=True)
class Later:
    """A later document as it stands on the day, and the one that it replaced."""

    document: Shown
    replaced: Guidance


@dataclass(frozen=True, kw_only=True)
class Meant:
    """A document that a citation may mean, and all that replaced it, as they stand on the day."""

    document: Shown
    without: tuple[str, ...]
    later: tuple[Later, ...]


@dataclass(frozen=True, kw_only=True)
class GuidancePage:
    """The list; ``cited`` and ``meant`` answer an old citation, if one is asked about."""

    asked: AdviceAsked
    groups: tuple[KindGroup, ...]
    total: int
    states: tuple[Choice, ...]
    none_found: tuple[NoneFound, ...]
    cited: CitationAnswer | None
    meant: tuple[Meant, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentPage:
    """One document: what it says is told apart by whether it rests on general knowledge.

    ``there`` is how it stands in the nation of the reader, if one is chosen.
    """

    asked: AdviceAsked
    document: Guidance
    shown: Shown
    rows: tuple[NationRow, ...]
    there: NationRow | None
    confirmed: tuple[Point, ...]
    likely: tuple[Point, ...]
    later: tuple[Later, ...]
    about: tuple[ThingGroup, ...]
    claims: tuple[Claim, ...]


def guidance_page(asked: AdviceAsked, *, known: Knowledge) -> GuidancePage:
    """Arrange the documents that a question keeps to."""
    everything, found = documents_found(asked, known=known)
    cited = cited_answer(asked, known=known)
    return GuidancePage(
        asked=asked,
        groups=_groups(found, known=known),
        total=len(found),
        states=states_counted(everything, asked, known=known),
        none_found=none_found(asked, known=known),
        cited=cited,
        meant=tuple(_meant(one, asked) for one in cited.found) if cited else (),
    )


def documents_found(
    asked: AdviceAsked, *, known: Knowledge
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """The documents that a question keeps to, in whatever state; and those in the state asked."""
    kept = asked.kept_to(*FILTERS)
    everything, found = (
        guidance_found(known.advice, on=asked.on, nations=asked.nations, state=state, **kept)
        for state in (None, asked.state)
    )
    return everything, found


def none_found(asked: AdviceAsked, *, known: Knowledge) -> tuple[NoneFound, ...]:
    """Which guidance was searched for and not found, in the nations and of the kind asked about.

    A search was for a kind in a nation: where anything else is asked for, none is an answer.
    """
    if any(asked.kept_to("audience", "body", "topic", "state").values()):
        return ()
    return tuple(
        one
        for one in known.advice.none_found
        if one.nation in asked.nations and asked.kind in (None, one.kind)
    )


def cited_answer(asked: AdviceAsked, *, known: Knowledge) -> CitationAnswer | None:
    """Which documents the citation asked about may mean; None if none is."""
    return find_cited(known.advice, known.schemes, asked.cited) if asked.cited else None


def document_page(document: Guidance, asked: AdviceAsked, *, known: Knowledge) -> DocumentPage:
    """Arrange one document for reading."""
    lowest = known.schemes.slugs("confidences")[-1]
    claims = (known.advice.claims[thing.id] for thing in document.claims)
    rows = nation_rows(document, asked, known=known)
    return DocumentPage(
        asked=asked,
        document=document,
        shown=_shown(document, asked),
        rows=rows,
        there=row_of(rows, asked.nation),
        confirmed=tuple(point for point in document.says if point.confidence != lowest),
        likely=tuple(point for point in document.says if point.confidence == lowest),
        later=tuple(_later(step, asked) for step in successors(known.advice, document)),
        about=by_kind(*document.about, *document.practice),
        claims=tuple(claims),
    )


def _groups(found: tuple[Standing, ...], *, known: Knowledge) -> tuple[KindGroup, ...]:
    shelf = known.advice.guidance
    kinds = grouped(found, lambda one: shelf[one.thing.id].kind)
    return tuple(
        KindGroup(kind=kind, bodies=_bodies(kinds[kind], known=known))
        for kind in known.schemes.slugs("guidance-kinds")
        if kind in kinds
    )


def _bodies(found: tuple[Standing, ...], *, known: Knowledge) -> tuple[BodyGroup, ...]:
    """By body in the order of the scheme; in each, what is in effect first."""
    places = {slug: place for place, slug in enumerate(known.schemes.slugs("bodies"))}
    bodies = grouped(found, lambda one: one.thing.bodies)
    ordered = sorted(bodies, key=lambda group: [places[slug] for slug in group])
    return tuple(
        BodyGroup(
            bodies=group,
            documents=tuple(
                sorted(
                    map(shown, bodies[group]), key=lambda one: (not one.current, one.thing.title)
                )
            ),
        )
        for group in ordered
    )


def _meant(one: CitedDocument, asked: AdviceAsked) -> Meant:
    return Meant(
        document=_shown(one.document, asked),
        without=one.without,
        later=tuple(_later(step, asked) for step in one.successors),
    )


def _later(step: Step, asked: AdviceAsked) -> Later:
    return Later(document=_shown(step.document, asked), replaced=step.replaced)


def _shown(document: Guidance, asked: AdviceAsked) -> Shown:
    """A document as it stands in every nation that it is for."""
    (standing,) = standing_on((document,), on=asked.on, nations=document.nations)
    return shown(standing)
