"""Which offences of two sides stand for each other: the same, counterparts, or the nearest."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kb.catalogue import Catalogue
from kb.comparison_index import Held

# How two offences stand for each other; what comes first is kept to.
SAME, NAMED, ALIKE = "same", "named", "alike"
Near = dict[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Match:
    """Some offences of one side (in place ``here``) and those of the other that stand for each."""

    here: int
    link: str
    these: tuple[Held, ...]
    others: tuple[Held, ...]


def matches(
    catalogue: Catalogue, first: tuple[Held, ...], second: tuple[Held, ...]
) -> Iterator[Match]:
    """Each offence of the first side with those of the second; then those of the second left over.

    Offences that have the same others stand together.
    """
    near = {one.address: _near(catalogue, one.address) for one in (*first, *second)}
    taken: set[str] = set()
    for link, these, others in _grouped(near, first, second):
        taken |= {one.address for one in others}
        yield Match(here=0, link=link, these=these, others=others)
    left = tuple(one for one in second if one.address not in taken)
    for link, these, others in _grouped(near, left, first):
        yield Match(here=1, link=link, these=these, others=others)


def _grouped(
    near: Near, these: tuple[Held, ...], others: tuple[Held, ...]
) -> Iterator[tuple[str, tuple[Held, ...], tuple[Held, ...]]]:
    by_address = {one.address: one for one in others}
    groups: defaultdict[tuple[str, tuple[str, ...]], list[Held]] = defaultdict(list)
    for one in these:
        link, found = _others(near, one, by_address)
        if found:
            groups[link, found].append(one)
    for (link, found), group in groups.items():
        yield link, tuple(group), tuple(by_address[address] for address in found)


def _others(near: Near, one: Held, others: dict[str, Held]) -> tuple[str, tuple[str, ...]]:
    """The same offence; else what the data names as its counterpart or successor; else alike."""
    if one.address in others:
        return SAME, (one.address,)
    named = tuple(a for a in others if a in near[one.address] or one.address in near[a])
    if named:
        return NAMED, named
    return ALIKE, tuple(a for a, other in others.items() if _alike(one, other))


def _near(catalogue: Catalogue, offence: str) -> frozenset[str]:
    """All that an offence (address) names as its counterpart, in any nation, or its successor."""
    counterparts = (row.nearest for row in catalogue.counterparts.get(offence, ()))
    successors = (row.successor for row in catalogue.replacements.get(offence, ()))
    return frozenset(address for address in (*counterparts, *successors) if address)


def _alike(one: Held, other: Held) -> bool:
    """Do they share a conduct and a material?"""
    return not one.conduct.keys().isdisjoint(other.conduct) and not (
        one.material.keys().isdisjoint(other.material)
    )
