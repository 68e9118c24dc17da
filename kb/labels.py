"""What every address is called: its own label, or one made from what is said of it."""

from dataclasses import dataclass

import pyoxigraph as ox

from kb.citation_printing import citation
from kb.stored import objects, subjects
from kb.terms import ID, LEGISLATION, PREFIXES

RDFS_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
PREF_LABEL = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
LABELS = (PREF_LABEL, RDFS_LABEL)
TITLES = tuple(
    ox.NamedNode(PREFIXES[prefix] + local)
    for prefix, _, local in (
        name.partition(":")
        for name in ("dcterms:title", "eli:title", "dcterms:description", "sh:message")
    )
)
PART_OF = ox.NamedNode(PREFIXES["eli"] + "is_part_of")
NUMBER = ox.NamedNode(PREFIXES["eli"] + "number")
ADDRESS = ox.NamedNode(PREFIXES["law"] + "address")
OWNERS = (
    ox.NamedNode(PREFIXES["law"] + "factOf"),
    ox.NamedNode(PREFIXES["eli"] + "realizes"),
)
MINTED = (ID, LEGISLATION, PREFIXES["law"])


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The labels of a store."""

    store: ox.Store

    def triple(self, node: ox.NamedNode) -> ox.Triple:
        """The label of an address as a triple: skos:prefLabel or rdfs:label, whichever it has."""
        for predicate in LABELS:
            if found := self._first(node, predicate):
                return ox.Triple(node, predicate, found)
        return ox.Triple(node, RDFS_LABEL, ox.Literal(self._made(node), language="en"))

    def text(self, node: ox.NamedNode) -> str:
        """The label of an address as text."""
        label = self.triple(node).object
        return label.value if isinstance(label, ox.Literal) else ""

    def _made(self, node: ox.NamedNode) -> str:
        """A label for what has none: a title, a citation, the owner and the field, the words of
        the address."""
        number, whole = self._first(node, NUMBER), self._object(node, PART_OF)
        if number and whole:
            return citation(self.text(whole), number.value)
        for owner in OWNERS:
            if found := self._object(node, owner):
                return f"{self.text(found)}: {_field(node, owner=found)}"
        for predicate in TITLES:
            if title := self._first(node, predicate):
                return title.value
        if not node.value.startswith(MINTED) and (read := self._read_at(node)):
            return self.text(read)
        return _words(node.value)

    def _read_at(self, node: ox.NamedNode) -> ox.NamedNode | None:
        """What has this address for its own: the document or page that stands there."""
        return next(iter(subjects(self.store, ADDRESS, node)), None)

    def _first(self, node: ox.NamedNode, predicate: ox.NamedNode) -> ox.Literal | None:
        """The first text in the order of the alphabet, an English one before others."""
        found = self.store.quads_for_pattern(node, predicate, None)
        texts = [quad.object for quad in found if isinstance(quad.object, ox.Literal)]
        return min(
            texts, key=lambda text: (text.language not in (None, "en"), text.value), default=None
        )

    def _object(self, node: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | None:
        return next(iter(objects(self.store, node, predicate)), None)


def _field(node: ox.NamedNode, *, owner: ox.NamedNode) -> str:
    """Which fact of its owner it is, from its name: ``window scotland 1``."""
    name, slug = node.value.rsplit("/", 1)[-1], owner.value.rsplit("/", 1)[-1]
    tail = name.removeprefix(f"{slug}.") if name.startswith(f"{slug}.") else name.partition(".")[2]
    if "/expression/" in node.value:
        tail = f"version {tail}"
    return _words(tail or name)


def _words(address: str) -> str:
    """The end of an address in words; of a page of somebody else's, the address without scheme."""
    if not address.startswith(MINTED) and "://" in address:
        return address.split("://", 1)[1].rstrip("/#")
    tail = address.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    return tail.replace("-", " ").replace(".", " ")
