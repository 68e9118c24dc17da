"""An answer as a page reads it: by nation, state by state, and the nations side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kb.answers import LawAnswer, NationAnswer, OffenceAnswer
from kb.model import Concept
from kb.schemes import Schemes
from web.form import Fact, facts, parameters
from web.reading_advice import AdviceReading, advice_reading

COMPARED = ("applies", "unknown", "ruled-out")
CLOSED = ("ended", "does-not-extend")
MANY = 12


@dataclass(frozen=True, kw_only=True)
class StateGroup:
    """The offences of one nation that are in one state, those not confirmed apart.

    ``depth`` is how much of each is shown: ``full``, ``folded`` away, or ``brief``.
    """

    state: Concept
    confirmed: tuple[OffenceAnswer, ...]
    likely: tuple[OffenceAnswer, ...]
    closed: bool
    depth: str

    @property
    def count(self) -> int:
        """How many offences are in the state."""
        return len(self.confirmed) + len(self.likely)


@dataclass(frozen=True, kw_only=True)
class NationReading:
    """The answer of a nation, its offences by state (states without any are left out), the rest."""

    answer: NationAnswer
    groups: tuple[StateGroup, ...]
    advice: AdviceReading


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
    """The answer page; ``stated`` are the parameters that ask the same again."""

    answer: LawAnswer
    facts: tuple[Fact, ...]
    stated: dict[str, Any]
    place: str
    query: str
    nations: tuple[NationReading, ...]
    comparison: tuple[Row, ...]


def law_page(answer: LawAnswer, *, schemes: Schemes, also: Mapping[str, str]) -> LawPage:
    """Arrange an answer for reading; ``also`` is what was stated besides the question itself."""
    states = schemes.scheme("states")
    stated = parameters(answer.asked, schemes=schemes) | dict(also)
    several = len(answer.nations) > 1
    labels = [nation.label for nation in answer.nations]
    return LawPage(
        answer=answer,
        facts=facts(answer.asked, schemes=schemes),
        stated=stated,
        query=urlencode(stated, doseq=True),
        place=" and ".join(filter(None, (", ".join(labels[:-1]), labels[-1]))),
        nations=tuple(_reading(one, schemes=schemes, several=several) for one in answer.nations),
        comparison=_comparison(answer, states) if several else (),
    )


def _reading(nation: NationAnswer, *, schemes: Schemes, several: bool) -> NationReading:
    groups = (_group(nation, state, several=several) for state in schemes.scheme("states"))
    return NationReading(
        answer=nation,
        groups=tuple(group for group in groups if group.count),
        advice=advice_reading(nation, schemes=schemes),
    )


def _group(nation: NationAnswer, state: Concept, *, several: bool) -> StateGroup:
    found = nation.in_state(state.slug)
    return StateGroup(
        state=state,
        confirmed=tuple(offence for offence in found if not offence.likely_only),
        likely=tuple(offence for offence in found if offence.likely_only),
        closed=state.slug in CLOSED,
        depth="brief" if len(found) > MANY else "folded" if several else "full",
    )


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
