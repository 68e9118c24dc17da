"""The questions next to a question: what a fact that was not stated would change.

Each neighbour is asked of the compiled timeline, so what is said of it is what its answer says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kb.ages import OLDEST, AgeRange
from kb.model import Asked
from kb.schemes import Schemes
from kb.terms import identifier, slug_of
from kb.timeline import Spot, Timeline
from kb.timeline_deciding import decide

AGES = ("depicted_age", "accused_age", "recipient_age")
WORDS = {"consent": "consents", "relationship": "relationships"}
OPEN = ("applies", "unknown")
States = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class OtherFact:
    """A fact that was not stated, as a parameter, and which offences (slugs) it adds or takes."""

    parameter: str
    value: str
    age: AgeRange | None
    added: tuple[str, ...]
    removed: tuple[str, ...]


def states_in(timeline: Timeline, asked: Asked) -> dict[str, dict[str, str]]:
    """The state of each offence (slug) that a question lists, by nation (slug)."""
    found: dict[str, dict[str, str]] = {nation: {} for nation in asked.nations}
    for decision in decide(timeline, asked).made:
        found[slug_of(decision.nation)][slug_of(decision.offence)] = decision.state
    return found


def other_facts(timeline: Timeline, schemes: Schemes, asked: Asked) -> tuple[OtherFact, ...]:
    """What each fact that was not stated would add or rule out in the nation of a question."""
    now = states_there(timeline, asked)
    return tuple(
        fact for name in (*AGES, *WORDS) for fact in _others(timeline, schemes, asked, name, now)
    )


def states_there(timeline: Timeline, asked: Asked) -> States:
    """The state of each offence (slug) that a question lists in its first nation."""
    return states_in(timeline, asked)[asked.nations[0]]


def _others(
    timeline: Timeline, schemes: Schemes, asked: Asked, name: str, now: States
) -> Iterator[OtherFact]:
    """What each value of one fact would change; neighbouring ages that change the same as one."""
    if getattr(asked, name):
        return
    if name in WORDS:
        if _bears(timeline, asked, name, now):
            for slug in schemes.slugs(WORDS[name]):
                yield from _differing(timeline, _stating(asked, name, slug), name, now)
        return
    merged: list[OtherFact] = []
    for age in _ages(timeline, asked, name, now):
        for one in _differing(timeline, _stating(asked, name, age), name, now):
            if merged and _goes_on(merged[-1], one):
                one = _joined(merged.pop(), one)
            merged.append(one)
    yield from merged


def _stating(asked: Asked, name: str, value: str | AgeRange) -> Asked:
    """The question with one more fact."""
    stated: dict[str, Any] = {name: value}
    return replace(asked, **stated)


def _differing(timeline: Timeline, other: Asked, name: str, now: States) -> Iterator[OtherFact]:
    then = states_there(timeline, other)
    stated = getattr(other, name)
    added, removed = opened(then, now), opened(now, then)
    if added or removed:
        age = stated if isinstance(stated, AgeRange) else None
        yield OtherFact(
            parameter=name,
            value=age.text if age else stated,
            age=age,
            added=added,
            removed=removed,
        )


def opened(these: States, those: States) -> tuple[str, ...]:
    """The offences (slugs) that apply, or may, in these states and not in those."""
    return tuple(o for o, state in these.items() if state in OPEN and those.get(o) not in OPEN)


def _goes_on(before: OtherFact, after: OtherFact) -> bool:
    same = (before.added, before.removed) == (after.added, after.removed)
    return bool(same and before.age and after.age and before.age.high + 1 == after.age.low)


def _joined(before: OtherFact, after: OtherFact) -> OtherFact:
    if before.age is None or after.age is None:
        return after
    age = _range(before.age.low, after.age.high)
    return replace(after, age=age, value=age.text)


def _bears(timeline: Timeline, asked: Asked, name: str, now: States) -> bool:
    """Can agreement or the relationship rule out anything that applies?"""
    for spot in _spots(timeline, asked, now):
        for defence in spot.against.defences:
            if defence.relationships if name == "relationship" else defence.consents:
                return True
        if name == "consent" and spot.against.needs:
            return True
    return False


def _ages(timeline: Timeline, asked: Asked, name: str, now: States) -> Iterator[AgeRange]:
    """The ranges of ages within which nothing about the answer turns."""
    starts = {0}
    child = timeline.meanings.limit(asked.material) if name == "depicted_age" else None
    if child is not None:
        starts.add(child)
        young = replace(asked, depicted_age=_range(0, child - 1))
        now = {**states_there(timeline, young), **now}
    for spot in _spots(timeline, asked, now):
        starts.update(_limits(spot, name, asked.on.toordinal()))
    if name == "accused_age":
        days = timeline.responsibility.get(identifier("nation", asked.nations[0]))
        row = days.at(asked.on.toordinal()) if days else None
        starts.update((row.age,) if row and row.age else ())
    if len(starts) == 1:
        return
    bounds = sorted(starts)
    for low, below in zip(bounds, (*bounds[1:], OLDEST + 1), strict=True):
        yield _range(low, below - 1)


def _limits(spot: Spot, name: str, day: int) -> Iterator[int]:
    """The ages at which the rows of an offence on a day turn."""
    for kind, limits in spot.against.ages:
        for limit in limits if kind == name else ():
            if limit.during.holds(day):
                yield from (a for a in (limit.reason.at_least, limit.reason.below) if a)
    if name == "depicted_age":
        yield from (d.least for d in spot.against.defences if d.least > 0)


def _spots(timeline: Timeline, asked: Asked, states: States) -> Iterator[Spot]:
    """What decides about the offences that are, or may be, law there on the day."""
    standing = (*OPEN, "ruled-out")
    for number, spot in timeline.spots.get(identifier("nation", asked.nations[0]), {}).items():
        if states.get(slug_of(timeline.offences[number])) in standing:
            yield spot


def _range(low: int, high: int) -> AgeRange:
    if low == 0:
        text = f"under-{high + 1}"
    elif high >= OLDEST:
        text = f"{low}-or-over"
    else:
        text = str(low) if low == high else f"{low}-{high}"
    return AgeRange(low=low, high=high, text=text)
