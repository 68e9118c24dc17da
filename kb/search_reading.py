"""A search as it is understood: what has to be there, what may be, and by which other names.

Words that are a name of a controlled word ask for what is about it, too. Small words, ages and days
need not be there: they are what a question says besides what it looks for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.model import Concept
from kb.schemes import Schemes
from kb.search_ages import ages_in
from kb.search_days import days_in
from kb.search_grammar import All, Any, Clause, Every, Kept, Node, Valid, Without, Word, parse
from kb.search_labels import Place, Stems, longest_in, stems_of, words_of
from kb.search_question import SMALL
from kb.search_terms import says_something
from kb.search_text import one_form

NAMED = ("nations", "conducts", "materials", "topics", "bodies", "audiences")
PLACES = NAMED[0]
LONGEST_NAME = 8
NEEDED, OPTIONAL, EXCLUDED = "needed", "optional", "excluded"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A part of a search: ``node`` is what has to be there, or something about one of ``tags``.

    ``said`` are its words as they were typed, ``names`` what they are another name for;
    ``place``: they name a nation.
    """

    node: Node | None
    role: str
    said: str
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    place: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """A search as it is understood; ``grams`` are all runs of its words as typed, by stems.

    ``core`` is what is left without small words, nations, ages and days.
    """

    text: str
    units: tuple[Unit, ...]
    refused: tuple[str, ...]
    grams: Mapping[Stems, str]
    core: str

    def of_role(self, role: str) -> tuple[Unit, ...]:
        """The units of a role."""
        return tuple(unit for unit in self.units if unit.role == role)


@dataclass(frozen=True, kw_only=True)
class Names:
    """The controlled words by their names (as stems), all of them, and the longest name.

    ``places`` has of each name the place (as str) of what it names in ``concepts``.
    """

    concepts: tuple[tuple[Concept, ...], ...]
    places: Mapping[Stems, tuple[str, ...]]
    longest: int


def names_of(schemes: Schemes) -> Names:
    """The names of the controlled words that documents are about."""
    found: defaultdict[Stems, dict[str, Concept]] = defaultdict(dict)
    for scheme in NAMED:
        for concept in schemes.scheme(scheme):
            for name in concept.names:
                found[stems_of(name)][concept.address] = concept
    found.pop((), None)
    return Names(
        concepts=tuple(tuple(named.values()) for named in found.values()),
        places={stems: (str(place),) for place, stems in enumerate(found)},
        longest=max(map(len, found), default=0),
    )


def read(text: str, *, names: Names, valid: Valid) -> Reading:
    """Read a search; any text at all can be read."""
    text = one_form(text)
    parsed = parse(text, valid=valid)
    plain = {
        (clause.low, clause.high): clause
        for clause in parsed.clauses
        if isinstance(clause.node, Word) and clause.node.field is None and not clause.excluded
    }
    words = tuple(words_of(text))
    free = tuple(w for w in words if any(low < w.high and w.low < high for low, high in plain))
    units, taken, besides = list[Unit](), set[Clause](), list(_besides(text))
    for place in longest_in(free, names.places, most=names.longest):
        inside = [c for c in plain.values() if place.low < c.high and c.low < place.high]
        taken.update(inside)
        units.append(_named(text, place, inside, names.concepts[int(place.slugs[0])]))
        besides += [place] if units[-1].place else []
    for clause in parsed.clauses:
        if clause not in taken and means_something(clause.node):
            units.append(_plain(text, clause, besides))
    stems = tuple(word.stem for word in words)
    return Reading(
        text=text,
        units=_with_something_needed(units),
        refused=parsed.refused,
        grams={
            stems[at : at + size]: text[words[at].low : words[at + size - 1].high]
            for size in range(1, LONGEST_NAME + 1)
            for at in range(len(stems) - size + 1)
        },
        core=_core(text, besides),
    )


def _named(text: str, place: Place, inside: list[Clause], concepts: tuple[Concept, ...]) -> Unit:
    """Words that are a name of something: they, or what is about it."""
    parts = tuple(clause.node for clause in inside if means_something(clause.node))
    return Unit(
        node=None if not parts else parts[0] if len(parts) == 1 else All(parts),
        role=NEEDED,
        said=text[place.low : place.high],
        tags=tuple(concept.address for concept in concepts),
        names=tuple(concept.label for concept in concepts),
        place=all(concept.scheme == PLACES for concept in concepts),
    )


def _plain(text: str, clause: Clause, besides: list[Place]) -> Unit:
    role = EXCLUDED if clause.excluded else NEEDED
    within = any(place.low <= clause.low and clause.high <= place.high for place in besides)
    small = isinstance(clause.node, Word) and clause.node.text in SMALL
    if role == NEEDED and (within or small):
        role = OPTIONAL
    return Unit(node=clause.node, role=role, said=text[clause.low : clause.high])


def _besides(text: str) -> tuple[Place, ...]:
    """Where ages and days stand."""
    days = days_in(text, readable=lambda low, high: True)
    return tuple(Place(one.low, one.high) for one in (*ages_in(text), *((days,) if days else ())))


def _core(text: str, besides: list[Place]) -> str:
    words = (
        match[0].lower()
        for match in re.finditer(r"\w+", text)
        if not any(place.low <= match.start() < place.high for place in besides)
    )
    return " ".join(word for word in words if word not in SMALL)


def means_something(node: Node) -> bool:
    """Is there anything in a part to search for?"""
    if isinstance(node, All | Any):
        return any(means_something(part) for part in node.parts)
    return isinstance(node, Without | Kept | Every) or says_something(node)


def _with_something_needed(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units; where nothing is needed, all that may be there is."""
    found = tuple(units)
    if any(unit.role == NEEDED for unit in found):
        return found
    return tuple(
        Unit(node=u.node, role=NEEDED if u.role == OPTIONAL else u.role, said=u.said) for u in found
    )
