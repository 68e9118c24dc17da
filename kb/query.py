"""Questions kept in .rq files: read once, given their parameters, asked, answered as records."""

import re
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph

from kb.engine import Engine
from kb.errors import QueryError
from kb.terms import PREFIXES

QUERIES = Path(__file__).parent / "queries"
Given = str | int | date | tuple[str, ...]
_DATE = pyoxigraph.NamedNode(PREFIXES["xsd"] + "date")
Record = TypeVar("Record")


@cache
def query_text(name: str) -> str:
    """The text of a question file, with the prefixes that every question shares."""
    prefixes = "".join(f"PREFIX {p}: <{a}>\n" for p, a in sorted(PREFIXES.items()))
    return prefixes + (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _term(given: Given) -> str:
    """A parameter as SPARQL text: quoted by the library, so that no input can change the question.

    A str is an address (an IRI); a tuple of str is the list for a VALUES block.
    """
    if isinstance(given, tuple):
        return " ".join(_term(one) for one in given)
    if isinstance(given, str):
        try:
            return str(pyoxigraph.NamedNode(given))
        except ValueError as error:
            raise QueryError(f"{given!r} is not an address") from error
    if isinstance(given, date):
        return str(pyoxigraph.Literal(given.isoformat(), datatype=_DATE))
    return str(pyoxigraph.Literal(given))


def bind(name: str, **given: Given) -> str:
    """Write the parameters into the question ``name``: each ``$word`` that it names.

    Raises QueryError when one is missing, or when one is given that the question does not name.
    """
    text = query_text(name)
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    wanted = set(re.findall(r"\$(\w+)", body))
    if wanted != set(given):
        raise QueryError(f"{name}.rq takes {sorted(wanted)}, and was given {sorted(given)}")
    return re.sub(r"\$(\w+)", lambda match: _term(given[match[1]]), body)


def ask(engine: Engine, name: str, record: type[Record], **given: Given) -> list[Record]:
    """Ask the question ``name``; each row comes back as a ``record`` with the columns as fields."""
    names, rows = engine.select(bind(name, **given))
    if names != tuple(field.name for field in fields(record)):  # type: ignore[arg-type]
        raise QueryError(
            f"{name}.rq selects {names}, which are not the fields of {record.__name__}"
        )
    make: Any = record
    return [make(**dict(zip(names, row, strict=True))) for row in rows]
