"""The dataset described and taken away: counts, checksums, licence, the same bytes every time."""

import csv
import hashlib
import io
import os
import stat

import pyoxigraph as ox
import pytest
from served import site

from kb.description import store_of
from kb.dumps import Dumps, contents
from kb.json_ld import read_context
from kb.knowledge import Knowledge
from kb.store import canonical_quads
from kb.table_columns import COLUMNS
from kb.tables import Tables
from web.app import create_app

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DATASET = "https://w3id.org/whichlaw/data"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@pytest.fixture(scope="module")
def client():
    return site().test_client()


@pytest.fixture(scope="module")
def store():
    return store_of(site().extensions["knowledge"].engine)


@pytest.fixture(scope="module")
def described(client):
    """The description of the dataset, in a store of its own."""
    found = ox.Store()
    found.load(client.get("/data.ttl").data, format=ox.RdfFormat.TURTLE)
    return found


def values(store, predicate, subject=DATASET):
    found = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return {quad.object.value for quad in found}


def tables_of(known: Knowledge) -> Tables:
    return Tables(catalogue=known.catalogue, advice=known.advice)


def made(known: Knowledge, store: ox.Store) -> dict[str, bytes]:
    context = read_context(store)
    return dict(contents(canonical_quads(store), tables=tables_of(known), context=context))


@pytest.fixture(scope="module")
def files(store) -> dict[str, bytes]:
    """Every file, made once."""
    return made(site().extensions["knowledge"], store)


# ---- the description -----------------------------------------------------------------------------


def test_page_by_default_and_data_by_accept(client):
    page = client.get("/data")
    assert page.mimetype == "text/html"
    assert "Accept" in page.vary
    for accept in ("text/turtle", "application/ld+json", "application/rdf+xml"):
        response = client.get("/data", headers={"Accept": accept})
        assert response.mimetype == accept
        assert response.headers["Content-Location"].startswith("/data.")
    assert client.get("/data", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/data.xyz").status_code == 404


def test_well_known_address_leads_to_the_description(client):
    for accept, where in (
        ("*/*", "/data.ttl"),
        ("text/html", "/data.ttl"),
        ("application/rdf+xml", "/data.rdf"),
    ):
        response = client.get("/.well-known/void", headers={"Accept": accept})
        assert (response.status_code, response.headers["Location"]) == (303, where)


def test_description_is_the_same_graph_in_every_form(client):
    forms = {"ttl": "TURTLE", "rdf": "RDF_XML", "nt": "N_TRIPLES", "jsonld": "JSON_LD"}
    graphs = [
        set(ox.parse(client.get(f"/data.{suffix}").data, format=getattr(ox.RdfFormat, name)))
        for suffix, name in forms.items()
    ]
    assert len(graphs[0]) > 5000
    assert all(graphs[0] == other for other in graphs[1:])


def test_counts_are_those_of_the_store(described, store):
    def asked(query):
        (row,) = store.query(query, use_default_graph_as_union=True)
        return {row[0].value}

    every = "WHERE { ?s ?p ?o }"
    assert values(described, VOID + "triples") == {str(len({quad.triple for quad in store}))}
    assert values(described, VOID + "entities") == asked(
        f"SELECT (COUNT(DISTINCT ?s) AS ?n) {every}"
    )
    assert values(described, VOID + "properties") == asked(
        f"SELECT (COUNT(DISTINCT ?p) AS ?n) {every}"
    )
    assert values(described, VOID + "distinctObjects") == asked(
        f"SELECT (COUNT(DISTINCT ?o) AS ?n) {every}"
    )


def test_partitions_add_up(described, store):
    parts = values(described, VOID + "propertyPartition")
    counted = sum(int(next(iter(values(described, VOID + "triples", part)))) for part in parts)
    assert counted == len({quad.triple for quad in store})
    offence = ox.NamedNode("https://w3id.org/whichlaw/ontology#Offence")
    (part,) = described.quads_for_pattern(None, ox.NamedNode(VOID + "class"), offence)
    assert values(described, VOID + "entities", part.subject.value) == {
        str(len(site().extensions["knowledge"].catalogue.offences))
    }


def test_every_graph_is_a_subset_with_its_file(described, store):
    graphs = {graph.value for graph in store.named_graphs()}
    assert graphs <= values(described, VOID + "subset")
    for graph in graphs:
        (file,) = values(described, VOID + "dataDump", graph)
        assert file == f"http://localhost/data/graphs/{graph.rsplit('/', 1)[-1]}.ttl"


def test_licence_and_attribution(described, client):
    dcterms = "http://purl.org/dc/terms/"
    assert values(described, dcterms + "license") == {LICENCE}
    assert "Open Government Licence v3.0" in next(iter(values(described, dcterms + "rights")))
    for distribution in values(described, DCAT + "distribution"):
        assert values(described, dcterms + "license", distribution) == {LICENCE}
    assert LICENCE in client.get("/data").text


# ---- the files -----------------------------------------------------------------------------------


def test_every_file_is_what_its_checksum_says(described, client):
    spdx = "http://spdx.org/rdf/terms#"
    found = described.quads_for_pattern(None, ox.NamedNode(DCAT + "downloadURL"), None)
    files = [(quad.subject.value, quad.object.value) for quad in found]
    assert len(files) > 300
    page = client.get("/data").text + client.get("/data/files").text
    for name, address in files:
        with client.get(address.removeprefix("http://localhost")) as response:
            assert response.status_code == 200, address
            body = response.data
        digest = hashlib.sha256(body).hexdigest()
        assert values(described, spdx + "checksumValue", f"{name}.sha256") == {digest}
        assert values(described, DCAT + "byteSize", name) == {str(len(body))}
        assert digest in page
        assert response.headers["ETag"] == f'"{digest}"'


@pytest.mark.no_cover
def test_files_are_the_same_bytes_whenever_they_are_made(client, store, files):
    again = ox.Store()
    again.extend(reversed(list(store)))
    second = made(site().extensions["knowledge"], again)
    assert files.keys() == second.keys()
    assert [name for name in files if files[name] != second[name]] == []
    with client.get("/data/whichlaw.jsonld") as served:
        assert served.data == files["whichlaw.jsonld"]


@pytest.mark.no_cover
def test_every_whole_file_is_the_whole_dataset(store, files):
    whole = set(store)
    assert set(ox.parse(files["whichlaw.trig"], format=ox.RdfFormat.TRIG)) == whole
    assert set(ox.parse(files["whichlaw.nq"], format=ox.RdfFormat.N_QUADS)) == whole
    assert set(ox.parse(files["whichlaw.jsonld"], format=ox.RdfFormat.JSON_LD)) == whole
    graphs = [name for name in files if name.startswith("graphs/")]
    parts = [len(list(ox.parse(files[name], format=ox.RdfFormat.TURTLE))) for name in graphs]
    assert sum(parts) == len(whole)


def test_nothing_is_sent_twice_and_a_part_can_be_had(client):
    with client.get("/data/whichlaw.trig") as whole:
        tag = whole.headers["ETag"]
        assert whole.headers["Access-Control-Allow-Origin"] == "*"
    with client.get("/data/whichlaw.trig", headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
    with client.get("/data/whichlaw.trig", headers={"Range": "bytes=0-6"}) as part:
        assert (part.status_code, part.data) == (206, b"@prefix")


@pytest.mark.parametrize(
    "name",
    ["none", "../setup.cfg", "index.json", "graphs/", "graphs/../index.json", "tables/x.csv"],
)
def test_no_other_file_can_be_had(client, name):
    assert client.get(f"/data/{name}").status_code in (404, 308)


# ---- the tables ----------------------------------------------------------------------------------


def rows(client, name):
    with client.get(f"/data/tables/{name}.csv") as response:
        assert response.content_type == "text/csv; charset=utf-8"
        return list(csv.DictReader(io.StringIO(response.text)))


def test_windows_are_those_of_the_offences(client):
    found = rows(client, "offence-windows")
    known = site().extensions["knowledge"].catalogue
    assert len(found) == sum(len(known.windows.get(offence, ())) for offence in known.offences)
    (row,) = [one for one in found if one["offence"] == "absha-2016-s2-1"]
    assert (row["nation"], row["start"], row["end"]) == ("scotland", "2017-07-03", "")
    ended = [one for one in found if one["offence"] == "cjca-2015-s33-1-disclose"]
    assert {one["nation"] for one in ended} == {"england", "wales"}
    assert {one["end"] for one in ended} == {"2024-01-31"}


def test_penalties_guidance_services_and_claims(client):
    penalties = [r for r in rows(client, "penalties") if r["offence"] == "pca-1978-s1-1-a"]
    assert ("england", "2001-01-11", "120") in {
        (r["nation"], r["start"], r["months"]) for r in penalties
    }
    replaced = {r["guidance"]: r["replaced_by"] for r in rows(client, "guidance")}
    assert replaced["kcsie-2024"] == "kcsie-2025"
    assert any(r["contact"] == "0800 1111" for r in rows(client, "services"))
    claims = rows(client, "claims")
    assert len(claims) == len(site().extensions["knowledge"].advice.claims)
    assert all(r["right_position"] for r in claims if "wrong-extent" in r["verdicts"])


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_explained(client, name):
    described = client.get(f"/data/tables/{name}.csv-metadata.json").get_json()
    columns = [one["name"] for one in described["tableSchema"]["columns"]]
    assert columns == list(rows(client, name)[0])
    assert described["dc:license"]["@id"] == LICENCE


# ---- where they are kept -------------------------------------------------------------------------


def test_files_are_kept_between_starts_and_made_again_if_damaged(sample, tmp_path):
    store = store_of(sample.engine)

    def dumps():
        context = read_context(store)
        return Dumps(store, tables=tables_of(sample), context=context, folder=tmp_path / "kept")

    first = dumps().find("whichlaw.nq")
    assert first
    dump, path = first
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    made_at = path.stat().st_mtime_ns
    _, again = dumps().find("whichlaw.nq") or (None, None)
    assert again == path
    assert path.stat().st_mtime_ns == made_at
    path.write_bytes(b"cut")
    _, other = dumps().find("whichlaw.nq") or (None, None)
    assert other
    assert other.stat().st_size == dump.size


def test_a_folder_that_others_can_write_is_not_used(sample, tmp_path):
    store = store_of(sample.engine)
    shared = tmp_path / "shared"
    shared.mkdir()
    os.chmod(shared, 0o777)
    dumps = Dumps(store, tables=tables_of(sample), context=read_context(store), folder=shared)
    _, path = dumps.find("whichlaw.nq") or (None, None)
    assert path
    assert not path.is_relative_to(shared)
    assert not list(shared.iterdir())


def test_site_without_a_cache_has_its_files_too(sample_data, sample_ontology):
    app = create_app({"CACHE": "", "DATA": str(sample_data), "ONTOLOGY": str(sample_ontology)})
    with app.test_client().get("/data/whichlaw.nq") as response:
        assert response.status_code == 200
        assert response.data
    assert app.test_client().get("/data").status_code == 200
