"""What is said of a thing: the triples about it and its facts, with a label for every address."""

from dataclasses import dataclass

import pyoxigraph as ox

from kb.engine import Engine, OxigraphEngine
from kb.labels import LABELS, Labels
from kb.stored import in_order, objects, said, subjects, texts
from kb.terms import PREFIXES, identifier


def _term(prefix: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[prefix] + name)


TYPE = _term("rdf", "type")
DEPRECATED = _term("owl", "deprecated")
REPLACED_BY = _term("dcterms", "isReplacedBy")
COMMENT = _term("rdfs", "comment")
DATASET = ox.NamedNode("http://rdfs.org/ns/void#Dataset")
GRAPHS = identifier("graph", "")
# What is told with the thing that it hangs on, and what only points at it from a list.
FACTS = (_term("law", "factOf"), _term("eli", "realizes"))
POINTERS = (
    _term("eli", "is_part_of"),
    _term("law", "createdBy"),
    _term("law", "claimOn"),
    _term("skos", "inScheme"),
)


@dataclass(frozen=True, kw_only=True)
class Description:
    """What is said of a thing; ``about`` is the triples without the labels, ``facts`` in order."""

    address: str
    label: str
    about: tuple[ox.Triple, ...]
    facts: tuple[str, ...]
    labels: tuple[ox.Triple, ...]

    @property
    def triples(self) -> tuple[ox.Triple, ...]:
        """All of it, each triple once."""
        return tuple(dict.fromkeys((*self.about, *self.labels)))


@dataclass(frozen=True, kw_only=True)
class Gone:
    """That a thing was published once and is no longer described, why, and what replaced it."""

    address: str
    label: str
    why: str
    successors: tuple[str, ...]
    description: Description


def store_of(engine: Engine) -> ox.Store:
    """The store that a description is read from; raises TypeError where there is none at hand."""
    if not isinstance(engine, OxigraphEngine):
        raise TypeError("a description is read from a store of Oxigraph")
    return engine.store


def describe(store: ox.Store, address: str) -> Description | None:
    """What is said of an address in any graph; None if nothing is."""
    try:
        thing = ox.NamedNode(address)
    except ValueError:
        return None
    about, facts = _about(store, thing)
    return described(store, address, about, facts=facts) if about else None


def described(
    store: ox.Store,
    address: str,
    about: tuple[ox.Triple, ...],
    *,
    facts: tuple[str, ...] = (),
    label: str | None = None,
) -> Description:
    """A description of these triples, with what every address in them is called in the store."""
    labels = Labels(store=store)
    named = {node for triple in about for node in triple if isinstance(node, ox.NamedNode)}
    named.update(LABELS)
    if label is not None:
        named.remove(ox.NamedNode(address))
    told = tuple(labels.triple(node) for node in in_order(named))
    called = label if label is not None else labels.text(ox.NamedNode(address))
    return Description(address=address, label=called, about=about, facts=facts, labels=told)


def gone(store: ox.Store, address: str) -> Gone | None:
    """That an address was published and is gone; None if it is not marked as deprecated."""
    found = describe(store, address)
    if found is None or not any(triple.predicate == DEPRECATED for triple in found.about):
        return None
    thing = ox.NamedNode(address)
    return Gone(
        address=address,
        label=found.label,
        why=" ".join(texts(store, thing, COMMENT)),
        successors=tuple(one.value for one in objects(store, thing, REPLACED_BY)),
        description=found,
    )


def deprecated(store: ox.Store) -> tuple[str, ...]:
    """Every address that was published once and is gone, in order."""
    return tuple(node.value for node in subjects(store, DEPRECATED))


def identifiers(store: ox.Store) -> tuple[str, ...]:
    """Every address that something is said of, but for what is gone, in order."""
    away = set(deprecated(store))
    every = in_order(quad.subject for quad in store)
    return tuple(node.value for node in every if node.value not in away)


def _about(store: ox.Store, thing: ox.NamedNode) -> tuple[tuple[ox.Triple, ...], tuple[str, ...]]:
    """The triples about a thing, then those of each of its facts, each set in one order; and the
    facts."""
    found = said(store, thing)
    hanging = _hanging(store, thing)
    for fact in hanging:
        found += said(store, fact)
    if thing.value.startswith(GRAPHS) and store.contains_named_graph(thing):
        found.append(ox.Triple(thing, TYPE, DATASET))
    for predicate in POINTERS:
        pointing = subjects(store, predicate, thing)
        found += (ox.Triple(one, predicate, thing) for one in pointing)
    return tuple(dict.fromkeys(found)), tuple(fact.value for fact in hanging)


def _hanging(store: ox.Store, thing: ox.NamedNode) -> list[ox.NamedNode]:
    """The facts about a thing, and those about its facts, each after what it is about."""
    found: list[ox.NamedNode] = []
    for predicate in FACTS:
        for fact in subjects(store, predicate, thing):
            found += [fact, *_hanging(store, fact)]
    return list(dict.fromkeys(found))
