"""A table of answers to be read: addresses short and with their labels, values with their types."""

import json
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kb.labels import Labels
from kb.short_names import short_name
from kb.terms import PREFIXES

PLAIN = (PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString")
ON_THE_WEB = ("http://", "https://")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value: what is shown, its address if it has one, its label or type beside it.

    ``language`` is empty for English, in which the page is, and for what is in none.
    """

    text: str = ""
    address: str | None = None
    label: str = ""
    note: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerTable:
    """The first rows of an answer, how many it has in all, and the same rows as JSON."""

    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    raw: str


def answer_table(found: dict[str, Any], store: ox.Store, *, most: int) -> AnswerTable:
    """The rows of a document of SPARQL results, as they are to be shown."""
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    first = rows[:most]
    labels = Labels(store=store)
    known: dict[str, str] = {}
    return AnswerTable(
        names=tuple(names),
        rows=tuple(tuple(_cell(row.get(name), labels, known) for name in names) for row in first),
        total=len(rows),
        raw=written({"head": found["head"], "results": {"bindings": first}}),
    )


def written(document: dict[str, Any]) -> str:
    """A document of SPARQL results, as a person reads JSON."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def _cell(term: dict[str, Any] | None, labels: Labels, known: dict[str, str]) -> Cell:
    if term is None:
        return Cell()
    kind, value = term["type"], term["value"]
    if kind == "triple":
        return Cell(text=json.dumps(value, ensure_ascii=False))
    if kind == "bnode":
        return Cell(text=f"_:{value}")
    if kind != "uri":
        language = str(term.get("xml:lang", ""))
        foreign = language if not language.lower().startswith("en") else ""
        return Cell(text=value, note=foreign or _datatype(term), language=foreign)
    if value not in known:
        known[value] = _label(value, labels)
    name = short_name(value)
    shown = name if name != value else value.removeprefix("https://").removeprefix("http://")
    if not value.startswith(ON_THE_WEB):
        return Cell(text=value)
    return Cell(text=shown, address=value, label=known[value])


def _datatype(term: dict[str, Any]) -> str:
    datatype = term.get("datatype")
    return short_name(datatype) if datatype and datatype not in PLAIN else ""


def _label(address: str, labels: Labels) -> str:
    """What an address is called, if anything is said of it here."""
    try:
        node = ox.NamedNode(address)
    except ValueError:
        return ""
    said = next(iter(labels.store.quads_for_pattern(node, None, None)), None)
    return labels.text(node) if said else ""
