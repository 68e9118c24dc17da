"""Decides which law applies from the compiled timeline: the mapping of DESIGN.md 5, a second time.

What an answer costs grows with the offences it speaks of, not with the law: an offence that the
question meets nowhere is counted and never looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb import rows
from kb.decisions import STILL_OPEN, Decision, Decisions, Place, RuledOut
from kb.model import Asked
from kb.terms import identifier
from kb.timeline import Spot, Timeline
from kb.timeline_against import EVERY_AGE
from kb.timeline_words import Meanings, WordFact, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class _Question:
    """What was asked, in the words of the index; None is a list that was not asked."""

    asked: Asked
    day: int
    conduct: Words | None
    material: Words | None
    meanings: Meanings
    too_young: Mapping[str, RuledOut]


def decide(timeline: Timeline, asked: Asked) -> Decisions:
    """Decide every offence in every nation of the question; see DESIGN.md 5."""
    day = asked.on.toordinal()
    responsibility = {nation: on.at(day) for nation, on in timeline.responsibility.items()}
    ages = {nation: row for nation, row in responsibility.items() if row}
    question = _question(timeline, asked, ages)
    numbers = _met_at_all(timeline, question)
    made: list[Decision] = []
    left_out: dict[str, int] = {}
    for slug in asked.nations:
        nation = identifier("nation", slug)
        spots = timeline.spots.get(nation, {})
        before = len(made)
        for number in numbers:
            place = timeline.offences[number], nation
            decision = _decide_one(question, place, spots.get(number))
            if decision:
                made.append(decision)
        left_out[nation] = len(timeline.offences) - (len(made) - before)
    return Decisions(
        made=tuple(made),
        left_out=left_out,
        windows=timeline.windows_on(asked.on),
        responsibility=ages,
    )


def _question(
    timeline: Timeline, asked: Asked, ages: Mapping[str, rows.Responsibility]
) -> _Question:
    meant, accused = timeline.meanings, asked.accused_age
    least = asked.depicted_age.low if asked.depicted_age else EVERY_AGE
    return _Question(
        asked=asked,
        day=asked.on.toordinal(),
        conduct=meant.met_by_conduct(asked.conduct) if asked.conduct else None,
        material=meant.met_by_material(asked.material, youngest=least) if asked.material else None,
        meanings=meant,
        too_young={
            nation: RuledOut(by="responsibility", fact=row.fact, at_least=row.age)
            for nation, row in ages.items()
            if accused and accused.high < row.age
        },
    )


def _met_at_all(timeline: Timeline, question: _Question) -> Iterable[int]:
    """The numbers, in order, of the offences that the question meets anywhere on any day."""
    if question.conduct is None and question.material is None:
        return range(len(timeline.offences))
    return sorted(timeline.shelves.found(question.conduct, question.material))


def _decide_one(question: _Question, place: Place, spot: Spot | None) -> Decision | None:
    """Steps 0 to 5 for an offence that is met somewhere; None where it is not met here."""
    if spot is None:
        return Decision(offence=place[0], nation=place[1], state="does-not-extend", window=None)
    window = spot.standing.at(question.day).best
    unsettled: tuple[str, ...] = ()
    if window.state in STILL_OPEN:
        conduct = _unsettled(spot.conduct, question.conduct, question.day)
        material = _unsettled(spot.material, question.material, question.day)
        if conduct is None or material is None:
            return None
        unsettled = conduct + material
    if window.state != "law":
        return Decision(offence=place[0], nation=place[1], state=window.state, window=window)
    out = tuple(spot.against.ruled_out(question.asked, question.day, meanings=question.meanings))
    if place[1] in question.too_young:
        out += (question.too_young[place[1]],)
    return Decision(
        offence=place[0],
        nation=place[1],
        state="ruled-out" if out else "unknown" if unsettled else "applies",
        window=window,
        ruled_out=out,
        unsettled=() if out else unsettled,
    )


def _unsettled(
    found: tuple[WordFact, ...], words: Words | None, day: int
) -> tuple[str, ...] | None:
    """The rows in doubt by which alone a list is met; empty if one is sure; None if none meets."""
    if words is None:
        return ()
    doubtful: dict[str, None] = {}
    for row in found:
        if row.concept in words:
            state = row.course.state(day)
            if state == "law":
                return ()
            if state == "unknown":
                doubtful[row.fact] = None
    return tuple(doubtful) or None
