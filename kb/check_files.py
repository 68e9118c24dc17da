"""The first check of the data: every file can be read, and is named and laid out right."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import RDF

from kb.canonical import canonical_text
from kb.terms import PREFIXES, identifier

FORMAT = (
    "Run .venv/bin/python scripts/format_data.py: it writes every file in its one canonical form."
)
TYPE = ox.NamedNode(str(RDF.type))


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: in which file, about what, what is wrong and what would be right."""

    file: str
    subject: str
    problem: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}: {self.subject}\n  {self.problem}\n  {self.right}"


@dataclass
class Files:
    """Every file that could be read, as one named graph each, and what was wrong with the rest."""

    store: ox.Store = field(default_factory=ox.Store)
    paths: dict[ox.NamedNode, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def path_of(self, subject: ox.NamedNode | ox.BlankNode) -> str:
        """The first file, by name, in which the subject is described."""
        typed = self._graphs(subject, TYPE)
        return min((str(self.paths[graph]) for graph in typed or self._graphs(subject)), default="")

    def _graphs(
        self, subject: ox.NamedNode | ox.BlankNode, predicate: ox.NamedNode | None = None
    ) -> set[ox.NamedNode]:
        quads = self.store.quads_for_pattern(subject, predicate, None)
        graphs = {quad.graph_name for quad in quads}
        return {graph for graph in graphs if isinstance(graph, ox.NamedNode)}


def read_files(paths: Iterable[Path]) -> Files:
    """Reads Turtle files, each into the graph that its name gives; keeps those that cannot be read
    as problems."""
    files = Files()
    for path in paths:
        graph = ox.NamedNode(identifier("graph", path.stem))
        if graph in files.paths:
            files.problems.append(_same_name(path, files.paths[graph]))
            continue
        try:
            files.store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=graph)
        except SyntaxError as error:
            files.problems.append(_not_turtle(path, error))
        else:
            files.paths[graph] = path
    return files


def _same_name(path: Path, other: Path) -> Problem:
    problem = f"has the same name as {other}"
    return Problem(str(path), path.stem, problem, "Give each file a name of its own.")


def _not_turtle(path: Path, error: SyntaxError) -> Problem:
    where = f"line {error.lineno}" if error.lineno else "the file"
    return Problem(str(path), where, f"not Turtle: {error.msg}", "Correct the Turtle there.")


def layout_problems(files: Files) -> list[Problem]:
    """Every file that differs from its canonical form."""
    return [
        Problem(str(path), path.stem, "not in canonical form", FORMAT)
        for path in files.paths.values()
        if not is_canonical(path)
    ]


def is_canonical(path: Path) -> bool:
    """Whether a file is byte for byte what the canonical form of its facts is."""
    text = path.read_text(encoding="utf-8")
    return canonical_text(text) == text


def shown(text: str) -> str:
    """A text as a person reads it: every address of ours as a data file writes it, such as
    fact:x.window.1, and the days that stand for no day in the rules in words."""
    text = re.sub(r"https?://[^\s,]+", lambda match: _short(match[0]), text)
    return text.replace("0001-01-01", "its first day").replace("9999-12-31", "no end")


def _short(address: str) -> str:
    for prefix, start in PREFIXES.items():
        name = address.removeprefix(start)
        if name != address and name and "/" not in name:
            return f"{prefix}:{name}"
    return address
