"""The ontology as its pages show it: every class and property of ours, read from the store.

We write these records and their page ourselves. The newest wheel of pylode, the kept library for
it, cannot be imported; older ones read with rdflib, which is not loaded where the site answers, put
their style into the page, which our policy refuses, and show neither the shapes in words nor an
example from the data.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import pyoxigraph as ox

from kb.description import COMMENT, REPLACED_BY, TYPE, deprecated
from kb.forms import in_order, used
from kb.labels import Labels
from kb.schemes import Schemes
from kb.shape_words import ShapeWords, read_shapes_in_words
from kb.short_names import short_name
from kb.stored import in_order as nodes_in_order
from kb.stored import objects, said, subjects, texts, value
from kb.term_model import Mapping, Ontology, RetiredTerm, SchemeRef, Term, TermRef
from kb.terms import EVERY_PREFIX, OWN_WORDS, PREFIXES, identifier

ONTOLOGY = ox.NamedNode(OWN_WORDS.rstrip("#"))
NOT_DATA = tuple(identifier("graph", name) for name in ("law", "shapes", "reused", "deprecated"))
PARENTS = ("rdfs:subClassOf", "rdfs:subPropertyOf")
MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:relatedMatch")
MOST_IN_EXAMPLE = 30


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


CLASS = _term("owl:Class")
PROPERTIES = (_term("owl:ObjectProperty"), _term("owl:DatatypeProperty"))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Reader:
    store: ox.Store
    labels: Labels
    shapes: ShapeWords
    used: dict[str, list[ox.Quad]] = field(default_factory=dict)

    def classes(self) -> tuple[Term, ...]:
        return self._terms(CLASS)

    def properties(self) -> tuple[Term, ...]:
        found = [term for kind in PROPERTIES for term in self._terms(kind)]
        return tuple(sorted(found, key=lambda term: term.name))

    def refs(self, node: ox.NamedNode, name: str, *, back: bool = False) -> tuple[TermRef, ...]:
        """What a term names by a property, or what names it."""
        if back:
            found = subjects(self.store, _term(name), node)
        else:
            found = objects(self.store, node, _term(name))
        return tuple(sorted((refer(self.labels, one) for one in found), key=lambda ref: ref.label))

    def text(self, node: ox.NamedNode, name: str) -> tuple[str, ...]:
        return tuple(texts(self.store, node, _term(name)))

    def _terms(self, kind: ox.NamedNode) -> tuple[Term, ...]:
        gone = set(deprecated(self.store))
        return tuple(
            self._made(one, kind == CLASS)
            for one in subjects(self.store, TYPE, kind)
            if one.value.startswith(OWN_WORDS) and one.value not in gone
        )

    def _made(self, term: ox.NamedNode, is_class: bool) -> Term:
        shapes = self.shapes.by_class if is_class else self.shapes.by_property
        quads = self.used.get(term.value, [])
        return Term(
            name=term.value.removeprefix(OWN_WORDS),
            address=term.value,
            label=self.labels.text(term),
            comment=" ".join(self.text(term, "rdfs:comment")),
            parents=tuple(ref for name in PARENTS for ref in self.refs(term, name)),
            narrower=tuple(ref for name in PARENTS for ref in self.refs(term, name, back=True)),
            mappings=tuple(
                Mapping(relation=self.labels.text(_term(name)), other=other)
                for name in MATCHES
                for other in self.refs(term, name)
            ),
            domain=self.refs(term, "rdfs:domain"),
            range=self.refs(term, "rdfs:range"),
            properties=self.refs(term, "rdfs:domain", back=True),
            constraints=shapes.get(term.value, ()),
            uses=len(quads),
            example=self._example(quads, whole=is_class),
        )

    def _example(self, quads: list[ox.Quad], *, whole: bool) -> str:
        """For a class a thing of it that says much in little; for a property one use of it."""
        if not quads:
            return ""
        first = sorted(quads, key=str)[:MOST_IN_EXAMPLE]
        if not whole:
            return turtle([first[0].triple])
        told = [said(self.store, thing) for thing in nodes_in_order(quad.subject for quad in first)]
        return turtle(max(told, key=lambda one: (len({t.predicate for t in one}), -len(one))))


def read_ontology(store: ox.Store, schemes: Schemes) -> Ontology:
    """All our words, as the store has them."""
    labels = Labels(store=store)
    shapes = read_shapes_in_words(store, lambda node: refer(labels, node))
    reader = _Reader(store=store, labels=labels, shapes=shapes, used=_used(store))
    return Ontology(
        title=" ".join(reader.text(ONTOLOGY, "dcterms:title")),
        description=" ".join(reader.text(ONTOLOGY, "dcterms:description")),
        notes=(
            *reader.text(ONTOLOGY, "skos:scopeNote"),
            *reader.text(ONTOLOGY, "skos:editorialNote"),
        ),
        version=" ".join(reader.text(ONTOLOGY, "owl:versionInfo")),
        classes=reader.classes(),
        properties=reader.properties(),
        schemes=tuple(_scheme(reader, name, schemes) for name in sorted(schemes.by_name)),
        retired=_retired(store, labels),
        prefixes=tuple(EVERY_PREFIX.items()),
    )


def refer(labels: Labels, node: ox.NamedNode) -> TermRef:
    """A term as another names it: by its prefix where it has one."""
    address = node.value
    return TermRef(label=labels.text(node), address=address, name=short_name(address))


def turtle(triples: list[ox.Triple]) -> str:
    """Triples as Turtle to be read: without the prefixes, which are listed once."""
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used(triples)) or b""
    lines = in_order(written).decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith("@prefix")).replace("\t", "    ")


def _used(store: ox.Store) -> dict[str, list[ox.Quad]]:
    """Where the data and the schemes use each class and property of ours."""
    found: defaultdict[str, list[ox.Quad]] = defaultdict(list)
    for quad in store:
        if quad.graph_name.value not in NOT_DATA:
            term = value(quad.object if quad.predicate == TYPE else quad.predicate)
            if term.startswith(OWN_WORDS):
                found[term].append(quad)
    return found


def _scheme(reader: _Reader, name: str, schemes: Schemes) -> SchemeRef:
    node = ox.NamedNode(identifier("scheme", name))
    return SchemeRef(
        name=name,
        title=reader.labels.text(node),
        description=" ".join(
            (*reader.text(node, "dcterms:description"), *reader.text(node, "skos:definition"))
        ),
        words=len(schemes.by_name[name]),
    )


def _retired(store: ox.Store, labels: Labels) -> tuple[RetiredTerm, ...]:
    """The terms of ours that are gone, each with what took its place."""
    found = []
    for address in deprecated(store):
        if address.startswith(OWN_WORDS):
            node = ox.NamedNode(address)
            why, after = texts(store, node, COMMENT), objects(store, node, REPLACED_BY)
            name = address.removeprefix(OWN_WORDS)
            successors = tuple(refer(labels, one) for one in after)
            found.append(RetiredTerm(name=name, why=" ".join(why), successors=successors))
    return tuple(found)
