"""Where something applies on one side and nothing on the other: by conduct, material and age."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.ages import OLDEST
from kb.comparison_index import Held
from kb.comparison_masks import SHOWN, Masks, Range
from kb.comparison_model import PEOPLE
from kb.model import Concept
from kb.timeline_words import Meanings

EVERY: Range = (0, OLDEST)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Of a conduct and some materials (none: whatever it is done to), who is met on one side only.

    ``here`` is the place of that side; ``person`` is None where it does not turn on an age.
    ``perhaps`` are those of the other side of which it is not known; ``missed`` are law there,
    and ask for another age.
    """

    here: int
    conduct: Concept
    materials: tuple[str, ...]
    person: str | None
    ranges: tuple[Range, ...]
    cited: tuple[Held, ...]
    perhaps: tuple[Held, ...]
    missed: tuple[Held, ...]

    @property
    def essence(self) -> object:
        """What it says, whatever conduct and material it says it of."""
        named = (tuple(o.address for o in group) for group in (self.cited, self.perhaps))
        return self.here, self.person, self.ranges, *named


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two sides, what they have in common being the way in which ages are cut up."""

    masks: tuple[Masks, Masks]
    spans: dict[str, tuple[Range, ...]]
    meanings: Meanings


def gaps(
    pair: Pair, conducts: tuple[Concept, ...], materials: tuple[str | None, ...]
) -> Iterator[Gap]:
    """Every gap, conduct by conduct; what is said of a broader conduct is not said again.

    ``materials`` (slugs) are those to be looked at; None, which comes first, is any.
    """
    told: dict[str, set[object]] = {}
    for conduct in conducts:
        found = list(_of_conduct(pair, conduct, materials))
        told[conduct.slug] = {(gap.materials, gap.essence) for gap in found}
        above = told.get(conduct.broader or "", set())
        yield from (gap for gap in found if (gap.materials, gap.essence) not in above)


def _of_conduct(pair: Pair, conduct: Concept, materials: tuple[str | None, ...]) -> Iterator[Gap]:
    """Whatever it is done to, and then by material; those that say the same are one."""
    words = pair.meanings.met_by_conduct((conduct.slug,))
    met = tuple(side.met(words, "conduct") for side in pair.masks)
    for here in (0, 1):
        look = _Look(pair=pair, conduct=conduct, met=met, here=here)
        found: dict[object, Gap] = {}
        for material in materials:
            for gap in look.gaps(material):
                before = found.get(gap.essence)
                if before is None:
                    found[gap.essence] = gap
                elif before.materials:
                    named = (*before.materials, *gap.materials)
                    found[gap.essence] = replace(before, materials=named)
            if material is None and any(gap.person is None for gap in found.values()):
                break
        yield from found.values()


@dataclass(frozen=True, kw_only=True)
class _Look:
    """Looks at one conduct from one side, at the materials one by one."""

    pair: Pair
    conduct: Concept
    met: tuple[tuple[int, int], ...]
    here: int

    def gaps(self, material: str | None) -> Iterator[Gap]:
        """What applies here where nothing does there: at all, or at some ages."""
        applies, _, _ = self._standing(self.here, material, None, EVERY)
        there = self._standing(1 - self.here, material, None, EVERY)
        if applies and not there[0] and not self._ever(material):
            yield self._gap(material, None, (EVERY,), (applies, there[1], 0))
            return
        free = self.pair.masks[1 - self.here].free
        for person in PEOPLE if applies else PEOPLE[:1]:
            if there[0] & free[person] or not (applies or material):
                continue
            for standing, ranges in self._by_age(material, person).items():
                if person == SHOWN or ranges != _joined(list(self.pair.spans[person])):
                    yield self._gap(material, person, ranges, standing)

    def _by_age(
        self, material: str | None, person: str
    ) -> dict[tuple[int, int, int], tuple[Range, ...]]:
        """The ages at which something applies here and nothing there, by what it is."""
        found: dict[tuple[int, int, int], list[Range]] = {}
        for ages in self.pair.spans[person]:
            applies, _, _ = self._standing(self.here, material, person, ages)
            there = self._standing(1 - self.here, material, person, ages)
            if applies and not there[0]:
                found.setdefault((applies, *there[1:]), []).append(ages)
        return {standing: _joined(ranges) for standing, ranges in found.items()}

    def _ever(self, material: str | None) -> bool:
        """Does anything apply on the other side at any age of the person shown, or at none?"""
        other = 1 - self.here
        return bool(
            self._standing(other, material, None, EVERY)[0]
            or any(
                self._standing(other, material, SHOWN, ages)[0] for ages in self.pair.spans[SHOWN]
            )
        )

    def _standing(
        self, side: int, material: str | None, person: str | None, ages: Range
    ) -> tuple[int, int, int]:
        return self.pair.masks[side].standing(self.met[side], material, person, ages)

    def _gap(
        self,
        material: str | None,
        person: str | None,
        ranges: tuple[Range, ...],
        standing: tuple[int, int, int],
    ) -> Gap:
        here, there = self.pair.masks[self.here], self.pair.masks[1 - self.here]
        return Gap(
            here=self.here,
            conduct=self.conduct,
            materials=(material,) if material else (),
            person=person,
            ranges=ranges,
            cited=here.picked(standing[0]),
            perhaps=there.picked(standing[1]),
            missed=there.picked(standing[2]),
        )


def _joined(ranges: list[Range]) -> tuple[Range, ...]:
    """Stretches of ages in order, those that touch made one."""
    joined: list[Range] = []
    for low, high in ranges:
        if joined and joined[-1][1] == low - 1:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return tuple(joined)
