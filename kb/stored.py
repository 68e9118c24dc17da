"""What a store says, in one order: nodes with an address, texts and triples.

Our data has no blank nodes (a rule of the house): where there is one all the same it is left out.
"""

from collections.abc import Iterable

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def value(term: Term) -> str:
    """An address or a text."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def subjects(
    store: ox.Store,
    predicate: ox.NamedNode,
    found: Term | None = None,
    *,
    graph: ox.NamedNode | None = None,
) -> list[ox.NamedNode]:
    """What has a property, or has it with one value, each once."""
    quads = store.quads_for_pattern(None, predicate, found, graph)
    return in_order(quad.subject for quad in quads)


def objects(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    """The things that are the values of a property, each once."""
    return in_order(quad.object for quad in store.quads_for_pattern(subject, predicate, None))


def texts(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    """The texts that are the values of a property; English ones before others."""
    quads = store.quads_for_pattern(subject, predicate, None)
    found = {quad.object for quad in quads if isinstance(quad.object, ox.Literal)}
    ranked = sorted(found, key=lambda text: (text.language not in (None, "en"), text.value))
    return [text.value for text in ranked]


def said(store: ox.Store, subject: ox.NamedNode) -> list[ox.Triple]:
    """The triples about a thing in any graph."""
    found = {quad.triple for quad in store.quads_for_pattern(subject, None, None)}
    return sorted(found, key=str)


def in_order(terms: Iterable[Term]) -> list[ox.NamedNode]:
    """Those of some terms that have an address, each once, by their address."""
    named = {term for term in terms if isinstance(term, ox.NamedNode)}
    return sorted(named, key=lambda node: node.value)
