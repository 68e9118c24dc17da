"""What takes a case outside an offence: ages, agreement and defences, compiled for each place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.ages import OLDEST, AgeRange
from kb.catalogue import grouped
from kb.decisions import Place, RuledOut
from kb.model import Asked
from kb.rows import AgeFact
from kb.terms import OWN_WORDS, identifier
from kb.timeline_days import Span, span
from kb.timeline_rows import CoveredMaterial, DefenceCondition, NegatedNeed
from kb.timeline_words import Meanings

AGES = {
    OWN_WORDS + "DepictedAge": "depicted_age",
    OWN_WORDS + "RecipientAge": "recipient_age",
    OWN_WORDS + "AccusedAge": "accused_age",
}
AGREED = "yes"
NO_AGE, EVERY_AGE = -1, OLDEST + 1


@dataclass(frozen=True, slots=True)
class Limit:
    """An age row: the ages it admits from and below, and the reason it gives if it does not."""

    during: Span
    reason: RuledOut

    def admits(self, age: AgeRange) -> bool:
        """Does any age of the range lie within it?"""
        least, below = self.reason.at_least, self.reason.below
        return (least is None or age.high >= least) and (below is None or age.low < below)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that cannot be shown where the other person agreed."""

    during: Span
    reason: RuledOut


@dataclass(frozen=True, slots=True)
class Cover:
    """A material that a defence covers, and when."""

    during: Span
    concept: str | None


@dataclass(frozen=True, slots=True)
class Defence:
    """A defence with its testable conditions; ``covers`` is empty where it covers any material."""

    during: Span
    reason: RuledOut
    least: int
    relationships: tuple[str, ...]
    consents: tuple[str, ...]
    covers: tuple[Cover, ...]

    def met(self, asked: Asked, day: int, *, meanings: Meanings) -> bool:
        """Is every condition stated and met, and every stated material covered?"""
        shown = asked.depicted_age
        return (
            (shown.low if shown else NO_AGE) >= self.least
            and _among(asked.relationship, "relationship", self.relationships)
            and _among(asked.consent, "consent", self.consents)
            and (not self.covers or self._covered(asked, day, meanings=meanings))
        )

    def _covered(self, asked: Asked, day: int, *, meanings: Meanings) -> bool:
        here = {cover.concept for cover in self.covers if cover.during.holds(day)}
        oldest = asked.depicted_age.high if asked.depicted_age else EVERY_AGE
        found = [meanings.covered_by(word, oldest=oldest) for word in asked.material]
        return bool(found) and all(words & here for words in found)


@dataclass(frozen=True, slots=True)
class Against:
    """All that can rule an offence out in one nation, in the order in which it is told."""

    ages: tuple[tuple[str, tuple[Limit, ...]], ...] = ()
    needs: tuple[Need, ...] = ()
    defences: tuple[Defence, ...] = ()

    def ruled_out(self, asked: Asked, day: int, *, meanings: Meanings) -> Iterator[RuledOut]:
        """What the stated facts rule out on a day."""
        for name, limits in self.ages:
            age = getattr(asked, name)
            here = [limit for limit in limits if limit.during.holds(day)] if age else []
            if not any(limit.admits(age) for limit in here):
                yield from (limit.reason for limit in here)
        if asked.consent == AGREED:
            yield from (need.reason for need in self.needs if need.during.holds(day))
        for defence in self.defences:
            if defence.during.holds(day) and defence.met(asked, day, meanings=meanings):
                yield defence.reason


NOTHING = Against()


def all_against(
    ages: Iterable[AgeFact],
    *,
    needs: Iterable[NegatedNeed],
    conditions: Iterable[DefenceCondition],
    covered: Iterable[CoveredMaterial],
) -> dict[Place, Against]:
    """Compile what can rule each offence out in each nation."""
    by_age = grouped(ages, _place)
    by_need = grouped(needs, _place)
    by_defence = _defences(conditions, grouped(covered, lambda row: row.defence))
    return {
        place: Against(
            ages=_ages(by_age.get(place, ())),
            needs=tuple(_need(row) for row in by_need.get(place, ())),
            defences=tuple(by_defence.get(place, ())),
        )
        for place in dict.fromkeys((*by_age, *by_need, *by_defence))
    }


def _place(row: AgeFact | NegatedNeed | DefenceCondition) -> Place:
    return row.offence, row.nation


def _ages(found: tuple[AgeFact, ...]) -> tuple[tuple[str, tuple[Limit, ...]], ...]:
    by_kind = grouped(found, lambda row: row.kind)
    return tuple(
        (name, tuple(_limit(row, name) for row in by_kind[kind]))
        for kind, name in AGES.items()
        if kind in by_kind
    )


def _limit(row: AgeFact, name: str) -> Limit:
    reason = RuledOut(by=name, fact=row.fact, at_least=row.at_least, below=row.below)
    return Limit(span(row.start, row.end), reason)


def _need(row: NegatedNeed) -> Need:
    reason = RuledOut(by="consent", fact=row.fact, text=row.need)
    return Need(span(row.start, row.end), reason)


def _defences(
    conditions: Iterable[DefenceCondition], covered: Mapping[str, tuple[CoveredMaterial, ...]]
) -> dict[Place, list[Defence]]:
    """The defences by place; all conditions of one are gathered from its rows."""
    found: defaultdict[Place, list[Defence]] = defaultdict(list)
    one_defence = grouped(conditions, lambda row: (row.offence, row.nation, row.fact, row.text))
    for (offence, nation, fact, text), group in one_defence.items():
        values = grouped(group, lambda row: row.condition.removeprefix(OWN_WORDS))
        said = {name: [row.value for row in rows] for name, rows in values.items()}
        defence = Defence(
            during=span(group[0].start, group[0].end),
            reason=RuledOut(by="defence", fact=fact, text=text),
            least=max((int(v) for v in said.get("whenDepictedAgeAtLeast", ())), default=NO_AGE),
            relationships=tuple(str(v) for v in said.get("whenRelationship", ())),
            consents=tuple(str(v) for v in said.get("whenConsent", ())),
            covers=tuple(
                Cover(span(row.start, row.end), row.concept) for row in covered.get(fact, ())
            ),
        )
        found[offence, nation].append(defence)
    return found


def _among(stated: str | None, kind: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or (stated is not None and identifier(kind, stated) in wanted)
