"""Which offences the asked conduct and material meet: looked up by word, without a search.

An offence is found under each of its words, and under each pair of its conduct and its material, so
that a question with both finds those that have both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.catalogue import grouped
from kb.decisions import Place
from kb.terms import OWN_WORDS, identifier
from kb.timeline_days import Course, course_of
from kb.timeline_rows import Broader, DatedWord
from kb.word_rows import AliasRow

CONDUCT, MATERIAL = OWN_WORDS + "ConductFact", OWN_WORDS + "MaterialFact"
Words = frozenset[str]
Alias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class WordFact:
    """One row of an offence in a nation: by which word it is met, and what becomes of it."""

    concept: str
    fact: str
    course: Course


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the words of the schemes meet: broader and narrower ones, any, and others by age."""

    related: Mapping[str, tuple[str, ...]]
    broader: Mapping[str, tuple[str, ...]]
    meets_any: tuple[str, ...]
    also: Mapping[str, tuple[Alias, ...]]

    def met_by_conduct(self, asked: tuple[str, ...]) -> Words:
        """The words that conduct (slugs) meets: itself, its broader and its narrower ones."""
        words = (identifier("conduct", slug) for slug in asked)
        return frozenset().union(*(self.related.get(word, (word,)) for word in words))

    def met_by_material(self, asked: tuple[str, ...], *, youngest: int) -> Words:
        """The same for material (slugs); ``youngest`` is the least age of the person shown."""
        words = [identifier("material", slug) for slug in asked]
        also = {other for word in words for other, limit in self._also(word) if youngest < limit}
        return frozenset(self.meets_any).union(
            also, *(self.related.get(word, (word,)) for word in words)
        )

    def covered_by(self, asked: str, *, oldest: int) -> Words:
        """The words that cover a material (slug) for sure: itself, its broader ones and others."""
        word = identifier("material", asked)
        also = {other for other, limit in self._also(word) if oldest < limit}
        return frozenset(self.broader.get(word, (word,))) | also

    def limit(self, asked: tuple[str, ...]) -> int | None:
        """The age under which the asked material (slugs) would meet more; None if it never does."""
        words = (identifier("material", slug) for slug in asked)
        return max((limit for word in words for _, limit in self._also(word)), default=None)

    def _also(self, word: str) -> tuple[Alias, ...]:
        return self.also.get(word, ())


@dataclass(frozen=True, slots=True)
class Shelves:
    """The numbers of the offences under each conduct, each material and each pair of them."""

    conduct: Mapping[str, tuple[int, ...]]
    material: Mapping[str, tuple[int, ...]]
    pairs: Mapping[tuple[str, str], tuple[int, ...]]

    def found(self, conduct: Words | None, material: Words | None) -> set[int]:
        """The offences under any of the words of each list; None is a list that was not asked."""
        if conduct is not None and material is not None:
            both = [(one, other) for one in conduct for other in material]
            return {number for pair in both for number in self.pairs.get(pair, ())}
        shelf, words = (self.material, material) if conduct is None else (self.conduct, conduct)
        return {number for word in words or () for number in shelf.get(word, ())}


def meanings(broader: Iterable[Broader], *, also: Iterable[AliasRow], meets_any: Words) -> Meanings:
    """Compile what each word meets, its broader words' broader words included."""
    up = {w: {r.broader for r in g} for w, g in grouped(broader, lambda r: r.narrower).items()}
    above = {word: _above(word, up) for word in up}
    related: defaultdict[str, set[str]] = defaultdict(set)
    for word, words in above.items():
        related[word] |= words
        for other in words:
            related[other] |= {other, word}
    others = grouped(also, lambda row: row.material)
    return Meanings(
        related={word: tuple(sorted(related[word])) for word in sorted(related)},
        broader={word: tuple(sorted(words)) for word, words in above.items()},
        meets_any=tuple(sorted(meets_any)),
        also={word: tuple((r.also, r.limit) for r in group) for word, group in others.items()},
    )


def shelves(found: Iterable[DatedWord], numbers: Mapping[str, int]) -> Shelves:
    """Put the offences (by number) on their shelves, in whichever nation and whenever they met."""
    words = {
        offence: {
            kind: dict.fromkeys(r.concept for r in group if r.kind == kind)
            for kind in (CONDUCT, MATERIAL)
        }
        for offence, group in grouped(found, lambda row: row.offence).items()
        if offence in numbers
    }
    conduct, material, pairs = (defaultdict(list) for _ in range(3))
    for offence, by_kind in words.items():
        number = numbers[offence]
        for one in by_kind[CONDUCT]:
            conduct[one].append(number)
            for other in by_kind[MATERIAL]:
                pairs[one, other].append(number)
        for other in by_kind[MATERIAL]:
            material[other].append(number)
    return Shelves(conduct=_fixed(conduct), material=_fixed(material), pairs=_fixed(pairs))


def words_there(found: Iterable[DatedWord], kind: str) -> dict[Place, tuple[WordFact, ...]]:
    """The rows of one kind by offence and nation."""
    rows = (row for row in found if row.kind == kind)
    return {
        place: tuple(WordFact(row.concept, row.fact, course_of(row)) for row in group)
        for place, group in grouped(rows, lambda row: (row.offence, row.nation)).items()
    }


def _above(word: str, up: Mapping[str, set[str]]) -> Words:
    """A word and all its broader ones."""
    seen, left = {word}, [word]
    while left:
        more = up.get(left.pop(), set()) - seen
        seen |= more
        left += more
    return frozenset(seen)


def _fixed(shelf: dict) -> dict:  # type: ignore[type-arg]
    return {word: tuple(numbers) for word, numbers in shelf.items()}
