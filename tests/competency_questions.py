"""Reads the competency questions, and says what an answer to one gets wrong."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.answers import LawAnswer, NationAnswer, OffenceAnswer

FOLDER = Path(__file__).parent / "competency"
LISTS = ("conduct", "material")
SINGLES = ("depicted_age", "accused_age", "recipient_age", "consent", "relationship")
STATES = {
    "applies": "applies",
    "includes": "applies",
    "ruled_out": "ruled-out",
    "unknown": "unknown",
    "not_yet": "not-yet-in-force",
    "ended": "ended",
    "does_not_extend": "does-not-extend",
}
DETAILS = ("max_penalty", "no_penalty", "mode", "needs")
EXPECTED = (*STATES, "never", "left_out", *DETAILS, "responsibility_age")
KEYS = {"asks", "nations", "on", "source", "read", *LISTS, *SINGLES, *EXPECTED}


@dataclass(frozen=True)
class Question:
    """A competency question: the file it stands in and its table."""

    file: str
    table: dict[str, Any]

    @property
    def stated(self) -> dict[str, list[str]]:
        """The question as parameters."""
        given = {name: list(self.table.get(name, [])) for name in LISTS}
        given |= {name: [self.table[name]] for name in SINGLES if name in self.table}
        return given | {"nation": self.table["nations"], "on": [self.table["on"].isoformat()]}

    @property
    def offences(self) -> set[str]:
        """Every offence that the expectations name."""
        named: set[str] = set()
        for key in EXPECTED:
            for one in self.table.get(key, []) if key != "responsibility_age" else []:
                named.add(one if isinstance(one, str) else one["offence"])
        return named


def read_questions() -> list[Question]:
    """Every question of every file, in order."""
    return [
        Question(file=path.name, table=table)
        for path in sorted(FOLDER.glob("*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    ]


def wrong_with(question: Question, answer: LawAnswer) -> list[str]:
    """What the answer gets wrong, a sentence each; nothing if it is right."""
    return [
        f"{nation.label}: {text}" for nation in answer.nations for text in _wrong(question, nation)
    ]


def _wrong(question: Question, nation: NationAnswer) -> Iterator[str]:
    table = question.table
    found = {offence.id: offence for offence in nation.offences}
    if "applies" in table:
        applying = sorted(o.id for o in nation.in_state("applies"))
        if applying != sorted(table["applies"]):
            yield f"applies is {applying}, not {sorted(table['applies'])}"
    for key, state in STATES.items():
        for one in table.get(key, []):
            slug = one if isinstance(one, str) else one["offence"]
            if slug not in found:
                yield f"{slug} is left out, not {state}"
            elif found[slug].state != state:
                yield f"{slug} is {found[slug].state}, not {state}"
            elif not isinstance(one, str):
                yield from _wrong_window(one, found[slug])
    for slug in table.get("never", []):
        if slug in found and found[slug].state == "applies":
            yield f"{slug} must never apply here"
    for slug in table.get("left_out", []):
        if slug in found:
            yield f"{slug} is {found[slug].state}, and should be left out"
    age = nation.responsibility.age
    if "responsibility_age" in table and age != table["responsibility_age"]:
        yield f"the age of responsibility is {age}, not {table['responsibility_age']}"
    for key in DETAILS:
        for one in table.get(key, []):
            yield from _wrong_detail(key, one, found)


def _wrong_window(one: dict[str, Any], offence: OffenceAnswer) -> Iterator[str]:
    """The days, successors and counterparts that a state has to carry."""
    if "from" in one and offence.start != one["from"]:
        yield f"{offence.id} is from {offence.start}, not {one['from']}"
    if "to" in one and offence.end != one["to"]:
        yield f"{offence.id} is to {offence.end}, not {one['to']}"
    for key in ("replaced_by", "instead"):
        missing = set(one.get(key, [])) - {other.id for other in getattr(offence, key) or ()}
        if missing:
            yield f"{offence.id} does not name {sorted(missing)} as {key}"


def _wrong_detail(key: str, one: dict[str, Any], found: dict[str, OffenceAnswer]) -> Iterator[str]:
    """A penalty, mode of trial or need that is not as it should be on the day."""
    offence = found.get(one["offence"])
    if offence is None:
        yield f"{one['offence']} is left out, so it has no {key}"
        return
    if key == "needs":
        elements = {element.element for element in offence.needs or ()}
        if one["need"] not in elements:
            yield f"{offence.id} needs {sorted(elements)}, not {one['need']}"
    elif key == "mode":
        modes = {(m.mode, m.case) for m in offence.mode_of_trial}
        if not any(one["mode"] == m and one.get("case") in (None, case) for m, case in modes):
            yield f"{offence.id} is tried {sorted(modes, key=str)}, not {one['mode']}"
    else:
        yield from _wrong_penalty(key, one, offence)


def _wrong_penalty(key: str, one: dict[str, Any], offence: OffenceAnswer) -> Iterator[str]:
    rows = [
        penalty
        for penalty in offence.max_penalty
        if penalty.tried == one["tried"] and one.get("case") in (None, penalty.case)
    ]
    if key == "no_penalty":
        if rows:
            yield f"{offence.id} has a penalty {one['tried']}: {rows[0].text}"
        return
    wanted = {name: one[name] for name in ("months", "life", "months_rule") if name in one}
    if not any(all(getattr(row, name) == v for name, v in wanted.items()) for row in rows):
        yield f"{offence.id} {one['tried']} has {[row.text for row in rows]}, not {wanted}"
