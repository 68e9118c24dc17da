"""Documents and services as a page tells how they stand on a day, nation by nation."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.advice import Standing
from kb.advice_model import DocumentState, Guidance, InEffect, Service, Thing
from kb.catalogue import grouped
from kb.document_states import CURRENT, NOT_YET, UNKNOWN, state_on
from kb.knowledge import Knowledge
from web.advice_asked import AdviceAsked

BEST_FIRST = (CURRENT, UNKNOWN, NOT_YET)


@dataclass(frozen=True, kw_only=True)
class StateLine:
    """A state, and the nations in which it is that; ``everywhere`` if that is all it is for."""

    state: str
    nations: tuple[str, ...]
    everywhere: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A document or service in a list, with how it stands, and its best state in any nation."""

    thing: Guidance | Service
    lines: tuple[StateLine, ...]
    best: str

    @property
    def current(self) -> bool:
        """Is it in effect, or running, in any of the nations?"""
        return self.best == CURRENT


@dataclass(frozen=True, kw_only=True)
class NationRow:
    """How it stands in nations in which that is the same; ``state`` is None if not for there."""

    nations: tuple[str, ...]
    state: DocumentState | None
    periods: tuple[InEffect, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value that a list can be kept to, how many it has, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class ThingGroup:
    """Things of one kind, to be listed together."""

    kind: str
    things: tuple[Thing, ...]


def shown(standing: Standing) -> Shown:
    """A document or service as a list shows it."""
    there = [one.state for one in standing.states]
    ordered = sorted(dict.fromkeys(there), key=_rank)
    lines = tuple(
        StateLine(
            state=state,
            nations=tuple(one.nation for one in standing.states if one.state == state),
            everywhere=there.count(state) == len(standing.thing.nations),
        )
        for state in ordered
    )
    return Shown(thing=standing.thing, lines=lines, best=ordered[0])


def nation_rows(
    thing: Guidance | Service, asked: AdviceAsked, *, known: Knowledge
) -> tuple[NationRow, ...]:
    """How a document or service stands in every nation there is, alike ones together."""
    every = known.schemes.slugs("nations")
    alike = grouped(every, lambda n: tuple(p for p in thing.periods if n in p.nations))
    found = (
        NationRow(nations=there, state=state_on(periods, there[0], asked.on), periods=periods)
        if there[0] in thing.nations
        else NationRow(nations=there, state=None, periods=())
        for periods, nations in alike.items()
        for there in _split(nations, thing.nations)
    )
    return tuple(sorted(found, key=lambda row: (row.state is None, every.index(row.nations[0]))))


def row_of(rows: tuple[NationRow, ...], nation: str | None) -> NationRow | None:
    """The row that has a nation."""
    return next((row for row in rows if nation in row.nations), None)


def _split(nations: tuple[str, ...], among: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Some nations, those among others apart from those that are not; no empty parts."""
    parts = (tuple(n for n in nations if (n in among) == there) for there in (True, False))
    yield from filter(None, parts)


def states_counted(
    found: tuple[Standing, ...], asked: AdviceAsked, *, known: Knowledge
) -> tuple[Choice, ...]:
    """How many are in each state in any of the nations; states without any are left out."""
    counted = (
        (state, sum(any(one.state == state for one in each.states) for each in found))
        for state in known.schemes.slugs("document-states")
    )
    return tuple(
        Choice(value=state, count=count, chosen=state == asked.state)
        for state, count in counted
        if count
    )


def by_kind(*things: Thing) -> tuple[ThingGroup, ...]:
    """Things grouped by their kind, each once, in the order in which the kinds first come."""
    kinds: dict[str, dict[str, Thing]] = {}
    for thing in things:
        kinds.setdefault(thing.kind, {})[thing.id] = thing
    return tuple(ThingGroup(kind=kind, things=tuple(f.values())) for kind, f in kinds.items())


def _rank(state: str) -> int:
    return BEST_FIRST.index(state) if state in BEST_FIRST else len(BEST_FIRST)
