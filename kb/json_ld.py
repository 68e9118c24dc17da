"""JSON-LD that is pleasant to read: by our own context, one object a thing, names and no addresses.

Oxigraph writes JSON-LD without a context, and rdflib, which compacts, is not loaded where the site
answers. There are no blank nodes, lists or containers in our data, so what is left to write is
small: a name for each property, and how its values are meant where they are plain strings.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kb.stored import objects, subjects, value
from kb.terms import PREFIXES

XSD = PREFIXES["xsd"]
TYPE = PREFIXES["rdf"] + "type"
RANGE = ox.NamedNode(PREFIXES["rdfs"] + "range")
PROPERTIES = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
AN_ADDRESS = {"@type": "@id"}
IN_ENGLISH = {"@language": "en"}
MEANT = {XSD + "date": {"@type": "xsd:date"}, PREFIXES["rdf"] + "langString": IN_ENGLISH}
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Context:
    """How our JSON-LD is to be read: the prefixes, and how the plain values of a property are."""

    prefixes: Mapping[str, str]
    meant: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def document(self) -> Json:
        """The context as it is published."""
        names = {self.short(iri): {"@id": iri, **how} for iri, how in sorted(self.meant.items())}
        return {"@context": {"id": "@id", "type": "@type", **self.prefixes, **names}}

    def short(self, iri: str) -> str:
        """An address by its prefix, or as it is."""
        start = namespace(iri)
        prefix = self._by_start.get(start)
        return f"{prefix}:{iri[len(start) :]}" if prefix and iri != start else iri

    @cached_property
    def _by_start(self) -> dict[str, str]:
        return {start: prefix for prefix, start in self.prefixes.items()}

    def value(self, term: ox.NamedNode | ox.Literal, *, of: str) -> Any:
        """The value of a property: plain where its meaning is the one of the context."""
        how = self.meant.get(of, {})
        if isinstance(term, ox.NamedNode):
            named = self.short(term.value)
            return named if how == AN_ADDRESS else {"id": named}
        if term.language:
            said = {"@value": term.value, "@language": term.language}
            return term.value if how == {"@language": term.language} else said
        return _plain(term, how)

    def node(self, subject: str, pairs: Iterable[tuple[str, ox.NamedNode | ox.Literal]]) -> Json:
        """A thing with what is said of it."""
        values: dict[str, list[Any]] = {}
        kinds: list[str] = []
        for predicate, term in pairs:
            if predicate == TYPE:
                kinds.append(self.short(term.value))
            else:
                said = self.value(term, of=predicate)
                values.setdefault(self.short(predicate), []).append(said)
        types = {"type": _one_or_all(kinds)} if kinds else {}
        return {"id": self.short(subject), **types} | {n: _one_or_all(v) for n, v in values.items()}

    def nodes(self, triples: Iterable[ox.Triple]) -> list[Json]:
        """Things in the order in which they come up."""
        about: dict[str, list[tuple[str, Any]]] = {}
        for triple in triples:
            pairs = about.setdefault(value(triple.subject), [])
            pairs.append((triple.predicate.value, triple.object))
        return [self.node(subject, pairs) for subject, pairs in about.items()]


def read_context(store: ox.Store, prefixes: Mapping[str, str] = PREFIXES) -> Context:
    """The context of a dataset: what the ontology says of each property it defines or reuses."""
    meant: dict[str, Mapping[str, str]] = {}
    for kind in PROPERTIES:
        typed = ox.NamedNode(PREFIXES["owl"] + kind)
        for term in subjects(store, ox.NamedNode(TYPE), typed):
            ranges = objects(store, term, RANGE)
            found = [MEANT[one.value] for one in ranges if one.value in MEANT]
            if kind == PROPERTIES[0]:
                meant[term.value] = AN_ADDRESS
            elif len(found) == 1:
                meant[term.value] = found[0]
    meant.pop(TYPE, None)
    return Context(prefixes=dict(sorted(prefixes.items())), meant=meant)


def written(document: Json) -> bytes:
    """A document as bytes, always the same of the same content."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def namespace(iri: str) -> str:
    """An address up to its last ``#`` or ``/``: what a prefix would stand for."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _plain(term: ox.Literal, how: Mapping[str, str]) -> Any:
    """A literal without a language; numbers and truths are JSON's where nothing is lost."""
    datatype = term.datatype.value
    typed = {"@value": term.value, "@type": f"xsd:{datatype.removeprefix(XSD)}"}
    if not datatype.startswith(XSD):
        return typed | {"@type": datatype}
    if datatype == XSD + "string":
        return {"@value": term.value} if how else term.value
    if how == {"@type": typed["@type"]}:
        return term.value
    if not how and datatype == XSD + "boolean" and term.value in ("true", "false"):
        return term.value == "true"
    if not how and datatype == XSD + "integer" and term.value == _canonical(term.value):
        return int(term.value)
    return typed


def _canonical(number: str) -> str:
    return str(int(number)) if number.lstrip("-").isdecimal() else ""


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
