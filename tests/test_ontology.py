"""Our words: each one that is used is defined, each one that is defined is used and explained."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from kb.checks import RULES
from kb.store import ONTOLOGY, turtle_files
from kb.vocabulary import LAW

PLACES = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch)
SCHEMES = turtle_files(ONTOLOGY / "schemes")


@pytest.fixture(scope="module")
def law() -> Graph:
    return Graph().parse(ONTOLOGY / "law.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="module")
def used(real_store: ox.Store) -> set[str]:
    """Every word of ours that a file of facts or a scheme uses."""
    words = set()
    for quad in real_store:
        if quad.graph_name.value.endswith("/law"):
            continue
        words.add(quad.predicate.value)
        if quad.predicate.value == str(RDF.type):
            words.add(quad.object.value)
    return {word for word in words if word.startswith(str(LAW))}


def defined(law: Graph) -> set[URIRef]:
    return {term for term in law.subjects(RDFS.isDefinedBy) if str(term).startswith(str(LAW))}


def test_ontology_says_what_it_is(law: Graph):
    (ontology,) = law.subjects(RDF.type, OWL.Ontology)
    for term in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.conformsTo):
        assert law.value(ontology, term, any=True), term
    assert law.value(ontology, OWL.versionInfo)
    assert "ELI is pinned" in str(law.value(ontology, SKOS.editorialNote))


def test_every_word_used_is_defined(law: Graph, used: set[str]):
    assert used - {str(term) for term in defined(law)} == set()


def test_every_word_defined_is_used(law: Graph, used: set[str]):
    broader = set(law.objects(None, RDFS.subClassOf))
    assert {term for term in defined(law) if str(term) not in used} - broader == set()


def test_every_word_is_explained_and_placed(law: Graph):
    for term in defined(law):
        label, comment = law.value(term, RDFS.label), law.value(term, RDFS.comment)
        assert label.language == comment.language == "en", term
        assert str(comment).endswith("."), term
        assert any(law.value(term, place, any=True) for place in PLACES), f"{term} has no place"


def test_labels_of_words_differ(law: Graph):
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        labels = [str(law.value(term, RDFS.label)) for term in law.subjects(RDF.type, kind)]
        assert len(labels) == len(set(labels))


def test_domains_and_ranges_of_ours_are_defined(law: Graph):
    named = {*law.objects(None, RDFS.domain), *law.objects(None, RDFS.range)}
    assert {term for term in named if str(term).startswith(str(LAW))} <= defined(law)


def test_end_date_is_not_the_last_day_in_force(law: Graph):
    last_day = URIRef("http://data.europa.eu/eli/ontology#date_no_longer_in_force")
    assert last_day not in set(law.objects(LAW.endDate, SKOS.closeMatch))
    assert last_day not in set(law.objects(LAW.endDate, RDFS.subPropertyOf))


def test_every_class_has_a_shape(law: Graph, shapes: Graph):
    classes = set(law.subjects(RDF.type, OWL.Class))
    assert classes <= set(shapes.objects(None, SH.targetClass))


def test_every_property_shape_says_what_would_be_right(shapes: Graph):
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        assert str(shapes.value(shape, SH.message)).endswith("."), shape


def test_shapes_speak_only_of_defined_words(law: Graph, shapes: Graph):
    named = {*shapes.objects(None, SH.path), *shapes.objects(None, SH.targetClass)}
    assert {term for term in named if str(term).startswith(str(LAW))} <= defined(law)


def test_rules_speak_only_of_defined_words(law: Graph):
    known = {str(term).removeprefix(str(LAW)) for term in defined(law)}
    for path in (RULES).glob("*.rq"):
        words = re.findall(r"\blaw:(\w+)", path.read_text(encoding="utf-8"))
        assert set(words) <= known, path.name


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_scheme_is_named_after_its_file(path: Path):
    scheme = Graph().parse(path)
    (address,) = scheme.subjects(RDF.type, SKOS.ConceptScheme)
    assert str(address).rsplit("/", 1)[-1] == path.stem
    assert set(scheme.objects(None, SKOS.inScheme)) == {address}


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_order_of_a_scheme_counts_from_one(path: Path):
    places = sorted(int(place) for place in Graph().parse(path).objects(None, LAW.order))
    assert places == list(range(1, len(places) + 1))
