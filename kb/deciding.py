"""Decides the state of every offence in every nation on a day: the mapping of DESIGN.md 5.

Each step is a question file over the graph; this module only asks them and takes the first match.
What comes out are states, windows and the identifiers of the facts that decided: no prose. The site
answers from the compiled timeline (:mod:`kb.timeline_deciding`), which has to say the same.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kb import rows
from kb.ages import OLDEST, AgeRange
from kb.catalogue import grouped
from kb.decisions import STILL_OPEN, Decision, Decisions, Place, RuledOut, best_window
from kb.engine import Engine
from kb.model import Asked
from kb.query import Given, ask
from kb.terms import OWN_WORDS, identifier
from kb.word_rows import AliasRow

NOT_STATED = OWN_WORDS + "NotStated"
AGREED = "yes"
BEYOND = OLDEST + 1
AGE_KINDS = {
    "depicted_age": OWN_WORDS + "DepictedAge",
    "recipient_age": OWN_WORDS + "RecipientAge",
    "accused_age": OWN_WORDS + "AccusedAge",
}


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What the question files answered; ``conduct`` and ``material`` are None if not asked."""

    windows: dict[Place, tuple[rows.Window, ...]]
    met: tuple["_Met", ...]
    ruled_out: dict[Place, list[RuledOut]]
    responsibility: dict[str, rows.Responsibility]
    too_young: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Met:
    """The rows of one list of the question (conduct, material) that meet what was asked."""

    by_place: dict[Place, tuple[rows.Met, ...]]
    by_offence: dict[str, tuple[rows.Met, ...]]

    def counting(self, place: Place, *, state: str) -> tuple[list[str], list[str]]:
        """The facts that meet for sure, and those whose start is in doubt.

        On a day of law, or of doubt about it, only that day's rows count; otherwise all rows do.
        """
        if state in STILL_OPEN:
            here = self.by_place.get(place, ())
            sure = [row.fact for row in here if row.state == "law"]
            return sure, [row.fact for row in here if row.state == "unknown"]
        return [row.fact for row in self.by_offence.get(place[0], ())], []


def decide(engine: Engine, asked: Asked, *, offences: tuple[str, ...]) -> Decisions:
    """Decide every offence (addresses) in every nation of the question."""
    found = _ask_all(engine, asked)
    made: list[Decision] = []
    left_out: dict[str, int] = {}
    for slug in asked.nations:
        nation = identifier("nation", slug)
        here = [_decide_one(found, (offence, nation)) for offence in offences]
        kept = [decision for decision in here if decision]
        left_out[nation] = len(here) - len(kept)
        made.extend(kept)
    return Decisions(
        made=tuple(made),
        left_out=left_out,
        windows=found.windows,
        responsibility=found.responsibility,
    )


def window_states(engine: Engine, on: date) -> dict[Place, tuple[rows.Window, ...]]:
    """How every window of every offence and rule stands on a day, by owner and nation."""
    return grouped(ask(engine, "windows", rows.Window, on=on), lambda w: (w.owner, w.nation))


def meets_more_below(engine: Engine, material: tuple[str, ...]) -> int | None:
    """The age of the person shown under which the material (slugs) meets more; None if none."""
    asked = tuple(identifier("material", slug) for slug in material)
    return max((row.limit for row in ask(engine, "aliases", AliasRow, asked=asked)), default=None)


def _decide_one(found: _Found, place: Place) -> Decision | None:
    """Steps 0 to 5 for one offence in one nation; None where conduct or material is not met."""
    window = best_window(found.windows.get(place, ()))
    state = window.state if window else "does-not-extend"
    unsettled: list[str] = []
    for met in found.met:
        sure, doubtful = met.counting(place, state=state)
        if not sure and not doubtful:
            return None
        unsettled += [] if sure else doubtful
    if state != "law":
        return Decision(offence=place[0], nation=place[1], state=state, window=window)
    out = _all_that_rules_out(found, place)
    return Decision(
        offence=place[0],
        nation=place[1],
        state="ruled-out" if out else "unknown" if unsettled else "applies",
        window=window,
        ruled_out=out,
        unsettled=() if out else tuple(unsettled),
    )


def _all_that_rules_out(found: _Found, place: Place) -> tuple[RuledOut, ...]:
    """What rules out an offence that is law: its own rows, and the age of responsibility there."""
    out = found.ruled_out.get(place, [])
    if place[1] not in found.too_young:
        return tuple(out)
    rule = found.responsibility[place[1]]
    return (*out, RuledOut(by="responsibility", fact=rule.fact, at_least=rule.age))


def _ask_all(engine: Engine, asked: Asked) -> _Found:
    windows = window_states(engine, asked.on)
    responsibility = _responsibility(engine, windows)
    accused = asked.accused_age
    young = (n for n, rule in responsibility.items() if accused and accused.high < rule.age)
    return _Found(
        windows=windows,
        met=_met(engine, asked),
        ruled_out=_ruled_out(engine, asked),
        responsibility=responsibility,
        too_young=frozenset(young),
    )


def _met(engine: Engine, asked: Asked) -> tuple[_Met, ...]:
    """The rows that meet the conduct and the material asked about; nothing for what was not."""
    found = []
    if asked.conduct:
        slugs = tuple(identifier("conduct", slug) for slug in asked.conduct)
        found.append(ask(engine, "conduct_met", rows.Met, on=asked.on, asked=slugs))
    if asked.material:
        given: dict[str, Given] = {
            "on": asked.on,
            "asked": tuple(identifier("material", slug) for slug in asked.material),
            "youngest": asked.depicted_age.low if asked.depicted_age else BEYOND,
        }
        found.append(ask(engine, "material_met", rows.Met, **given))
    return tuple(
        _Met(
            by_place=grouped(met, lambda row: (row.offence, row.nation)),
            by_offence=grouped(met, lambda row: row.offence),
        )
        for met in found
    )


def _responsibility(
    engine: Engine, windows: dict[Place, tuple[rows.Window, ...]]
) -> dict[str, rows.Responsibility]:
    """The age of criminal responsibility on the day by nation, where a rule for it is law."""
    law = {window.fact for found in windows.values() for window in found if window.state == "law"}
    found = ask(engine, "responsibility", rows.Responsibility)
    return {row.nation: row for row in found if row.fact in law}


def _ruled_out(engine: Engine, asked: Asked) -> dict[Place, list[RuledOut]]:
    """What the stated ages, consent and relationship rule out, by offence and nation."""
    out: defaultdict[Place, list[RuledOut]] = defaultdict(list)
    for name, kind in AGE_KINDS.items():
        age: AgeRange | None = getattr(asked, name)
        if age:
            _ages_rule_out(engine, asked.on, name=name, kind=kind, age=age, out=out)
    if asked.consent == AGREED:
        for need in ask(engine, "consent_ruled_out", rows.ConsentRuledOut, on=asked.on):
            out[need.offence, need.nation].append(
                RuledOut(by="consent", fact=need.fact, text=need.need)
            )
    for met in _defences_met(engine, asked):
        reason = RuledOut(by="defence", fact=met.fact, text=met.text)
        out[met.offence, met.nation].append(reason)
    return out


def _ages_rule_out(
    engine: Engine,
    on: date,
    *,
    name: str,
    kind: str,
    age: AgeRange,
    out: defaultdict[Place, list[RuledOut]],
) -> None:
    """Add the offences none of whose age rows of a kind admits any age of the range."""
    given: dict[str, Given] = {"on": on, "kind": kind, "low": age.low, "high": age.high}
    found = ask(engine, "ages_admitting", rows.AgeRow, **given)
    for place, ages in grouped(found, lambda row: (row.offence, row.nation)).items():
        if not any(row.admits for row in ages):
            out[place] += [
                RuledOut(by=name, fact=row.fact, at_least=row.at_least, below=row.below)
                for row in ages
            ]


def _defences_met(engine: Engine, asked: Asked) -> list[rows.DefenceMet]:
    """The defences whose every testable condition is stated and met."""
    shown, material = asked.depicted_age, asked.material
    given: dict[str, Given] = {
        "on": asked.on,
        "youngest": shown.low if shown else -1,
        "oldest": shown.high if shown else BEYOND,
        "asked": tuple(identifier("material", m) for m in material) or (NOT_STATED,),
        "relationship": _stated("relationship", asked.relationship),
        "consent": _stated("consent", asked.consent),
    }
    return ask(engine, "defences_met", rows.DefenceMet, **given)


def _stated(kind: str, slug: str | None) -> str:
    return identifier(kind, slug) if slug else NOT_STATED
