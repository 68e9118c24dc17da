"""Reads the questions about guidance, practice, services and claims, and asks them."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.advice_answers import practice_in
from kb.advice_found import (
    claims_found,
    guidance_found,
    misconceptions_found,
    practice_found,
    services_found,
)
from kb.knowledge import Knowledge

FOLDER = Path(__file__).parent / "competency" / "advice"
EXPECTED = ("returns", "includes", "never")
KEYS = {"asks", "ask", "with", "on", "source", "read", *EXPECTED}


@dataclass(frozen=True)
class AdviceQuestion:
    """A competency question: the file it stands in and its table."""

    file: str
    table: dict[str, Any]

    def wrong_with(self, known: Knowledge) -> list[str]:
        """What the answer gets wrong, a sentence each; nothing if it is right."""
        found = ASK[self.table["ask"]](known, self.table)
        wrong = []
        if "returns" in self.table and sorted(found) != sorted(self.table["returns"]):
            wrong.append(f"it returns {sorted(found)}, not {sorted(self.table['returns'])}")
        if missing := set(self.table.get("includes", [])) - set(found):
            wrong.append(f"it does not return {sorted(missing)}")
        if bad := set(self.table.get("never", [])) & set(found):
            wrong.append(f"it must not return {sorted(bad)}")
        return wrong

    @property
    def covers(self) -> set[tuple[str, str]]:
        """What the question is answered with: the kind that is asked for, and each id."""
        ids = (*self.table.get("returns", []), *self.table.get("includes", []))
        return {(KIND.get(self.table["ask"], self.table["ask"]), one) for one in ids}


def read_advice_questions() -> list[AdviceQuestion]:
    """Every question of every file, in order."""
    return [
        AdviceQuestion(file=path.name, table=table)
        for path in sorted(FOLDER.glob("*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    ]


def _filters(table: dict[str, Any]) -> dict[str, Any]:
    found = dict(table.get("with", {}))
    if "about" in found:
        found["about"] = tuple(found["about"])
    return found


def _standing(find: Callable[..., Any]) -> Callable[[Knowledge, dict[str, Any]], list[str]]:
    """Documents or services on a day; ``nation`` is one of the filters, all if it is not stated."""

    def asked(known: Knowledge, table: dict[str, Any]) -> list[str]:
        filters = _filters(table)
        nation = filters.pop("nation", None)
        nations = (nation,) if nation else known.schemes.slugs("nations")
        found = find(known.advice, on=_day(known, table), nations=nations, **filters)
        return [one.thing.id for one in found]

    return asked


def _plain(find: Callable[..., Any]) -> Callable[[Knowledge, dict[str, Any]], list[str]]:
    def asked(known: Knowledge, table: dict[str, Any]) -> list[str]:
        return [one.id for one in find(known.advice, **_filters(table))]

    return asked


def _practice_on(known: Knowledge, table: dict[str, Any]) -> list[str]:
    """What to do in a nation, by the documents that are in effect on a day."""
    filters = _filters(table)
    kinds = frozenset({filters["kind"]}) if "kind" in filters else None
    found = practice_in(known.advice, filters["nation"], on=_day(known, table), kinds=kinds)
    return [one.id for one in found]


def _help(known: Knowledge, table: dict[str, Any]) -> list[str]:
    """The guidance, services, practice or misconceptions in the answer to "which law applies?"."""
    stated = {
        name: value if isinstance(value, list) else [value]
        for name, value in _filters(table).items()
    }
    part = stated.pop("part")[0]
    answer = known.ask({**stated, "on": [_day(known, table).isoformat()]})
    return [
        one.id
        for nation in answer.nations
        for one in getattr(nation, part, None) or getattr(nation.help, part)
    ]


def _none_found(known: Knowledge, table: dict[str, Any]) -> list[str]:
    filters = _filters(table)
    return [
        one.id
        for one in known.advice.none_found
        if all(getattr(one, name) == value for name, value in filters.items())
    ]


def _omissions(known: Knowledge, table: dict[str, Any]) -> list[str]:
    nation = _filters(table).get("nation")
    return [o.id for o in known.advice.omissions if nation is None or nation in o.nations]


def _day(known: Knowledge, table: dict[str, Any]) -> date:
    day: date = table.get("on", known.checked_on)
    return day


ASK: dict[str, Callable[[Knowledge, dict[str, Any]], list[str]]] = {
    "guidance": _standing(guidance_found),
    "services": _standing(services_found),
    "practice": _plain(practice_found),
    "practice-on": _practice_on,
    "claims": _plain(claims_found),
    "misconceptions": _plain(misconceptions_found),
    "omissions": _omissions,
    "none-found": _none_found,
    "help": _help,
}
KIND = {"practice-on": "practice"}
