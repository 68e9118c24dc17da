"""What offences that stand for each other say differently: ages, maximum, what has to be shown."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb import comparison_words as words
from kb.ages import OLDEST
from kb.catalogue import grouped
from kb.comparison_index import Held
from kb.comparison_model import PEOPLE, AgeLimit, Column, ComparedOffence, Difference
from kb.comparison_pairs import ALIKE, SAME, Match
from kb.model import Concept
from kb.schemes import Schemes
from kb.terms import identifier
from kb.wording import first_lower

Say = Callable[[Held], str]
# A field that is not known is no difference: these are the names that the data gives the gaps.
MAXIMUM, NEEDS = "max-penalty", "needs"
UNKNOWN_AGE = {person: person.replace("_", "-") for person in PEOPLE}


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Compares the offences of matches; ``conducts`` are the rows of the table, in their order."""

    schemes: Schemes
    columns: tuple[Column, ...]
    conducts: tuple[Concept, ...]

    def differences(self, match: Match) -> Iterator[Difference]:
        """Everything that differs between some offences and those that stand for them."""
        for person in PEOPLE:
            if not _gap_in(match, UNKNOWN_AGE[person]):
                yield from self._ages(match, person)
        if not _gap_in(match, MAXIMUM):
            yield from self._maxima(match)
        if match.link == SAME and not _gap_in(match, NEEDS):
            yield from self._needs(match.these[0], match.others[0], match)

    def _ages(self, match: Match, person: str) -> Iterator[Difference]:
        """The ages that are asked for, where those of the other side together admit others."""
        there = 0
        for other in match.others:
            there |= _admitted(other.offence, person)
        for admitted, these in grouped(
            match.these, lambda one: _admitted(one.offence, person)
        ).items():
            if admitted != there:
                said = self._said(match, these, lambda one: _age(one.offence, person))
                facts = (
                    limit.fact for one in (*these, *match.others) for limit in _limits(one, person)
                )
                yield self._difference("age", match, these, words.aged(person, said), facts)

    def _maxima(self, match: Match) -> Iterator[Difference]:
        """The highest maximum, where no offence of the other side has the same."""
        there = {one.offence.terms[-1] for one in match.others}
        for value, these in grouped(match.these, lambda one: one.offence.terms[-1]).items():
            if value not in there:
                said = self._said(match, these, lambda one: _maximum(one.offence))
                found = (one.offence.maximum for one in (*these, *match.others))
                facts = (maximum.penalty.fact for maximum in found if maximum)
                yield self._difference("penalty", match, these, words.maxima(said), facts)

    def _needs(self, one: Held, other: Held, match: Match) -> Iterator[Difference]:
        """What is to be shown of the same offence on one side, and not on the other."""
        sides = one.offence.needs, other.offence.needs
        only = [
            [self._need(slug) for slug in mine if slug not in its]
            for mine, its in (sides, sides[::-1])
        ]
        if any(only):
            places = [column.where for column in self.columns]
            text = words.needs(
                cite(self.schemes, (one,)), (places[0], only[0]), (places[1], only[1])
            )
            yield self._difference("need", match, (one,), text, ())

    def _need(self, slug: str) -> str:
        return self.schemes.label(identifier("need", slug))

    def _said(
        self, match: Match, these: tuple[Held, ...], say: Say
    ) -> list[tuple[str, list[tuple[str, str]]]]:
        """What each side says: where, and each thing said with the offences that say it."""
        sides = ((match.here, these), (1 - match.here, match.others))
        return [
            (
                self.columns[place].where,
                [
                    (said, cite(self.schemes, group))
                    for said, group in grouped(offences, say).items()
                ],
            )
            for place, offences in sorted(sides)
        ]

    def _difference(
        self, kind: str, match: Match, these: tuple[Held, ...], text: str, facts: Iterable[str]
    ) -> Difference:
        both = tuple(tuple(o.offence.id for o in side) for side in (these, match.others))
        every = (*these, *match.others)
        named = (c.slug for c in self.conducts if any(c.address in one.conduct for one in every))
        windows = (fact for one in every for fact in facts_of(one))
        return Difference(
            kind=kind,
            conduct=next(named, None),
            about=these[0].offence.label,
            text=text if match.link != ALIKE else f"{text} {words.NO_COUNTERPART}",
            left=both[match.here],
            right=both[1 - match.here],
            facts=tuple(sorted({*windows, *facts})),
        )


def cite(schemes: Schemes, offences: Sequence[Held]) -> str:
    """The citations of offences, an instrument named once; general knowledge is marked."""
    by_instrument = grouped(offences, lambda one: one.offence.instrument)
    return words.listed(
        [
            f"{title}, {', '.join(_pinpoint(schemes, one.offence) for one in group)}"
            for title, group in by_instrument.items()
        ]
    )


def facts_of(one: Held) -> tuple[str, ...]:
    """The facts by which an offence is law, or may be."""
    return one.offence.decided_by


def _pinpoint(schemes: Schemes, offence: ComparedOffence) -> str:
    if not offence.likely_only:
        return offence.pinpoint
    label = schemes.concept("confidences", offence.confidence, parameter="confidence").label
    return f"{offence.pinpoint} [{first_lower(label)}]"


def _gap_in(match: Match, field: str) -> bool:
    """Is it said of any offence that a field is not known?"""
    return any(field in one.offence.not_known for one in (*match.these, *match.others))


def _limits(one: Held, person: str) -> tuple[AgeLimit, ...]:
    found: tuple[AgeLimit, ...] = getattr(one.offence, person)
    return found


def _admitted(offence: ComparedOffence, person: str) -> int:
    """The ages that an offence admits, each a bit; all of them where no limit is recorded."""
    every = (1 << OLDEST + 1) - 1
    limits = offence.ages(person)
    admitted = 0
    for least, below in limits:
        admitted |= every & ~((1 << (least or 0)) - 1) & ((1 << (below or OLDEST + 1)) - 1)
    return admitted if limits else every


def _age(offence: ComparedOffence, person: str) -> str:
    return " or ".join(limit.text for limit in getattr(offence, person))


def _maximum(offence: ComparedOffence) -> str:
    return offence.maximum.text if offence.maximum else ""
