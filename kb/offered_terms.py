"""The words that an editor of queries can offer: classes, properties, concepts and schemes."""

from dataclasses import dataclass

import pyoxigraph as ox

from kb.description import COMMENT, TYPE, deprecated
from kb.labels import Labels
from kb.short_names import short_name
from kb.stored import subjects, texts
from kb.terms import EVERY_PREFIX, PREFIXES

KINDS = {
    "class": ("owl:Class",),
    "property": (
        "owl:ObjectProperty",
        "owl:DatatypeProperty",
        "owl:AnnotationProperty",
        "rdf:Property",
    ),
    "scheme": ("skos:ConceptScheme",),
    "concept": ("skos:Concept",),
}
MEANINGS = (
    COMMENT,
    ox.NamedNode(PREFIXES["skos"] + "definition"),
    ox.NamedNode(PREFIXES["dcterms"] + "description"),
)


@dataclass(frozen=True, kw_only=True)
class OfferedTerm:
    """A word to write in a query: its short name, what kind it is of, and what it means."""

    name: str
    kind: str
    label: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class OfferedTerms:
    """Every word there is to offer, and the prefixes that their names need."""

    prefixes: tuple[tuple[str, str], ...]
    terms: tuple[OfferedTerm, ...]


def offered_terms(store: ox.Store) -> OfferedTerms:
    """The words of our ontology and schemes and those we reuse, but for the ones that are gone."""
    labels, gone = Labels(store=store), set(deprecated(store))
    found: dict[str, OfferedTerm] = {}
    for kind, classes in KINDS.items():
        for name in classes:
            for node in subjects(store, TYPE, _node(name)):
                written = short_name(node.value)
                if written != node.value and node.value not in gone:
                    found.setdefault(written, _offered(labels, node, kind=kind))
    return OfferedTerms(
        prefixes=tuple(EVERY_PREFIX.items()),
        terms=tuple(found[name] for name in sorted(found)),
    )


def _offered(labels: Labels, node: ox.NamedNode, *, kind: str) -> OfferedTerm:
    meanings = [text for name in MEANINGS for text in texts(labels.store, node, name)]
    return OfferedTerm(
        name=short_name(node.value),
        kind=kind,
        label=labels.text(node),
        meaning=meanings[0] if meanings else "",
    )


def _node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)
