"""Which documents a search finds: those that have all it needs; if none has, those with several."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from kb.search_bits import at_least
from kb.search_facets import Facets
from kb.search_grammar import All, Any, Every, Kept, Node, Without
from kb.search_reading import EXCLUDED, NEEDED, OPTIONAL, Reading, Unit, means_something
from kb.search_terms import NOTHING, Found, Scores, Terms

ALL, SOME, LIKE, NONE = "all", "some", "like", "none"
LITTLE = 5  # with fewer results, what has several of the words is found, too
FEW = 6  # up to so many words two of them are several; of more, three


@dataclass(frozen=True, kw_only=True)
class Match:
    """The documents found (as bits), what each part of the search scores them, and how they fit."""

    bits: int
    needed: tuple[Found, ...]
    optional: tuple[Found, ...]
    how: str


@dataclass(frozen=True, kw_only=True)
class Matcher:
    """What finds documents: the words, and the facets that a search may name."""

    terms: Terms
    facets: Facets

    def match(self, reading: Reading, *, also: int = 0, several: bool) -> Match:
        """What a search finds; ``also`` are documents that it names.

        ``several``: if little has all of its words, what has several of them, too.
        """
        units = reading.of_role(NEEDED)
        placed = any(not unit.place for unit in units)
        needed = tuple(self.unit(unit, placed=placed) for unit in units)
        optional = tuple(self.unit(unit) for unit in reading.of_role(OPTIONAL))
        excluded = [self.unit(unit).bits for unit in reading.of_role(EXCLUDED)]
        allowed = self.facets.everything & ~reduce(or_, excluded, 0)
        every = reduce(and_, (found.bits for found in needed), allowed)
        bits, how = (every if needed or excluded else 0) | also, ALL
        if several and len(needed) > 1 and bits.bit_count() < LITTLE:
            least = max(2, len(needed) - 1) if bits else 2 if len(needed) < FEW else 3
            more = at_least((found.bits for found in needed), min(least, 3)) & allowed
            bits, how = bits | more, SOME if more & ~bits else how
        return Match(bits=bits, needed=needed, optional=optional, how=how if bits else NONE)

    def unit(self, unit: Unit, *, placed: bool = False) -> Found:
        """What has a part of a search, or is about what it is another name for.

        ``placed``: a nation only says where; nothing fits better for naming it more often.
        """
        known = self.terms.kept.get((unit, placed))
        if known is not None:
            return known
        direct = self.node(unit.node) if unit.node else NOTHING
        tagged = [self.terms.found(tag) for tag in unit.tags]
        if not tagged:
            return direct
        scores = _summed(tagged if unit.place and placed else [direct, *tagged])
        bits = reduce(or_, (found.bits for found in tagged), direct.bits)
        return self.terms.keep((unit, placed), Found(scores, bits))

    def node(self, node: Node) -> Found:
        """What a part of a search finds by its own words."""
        match node:
            case All(parts):
                if node in self.terms.kept:
                    return self.terms.kept[node]
                found = [self.node(part) for part in parts if means_something(part)]
                bits = reduce(and_, (one.bits for one in found))
                return self.terms.keep(node, Found(_summed(found), bits))
            case Any(parts):
                found = [self.node(part) for part in parts if means_something(part)]
                return Found(_summed(found), reduce(or_, (one.bits for one in found), 0))
            case Without(part, left_out):
                kept, gone = self.node(part), self.node(left_out)
                return Found(kept.scores, kept.bits & ~gone.bits)
            case Kept(facet, value):
                return Found({}, self.facets.having(facet, value))
            case Every():
                return Found({}, self.facets.everything)
            case _:
                return self.terms.found(node)


def _summed(found: list[Found]) -> Scores:
    """What several parts score together."""
    if len(found) == 1:
        return found[0].scores
    total: Scores = {}
    for one in sorted(found, key=lambda one: -len(one.scores)):
        if not total:
            total = one.scores.copy()
            continue
        for number, score in one.scores.items():
            total[number] = total.get(number, 0.0) + score
    return total
