"""Every thing at its identifier: the page or the data, in every form, and what is gone."""

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from served import site

from kb.changes_between import every_event
from kb.description import deprecated, describe, gone, identifiers, store_of
from kb.json_ld import read_context
from kb.releases import all_releases
from kb.store import load
from kb.terms import ID, PREFIXES
from web.inventory import published, released, retired

OFFENCE = "/id/offence/absha-2016-s2-1"
SECTION = "/id/legislation/asp/2016/22/section/2"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
FORMS = {"ttl": "turtle", "rdf": "xml", "nt": "nt", "jsonld": "json-ld", "json": "json-ld"}
MEDIA_TYPES = {
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "json": "application/json",
    "html": "text/html",
}
LABELS = [ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.NamedNode(PREFIXES["skos"] + "prefLabel")]
INVENTORY = Path(__file__).parent / "inventory.txt"


@pytest.fixture(scope="module")
def client():
    return site().test_client()


@pytest.fixture(scope="module")
def store():
    return store_of(site().extensions["knowledge"].engine)


def parsed(client, path, suffix):
    """A form of a thing as an rdflib graph; the context of JSON-LD is read from where it says."""
    response = client.get(f"{path}.{suffix}")
    assert response.status_code == 200, path
    assert response.mimetype == MEDIA_TYPES[suffix]
    text = response.text
    if "json" in suffix:
        document = json.loads(text)
        assert document["@context"] == "http://localhost/context.jsonld"
        text = json.dumps(document | client.get("/context.jsonld").get_json())
    return Graph(bind_namespaces="none").parse(data=text, format=FORMS[suffix])


# ---- 303 to the page or the data -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "leads_to"),
    [
        (BROWSER, "/offence/absha-2016-s2-1"),
        (None, "/offence/absha-2016-s2-1"),
        ("*/*", "/offence/absha-2016-s2-1"),
        ("text/*", "/offence/absha-2016-s2-1"),
        ("text/turtle", f"{OFFENCE}.ttl"),
        ("text/turtle, */*", f"{OFFENCE}.ttl"),
        ("text/turtle;charset=utf-8, text/html;q=0.9", f"{OFFENCE}.ttl"),
        ("TEXT/TURTLE", f"{OFFENCE}.ttl"),
        ("application/*", f"{OFFENCE}.jsonld"),
        ("application/ld+json", f"{OFFENCE}.jsonld"),
        ("application/rdf+xml;q=0.5, application/ld+json", f"{OFFENCE}.jsonld"),
        ("application/rdf+xml, application/ld+json;q=0.9", f"{OFFENCE}.rdf"),
        ("text/html;q=0.2, application/n-triples;q=0.3", f"{OFFENCE}.nt"),
        ("text/html;q=0, text/turtle;q=0.1, */*;q=0", f"{OFFENCE}.ttl"),
        ("application/json", f"{OFFENCE}.json"),
    ],
)
def test_identifier_leads_to_the_page_or_the_data(client, accept, leads_to):
    response = client.get(OFFENCE, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["Location"]) == (303, leads_to)
    assert "Accept" in response.vary
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert (
        f'<{OFFENCE}.ttl>; rel="alternate describedby"; type="text/turtle"'
        in response.headers["Link"]
    )


def test_refused_by_name_is_not_brought_back_by_a_wildcard(client):
    response = client.get(
        OFFENCE, headers={"Accept": "text/html;q=0, application/xhtml+xml;q=0, */*"}
    )
    assert response.headers["Location"] == f"{OFFENCE}.ttl"


def test_no_form_that_is_wanted(client):
    response = client.get(OFFENCE, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "ttl" in response.text


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (SECTION, "/legislation/asp/2016/22/section/2"),
        ("/id/legislation/asp/2016/22", "/legislation/asp/2016/22"),
        ("/id/common-law/scotland/extortion", "/legislation/common-law/scotland/extortion"),
        ("/id/guidance/cps-iioc", "/guidance/cps-iioc"),
        ("/id/service/iwf", "/services/iwf"),
        ("/id/claim/nl-001", "/claims/nl-001"),
        ("/id/scheme/nations", "/ontology/schemes/nations"),
        ("/id/fact/absha-2016-s2-1.defence.2", "/id/fact/absha-2016-s2-1.defence.2.html"),
        ("/id/nation/scotland", "/id/nation/scotland.html"),
        ("/id/doubt/s-deepfake-act", "/id/doubt/s-deepfake-act.html"),
        ("/id/feed/changes", "/feeds/changes.atom"),
        ("/id/example/was-it-law-that-day", "/sparql/examples#was-it-law-that-day"),
    ],
)
def test_what_has_a_page_leads_there_and_the_rest_is_described(client, path, page):
    response = client.get(path, headers={"Accept": BROWSER})
    assert (response.status_code, response.headers["Location"]) == (303, page)
    assert client.get(page).status_code == 200


def test_a_change_is_linked_data_too(client):
    known = site().extensions["knowledge"]
    event = every_event(known.catalogue, known.schemes, known.advice)[0]
    path = event.id.replace(ID, "/id/")
    assert client.get(path).headers["Location"].startswith("/changes?")
    graph = parsed(client, path, "ttl")
    assert {str(fact) for fact in graph.objects() if "/fact/" in str(fact)} >= set(event.facts)


# ---- the same graph in every form ----------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        OFFENCE,
        SECTION,
        "/id/legislation/ukpga/2003/42",
        "/id/service/childline",
        "/id/claim/kn-007",
        "/id/shape/advice.description",
        "/id/scheme/conducts",
        "/id/graph/asp-2016-22",
        "/id/example/official-codes-of-nations",
    ],
)
def test_every_form_is_the_same_graph(client, path):
    graphs = [parsed(client, path, suffix) for suffix in FORMS]
    assert len(graphs[0]) > 5
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])


def test_description_is_all_that_is_said_with_the_facts(store):
    thing = ox.NamedNode(f"{ID}offence/absha-2016-s2-1")
    found = set(describe(store, thing.value).triples)
    said = {quad.triple for quad in store.quads_for_pattern(thing, None, None)}
    facts = [
        quad.subject
        for quad in store.quads_for_pattern(None, ox.NamedNode(PREFIXES["law"] + "factOf"), thing)
    ]
    assert len(facts) > 20
    for fact in facts:
        said |= {quad.triple for quad in store.quads_for_pattern(fact, None, None)}
    assert said <= found


def test_every_address_in_every_description_has_one_label(store):
    kinds = {}
    for address in identifiers(store):
        kinds.setdefault(address.rsplit("/", 1)[0], address)
    assert len(kinds) > 60
    for address in kinds.values():
        found = describe(store, address).triples
        named = {node for triple in found for node in triple if isinstance(node, ox.NamedNode)}
        labelled = {triple.subject for triple in found if triple.predicate in LABELS}
        assert named <= labelled, address


def test_json_is_plain_where_the_context_says_what_it_means(client):
    document = client.get("/id/fact/absha-2016-s2-1.window.scotland.1.json").get_json()
    (window,) = [
        one
        for one in document["@graph"]
        if one["id"].endswith("window.scotland.1") and "law:nation" in one
    ]
    assert window["type"] == "law:Application"
    assert window["law:nation"] == "nation:scotland"
    assert window["law:startDate"] == "2017-07-03"


def test_context_writes_what_it_cannot_mean_in_full():
    properties = load().engine.store
    context = read_context(properties)
    law = PREFIXES["law"]
    number = ox.Literal("07", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
    assert context.value(ox.Literal("x"), of=law + "startDate") == {"@value": "x"}
    assert context.value(number, of=law + "months") == {"@value": "07", "@type": "xsd:integer"}
    assert context.value(ox.Literal("x", language="cy"), of=law + "why")["@language"] == "cy"
    assert context.value(ox.NamedNode("https://e.example/"), of=law + "months") == {
        "id": "https://e.example/"
    }


# ---- kept by caches, open to all -----------------------------------------------------------------


def test_data_has_a_tag_and_is_not_sent_twice(client):
    first = client.get(f"{OFFENCE}.ttl")
    again = client.get(f"{OFFENCE}.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get(f"{OFFENCE}.nt", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_head_and_options(client):
    head = client.head(f"{OFFENCE}.ttl")
    assert head.status_code == 200
    assert head.data == b""
    assert int(head.headers["Content-Length"]) == len(client.get(f"{OFFENCE}.ttl").data)
    options = client.options(OFFENCE)
    assert "GET" in options.headers["Access-Control-Allow-Methods"]


def test_context_is_kept_for_ever_under_its_digest(client):
    stable = client.get("/context.jsonld")
    (where,) = re.findall(r"<([^>]+)>", stable.headers["Link"])
    kept = client.get(where)
    assert kept.data == stable.data
    assert "immutable" in kept.headers["Cache-Control"]
    assert "max-age=86400" in stable.headers["Cache-Control"]
    assert client.get("/context/0000.jsonld").status_code == 404


def test_page_of_a_thing_names_its_data(client):
    for page, path in (
        ("/legislation/asp/2016/22/section/2", SECTION),
        ("/offence/absha-2016-s2-1", OFFENCE),
    ):
        link = client.get(page).headers["Link"]
        assert f'<{path}.ttl>; rel="alternate describedby"; type="text/turtle"' in link
        assert client.get(f"{path}.ttl").status_code == 200


def test_legislation_is_said_to_search_engines(client):
    page = client.get("/legislation/asp/2016/22/section/2")
    assert "script-src 'self';" in page.headers["Content-Security-Policy"], "it runs no such block"
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    said = json.loads(text)
    assert said["@type"] == "Legislation"
    assert said["@id"] == "http://www.legislation.gov.uk/id/asp/2016/22/section/2"
    assert said["temporalCoverage"] == ["2017-07-03/.."]
    assert said["legislationLegalForce"].endswith("/InForce")
    assert [place["name"] for place in said["spatialCoverage"]] == ["Scotland"]
    ended = client.get("/legislation/ukpga/2015/2/section/33").text
    assert "2015-04-13/2024-01-30" in ended, "the last day is in, unlike our end"
    assert "legislationDate" in client.get("/legislation/asp/2016/22").text


# ---- 404, and 410 with the successor -------------------------------------------------------------


def test_what_never_was_is_not_found(client):
    assert client.get("/id/offence/none-such", headers={"Accept": BROWSER}).status_code == 404
    for path in (
        "/id/offence/none-such.ttl",
        "/id/x",
        "/id/legislation/ukpga/1/1",
        "/id/change/x",
        "/id/<x>",
    ):
        response = client.get(path, headers={"Accept": "text/turtle"})
        assert response.status_code == 404
        assert response.mimetype == "application/problem+json"


def test_what_is_gone_says_what_took_its_place(client, store):
    away = gone(store, f"{ID}shape/service.contact")
    assert away.successors == (PREFIXES["law"] + "ContactPoint",)
    page = client.get("/id/shape/service.contact", headers={"Accept": BROWSER})
    assert page.status_code == 410
    assert "/ontology#ContactPoint" in page.text
    data = client.get("/id/shape/service.contact", headers={"Accept": "text/turtle"})
    assert data.status_code == 410
    assert "isReplacedBy" in data.text


def test_every_successor_of_what_is_gone_is_there(store):
    here = set(identifiers(store))
    for address in deprecated(store):
        found = gone(store, address)
        assert found.why.endswith("."), address
        assert set(found.successors) <= here, address


def test_every_identifier_ever_published_is_answered_or_marked_as_gone():
    listed = set(INVENTORY.read_text(encoding="utf-8").splitlines())
    here = published(site())
    missing = sorted(listed - here - retired(site()))
    assert not missing, f"mark these in ontology/deprecated.ttl, with a successor: {missing[:20]}"
    new = sorted(here - listed)
    assert not new, f"run .venv/bin/python scripts/inventory.py, which adds {len(new)}: {new[:10]}"


def test_every_identifier_of_the_last_release_is_listed():
    listed = set(INVENTORY.read_text(encoding="utf-8").splitlines())
    assert released(site(), all_releases()[-1]) <= listed
