"""Namespaces and prefixes: the one list that every data file, query and record shares."""

from rdflib import Namespace
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, XSD

ID = "https://w3id.org/whichlaw/id/"
LAW = Namespace("https://w3id.org/whichlaw/ontology#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
LEGISLATION = "http://www.legislation.gov.uk/id/"
COMMON_LAW = ID + "common-law/"

KINDS = (
    "audience",
    "confidence",
    "conduct",
    "consent",
    "coverage",
    "doubt",
    "expression",
    "fact",
    "field",
    "graph",
    "instrument-type",
    "jurisdiction",
    "material",
    "mode",
    "nation",
    "need",
    "offence",
    "reach",
    "reading",
    "relationship",
    "rule",
    "rule-kind",
    "scheme",
    "service",
    "shape",
    "start",
    "state",
    "status",
    "topic",
    "tried",
    "verdict",
)

PREFIXES: dict[str, str] = {
    "dcterms": str(DCTERMS),
    "eli": str(ELI),
    "law": str(LAW),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "sh": str(SH),
    "skos": str(SKOS),
    "xsd": str(XSD),
} | {kind: f"{ID}{kind}/" for kind in KINDS}


def identifier(kind: str, slug: str) -> str:
    """The address we mint for a thing, e.g. ``identifier("offence", "pca-1978-s1-1-a")``."""
    return f"{ID}{kind}/{slug}"


def legal_address(path: str) -> str:
    """The address of an instrument or provision from its path, e.g. ``ukpga/1978/37/section/1``."""
    if path.startswith("common-law/"):
        return ID + path
    return LEGISLATION + path


def legal_path(address: str) -> str:
    """The path of an instrument or provision: :func:`legal_address` the other way round."""
    return address.removeprefix(LEGISLATION).removeprefix(ID)


def slug_of(address: str) -> str:
    """The last part of an address we minted, e.g. ``scotland`` of the nation's address."""
    return address.rsplit("/", 1)[-1]
