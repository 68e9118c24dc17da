"""What the page at /sparql shows: a query, and its answer in a form to be read."""

import json
from dataclasses import dataclass
from typing import Any

from kb.endpoint import SparqlAnswer

ROWS_SHOWN = 200
EXAMPLE = """\
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX law: <https://w3id.org/whichlaw/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# Which provision creates each offence?
SELECT ?offence ?provision
WHERE {
  ?made a law:Offence ; rdfs:label ?offence ; law:createdBy ?provision .
  ?provision eli:is_part_of ?instrument .
}
ORDER BY ?offence
LIMIT 20
"""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the page shows: the query, and its answer or what was wrong with it."""

    query: str
    seconds: float
    names: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: int | None = None
    truth: bool | None = None
    text: str | None = None
    problem: str | None = None
    problem_title: str | None = None
    line: int | None = None
    column: int | None = None


def show(query: str, answer: SparqlAnswer, *, seconds: float) -> Shown:
    """An answer as the page shows it: the first rows, and how many there are."""
    if answer.kind == "graph":
        return Shown(query=query, seconds=seconds, text=answer.body.decode())
    found: dict[str, Any] = json.loads(answer.body)
    if "boolean" in found:
        return Shown(query=query, seconds=seconds, truth=found["boolean"])
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    return Shown(
        query=query,
        seconds=seconds,
        names=tuple(names),
        rows=tuple(tuple(_value(row.get(name)) for name in names) for row in rows[:ROWS_SHOWN]),
        total=len(rows),
    )


def _value(term: dict[str, Any] | None) -> str:
    """A term as text; a triple is written out."""
    if term is None:
        return ""
    value = term["value"]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
