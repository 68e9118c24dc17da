"""Prefixes and addresses: the one list that every data file, question and record shares."""

ID = "https://w3id.org/whichlaw/id/"
OWN_WORDS = "https://w3id.org/whichlaw/ontology#"
LEGISLATION = "http://www.legislation.gov.uk/id/"
COMMON_LAW = ID + "common-law/"

KINDS = (
    "audience",
    "body",
    "change-kind",
    "channel",
    "claim",
    "claim-element",
    "claim-kind",
    "conduct",
    "confidence",
    "consent",
    "coverage",
    "document-state",
    "doubt",
    "example",
    "expression",
    "fact",
    "field",
    "graph",
    "guidance",
    "guidance-kind",
    "instrument-type",
    "jurisdiction",
    "material",
    "misconception",
    "mode",
    "nation",
    "need",
    "none-found",
    "offence",
    "omission",
    "practice",
    "practice-kind",
    "reach",
    "reading",
    "relationship",
    "rule",
    "rule-kind",
    "scheme",
    "service",
    "service-kind",
    "shape",
    "situation",
    "source",
    "start",
    "state",
    "status",
    "topic",
    "tried",
    "verdict",
)

PREFIXES: dict[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "law": OWN_WORDS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
} | {kind: f"{ID}{kind}/" for kind in KINDS}

# Prefixes of what describes the dataset, or of what our words are compared with: not of the data.
MORE_PREFIXES: dict[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
}
EVERY_PREFIX = dict(sorted({**PREFIXES, **MORE_PREFIXES}.items()))


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
