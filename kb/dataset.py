"""What the dataset holds, counted from the store: nothing here is written down by hand."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from kb.description import TYPE
from kb.labels import Labels
from kb.stored import subjects, texts, value
from kb.terms import LEGISLATION, PREFIXES, slug_of

CHECKED_ON = ox.NamedNode(PREFIXES["law"] + "checkedOn")
PLACES = "http://statistics.data.gov.uk/id/statistical-geography/"
LINKED = (("legislation", LEGISLATION), ("places", PLACES))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A class or property with how many things or triples have it."""

    address: str
    label: str
    number: int


@dataclass(frozen=True, kw_only=True)
class GraphCounts:
    """A named graph: one file of the data."""

    address: str
    name: str
    title: str
    triples: int
    things: int
    checked_on: str | None


@dataclass(frozen=True, kw_only=True)
class Links:
    """How many triples lead from our data to addresses of somebody else's."""

    name: str
    space: str
    triples: int


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """The dataset in numbers: the triples of the union of all graphs, each counted once."""

    triples: int
    quads: int
    things: int
    objects: int
    classes: tuple[Counted, ...]
    properties: tuple[Counted, ...]
    graphs: tuple[GraphCounts, ...]
    links: tuple[Links, ...]
    checked_on: str


def count(store: ox.Store) -> Dataset:
    """Count a dataset."""
    triples = {quad.triple for quad in store}
    labels = Labels(store=store)
    kinds = Counter(t.object for t in triples if t.predicate == TYPE)
    days = [value(quad.object) for quad in store.quads_for_pattern(None, CHECKED_ON, None)]
    return Dataset(
        triples=len(triples),
        quads=len(store),
        things=len({t.subject for t in triples}),
        objects=len({t.object for t in triples}),
        classes=_counted(kinds, labels),
        properties=_counted(Counter(t.predicate for t in triples), labels),
        graphs=_graphs(store, labels),
        links=tuple(
            Links(name=name, space=space, triples=_leading(triples, space))
            for name, space in LINKED
        ),
        checked_on=max(days, default=""),
    )


def _counted(found: Counter[ox.NamedNode], labels: Labels) -> tuple[Counted, ...]:
    """The most frequent first, and equals by their address."""
    order = sorted(found.items(), key=lambda pair: (-pair[1], pair[0].value))
    return tuple(
        Counted(address=node.value, label=labels.text(node), number=number)
        for node, number in order
    )


def _graphs(store: ox.Store, labels: Labels) -> tuple[GraphCounts, ...]:
    subjects: defaultdict[ox.NamedNode, set[object]] = defaultdict(set)
    triples: Counter[ox.NamedNode] = Counter()
    for quad in store:
        subjects[quad.graph_name].add(quad.subject)
        triples[quad.graph_name] += 1
    return tuple(
        GraphCounts(
            address=graph.value,
            name=slug_of(graph.value),
            title=_title(store, graph, labels),
            triples=triples[graph],
            things=len(subjects[graph]),
            checked_on=_checked(store, graph),
        )
        for graph in sorted(triples, key=lambda one: one.value)
    )


def _title(store: ox.Store, graph: ox.NamedNode, labels: Labels) -> str:
    """What a graph is called: itself, or in the case of our words the scheme or ontology in it."""
    if next(store.quads_for_pattern(graph, TYPE, None), None):
        return labels.text(graph)
    for prefix, name in (("skos", "ConceptScheme"), ("owl", "Ontology")):
        kind = ox.NamedNode(PREFIXES[prefix] + name)
        found = subjects(store, TYPE, kind, graph=graph)
        if len(found) == 1:
            return labels.text(found[0])
    return labels.text(graph)


def _checked(store: ox.Store, graph: ox.NamedNode) -> str | None:
    return max(texts(store, graph, CHECKED_ON), default=None)


def _leading(triples: set[ox.Triple], space: str) -> int:
    """The triples into a space of addresses, from things that are not in it themselves."""
    return sum(
        isinstance(t.object, ox.NamedNode)
        and t.object.value.startswith(space)
        and not value(t.subject).startswith(space)
        for t in triples
    )
