"""The graphs that the ontology is kept in: our words, the shapes, what we reuse, what is gone."""

import pyoxigraph as ox

from kb.terms import identifier

PARTS = {"shapes": ("shapes",), "reused": ("reused",), "deprecated": ("deprecated",)}
WHOLE = ("law", "deprecated")


def ontology_triples(store: ox.Store, part: str) -> tuple[ox.Triple, ...]:
    """The triples of a part of the ontology, in order; the whole is our words with those gone."""
    graphs = [ox.NamedNode(identifier("graph", name)) for name in PARTS.get(part, WHOLE)]
    found = {quad.triple for graph in graphs for quad in _all(store, graph)}
    return tuple(sorted(found, key=str))


def _all(store: ox.Store, graph: ox.NamedNode) -> list[ox.Quad]:
    return list(store.quads_for_pattern(None, None, None, graph))
