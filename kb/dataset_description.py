"""The dataset described for machines: VoID and DCAT 3, every number counted from the store.

Every node has a name, below the address of the dataset, so that the description is the same graph
in every form. The root of the site is given: the files are there, whatever host it runs on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kb.dataset import Counted, Dataset, GraphCounts
from kb.dumps import Dump
from kb.terms import EVERY_PREFIX, ID, OWN_WORDS, PREFIXES

DATASET = OWN_WORDS.removesuffix("ontology#") + "data"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENCE_NAME = "Open Government Licence v3.0"
ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Facts"
    " about legislation were read from legislation.gov.uk and copies of it."
)
TITLE = "Whichlaw: law on intimate images by nation and day"
ABOUT = (
    "Which offences about indecent and intimate images and sexual communication with children are"
    " law in which nation of the United Kingdom on which day, with elements, penalties, guidance,"
    " practice, services and the claims of published pages; each fact with its source, the day on"
    " which it was checked and how surely it was read. Not legal advice."
)
FORMATS = "http://www.w3.org/ns/formats/"
Node = ox.NamedNode | ox.Literal
Pair = tuple[str, Node]


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which edition is described, and where: the release, the nations, what can be looked up."""

    root: str
    release: str
    nations: Sequence[str]
    example: str
    earliest: str


def describe_dataset(
    dataset: Dataset, dumps: Sequence[Dump], *, edition: Edition
) -> tuple[ox.Triple, ...]:
    """The description of the dataset, its graphs, its partitions, its files and its endpoint."""
    found = [
        *_catalogue(edition),
        *_whole(dataset, edition),
        *_files(dumps, edition),
        *_partitions("class", dataset.classes, counted="entities"),
        *_partitions("property", dataset.properties, counted="triples"),
        *_linksets(dataset),
    ]
    for graph in dataset.graphs:
        found += _graph(graph, dumps, edition)
    return tuple(dict.fromkeys(found))


def iri(name: str) -> ox.NamedNode:
    """A term by its prefix: ``void:triples``."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(EVERY_PREFIX[prefix] + local)


def _here(name: str) -> ox.NamedNode:
    """A node of the description itself."""
    return ox.NamedNode(f"{DATASET}#{name}")


def _text(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def _day(day: str) -> ox.Literal:
    return ox.Literal(day, datatype=iri("xsd:date"))


def _about(thing: ox.NamedNode, *pairs: Pair) -> Iterator[ox.Triple]:
    for name, value in pairs:
        yield ox.Triple(thing, iri("rdf:type" if name == "a" else name), value)


def _catalogue(edition: Edition) -> Iterator[ox.Triple]:
    yield from _about(
        _here("catalogue"),
        ("a", iri("dcat:Catalog")),
        ("dcterms:title", _text("Whichlaw: catalogue")),
        (
            "dcterms:description",
            _text("The one dataset of this site, and the service that asks it."),
        ),
        ("dcat:dataset", ox.NamedNode(DATASET)),
        ("dcat:service", _here("sparql")),
        ("foaf:homepage", ox.NamedNode(edition.root)),
    )
    yield from _about(
        _here("sparql"),
        ("a", iri("dcat:DataService")),
        ("dcterms:title", _text("SPARQL endpoint, read-only")),
        ("dcat:endpointURL", ox.NamedNode(f"{edition.root}sparql")),
        ("dcat:servesDataset", ox.NamedNode(DATASET)),
        ("dcterms:conformsTo", ox.NamedNode("http://www.w3.org/TR/sparql11-protocol/")),
        ("dcterms:license", ox.NamedNode(LICENCE)),
    )


def _whole(dataset: Dataset, edition: Edition) -> Iterator[ox.Triple]:
    thing = ox.NamedNode(DATASET)
    yield from _about(
        thing,
        ("a", iri("dcat:Dataset")),
        ("a", iri("void:Dataset")),
        ("dcterms:title", _text(TITLE)),
        ("dcterms:description", _text(ABOUT)),
        ("dcterms:license", ox.NamedNode(LICENCE)),
        ("dcterms:rights", _text(ATTRIBUTION)),
        ("dcterms:language", ox.Literal("en")),
        ("dcterms:modified", _day(dataset.checked_on)),
        ("dcat:version", ox.Literal(edition.release)),
        ("dcterms:temporal", _here("days")),
        ("dcat:landingPage", ox.NamedNode(f"{edition.root}data")),
        ("foaf:homepage", ox.NamedNode(edition.root)),
        ("void:sparqlEndpoint", ox.NamedNode(f"{edition.root}sparql")),
        ("void:uriSpace", ox.Literal(ID)),
        ("void:exampleResource", ox.NamedNode(edition.example)),
        ("void:triples", ox.Literal(dataset.triples)),
        ("void:entities", ox.Literal(dataset.things)),
        ("void:distinctSubjects", ox.Literal(dataset.things)),
        ("void:distinctObjects", ox.Literal(dataset.objects)),
        ("void:properties", ox.Literal(len(dataset.properties))),
        ("void:classes", ox.Literal(len(dataset.classes))),
    )
    yield from _about(
        _here("days"),
        ("a", iri("dcterms:PeriodOfTime")),
        ("dcat:startDate", _day(edition.earliest)),
    )
    for nation in edition.nations:
        yield from _about(thing, ("dcterms:spatial", ox.NamedNode(nation)))
    for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads"):
        yield from _about(thing, ("void:feature", ox.NamedNode(FORMATS + name)))
    for prefix in ("dcterms", "eli", "law", "prov", "skos"):
        yield from _about(thing, ("void:vocabulary", ox.NamedNode(PREFIXES[prefix])))


def _files(dumps: Sequence[Dump], edition: Edition) -> Iterator[ox.Triple]:
    """A distribution for each file but those of single graphs, which their graphs name."""
    for dump in dumps:
        if not dump.name.startswith("graphs/"):
            yield from _about(ox.NamedNode(DATASET), ("dcat:distribution", _here(_name(dump))))
            yield from _distribution(dump, edition)
            if "/" not in dump.name:
                where = ox.NamedNode(_address(dump, edition))
                yield from _about(ox.NamedNode(DATASET), ("void:dataDump", where))


def _distribution(dump: Dump, edition: Edition) -> Iterator[ox.Triple]:
    name, media_type = (
        _name(dump),
        f"https://www.iana.org/assignments/media-types/{dump.media_type}",
    )
    yield from _about(
        _here(name),
        ("a", iri("dcat:Distribution")),
        ("dcterms:title", _text(dump.name)),
        ("dcat:downloadURL", ox.NamedNode(_address(dump, edition))),
        ("dcat:mediaType", ox.NamedNode(media_type)),
        ("dcat:byteSize", ox.Literal(str(dump.size), datatype=iri("xsd:nonNegativeInteger"))),
        ("dcterms:license", ox.NamedNode(LICENCE)),
        ("dcterms:rights", _text(ATTRIBUTION)),
        ("spdx:checksum", _here(f"{name}.sha256")),
    )
    yield from _about(
        _here(f"{name}.sha256"),
        ("a", iri("spdx:Checksum")),
        ("spdx:algorithm", iri("spdx:checksumAlgorithm_sha256")),
        ("spdx:checksumValue", ox.Literal(dump.sha256, datatype=iri("xsd:hexBinary"))),
    )


def _graph(graph: GraphCounts, dumps: Sequence[Dump], edition: Edition) -> Iterator[ox.Triple]:
    thing, file = ox.NamedNode(graph.address), f"graphs/{graph.name}.ttl"
    yield from _about(ox.NamedNode(DATASET), ("void:subset", thing))
    yield from _about(
        thing,
        ("a", iri("void:Dataset")),
        ("dcterms:title", _text(graph.title)),
        ("dcterms:license", ox.NamedNode(LICENCE)),
        ("void:triples", ox.Literal(graph.triples)),
        ("void:entities", ox.Literal(graph.things)),
    )
    if graph.checked_on:
        yield from _about(thing, ("dcterms:modified", _day(graph.checked_on)))
    for dump in (dump for dump in dumps if dump.name == file):
        where = ox.NamedNode(_address(dump, edition))
        yield from _about(thing, ("void:dataDump", where))
        yield from _about(thing, ("dcat:distribution", _here(_name(dump))))
        yield from _distribution(dump, edition)


def _partitions(kind: str, found: Sequence[Counted], *, counted: str) -> Iterator[ox.Triple]:
    for place, one in enumerate(found, start=1):
        part = _here(f"{kind}-{place}")
        yield from _about(ox.NamedNode(DATASET), (f"void:{kind}Partition", part))
        yield from _about(
            part,
            ("a", iri("void:Dataset")),
            ("dcterms:title", _text(one.label)),
            (f"void:{kind}", ox.NamedNode(one.address)),
            (f"void:{counted}", ox.Literal(one.number)),
        )


def _linksets(dataset: Dataset) -> Iterator[ox.Triple]:
    for links in dataset.links:
        target, link = _here(f"target-{links.name}"), _here(f"links-{links.name}")
        yield from _about(
            target, ("a", iri("void:Dataset")), ("void:uriSpace", ox.Literal(links.space))
        )
        yield from _about(
            link,
            ("a", iri("void:Linkset")),
            ("void:subjectsTarget", ox.NamedNode(DATASET)),
            ("void:objectsTarget", target),
            ("void:triples", ox.Literal(links.triples)),
        )
        yield from _about(ox.NamedNode(DATASET), ("void:subset", link))


def _name(dump: Dump) -> str:
    return dump.name.replace("/", ".")


def _address(dump: Dump, edition: Edition) -> str:
    return f"{edition.root}data/{dump.name}"
