"""An answer as a page reads it: by nation, state by state, and the nations side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request

from kb.advice_answer_model import GuidanceAnswer
from kb.answers import LawAnswer, NationAnswer, OffenceAnswer
from kb.citation import printed
from kb.knowledge import Knowledge
from kb.model import Asked, Concept, ProvisionRef
from kb.terms import identifier
from kb.topics import topics_of
from web.answer_change import Elsewhere, WouldChange, cited, elsewhere, would_change
from web.answer_links import Links, links_of
from web.answer_role import ROLE
from web.answer_said import Said, said
from web.answer_states import MANY, StateGroup, groups_of
from web.answer_strip import place_of
from web.form import Fact, facts
from web.nation_pieces import FIRST_SERVICES, NationPieces
from web.pieces import kept
from web.reading_advice import AdviceReading, advice_reading
from web.spoken import day, listed

COMPARED = ("applies", "unknown", "ruled-out")
CITED = ("applies", "unknown")
TOPICS = 3


@dataclass(frozen=True, kw_only=True)
class NationReading:
    """The answer of a nation, its offences by state (states without any are left out), the rest.

    What would change it, and what it is elsewhere, is said where one nation is asked about.
    """

    answer: NationAnswer
    said: Said
    groups: tuple[StateGroup, ...]
    advice: AdviceReading
    pieces: NationPieces
    discussed: Mapping[str, tuple[GuidanceAnswer, ...]]
    change: WouldChange | None = None
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def more_help(self) -> int:
        """How many services there are besides the first."""
        return max(0, len(self.answer.help.services) - FIRST_SERVICES) if self.answer.help else 0


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a nation has in a row of the comparison."""

    nation: str
    label: str
    offences: tuple[OffenceAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One state across the nations."""

    state: Concept
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class LawPage:
    """The answer page; ``links`` ask the same again."""

    answer: LawAnswer
    facts: tuple[Fact, ...]
    links: Links
    place: str
    role: Concept | None
    nations: tuple[NationReading, ...]
    comparison: tuple[Row, ...]
    day_at: int
    cited: str
    provisions: tuple[str, ...]
    graph: str | None
    topics: tuple[Concept, ...]
    many: int = MANY

    @property
    def stated(self) -> dict[str, Any]:
        """The parameters that ask the same again, the role with them."""
        return self.links.here


def law_page(
    answer: LawAnswer, *, known: Knowledge, also: Mapping[str, str], role: str | None
) -> LawPage:
    """Arrange an answer for reading; ``also`` is what was stated besides the question itself."""
    schemes = known.schemes
    links = links_of(answer.asked, schemes=schemes, also=also, role=role)
    several = len(answer.nations) > 1
    labels = [nation.label for nation in answer.nations]
    return LawPage(
        answer=answer,
        facts=facts(answer.asked, schemes=schemes),
        links=links,
        place=listed(labels),
        role=schemes.concept("audiences", role, parameter=ROLE) if role else None,
        nations=tuple(
            _reading(one, answer.asked, known=known, links=links, several=several, role=role)
            for one in answer.nations
        ),
        comparison=_comparison(answer, schemes.scheme("states")) if several else (),
        day_at=place_of(known.catalogue, answer.asked.on),
        cited=_cited(answer, links),
        provisions=_provisions(answer, known),
        graph=_graph(answer, links),
        topics=_topics(answer.asked, known),
    )


def _reading(
    nation: NationAnswer,
    asked: Asked,
    *,
    known: Knowledge,
    links: Links,
    several: bool,
    role: str | None,
) -> NationReading:
    stated = _facts_stated(asked)
    alone = not several
    advice = advice_reading(nation, known=known, role=role)
    return NationReading(
        answer=nation,
        said=said(nation, on=asked.on, facts=stated),
        groups=tuple(groups_of(nation, schemes=known.schemes, several=several)),
        advice=advice,
        pieces=NationPieces(
            answer=nation,
            known=known,
            advice=advice,
            role=role,
            level=4 if several else 3,
            rules=frozenset() if several else frozenset(rule.id for rule in nation.rules),
        ),
        discussed=_discussed(nation),
        change=would_change(known, nation, asked, ask=links.ask) if alone and stated else None,
        elsewhere=elsewhere(known, nation, asked, ask=links.ask, compare=links.compare)
        if alone and stated
        else (),
    )


def _facts_stated(asked: Asked) -> bool:
    said_of = (asked.conduct, asked.material, asked.depicted_age, asked.accused_age)
    return any((*said_of, asked.recipient_age, asked.consent, asked.relationship))


def _discussed(nation: NationAnswer) -> dict[str, tuple[GuidanceAnswer, ...]]:
    """The documents that discuss each offence (slug) of an answer."""
    found: dict[str, tuple[GuidanceAnswer, ...]] = {}
    for document in nation.guidance:
        for slug in document.discusses:
            found[slug] = (*found.get(slug, ()), document)
    return found


def _comparison(answer: LawAnswer, states: tuple[Concept, ...]) -> tuple[Row, ...]:
    named = {state.slug: state for state in states}
    rows = (
        Row(
            state=named[slug],
            cells=tuple(
                Cell(nation=n.nation, label=n.label, offences=n.in_state(slug))
                for n in answer.nations
            ),
        )
        for slug in COMPARED
    )
    return tuple(row for row in rows if any(cell.offences for cell in row.cells))


def _cited(answer: LawAnswer, links: Links) -> str:
    address = f"{request.host_url.rstrip('/')}{links.ask(role=None)}"
    return cited(
        answer.nations,
        release=answer.release.id,
        checked=day(answer.checked_on),
        address=address,
    )


def _open_offences(answer: LawAnswer) -> Iterable[OffenceAnswer]:
    """The offences that apply or may, each once; none where they are very many."""
    found = {o.id: o for n in answer.nations for state in CITED for o in n.in_state(state)}
    return found.values() if len(found) <= 2 * MANY else ()


def _provisions(answer: LawAnswer, known: Knowledge) -> tuple[str, ...]:
    """How the provisions of an answer are cited, in its order."""
    refs = dict.fromkeys(offence.provision for offence in _open_offences(answer))
    return tuple(kept(("oscola", ref), partial(_oscola, known, ref)) for ref in refs)


def _oscola(known: Knowledge, ref: ProvisionRef) -> str:
    return printed(known.catalogue, ref.uri, ref.limb).oscola


def _graph(answer: LawAnswer, links: Links) -> str | None:
    """Where the graph tells of the offences of an answer."""
    found = tuple(identifier("offence", offence.id) for offence in _open_offences(answer))
    return links.turtle(found) if found else None


def _topics(asked: Asked, known: Knowledge) -> tuple[Concept, ...]:
    """The first topics that the question is in: each has a feed."""
    words = [identifier("conduct", slug) for slug in asked.conduct]
    words += [identifier("material", slug) for slug in asked.material]
    there = topics_of(known.catalogue, known.schemes, *words)[:TOPICS] if words else ()
    return tuple(word for word in known.schemes.scheme("topics") if word.slug in there)
