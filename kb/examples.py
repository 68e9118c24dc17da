"""Examples of what can be asked of the data: SPARQL queries kept as data, one a file.

They are not part of the dataset: a release is of the law, and not of how to ask for it.
"""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kb.description import Description, described
from kb.errors import DataError
from kb.store import turtle_files
from kb.terms import PREFIXES, identifier, slug_of

EXAMPLES = Path(__file__).parent / "examples"
FORMS = ("select", "ask", "construct")


@dataclass(frozen=True, kw_only=True)
class Example:
    """A question in plain words, and the query that asks it."""

    id: str
    question: str
    form: str
    query: str
    topic: str
    keywords: tuple[str, ...]
    about: tuple[ox.Triple, ...]


def read_examples(folder: Path = EXAMPLES) -> tuple[Example, ...]:
    """Every example of a folder, by topic and then in the order of the questions.

    Raises DataError, naming the file, for one that is not an example.
    """
    found = [_read(path) for path in turtle_files(folder)]
    return tuple(sorted(found, key=lambda one: (one.topic, one.question)))


def _read(path: Path) -> Example:
    try:
        triples = [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise DataError(f"{path}: {error}") from error
    (subject,) = {triple.subject for triple in triples}
    said: dict[str, list[str]] = {}
    for triple in triples:
        said.setdefault(triple.predicate.value, []).append(triple.object.value)
    forms = [form for form in FORMS if PREFIXES["sh"] + form in said]
    if len(forms) != 1 or slug_of(subject.value) != path.stem:
        raise DataError(f"{path}: one query, named after its file, makes an example")
    (topic,) = said[PREFIXES["dcterms"] + "subject"]
    return Example(
        id=path.stem,
        question=" ".join(said[PREFIXES["rdfs"] + "comment"]),
        form=forms[0],
        query=said[PREFIXES["sh"] + forms[0]][0],
        topic=topic,
        keywords=tuple(sorted(said[PREFIXES["schema"] + "keywords"])),
        about=tuple(sorted(triples, key=str)),
    )


def describe_example(store: ox.Store, example: Example) -> Description:
    """An example as linked data, with a label for every address."""
    address = identifier("example", example.id)
    return described(store, address, example.about, label=example.question)
