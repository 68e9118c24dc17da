"""The parts of an answer that are the same whoever asks: written once, when the data is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb import naming, rows
from kb.answers import RuleAnswer
from kb.catalogue import Catalogue, grouped
from kb.decisions import STILL_OPEN, Place
from kb.fact_records import facts_on
from kb.model import Element, Successor
from kb.rule_answers import rule_answer
from kb.schemes import Schemes
from kb.terms import slug_of
from kb.timeline import Timeline
from kb.timeline_days import Days, days, span


@dataclass(frozen=True, kw_only=True, slots=True)
class OnDay:
    """What holds of an offence in a nation on a day: fields of an answer, and what to show."""

    facts: dict[str, Any]
    needs: tuple[Element, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerParts:
    """By address: the fields of each offence that never change, and those that change with days."""

    offences: Mapping[str, dict[str, Any]]
    named: Mapping[str, Successor]
    breadths: Mapping[str, int]
    dated: Mapping[Place, Days[OnDay]]
    undated: OnDay
    rules: Mapping[rows.Window, RuleAnswer]

    def on_day(self, offence: str, nation: str, on: date) -> OnDay:
        """What holds of an offence in a nation (addresses) on a day."""
        found = self.dated.get((offence, nation))
        return found.at(on.toordinal()) if found else self.undated


def answer_parts(catalogue: Catalogue, schemes: Schemes, timeline: Timeline) -> AnswerParts:
    """Write every part once."""
    standing = (standing for group in timeline.rules.values() for standing in group)
    windows = (each.best for found in standing for each in found.values)
    return AnswerParts(
        offences={o: _constant(catalogue, schemes, o) for o in catalogue.offences},
        named={offence: naming.successor(catalogue, offence) for offence in catalogue.offences},
        breadths={offence: catalogue.breadth(offence) for offence in catalogue.offences},
        dated=_dated(catalogue, schemes),
        undated=OnDay(facts=facts_on(catalogue, "", "", date.min), needs=()),
        rules={
            window: rule_answer(catalogue, window.owner, window=window)
            for window in windows
            if window.state in STILL_OPEN
        },
    )


def _constant(catalogue: Catalogue, schemes: Schemes, offence: str) -> dict[str, Any]:
    row = catalogue.offences[offence]
    return {
        "id": row.slug,
        "label": row.label,
        "provision": naming.offence_provision(catalogue, offence),
        "sources": naming.sources(catalogue, offence),
        "no_source": row.no_source,
        "note": row.note,
        "confidence": slug_of(row.confidence),
        "not_known": naming.not_known(catalogue, offence, schemes=schemes),
    }


def _dated(catalogue: Catalogue, schemes: Schemes) -> dict[Place, Days[OnDay]]:
    """What holds of each offence in each nation, from one change of its facts to the next."""
    every = (row for found in catalogue.facts.values() for group in found.values() for row in group)
    return {
        place: days(
            (span(row.start, row.end) for row in group),
            lambda day, place=place: _on_day(catalogue, schemes, place, day),  # type: ignore[misc]
        )
        for place, group in grouped(every, lambda row: (row.offence, row.nation)).items()
    }


def _on_day(catalogue: Catalogue, schemes: Schemes, place: Place, day: int) -> OnDay:
    # What holds before the first change holds on the first day that the calendar has.
    on = date.fromordinal(max(day, 1))
    needs = (
        Element(
            element=slug_of(row.need),
            label=schemes.label(row.need),
            text=row.text,
            one_of=row.one_of,
            fact=row.fact,
        )
        for row in catalogue.on_the_day("needs", *place, on)
    )
    return OnDay(facts=facts_on(catalogue, *place, on), needs=tuple(needs))
