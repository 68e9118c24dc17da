"""What each offence says in each nation, from one change to the next: compiled once for the data.

A comparison asks about every offence at once. With this it looks up what holds on a day, and writes
nothing anew.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kb.answer_parts import AnswerParts
from kb.catalogue import Catalogue
from kb.comparison_model import PEOPLE, AgeLimit, Ages, ComparedOffence, Maximum
from kb.comparison_words import maximum_in_short
from kb.decisions import STILL_OPEN, Decision, Decisions
from kb.model import Asked, Penalty, Reason
from kb.offence_answers import OffenceWriter
from kb.rows import AgeFact, Window
from kb.schemes import Schemes
from kb.terms import slug_of
from kb.timeline import Spot, Timeline
from kb.timeline_against import AGES
from kb.timeline_days import EVER, NEVER, Days
from kb.timeline_words import WordFact
from kb.wording import years


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """An offence that is or may be law in a nation, and by which words it is met there and then.

    ``conduct`` and ``material`` are the concepts (addresses) of its rows; True if a row is sure,
    else the row (fact) whose start is in doubt is in ``doubtful``. ``law``: it is law for sure.
    """

    offence: ComparedOffence
    address: str
    law: bool
    why: tuple[Reason, ...] | None
    conduct: Mapping[str, bool]
    material: Mapping[str, bool]
    doubtful: Mapping[str, tuple[str, ...]]
    spot: Spot


@dataclass(frozen=True, kw_only=True)
class ComparisonIndex:
    """By nation (address), every offence that is ever law there, the narrowest first.

    ``ever`` are their ids; ``turns`` the days (ordinals) on which anything about them changes.
    """

    spots: Mapping[str, tuple[Days[Held | None], ...]]
    ever: Mapping[str, frozenset[str]]
    turns: tuple[int, ...]

    def open_on(self, nation: str, on: date) -> list[Held]:
        """What is or may be law in a nation (address) on a day."""
        day = on.toordinal()
        return [held for spot in self.spots.get(nation, ()) if (held := spot.at(day))]

    def since(self, on: date) -> date:
        """The first of the days up to this one since which nothing has changed anywhere."""
        place = bisect_right(self.turns, on.toordinal())
        return date.fromordinal(self.turns[place - 1]) if place else date.min


@dataclass(frozen=True, kw_only=True)
class _Sources:
    catalogue: Catalogue
    schemes: Schemes
    timeline: Timeline
    parts: AnswerParts


def build_index(
    catalogue: Catalogue, schemes: Schemes, *, timeline: Timeline, parts: AnswerParts
) -> ComparisonIndex:
    """Compile it from what an answer is made from."""
    known = _Sources(catalogue=catalogue, schemes=schemes, timeline=timeline, parts=parts)
    spots = {
        nation: tuple(
            _over_time(known, timeline.offences[number], nation, there[number])
            for number in sorted(there, key=lambda n: _order(known, n))
        )
        for nation, there in timeline.spots.items()
    }
    turns = {cover.earliest.toordinal() for cover in catalogue.coverage.values()}
    turns.update(day for there in spots.values() for spot in there for day in spot.changes)
    turns.update(day for ages in timeline.responsibility.values() for day in ages.changes)
    ever = {
        nation: frozenset(slug_of(timeline.offences[number]) for number in there)
        for nation, there in timeline.spots.items()
    }
    return ComparisonIndex(spots=spots, ever=ever, turns=tuple(sorted(turns)))


def _order(known: _Sources, number: int) -> tuple[int, str]:
    offence = known.timeline.offences[number]
    return known.parts.breadths[offence], offence


def _over_time(known: _Sources, offence: str, nation: str, spot: Spot) -> Days[Held | None]:
    place = offence, nation
    turning: set[int] = set(spot.standing.changes)
    for row in (*spot.conduct, *spot.material):
        turning.update(row.course)
    for dated in (known.parts.dated.get(place), known.timeline.by_kind["ages"].get(place)):
        turning.update(dated.changes if dated else ())
    changes = tuple(sorted(turning - {EVER, NEVER}))
    return Days(changes, tuple(_held(known, place, spot, day) for day in (EVER, *changes)))


def _held(known: _Sources, place: tuple[str, str], spot: Spot, day: int) -> Held | None:
    window = spot.standing.at(day).best
    if window.state not in STILL_OPEN:
        return None
    conduct, doubtful = _met(spot.conduct, day)
    material, unsure = _met(spot.material, day)
    law = window.state == "law"
    return Held(
        offence=_offence(known, place, window, day=day),
        address=place[0],
        law=law,
        why=None if law else _why(known, place, window, day=day),
        conduct=conduct,
        material=material,
        doubtful=doubtful | unsure,
        spot=spot,
    )


def _met(found: Iterable[WordFact], day: int) -> tuple[dict[str, bool], dict[str, tuple[str, ...]]]:
    """The words that are met on a day, whether for sure, and the rows in doubt."""
    words: dict[str, bool] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for row in found:
        state = row.course.state(day)
        if state in STILL_OPEN:
            words[row.concept] = words.get(row.concept, False) or state == "law"
        if state == "unknown":
            doubtful[row.concept] = (*doubtful.get(row.concept, ()), row.fact)
    return words, doubtful


def _offence(
    known: _Sources, place: tuple[str, str], window: Window, *, day: int
) -> ComparedOffence:
    parts, on = known.parts.offences[place[0]], date.fromordinal(max(day, 1))
    held = known.parts.on_day(*place, on)
    penalties: tuple[Penalty, ...] = held.facts["max_penalty"]
    ages, highest = _ages(known.timeline.facts("ages", *place, on)), _highest(penalties)
    terms = (*(_values(limits) for limits in ages.values()), highest.value if highest else None)
    said = tuple((row.tried, row.text, row.case) for row in penalties)
    title, cited = known.catalogue.offences[place[0]].title, parts["provision"].citation
    return ComparedOffence(
        id=parts["id"],
        label=parts["label"],
        provision=parts["provision"],
        instrument=title,
        pinpoint=cited.removeprefix(f"{title}, "),
        start=window.start,
        end=window.end,
        certainty=slug_of(window.certainty),
        scope=window.scope,
        **ages,
        maximum=highest,
        max_penalty=penalties,
        needs=tuple(dict.fromkeys(need.element for need in held.needs)),
        not_known=tuple(gap.field for gap in parts["not_known"]),
        confidence=parts["confidence"],
        decided_by=(window.fact,),
        ages_said=tuple(
            (person, " or ".join(limit.text for limit in limits))
            for person, limits in ages.items()
            if limits
        ),
        terms=terms,
        look=(terms, said, window.scope, window.certainty, window.start, window.end),
    )


def _values(limits: tuple[AgeLimit, ...]) -> Ages:
    return tuple((limit.at_least, limit.below) for limit in limits)


def _ages(found: tuple[AgeFact, ...]) -> dict[str, tuple[AgeLimit, ...]]:
    """The limits by whose age they are about, each once, the youngest first."""
    ages: dict[str, dict[tuple[int | None, int | None], AgeLimit]] = {n: {} for n in AGES.values()}
    for row in sorted(found, key=lambda row: (row.at_least or 0, row.below or 0)):
        limit = AgeLimit(
            at_least=row.at_least,
            below=row.below,
            text=years(row.at_least, row.below),
            confidence=slug_of(row.confidence),
            fact=row.fact,
        )
        ages[AGES[row.kind]].setdefault((row.at_least, row.below), limit)
    return {name: tuple(ages[name].values()) for name in PEOPLE}


def _highest(found: tuple[Penalty, ...]) -> Maximum | None:
    """The highest: life, else the most months, else the first that no number stands for."""
    if not found:
        return None
    highest = max(found, key=lambda row: (row.life, -1 if row.months is None else row.months))
    return Maximum(text=maximum_in_short(highest), penalty=highest)


def _why(
    known: _Sources, place: tuple[str, str], window: Window, *, day: int
) -> tuple[Reason, ...] | None:
    """Why it is not known whether it is law, as the answer about it says."""
    on = date.fromordinal(max(day, 1))
    writer = OffenceWriter(
        catalogue=known.catalogue,
        schemes=known.schemes,
        parts=known.parts,
        asked=Asked(nations=(slug_of(place[1]),), on=on),
        decisions=Decisions(
            made=(), left_out={}, windows=known.timeline.windows_on(on), responsibility={}
        ),
    )
    unknown = Decision(offence=place[0], nation=place[1], state="unknown", window=window)
    return writer.write(unknown).why
