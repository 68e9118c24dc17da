"""The rows of a comparison: what each side has for each conduct, and what is not the same."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kb.catalogue import Catalogue
from kb.comparison_index import ComparisonIndex, Held
from kb.comparison_model import PEOPLE, AskedComparison, Cell, Listed, Row, Side
from kb.comparison_words import before_coverage
from kb.model import Concept, Reason
from kb.schemes import Schemes
from kb.terms import identifier
from kb.timeline_against import EVERY_AGE
from kb.timeline_words import Meanings, Words
from kb.topics import topics_of
from kb.wording import unsettled_row

# What is compared, in the order of the terms of an offence.
TERMS = (*PEOPLE, "maximum")
Open = tuple[tuple[Held, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What a comparison is made from."""

    index: ComparisonIndex
    catalogue: Catalogue
    schemes: Schemes
    meanings: Meanings


def open_on_sides(known: Sources, asked: AskedComparison) -> Open:
    """For each side, all that is or may be law there, kept to the material that is asked about."""
    met: Words | None = None
    if asked.material:
        met = known.meanings.met_by_material((asked.material,), youngest=EVERY_AGE)
    return tuple(
        tuple(
            held
            for held in known.index.open_on(identifier("nation", side.nation), side.on)
            if met is None or not met.isdisjoint(held.material)
        )
        for side in asked.sides
    )


def conducts_of(known: Sources, asked: AskedComparison) -> tuple[Concept, ...]:
    """The conducts that are compared, the narrower ones below the broader."""
    every = known.schemes.scheme("conducts")
    within = _below(every, asked.conduct) if asked.conduct else {one.slug for one in every}
    return tuple(one for one in _nested(every) if one.slug in within)


def table(
    known: Sources, asked: AskedComparison, found: Open
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows, and the labels of the conducts for which no side has anything."""
    conducts = conducts_of(known, asked)
    maker = _Rows(known=known, asked=asked, rows={one.slug: one for one in conducts})
    rows, empty = [], []
    topic = words_of_topic(known, asked.topic)
    for one in conducts:
        met = known.meanings.met_by_conduct((one.slug,))
        listed = [maker.listed(one, held, met=met, topic=topic) for held in found]
        if any(listed):
            rows.append(maker.row(one, listed))
        elif not asked.topic:
            empty.append(one.label)
    return tuple(rows), tuple(empty)


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """Makes rows; ``rows`` are the conducts of the table by their slugs."""

    known: Sources
    asked: AskedComparison
    rows: Mapping[str, Concept]

    def listed(
        self, conduct: Concept, found: Collection[Held], *, met: Words, topic: Words | None
    ) -> tuple[Listed, ...]:
        """What a side has for a conduct, which meets some words."""
        return tuple(
            self._one(held, met, conduct)
            for held in found
            if not met.isdisjoint(held.conduct) and in_topic(held, conduct, topic)
        )

    def _one(self, held: Held, met: Words, conduct: Concept) -> Listed:
        doubtful = self._doubtful(held, met) if held.law else ()
        return Listed(
            offence=held.offence,
            state="applies" if held.law and not doubtful else "unknown",
            why=held.why or doubtful or None,
            shown_at=None if conduct.address in held.conduct else self._shown_at(held, met),
        )

    def _doubtful(self, held: Held, met: Words) -> tuple[Reason, ...]:
        """Why it is in doubt whether it is met at all, where every row that meets it is."""
        reasons = list(_reasons(held, held.conduct, met, schemes=self.known.schemes))
        if self.asked.material:
            asked = (self.asked.material,)
            there = self.known.meanings.met_by_material(asked, youngest=EVERY_AGE)
            reasons += _reasons(held, held.material, there, schemes=self.known.schemes)
        return tuple(reasons)

    def _shown_at(self, held: Held, met: Words) -> str | None:
        """The row that names an offence, if it is another one of this table."""
        rows = self.rows.values()
        return next((o.slug for o in rows if o.address in held.conduct and o.address in met), None)

    def row(self, conduct: Concept, found: list[tuple[Listed, ...]]) -> Row:
        """A row from what its sides have."""
        looks = [tuple(map(_look, listed)) for listed in found]
        nations = (identifier("nation", side.nation) for side in self.asked.sides)
        ever = [self.known.index.ever.get(nation, frozenset()) for nation in nations]
        return Row(
            conduct=conduct.slug,
            label=conduct.label,
            broader=conduct.broader if conduct.broader in self.rows else None,
            cells=tuple(
                Cell(
                    offences=listed,
                    same_as=looks.index(look) if listed and looks.index(look) < place else None,
                    none=() if listed else self._none(self.asked.sides[place], found),
                )
                for place, (listed, look) in enumerate(zip(found, looks, strict=True))
            ),
            differs=tuple(differences_of(found, ever=ever)),
        )

    def _none(self, side: Side, found: list[tuple[Listed, ...]]) -> tuple[str, ...]:
        """Why a side has nothing: before coverage begins, or as it is noted of a counterpart."""
        catalogue, nation = self.known.catalogue, identifier("nation", side.nation)
        cover = catalogue.coverage[nation]
        if side.on < cover.earliest:
            return (before_coverage(self.known.schemes.label(nation), cover.earliest),)
        rows = (
            row
            for listed in found
            for one in listed
            for row in catalogue.counterparts.get(identifier("offence", one.offence.id), ())
        )
        notes = (row.note for row in rows if row.nation == nation and not row.nearest and row.note)
        return tuple(dict.fromkeys(f"{note[:1].upper()}{note[1:]}." for note in notes))


def words_of_topic(known: Sources, topic: str | None) -> Words | None:
    """The conducts and materials (addresses) of a topic (slug); None for no topic."""
    if topic is None:
        return None
    every = (*known.schemes.scheme("conducts"), *known.schemes.scheme("materials"))
    found = (topics_of(known.catalogue, known.schemes, one.address) for one in every)
    return frozenset(
        one.address for one, topics in zip(every, found, strict=True) if topic in topics
    )


def in_topic(held: Held, conduct: Concept, topic: Words | None) -> bool:
    """Does a topic cover a conduct, or the material of what is met by it?"""
    return topic is None or conduct.address in topic or not topic.isdisjoint(held.material)


def differences_of(found: list[tuple[Listed, ...]], *, ever: list[frozenset[str]]) -> Iterator[str]:
    """What the sides differ in, by name: of those that have nothing, only that they have not.

    It is no difference that nations have other Acts; it is one that an offence is not law on a
    side where it is law on other days (``ever``, by side).
    """
    states = {frozenset(one.state for one in listed) for listed in found}
    ids = [{one.offence.id for one in listed} for listed in found]
    every = set().union(*ids)
    absent = any(every & there - here for here, there in zip(ids, ever, strict=True))
    some = [frozenset(one.offence.terms for one in listed) for listed in found if listed]
    if len(states) > 1 or absent:
        yield "law"
    if len(set(some)) > 1:
        sides = [zip(*terms, strict=True) for terms in some]
        by_term = zip(TERMS, *sides, strict=True)
        told = [name for name, *values in by_term if len({frozenset(v) for v in values}) > 1]
        yield from told or ["together"]


def _reasons(
    held: Held, there: Mapping[str, bool], met: Words, *, schemes: Schemes
) -> Iterator[Reason]:
    """Why it is in doubt whether a list is met; nothing if one of its rows is sure."""
    words = [word for word in there if word in met]
    if not any(there[word] for word in words):
        for word in words:
            for fact in held.doubtful[word]:
                yield Reason(text=unsettled_row(schemes.label(word)), fact=fact)


def _look(one: Listed) -> tuple[object, ...]:
    """All that a cell shows of an offence: cells that look the same are the same."""
    return one.offence.id, one.state, one.shown_at, one.offence.look


def _below(every: tuple[Concept, ...], slugs: tuple[str, ...]) -> set[str]:
    """Some conducts and all that are narrower."""
    within = set(slugs)
    while more := {one.slug for one in every if one.broader in within} - within:
        within |= more
    return within


def _nested(every: tuple[Concept, ...], broader: str | None = None) -> Iterator[Concept]:
    for one in every:
        if one.broader == broader:
            yield one
            yield from _nested(every, one.slug)
