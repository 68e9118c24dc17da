"""What the page at /sparql shows: a query, and its answer in a form to be read."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from kb.answer_table import AnswerTable, answer_table, written
from kb.description import store_of
from kb.endpoint import SparqlAnswer
from web.state import knowledge

ROWS_SHOWN = 200
LETTERS_SHOWN = 200_000  # of a graph
LONGEST_ADDRESS = 6000  # what browsers, servers and people's letters carry
IN_FORMS = {
    "table": {"JSON": "json", "XML": "xml", "CSV": "csv", "TSV": "tsv"},
    "graph": {
        "Turtle": "ttl",
        "N-Triples": "nt",
        "RDF/XML": "rdf",
        "JSON-LD": "jsonld",
        "TriG": "trig",
        "N-Quads": "nq",
    },
}
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
class Asked:
    """A query and the graphs that it is asked of, where the request names any."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def graphs(self) -> tuple[tuple[str, str], ...]:
        """The parameters that name the graphs."""
        return (
            *(("default-graph-uri", graph) for graph in self.default_graphs),
            *(("named-graph-uri", graph) for graph in self.named_graphs),
        )

    def address(self, form: str | None = None) -> str | None:
        """Where this is answered, as a page or in a form; None if no address can be that long."""
        said = [("query", self.query), *self.graphs, *([("format", form)] if form else [])]
        found = f"{url_for('sparql.sparql')}?{urlencode(said)}"
        return found if len(found) <= LONGEST_ADDRESS else None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the page shows: the query, and its answer or what was wrong with it.

    ``cut`` says that the page has the beginning of the answer alone; what is sent to programs is
    whole or not sent.
    """

    asked: Asked
    table: AnswerTable | None = None
    truth: bool | None = None
    text: str | None = None
    raw: str | None = None
    cut: bool = False
    problem: str | None = None
    problem_title: str | None = None
    limited: bool = False
    line: int | None = None
    column: int | None = None

    @property
    def forms(self) -> dict[str, str]:
        """The forms in which this answer can be taken away: their names, and as ``format=``."""
        return IN_FORMS["graph" if self.text is not None else "table"]


def show(asked: Asked, answer: SparqlAnswer) -> Shown:
    """An answer as the page shows it: the first rows, and how many there are."""
    if answer.kind == "graph":
        text = answer.body.decode()
        return Shown(asked=asked, text=text[:LETTERS_SHOWN], cut=len(text) > LETTERS_SHOWN)
    found: dict[str, Any] = json.loads(answer.body)
    if "boolean" in found:
        return Shown(asked=asked, truth=found["boolean"], raw=written(found))
    table = answer_table(found, store_of(knowledge().engine), most=ROWS_SHOWN)
    cut = len(table.rows) < table.total
    return Shown(asked=asked, table=table, raw=table.raw, cut=cut)
