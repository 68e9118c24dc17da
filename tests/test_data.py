"""The facts: laid out, filed, shaped and ruled as they should be, and all there."""

import json
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kb.check_files import Files, layout_problems, read_files
from kb.check_shapes import shape_problems
from kb.checks import RULES, read_shapes, rule_names, rule_problems
from kb.store import DATA, ONTOLOGY
from kb.terms import identifier, legal_address, slug_of
from kb.vocabulary import ELI, LAW

HERE = Path(__file__).parent
SHAPES = ONTOLOGY / "shapes.ttl"
MANIFEST = json.loads((HERE / "manifest" / "law-rows.json").read_text(encoding="utf-8"))
CHANGED = json.loads((HERE / "manifest" / "law-rows-changed.json").read_text(encoding="utf-8"))
KINDS = {"offences": "offence", "general-rules": "rule", "unknowns": "doubt"}
CLASSES = {
    "versions": ELI.LegalExpression,
    "conduct": LAW.ConductFact,
    "material": LAW.MaterialFact,
    "depicted_age": LAW.DepictedAge,
    "recipient_age": LAW.RecipientAge,
    "accused_age": LAW.AccusedAge,
    "needs": LAW.Need,
    "defences": LAW.Defence,
    "mode_of_trial": LAW.ModeOfTrial,
    "max_penalty": LAW.MaximumPenalty,
    "consent_to_prosecute": LAW.ConsentToProsecute,
    "mental_element": LAW.MentalElement,
    "applies_abroad": LAW.ReachAbroad,
    "time_limit": LAW.TimeLimit,
    "unknowns": LAW.NotKnown,
}
PROPERTIES = {
    "extent": "law:extent",
    "replaced_by": "dcterms:isReplacedBy",
    "also_called": "skos:altLabel|skos:hiddenLabel",
    "jurisdictions": "law:jurisdiction",
    "nations": "law:nation",
    "provisions": "law:provision",
    "blocks": "law:blocks",
    "sources": "dcterms:source",
}
PATTERNS = {
    "covered_material": "?value a law:CoveredMaterial ; law:factOf/law:factOf ?thing",
    "counterpart_notes": "?value a law:Counterpart ; law:factOf ?thing ; skos:note ?note",
} | {key: f"?thing {term} ?value ; a ?kind" for key, term in PROPERTIES.items()}
BY_NATION = {
    "windows": "?value law:factOf ?thing ; a law:Application ; law:nation ?nation",
    "counterparts": "?fact law:factOf ?thing ; law:nation ?nation ; law:nearest ?value",
}
FACT = "?fact law:factOf|eli:realizes ?thing"
WORD = "law:confidence ?word"
PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX law: <https://w3id.org/whichlaw/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def lines(problems):
    return "\n" + "\n".join(str(problem) for problem in problems)


def test_every_file_can_be_read(real_files: Files):
    assert not real_files.problems, lines(real_files.problems)


@pytest.mark.no_cover
def test_every_file_is_canonical(real_files: Files):
    problems = layout_problems(real_files) + layout_problems(read_files([SHAPES]))
    names = "\n".join(problem.file for problem in problems)
    assert not problems, f"run .venv/bin/python scripts/format_data.py, which rewrites\n{names}"


def test_every_file_is_named_after_what_it_is_about(real_store: ox.Store, real_files: Files):
    names = {path.stem for path in real_files.paths.values() if path.is_relative_to(DATA)}
    kind = ox.NamedNode(str(LAW.DataFile))
    headers = real_store.quads_for_pattern(None, None, kind)
    assert names == {slug_of(quad.subject.value) for quad in headers}


@pytest.mark.no_cover
def test_shapes_conform(real_files: Files):
    problems = shape_problems(real_files, read_shapes([SHAPES]))
    assert not problems, lines(problems)


@pytest.mark.no_cover
@pytest.mark.parametrize("rule", rule_names(RULES))
def test_rule_returns_nothing(rule: str, real_files: Files):
    problems = rule_problems(real_files, RULES, only=rule)
    assert not problems, lines(problems)


def test_manifest_names_every_row():
    counts = {name: len(rows) for name, rows in MANIFEST.items()}
    assert counts == {
        "instruments": 91,
        "provisions": 238,
        "offences": 138,
        "general-rules": 45,
        "unknowns": 69,
    }


Row = tuple[str, str]


@pytest.fixture(scope="module")
def arrived(real_store: ox.Store) -> dict[Row, int]:
    """How many smaller rows stand in the data, by thing and name of the field."""
    names = {str(kind): key for key, kind in CLASSES.items()}
    facts = _count(real_store, "?thing ?kind", "?fact", f"{FACT} ; a ?kind")
    found = {(thing, names[kind]): n for (thing, kind), n in facts.items() if kind in names}
    for key, pattern in PATTERNS.items():
        counts = _count(real_store, "?thing", "?value", pattern)
        found |= {(thing, key): n for (thing,), n in counts.items()}
    for key, pattern in BY_NATION.items():
        counts = _count(real_store, "?thing ?nation", "?value", pattern)
        found |= {(thing, f"{key} {slug_of(nation)}"): n for (thing, nation), n in counts.items()}
    return found


def _count(store: ox.Store, group: str, counted: str, pattern: str) -> Counter[tuple[str, ...]]:
    query = f"{PREFIXES} SELECT DISTINCT {group} {counted} WHERE {{ {pattern} }}"
    rows = store.query(query, use_default_graph_as_union=True)
    size = len(group.split())
    return Counter(tuple(row[place].value for place in range(size)) for row in rows)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", list(MANIFEST))
def test_every_row_and_every_smaller_row_arrived(name: str, arrived: dict[Row, int]):
    """Rows may be added. One that is taken away is named in law-rows-changed.json, with why."""
    wanted = {row: count for row, count in _wanted().items() if row[0] in _things(name)}
    lost = {
        f"{thing} {field}: {count} rows, {arrived.get((thing, field), 0)} here"
        for (thing, field), count in wanted.items()
        if arrived.get((thing, field), 0) < count
    }
    assert _things(name) <= {thing for thing, _ in arrived}
    assert not lost, "\n".join(sorted(lost))


def _things(name: str) -> set[str]:
    return {_address(name, row) for row in MANIFEST[name]}


def _address(name: str, row: str) -> str:
    return identifier(KINDS[name], row) if name in KINDS else legal_address(row)


def _wanted() -> dict[Row, int]:
    """The counts of the manifest, in the form of :func:`arrived`."""
    wanted = {}
    for name, rows in MANIFEST.items():
        for row, fields in rows.items():
            for field, count in fields.items():
                if isinstance(count, int):
                    wanted[_address(name, row), field] = count
                elif field in BY_NATION:
                    for nation, in_nation in count.items():
                        wanted[_address(name, row), f"{field} {nation}"] = in_nation
    for name, rows in CHANGED.items():
        for row, fields in rows.items():
            fewer = {field: n for field, n in fields.items() if field != "because"}
            wanted |= {(_address(name, row), field): n for field, n in fewer.items()}
    return wanted


def test_every_row_taken_away_says_why():
    for name, rows in CHANGED.items():
        for row, fields in rows.items():
            assert row in MANIFEST[name]
            assert fields["because"]


def test_every_confidence_of_a_field_arrived(real_store: ox.Store):
    """It stands on the facts of the field, or where there are none on a law:FieldConfidence."""
    names = {str(kind): key for key, kind in CLASSES.items()} | {str(LAW.Application): "windows"}
    pattern = f"{FACT} ; a ?kind ; law:confidence ?word"
    rows = _count(real_store, "?thing ?kind ?word", "?fact", pattern)
    arrived = {(thing, names.get(kind), slug_of(word)) for thing, kind, word in rows}
    rows = _count(real_store, "?thing ?field ?word", "?fact", f"{FACT} ; law:field ?field ; {WORD}")
    arrived |= {(t, slug_of(field).replace("-", "_"), slug_of(word)) for t, field, word in rows}
    wrong = [
        f"{row}: {field}: {word}"
        for name, counted in MANIFEST.items()
        for row, counts in counted.items()
        for field, word in counts.get("fact_confidence", {}).items()
        if (_address(name, row), field, word) not in arrived
    ]
    assert not wrong, "\n".join(wrong)
