"""One side of a comparison in the bits of numbers: which offences are law, admit an age, are met.

Bit ``n`` of every number is the offence in place ``n``. So every conduct, material and age can be
looked at in no time.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from itertools import pairwise
from operator import and_

from kb.ages import OLDEST, AgeRange
from kb.comparison_index import Held
from kb.comparison_model import PEOPLE
from kb.model import Asked
from kb.terms import slug_of
from kb.timeline_against import EVERY_AGE, Defence
from kb.timeline_words import Meanings, Words

Range = tuple[int, int]
Standing = tuple[int, int, int]
SHOWN = PEOPLE[0]


@dataclass(frozen=True, kw_only=True)
class Masks:
    """What is open on one side on a day (ordinal); ``admits`` is by whose age it is, and by age.

    ``free`` are those that no age of a person takes out; ``limits`` the age of the person shown
    below which a material meets more.
    """

    held: tuple[Held, ...]
    day: int
    law: int
    free: dict[str, int]
    admits: dict[str, dict[Range, int]]
    defended: int
    meanings: Meanings
    limits: defaultdict[str, int]
    by_word: dict[tuple[str, bool], tuple[int, int]] = field(default_factory=dict)

    def met(self, words: Words, kind: str) -> tuple[int, int]:
        """Those that are met for sure by words of a kind (conduct, material), and at all."""
        sure = some = 0
        for place, one in enumerate(self.held):
            rows = getattr(one, kind)
            found = [rows[word] for word in rows if word in words]
            some |= bool(found) << place
            sure |= any(found) << place
        return sure, some

    def of_material(self, material: str | None, youngest: int) -> tuple[int, int]:
        """Those that a material (slug) meets, for sure and at all; None meets everything."""
        if material is None:
            return -1, -1
        key = material, youngest < self.limits[material]
        if key not in self.by_word:
            words = self.meanings.met_by_material((material,), youngest=youngest)
            self.by_word[key] = self.met(words, "material")
        return self.by_word[key]

    def standing(
        self, met: tuple[int, int], material: str | None, person: str | None, ages: Range
    ) -> Standing:
        """Those that apply, those that may, and those that are law and ask for another age.

        ``met`` are those that the conduct meets, for sure and at all; None is no stated age.
        """
        of_material = self.of_material(material, ages[0] if person == SHOWN else EVERY_AGE)
        sure, some = met[0] & of_material[0], met[1] & of_material[1]
        admits = self.admits[person][ages] if person else -1
        if self.defended and person == SHOWN:
            admits &= ~self._defended(material, ages)
        applies = sure & some & self.law & admits
        return applies, some & ~applies & (~self.law | admits), some & self.law & ~admits

    def picked(self, mask: int) -> tuple[Held, ...]:
        """The offences whose bits are set."""
        return tuple(one for place, one in enumerate(self.held) if mask >> place & 1)

    def _defended(self, material: str | None, ages: Range) -> int:
        """Those that a defence takes out by the age of the person shown alone."""
        asked = Asked(
            nations=(),
            on=date.fromordinal(self.day),
            material=(material,) if material else (),
            depicted_age=AgeRange(low=ages[0], high=ages[1], text=""),
        )
        return _bits(
            any(
                defence.during.holds(self.day)
                and defence.met(asked, self.day, meanings=self.meanings)
                for defence in one.spot.against.defences
            )
            for one in self.held
        )


def masks(
    held: tuple[Held, ...], day: int, *, spans: dict[str, tuple[Range, ...]], meanings: Meanings
) -> Masks:
    """The numbers of a side, for ages as they are cut up in ``spans``."""
    admits = {
        person: {ages: _bits(_admits(one, person, ages) for one in held) for ages in found}
        for person, found in spans.items()
    }
    defended = _bits(any(map(_by_age_alone, one.spot.against.defences)) for one in held)
    return Masks(
        held=held,
        day=day,
        law=_bits(one.law for one in held),
        free={
            person: reduce(and_, by_age.values(), -1) & (~defended if person == SHOWN else -1)
            for person, by_age in admits.items()
        },
        admits=admits,
        defended=defended,
        meanings=meanings,
        limits=_limits(meanings),
    )


def spans(
    sides: Iterable[tuple[Held, ...]], meanings: Meanings, *, responsible: int
) -> dict[str, tuple[Range, ...]]:
    """The ages of each person, cut up so that within a stretch nothing turns on the age.

    The accused is at least ``responsible``: somebody younger can commit no offence anyway.
    """
    every = tuple(one for side in sides for one in side)
    limits = {limit for found in meanings.also.values() for _, limit in found}
    least = {d.least for one in every for d in one.spot.against.defences}
    cuts = {person: _cuts(every, person) for person in PEOPLE}
    cuts[SHOWN] |= limits | least
    first = dict.fromkeys(PEOPLE, 0) | {PEOPLE[-1]: responsible}
    return {
        person: tuple(
            (low, below - 1)
            for low, below in pairwise(
                sorted({first[person], OLDEST + 1, *(c for c in found if first[person] < c)})
            )
            if below <= OLDEST + 1
        )
        for person, found in cuts.items()
    }


def _limits(meanings: Meanings) -> defaultdict[str, int]:
    """By material (slug), the age of the person shown below which it meets more; below 0: never."""
    found = {slug_of(word): max(at for _, at in also) for word, also in meanings.also.items()}
    return defaultdict(lambda: -1, found)


def _cuts(every: tuple[Held, ...], person: str) -> set[int]:
    ages = (pair for one in every for pair in one.offence.ages(person))
    return {age for pair in ages for age in pair if age is not None}


def _admits(one: Held, person: str, ages: Range) -> bool:
    """Does any limit admit these ages? Without one every age is admitted."""
    limits = one.offence.ages(person)
    return not limits or any(
        (least is None or ages[1] >= least) and (below is None or ages[0] < below)
        for least, below in limits
    )


def _by_age_alone(defence: Defence) -> bool:
    return not (defence.relationships or defence.consents)


def _bits(found: Iterable[bool]) -> int:
    """A number with a bit for each that is true."""
    return sum(1 << place for place, one in enumerate(found) if one)
