"""The one way our Turtle is laid out, so that a diff of a data file shows law and never layout."""

import io
import re
from collections.abc import Mapping
from typing import Any

from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
from rdflib.term import Node

from kb.terms import PREFIXES
from kb.vocabulary import ELI, LAW

FIRST_TYPES = (LAW.DataFile, ELI.LegalResource, ELI.LegalResourceSubdivision, LAW.Offence)
FIRST_PREDICATES = [
    RDF.type,
    DCTERMS.identifier,
    ELI.title,
    RDFS.label,
    SKOS.prefLabel,
    LAW.factOf,
    ELI.realizes,
    LAW.nation,
    LAW.startDate,
    LAW.startCertainty,
    LAW.endDate,
]
LAST_PREDICATES = [DCTERMS.source, LAW.inheritsSourcesOf, LAW.noSourceReason, LAW.confidence]


def natural(text: str) -> list[tuple[int, str]]:
    """A sort key that puts section 9 before section 10."""
    parts = re.split(r"([0-9]+)", text)
    return [(int(p), "") if i % 2 else (-1, p) for i, p in enumerate(parts)]


class _Canonical(LongTurtleSerializer):
    """rdflib's long Turtle with our order: a thing, then the facts about it."""

    def orderSubjects(self) -> list[Node]:  # noqa: N802 - the name is rdflib's
        for subject in set(self.store.subjects()):
            self._subjects[subject] = True
        return sorted(self._subjects, key=self._subject_key)

    def _subject_key(self, subject: Node) -> tuple[Any, ...]:
        owner = self._owner(subject)
        rank = self._rank(owner or subject)
        return rank, natural(str(owner or subject)), owner is not None, natural(str(subject))

    def _owner(self, subject: Node) -> Node | None:
        """What a fact or a version is about; for a fact about a fact, what that one is about."""
        owner = self._direct_owner(subject)
        return (self._direct_owner(owner) or owner) if owner else None

    def _direct_owner(self, subject: Node) -> Node | None:
        return self.store.value(subject, LAW.factOf) or self.store.value(subject, ELI.realizes)

    def _rank(self, subject: Node) -> int:
        types = set(self.store.objects(subject, RDF.type))
        for rank, kind in enumerate(FIRST_TYPES):
            if kind in types:
                return rank
        if LAW.Reading in types:
            return len(FIRST_TYPES) + 1
        return len(FIRST_TYPES)

    def sortProperties(  # noqa: N802 - the name is rdflib's
        self, properties: Mapping[Node, list[Node]]
    ) -> list[Node]:
        for objects in properties.values():
            objects.sort(key=lambda term: (natural(str(term)), term.n3()))
        ranks: dict[Node, int] = {p: i - 1000 for i, p in enumerate(FIRST_PREDICATES)}
        ranks |= {p: i + 1000 for i, p in enumerate(LAST_PREDICATES)}
        return sorted(properties, key=lambda p: (ranks.get(p, 0), str(p)))


def canonical_turtle(graph: Graph) -> str:
    """Any graph of ours as canonical Turtle (str, ends in one newline)."""
    tidy = Graph(bind_namespaces="none")
    for prefix, address in sorted(PREFIXES.items()):
        tidy.bind(prefix, address, override=True, replace=True)
    for triple in graph:
        tidy.add(triple)
    stream = io.BytesIO()
    _Canonical(tidy).serialize(stream, encoding="utf-8")
    return stream.getvalue().decode("utf-8").strip() + "\n"


def canonical_text(text: str) -> str:
    """The canonical form of a Turtle document given as text."""
    return canonical_turtle(Graph(bind_namespaces="none").parse(data=text, format="turtle"))
