"""The forms in which a graph is written: Turtle, JSON-LD, RDF/XML, N-Triples."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import pyoxigraph as ox

from kb.json_ld import Context, namespace, written
from kb.terms import PREFIXES


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form by the end of its address: its media type, what else asks for it, and its name."""

    suffix: str
    media_type: str
    others: tuple[str, ...]
    label: str


FORMS = (
    Form(suffix="ttl", media_type="text/turtle", others=("application/x-turtle",), label="Turtle"),
    Form(suffix="jsonld", media_type="application/ld+json", others=(), label="JSON-LD"),
    Form(suffix="rdf", media_type="application/rdf+xml", others=(), label="RDF/XML"),
    Form(
        suffix="nt",
        media_type="application/n-triples",
        others=("text/plain", "application/n-quads"),
        label="N-Triples",
    ),
    Form(suffix="json", media_type="application/json", others=(), label="JSON (as JSON-LD)"),
)
_ROOT = re.compile(rb"(<rdf:RDF)((?: xmlns:[\w-]+=\"[^\"]*\")+)")
BY_SUFFIX = {form.suffix: form for form in FORMS}
BY_OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
}


def write(
    triples: Sequence[ox.Triple],
    suffix: str,
    *,
    context: Context,
    context_address: str | None = None,
) -> bytes:
    """A graph in a form. JSON-LD names the context by its address, or holds it if there is none."""
    if suffix in BY_OXIGRAPH:
        prefixes = used(triples, context.prefixes)
        return in_order(ox.serialize(triples, format=BY_OXIGRAPH[suffix], prefixes=prefixes) or b"")
    by = {"@context": context_address} if context_address else context.document
    return written({**by, "@graph": context.nodes(triples)})


def in_order(document: bytes) -> bytes:
    """A document of Oxigraph's with its prefixes in order: it writes them in any, and so no two
    times the same."""
    lines = document.splitlines(keepends=True)
    head = list(takewhile(lambda line: line.startswith(b"@prefix "), lines))
    if head:
        return b"".join([*sorted(head), *lines[len(head) :]])
    return _ROOT.sub(lambda root: b" ".join([root[1], *sorted(root[2].split())]), document, count=1)


def used(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] = PREFIXES) -> dict[str, str]:
    """The prefixes of the addresses in a graph, in order."""
    starts = {
        namespace(node.value)
        for triple in triples
        for node in (*triple, getattr(triple.object, "datatype", None))
        if isinstance(node, ox.NamedNode)
    }
    return {prefix: start for prefix, start in sorted(prefixes.items()) if start in starts}
