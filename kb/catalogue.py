"""What is known of each thing on all days, read once from the graph and kept by its address."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from kb import library_rows as library
from kb import rows
from kb import word_rows as words
from kb.engine import Engine
from kb.query import ask

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)
FACTS: dict[str, type[Any]] = {
    "ages": rows.AgeFact,
    "conducts": rows.ConceptFact,
    "defences": rows.ProvisionFact,
    "materials": rows.ConceptFact,
    "mental_elements": rows.TextFact,
    "modes": rows.ModeFact,
    "needs": rows.NeedFact,
    "penalties": rows.PenaltyFact,
    "prosecution_consents": rows.ConsentFact,
    "reaches": rows.ReachFact,
    "time_limits": rows.ProvisionFact,
}

CAST = ("conducts", "materials")


def grouped(found: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    """Rows by a key, in the order they came in."""
    groups: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in found:
        groups[key(row)].append(row)
    return {name: tuple(group) for name, group in groups.items()}


def in_effect(row: Any, on: date) -> bool:
    """Does a dated fact hold on a day? Half-open; no start or end means as long as its offence."""
    return (row.start is None or row.start <= on) and (row.end is None or on < row.end)


@dataclass(frozen=True, kw_only=True, eq=False)
class Catalogue:
    """The rows of every question that does not turn on the day, by address."""

    offences: dict[str, library.OffenceRow]
    provisions: dict[str, library.ProvisionRow]
    instruments: dict[str, library.InstrumentRow]
    rules: dict[str, library.RuleRow]
    doubts: dict[str, tuple[library.DoubtRow, ...]]
    facts: dict[str, dict[str, tuple[Any, ...]]]
    certainties: dict[str, library.CertaintyRow]
    windows: dict[str, tuple[library.WindowEver, ...]]
    expressions: dict[str, tuple[library.ExpressionRow, ...]]
    extents: dict[str, tuple[library.ExtentRow, ...]]
    counterparts: dict[str, tuple[library.CounterpartRow, ...]]
    replacements: dict[str, tuple[library.ReplacementRow, ...]]
    not_known: dict[str, tuple[library.NotKnownRow, ...]]
    savings: dict[str, tuple[library.SavingRow, ...]]
    boundaries: dict[str, tuple[library.BoundaryRow, ...]]
    blocked: dict[str, tuple[library.BlockRow, ...]]
    blocks: dict[str, tuple[library.BlockRow, ...]]
    rule_values: dict[str, library.RuleValue]
    rule_provisions: dict[str, tuple[library.RuleProvision, ...]]
    sources: dict[str, tuple[words.SourceRow, ...]]
    other_names: dict[str, tuple[words.OtherName, ...]]
    hidden_names: dict[str, tuple[words.HiddenName, ...]]
    coverage: dict[str, words.CoverageRow]
    meets_any: frozenset[str]
    checked_on: date

    def breadth(self, offence: str) -> int:
        """How widely an offence (address) is cast: the narrower it is, the nearer to the facts.

        Counts the conduct and material it covers; one that asks for no image or message is widest.
        """
        words = {row.concept for kind in CAST for row in self.facts[kind].get(offence, ())}
        return len(words) + (len(FACTS) if words & self.meets_any else 0)

    def on_the_day(self, kind: str, offence: str, nation: str, on: date) -> list[Any]:
        """The facts of one kind about an offence that hold in a nation (addresses) on a day."""
        found = self.facts[kind].get(offence, ())
        return [row for row in found if row.nation == nation and in_effect(row, on)]


def load_catalogue(engine: Engine) -> Catalogue:
    """Read everything that does not turn on the day."""
    blocks = ask(engine, "doubt_blocks", library.BlockRow)
    owned = {
        "counterparts": library.CounterpartRow,
        "replacements": library.ReplacementRow,
        "not_known": library.NotKnownRow,
        "savings": library.SavingRow,
        "boundaries": library.BoundaryRow,
        "extents": library.ExtentRow,
        "sources": words.SourceRow,
        "other_names": words.OtherName,
        "hidden_names": words.HiddenName,
    }
    by_owner: dict[str, Any] = {
        name: grouped(ask(engine, name, record), lambda row: row.owner)
        for name, record in owned.items()
    }
    return Catalogue(
        **_things(engine),
        **_parts(engine),
        **by_owner,
        facts=_facts(engine),
        meets_any=frozenset(row.concept for row in ask(engine, "meets_any", words.AnyRow)),
        coverage={r.nation: r for r in ask(engine, "coverage", words.CoverageRow)},
        blocked=grouped(blocks, lambda row: row.owner),
        blocks=grouped(blocks, lambda row: row.doubt),
        checked_on=min(row.checked_on for row in ask(engine, "checked_on", words.CheckedRow)),
    )


def _things(engine: Engine) -> dict[str, Any]:
    return {
        "offences": {r.offence: r for r in ask(engine, "offences", library.OffenceRow)},
        "provisions": {r.provision: r for r in ask(engine, "provisions", library.ProvisionRow)},
        "instruments": {r.instrument: r for r in ask(engine, "instruments", library.InstrumentRow)},
        "rules": {r.rule: r for r in ask(engine, "rules", library.RuleRow)},
        "doubts": grouped(ask(engine, "doubts", library.DoubtRow), lambda row: row.doubt),
        "rule_values": {r.fact: r for r in ask(engine, "rule_values", library.RuleValue)},
    }


def _parts(engine: Engine) -> dict[str, Any]:
    windows = ask(engine, "windows_ever", library.WindowEver)
    expressions = ask(engine, "expressions", library.ExpressionRow)
    rests_on = ask(engine, "rule_provisions", library.RuleProvision)
    unsure = ask(engine, "fact_certainties", library.CertaintyRow)
    return {
        "certainties": {row.fact: row for row in unsure},
        "windows": grouped(windows, lambda row: row.owner),
        "expressions": grouped(expressions, lambda row: row.provision),
        "rule_provisions": grouped(rests_on, lambda row: row.rule),
    }


def _facts(engine: Engine) -> dict[str, dict[str, tuple[Any, ...]]]:
    return {
        name: grouped(ask(engine, name, record), lambda row: row.offence)
        for name, record in FACTS.items()
    }
