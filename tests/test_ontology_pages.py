"""The ontology explained: every class and property of ours, its shapes in words, an example."""

import re

import pyoxigraph as ox
import pytest
from served import site

from kb.description import store_of
from kb.ontology_view import read_ontology
from kb.store import ONTOLOGY, turtle_files
from kb.terms import OWN_WORDS

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def client():
    return site().test_client()


@pytest.fixture(scope="module")
def ontology():
    known = site().extensions["knowledge"]
    return read_ontology(store_of(known.engine), known.schemes)


@pytest.fixture(scope="module")
def page(client) -> str:
    return client.get("/ontology", headers={"Accept": BROWSER}).text


@pytest.fixture(scope="module")
def defined() -> set[str]:
    """The terms of ours that ontology/law.ttl defines."""
    kinds = {"Class", "ObjectProperty", "DatatypeProperty"}
    found = ox.parse(path=ONTOLOGY / "law.ttl", format=ox.RdfFormat.TURTLE)
    return {
        quad.subject.value.removeprefix(OWN_WORDS)
        for quad in found
        if getattr(quad.object, "value", "").rsplit("#", 1)[-1] in kinds
    }


def term(ontology, name):
    (found,) = [one for one in (*ontology.classes, *ontology.properties) if one.name == name]
    return found


def test_every_term_has_its_place_on_the_page(page, ontology, defined):
    names = {one.name for one in (*ontology.classes, *ontology.properties)}
    assert names == defined
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors)), "an id stands once on a page"
    assert names <= set(anchors)


def test_every_term_is_explained(ontology):
    for one in (*ontology.classes, *ontology.properties):
        assert one.label, one.name
        assert one.comment.endswith("."), one.name
        assert one.parents or one.mappings or one.narrower, one.name
        for ref in (*one.parents, *one.domain, *one.range, *(m.other for m in one.mappings)):
            assert ref.label, (one.name, ref)
            assert not ref.name.startswith("http"), f"{ref.address} has no prefix"


def test_every_term_that_is_used_has_an_example_from_the_data(ontology):
    for one in (*ontology.classes, *ontology.properties):
        assert bool(one.example) == bool(one.uses), one.name
        assert f"law:{one.name}" in one.example or not one.uses


def test_examples_are_turtle_by_the_prefixes_of_the_page(ontology):
    head = "".join(f"PREFIX {prefix}: <{start}>\n" for prefix, start in ontology.prefixes)
    for one in (*ontology.classes, *ontology.properties):
        assert bool(list(ox.parse(head + one.example, format=ox.RdfFormat.TURTLE))) == bool(
            one.uses
        )


def test_every_constraint_is_said_in_words(ontology, client):
    """As many as the shapes have: of a class with its own, of a property wherever it stands."""
    shapes = ox.Store()
    shapes.load(path=ONTOLOGY / "shapes.ttl", format=ox.RdfFormat.TURTLE)
    target = ox.NamedNode(f"{SH}targetClass")
    pairs = [(q.object.value, q.subject) for q in shapes.quads_for_pattern(None, target, None)]
    for one in ontology.classes:
        wanted = [
            quad.object
            for address, shape in pairs
            if address == one.address
            for quad in shapes.quads_for_pattern(shape, ox.NamedNode(f"{SH}property"), None)
        ]
        assert len(one.constraints) == len(wanted), one.name
        assert all(found.said.endswith(".") and found.count for found in one.constraints)
    (nation,) = [
        c for c in term(ontology, "Application").constraints if c.path.name == "law:nation"
    ]
    assert nation.count == "exactly one"
    (below,) = [c for c in term(ontology, "DepictedAge").constraints if c.path.name == "law:below"]
    assert (below.count, below.kind) == ("at most one", "whole number, from 0, to 120")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (BROWSER, "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_turtle_is_behind_the_same_address(client, accept, media_type):
    response = client.get("/ontology", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "Accept" in response.vary
    again = client.get(
        "/ontology", headers={"Accept": accept, "If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/ontology.ttl", "law.ttl"),
        ("/ontology/shapes.ttl", "shapes.ttl"),
        ("/ontology/reused.ttl", "reused.ttl"),
    ],
)
def test_the_data_is_what_the_file_says(client, path, file):
    served = {q.triple for q in ox.parse(client.get(path).data, format=ox.RdfFormat.TURTLE)}
    written = {q.triple for q in ox.parse(path=ONTOLOGY / file, format=ox.RdfFormat.TURTLE)}
    assert written <= served


def test_a_term_by_its_name(client):
    response = client.get("/ontology/Offence", headers={"Accept": BROWSER})
    assert (response.status_code, response.headers["Location"]) == (303, "/ontology#Offence")
    gone = client.get("/ontology/contact")
    assert gone.status_code == 410
    assert "/ontology#ContactPoint" in gone.text
    assert client.get("/ontology/none").status_code == 404
    assert client.get("/ontology.xyz").status_code == 404
    assert client.get("/ontology/shapes", headers={"Accept": BROWSER}).status_code == 303
    assert client.get("/ontology/shapes", headers={"Accept": "text/turtle"}).status_code == 200


@pytest.mark.parametrize("path", turtle_files(ONTOLOGY / "schemes"), ids=lambda path: path.stem)
def test_every_scheme_has_its_page(client, page, path):
    assert f"/ontology/schemes/{path.stem}" in page
    text = client.get(f"/ontology/schemes/{path.stem}").text
    for concept in site().extensions["knowledge"].schemes.scheme(path.stem):
        assert f'id="{concept.slug}"' in text


def test_what_happens_to_a_term_that_goes_is_said(page):
    assert "owl:deprecated" in page
    assert "<code>law:contact</code>" in page


@pytest.mark.no_cover
def test_every_link_of_the_page_leads_somewhere(page, client):
    anchors = set(re.findall(r' id="([^"]+)"', page))
    links = set(re.findall(r'href="(?:/ontology)?#([^"]+)"', page))
    assert links <= anchors
    for address in set(re.findall(r'href="(/[^"#]+)"', page)):
        with client.get(address) as response:
            assert response.status_code in (200, 303), address
