"""A change of law as linked data: it is computed, and rests on the facts that it names."""

import pyoxigraph as ox

from kb.advice import Advice
from kb.catalogue import Catalogue
from kb.changes_between import every_event
from kb.description import TYPE, Description, described
from kb.events import Event
from kb.schemes import Schemes
from kb.terms import PREFIXES, identifier

DATE = ox.NamedNode(PREFIXES["xsd"] + "date")


def find_change(
    catalogue: Catalogue, schemes: Schemes, advice: Advice, address: str
) -> Event | None:
    """The change with an identifier; None if nothing changes under it."""
    found = every_event(catalogue, schemes, advice)
    return next((event for event in found if event.id == address), None)


def describe_change(store: ox.Store, event: Event) -> Description:
    """What is said of a change, with a label for every address."""
    thing = ox.NamedNode(event.id)
    about = [ox.Triple(thing, TYPE, ox.NamedNode(PREFIXES["prov"] + "InstantaneousEvent"))]
    for prefix, name, text in (
        ("rdfs", "label", event.title),
        ("dcterms", "description", event.text),
        ("skos", "note", event.authority_note),
    ):
        if text:
            literal = ox.Literal(text, language="en")
            about.append(ox.Triple(thing, ox.NamedNode(PREFIXES[prefix] + name), literal))
    on = ox.Literal(event.on.isoformat(), datatype=DATE)
    about.append(ox.Triple(thing, ox.NamedNode(PREFIXES["dcterms"] + "date"), on))
    for prefix, name, addresses in _links(event):
        predicate = ox.NamedNode(PREFIXES[prefix] + name)
        about += (ox.Triple(thing, predicate, ox.NamedNode(one)) for one in addresses)
    return described(store, event.id, tuple(dict.fromkeys(about)), label=event.title)


def _links(event: Event) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    about = [ref.uri for ref in event.provisions]
    if event.offence:
        about.append(identifier("offence", event.offence.id))
    if event.rule:
        about.append(identifier("rule", event.rule))
    if event.document:
        about.append(identifier(event.document.kind, event.document.id))
    return (
        ("dcterms", "type", (identifier("change-kind", event.kind),)),
        ("dcterms", "subject", tuple(about)),
        ("law", "nation", tuple(identifier("nation", slug) for slug in event.nations)),
        ("law", "topic", tuple(identifier("topic", slug) for slug in event.topics)),
        ("dcterms", "references", tuple(ref.uri for ref in event.authority)),
        ("law", "confidence", (identifier("confidence", event.confidence),)),
        ("prov", "wasDerivedFrom", event.facts),
    )
