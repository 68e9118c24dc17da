"""Filters and counts: the documents of each value of each facet, as the bits of a number.

Where something is law, and in which state, turns on the day: from one change of any document to
the next it is the same, and is put together when it is first asked for.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from kb.search_bits import bits_of
from kb.search_document import ABSENT, SURE, SearchDocument, Stand
from kb.search_model import FACETS, PLACED, Counts, SearchAsked
from kb.timeline_days import Days

STATES = ("state", "document_state")
MOST_DAYS, MOST_MASKS = 64, 2_000
Bits = Mapping[str, int]
Key = TypeVar("Key")


@dataclass(frozen=True, kw_only=True)
class OnDay:
    """How everything stands on a day: by facet, nation and state; there at all; surely there."""

    states: Mapping[str, Mapping[tuple[str, str], int]]
    there: Bits
    sure: Bits


@dataclass(kw_only=True)
class Facets:
    """The values of every facet, in order, with the documents of each; and those of each nation."""

    count: int
    values: Mapping[str, tuple[str, ...]]
    bits: Mapping[str, Bits]
    places: Bits
    stands: Mapping[str, Mapping[Days[Stand], int]]
    changes: tuple[int, ...]
    days: dict[int, OnDay] = field(default_factory=dict)
    masks: dict[Any, int] = field(default_factory=dict)

    @property
    def everything(self) -> int:
        """All documents."""
        return (1 << self.count) - 1

    def on(self, day: date) -> OnDay:
        """How everything stands on a day."""
        stretch = self.stretch(day)
        if stretch not in self.days:
            if len(self.days) >= MOST_DAYS:
                self.days.clear()
            self.days[stretch] = _on_day(self.stands, day.toordinal())
        return self.days[stretch]

    def stretch(self, day: date) -> int:
        """Which of the stretches without any change a day is in."""
        return bisect_right(self.changes, day.toordinal())

    def having(self, facet: str, value: str) -> int:
        """The documents that have a value that does not turn on the day."""
        return self.bits[facet].get(value, 0)

    def placed(self, asked: SearchAsked, *, on: date, **instead: tuple[str, ...]) -> int:
        """What the nations, the states and the day keep; ``instead`` overrides what was asked."""
        chosen = tuple(instead.get(name, asked.kept_to(name)) for name in PLACED)
        key = (self.stretch(on), asked.on is not None, chosen)
        if key not in self.masks:
            if len(self.masks) >= MOST_MASKS:
                self.masks.clear()
            self.masks[key] = self._placed(self.on(on), asked.on is not None, *chosen)
        return self.masks[key]

    def _placed(
        self,
        day: OnDay,
        on_day: bool,
        chosen: tuple[str, ...],
        *states: tuple[str, ...],
    ) -> int:
        nations = chosen or tuple(self.places)
        kept = self.everything
        for facet, wanted in zip(STATES, states, strict=True):
            if wanted:
                held = day.states[facet]
                kept &= _any(held.get((nation, s), 0) for nation in nations for s in wanted)
        if any(states):
            return kept
        if on_day:
            return _any(day.there.get(nation, 0) for nation in nations)
        return _any(self.places[nation] for nation in nations) if chosen else kept

    def kept(self, asked: SearchAsked, found: int, *, on: date) -> dict[str, int]:
        """Of what was found, what the filters keep without that of each facet; ``""``: with all."""
        masks = {
            facet: _any(self.bits[facet].get(value, 0) for value in asked.kept_to(facet))
            for facet in FACETS
            if facet not in PLACED and asked.kept_to(facet)
        }
        others = reduce(lambda kept, mask: kept & mask, masks.values(), found)
        here = self.placed(asked, on=on)
        without = {}
        for facet in masks:
            rest = (mask for other, mask in masks.items() if other != facet)
            without[facet] = reduce(lambda kept, mask: kept & mask, rest, found & here)
        return {"": others & here, "placed": others, **without}

    def counts(self, asked: SearchAsked, kept: Mapping[str, int], *, on: date) -> dict[str, Counts]:
        """How many there are of each value of each facet."""
        counted: dict[str, Counts] = {}
        for facet, values in self.values.items():
            found, bits = kept.get(facet, kept[""]), self.bits[facet]
            if facet in PLACED:
                found = kept["placed"]
                bits = {v: self.placed(asked, on=on, **{facet: (v,)}) for v in values}
            counted[facet] = {
                value: (found & bits[value]).bit_count() if value in bits else 0 for value in values
            }
        return counted


def facets_of(
    documents: tuple[SearchDocument, ...], values: Mapping[str, tuple[str, ...]]
) -> Facets:
    """The facets of some documents, by the values of each in their order."""
    count, nations = len(documents), values["nation"]
    numbers: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in FACETS}
    stands: dict[str, defaultdict[Days[Stand], list[int]]] = {
        nation: defaultdict(list) for nation in nations
    }
    for number, document in enumerate(documents):
        numbers["kind"][document.kind].append(number)
        for place in document.places:
            numbers["nation"][place].append(number)
        for facet, slugs in document.facets.items():
            for slug in slugs:
                numbers[facet][slug].append(number)
        for nation, held in document.stands.items():
            stands[nation][held].append(number)
    bits = {name: _as_bits(held, count) for name, held in numbers.items()}
    held_days = {nation: _as_bits(held, count) for nation, held in stands.items()}
    return Facets(
        count=count,
        values=values,
        bits=bits,
        places={nation: bits["nation"].get(nation, 0) for nation in nations},
        stands=held_days,
        changes=tuple(
            sorted({c for held in held_days.values() for days in held for c in days.changes})
        ),
    )


def _as_bits(numbers: Mapping[Key, list[int]], count: int) -> dict[Key, int]:
    return {value: bits_of(held, count) for value, held in numbers.items()}


def _on_day(stands: Mapping[str, Mapping[Days[Stand], int]], day: int) -> OnDay:
    states: dict[str, defaultdict[tuple[str, str], int]] = {
        facet: defaultdict(int) for facet in STATES
    }
    there: defaultdict[str, int] = defaultdict(int)
    sure: defaultdict[str, int] = defaultdict(int)
    for nation, held in stands.items():
        for days, bits in held.items():
            stand = days.at(day)
            if stand.there != ABSENT:
                there[nation] |= bits
            if stand.there == SURE:
                sure[nation] |= bits
            if stand.facet:
                states[stand.facet][nation, stand.state] |= bits
    return OnDay(states={f: dict(s) for f, s in states.items()}, there=dict(there), sure=dict(sure))


def _any(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)
