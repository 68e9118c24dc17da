"""What a curator runs: every check of the data, each mistake with its file, its subject and what
would be right.

The checks are, in this order: the files (:mod:`kb.check_files`), the shapes
(:mod:`kb.check_shapes`) and the rules in ``kb/rules``, which span facts. A file that cannot be read
is reported and left out of the rest.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from kb.check_files import Files, Problem, layout_problems, read_files, shown
from kb.check_shapes import shape_problems
from kb.store import turtle_files

__all__ = ["RULES", "Problem", "check", "check_files", "rule_names", "rule_problems"]

RULES = Path(__file__).with_name("rules")


def check(data: Path, ontology: Path, rules: Path | None = None) -> list[Problem]:
    """Checks a folder of facts against an ontology folder; the rules are ours if none are given."""
    facts = turtle_files(data)
    if not facts:
        return [Problem(str(data), "the folder", "holds no Turtle", "Name the folder of the data.")]
    return check_files(facts, turtle_files(ontology), rules=rules)


def check_files(
    facts: Iterable[Path], ontology: Iterable[Path], *, rules: Path | None = None
) -> list[Problem]:
    """Checks files of facts against files of an ontology, one of which is ``shapes.ttl``."""
    with _quietly():
        return _check_files([*facts], [*ontology], rules or RULES)


@contextmanager
def _quietly() -> Iterator[None]:
    """Keeps rdflib from logging a traceback for a day that does not exist: a shape reports it."""
    logger = logging.getLogger("rdflib.term")
    was, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was


def _check_files(facts: list[Path], words: list[Path], rules: Path) -> list[Problem]:
    shapes = [path for path in words if path.name == "shapes.ttl"]
    files = read_files([*facts, *(path for path in words if path not in shapes)])
    shape_files = read_files(shapes)
    problems = files.problems + shape_files.problems
    problems += layout_problems(files) + layout_problems(shape_files)
    problems += shape_problems(files, read_shapes(shape_files.paths.values()))
    problems += rule_problems(files, rules)
    return sorted(set(problems))


def read_shapes(paths: Iterable[Path]) -> Graph:
    """The shapes of some files as one graph."""
    shapes = Graph(bind_namespaces="none")
    for path in paths:
        shapes.parse(path, format="turtle")
    return shapes


def rule_names(rules: Path) -> list[str]:
    """The rules of a folder: each is a query whose rows are offenders."""
    return sorted(path.stem for path in rules.glob("*.rq"))


def rule_problems(files: Files, rules: Path, *, only: str | None = None) -> list[Problem]:
    """Every row of every rule, or of one. A rule that cannot be run is an error, never skipped."""
    return [
        problem
        for name in ([only] if only else rule_names(rules))
        for problem in _offenders(files, name, (rules / f"{name}.rq").read_text(encoding="utf-8"))
    ]


def _offenders(files: Files, name: str, query: str) -> list[Problem]:
    rows = files.store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions), f"{name} is not a SELECT"
    has_file = "file" in [variable.value for variable in rows.variables]
    problems = []
    for row in rows:
        subject = row["subject"]
        path = str(files.paths[row["file"]]) if has_file else files.path_of(subject)
        problems.append(
            Problem(
                file=path,
                subject=shown(_text(subject)),
                problem=f"{name}: {shown(_text(row['found']))}",
                right=shown(_text(row["right"])),
            )
        )
    return problems


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> str:
    return term.value if term is not None else ""
