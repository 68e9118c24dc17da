"""The compiled timeline: which law, in which nation, on which day, without asking the graph.

An index of stretches of days, built once from the rows of the question files. With it
:mod:`kb.timeline_deciding` gives the same records as :mod:`kb.deciding` and asks none of its
questions: each is the check on the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb import rows, timeline_rows
from kb.catalogue import Catalogue
from kb.decisions import Place
from kb.engine import Engine
from kb.query import ask
from kb.timeline_against import NOTHING, Against, all_against
from kb.timeline_days import Days
from kb.timeline_facts import OfKind, facts_by_place
from kb.timeline_windows import (
    OnDays,
    Standing,
    WindowsOn,
    ages_of_responsibility,
    open_rules,
    standing_of,
    still_open,
    turning_windows,
)
from kb.timeline_words import (
    CONDUCT,
    MATERIAL,
    Meanings,
    Shelves,
    WordFact,
    meanings,
    shelves,
    words_there,
)
from kb.word_rows import AliasRow


@dataclass(frozen=True, slots=True)
class Spot:
    """All that decides about one offence in one nation where it ever is law."""

    standing: Days[Standing]
    conduct: tuple[WordFact, ...]
    material: tuple[WordFact, ...]
    against: Against


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """The index; nothing in it changes after it was built, so any thread may read it.

    Offences go by their number, which is their place in ``offences``.
    """

    offences: tuple[str, ...]
    spots: Mapping[str, Mapping[int, Spot]]
    shelves: Shelves
    meanings: Meanings
    standing: OnDays
    responsibility: Mapping[str, Days[rows.Responsibility | None]]
    rules: Mapping[str, tuple[Days[Standing], ...]]
    by_kind: Mapping[str, OfKind]

    def facts(self, kind: str, offence: str, nation: str, on: date) -> tuple[Any, ...]:
        """The facts of one kind about an offence that hold in a nation (addresses) on a day."""
        found = self.by_kind[kind].get((offence, nation))
        return found.at(on.toordinal()) if found else ()

    def windows_on(self, on: date) -> WindowsOn:
        """All windows of offences and rules as they stand on a day."""
        return WindowsOn(self.standing, day=on.toordinal())

    def rules_on(self, nation: str, on: date) -> tuple[rows.Window, ...]:
        """The windows of the rules that are, or may be, law in a nation (address) on a day."""
        return still_open(self.rules.get(nation, ()), day=on.toordinal())


def build_timeline(engine: Engine, catalogue: Catalogue) -> Timeline:
    """Compile the index from the graph and the catalogue that was read from it."""
    turning = turning_windows(catalogue)
    standing = {place: standing_of(found) for place, found in turning.items()}
    words = ask(engine, "dated_words", timeline_rows.DatedWord)
    found = ask(engine, "responsibility", rows.Responsibility)
    numbers = {offence: number for number, offence in enumerate(catalogue.offences)}
    return Timeline(
        offences=tuple(catalogue.offences),
        spots=_spots(numbers, standing, words=words, against=_against(engine, catalogue)),
        shelves=shelves(words, numbers),
        meanings=meanings(
            ask(engine, "broader", timeline_rows.Broader),
            also=ask(engine, "also_meets", AliasRow),
            meets_any=catalogue.meets_any,
        ),
        standing=standing,
        responsibility=ages_of_responsibility(found, turning),
        rules=open_rules(standing, frozenset(catalogue.rules)),
        by_kind=facts_by_place(catalogue),
    )


def _spots(
    numbers: Mapping[str, int],
    standing: OnDays,
    *,
    words: list[timeline_rows.DatedWord],
    against: Mapping[Place, Against],
) -> dict[str, dict[int, Spot]]:
    conduct, material = (words_there(words, kind) for kind in (CONDUCT, MATERIAL))
    spots: dict[str, dict[int, Spot]] = {}
    for place, on in standing.items():
        if place[0] in numbers:
            spots.setdefault(place[1], {})[numbers[place[0]]] = Spot(
                standing=on,
                conduct=conduct.get(place, ()),
                material=material.get(place, ()),
                against=against.get(place, NOTHING),
            )
    return spots


def _against(engine: Engine, catalogue: Catalogue) -> dict[Place, Against]:
    return all_against(
        (row for found in catalogue.facts["ages"].values() for row in found),
        needs=ask(engine, "negated_needs", timeline_rows.NegatedNeed),
        conditions=ask(engine, "defence_conditions", timeline_rows.DefenceCondition),
        covered=ask(engine, "covered_materials", timeline_rows.CoveredMaterial),
    )
