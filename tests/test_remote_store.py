"""KB_STORE: the same application over a real SPARQL server, and the filling of one."""

import json
import logging
import pickle
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from flask import Flask
from served import site
from stores import HOST, Served, free_port, serving
from test_queries import INVENTED, NAMES, PARAMETERS, parameters

from kb import load_store, remote_store
from kb.cache import Entry
from kb.engine import OxigraphEngine
from kb.errors import DataError
from kb.knowledge import Knowledge
from kb.load_store import otherwise_answered, writer_of
from kb.query import bind
from kb.remote_client import address_of
from kb.remote_description import LOADED, must_be_loaded
from kb.remote_engine import RemoteEngine
from kb.remote_store import AWAY, OTHER, SAME, Agreeing, StoreWatch, open_store
from kb.store import LoadedFiles, load, load_sources, read_sources, sha256_of, store_of
from kb.terms import identifier
from scripts.fill_store import main as fill_store
from web.app import create_app
from web.cli import main

ROOT = Path(__file__).parent.parent
FOREIGN = "https://elsewhere.example/graph"
EVERYTHING = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
CONCEPT = """INSERT DATA { GRAPH <%s> {
    <https://elsewhere.example/isle> a <http://www.w3.org/2004/02/skos/core#Concept> ;
        <http://www.w3.org/2004/02/skos/core#broader> <https://elsewhere.example/sea> } }"""
BLANK = """PREFIX a: <https://a.example/>
a:a a:b [ a:c "\\"\\\\u0022\\né" ; a:d [ a:e 1 ] ], [ a:c "x"@en ] ;
    a:f "2011-06-01"^^<http://www.w3.org/2001/XMLSchema#date> .""".encode()
ASKED = [
    {"nation": nation, "on": on, **facts}
    for nation in ("england", "wales", "scotland", "northern-ireland")
    for on in ("1990-01-01", "2004-05-01", "2017-07-02", "2026-11-22")
    for facts in (
        {},
        {"conduct": "share", "material": "intimate-image", "consent": "no"},
        {"conduct": "take", "material": "indecent-photograph", "depicted_age": "17"},
        {"conduct": "possess", "accused_age": "13-15", "material": "pseudo-photograph"},
    )
]
PAGES = [
    "/law?nation=scotland&on=2017-07-02&conduct=share&material=intimate-image",
    "/law?from=2003-01-01&to=2018-01-01&conduct=share&material=intimate-image",
    "/api/v1/offences",
    "/offence/cjca-2015-s33-1-disclose",
    "/changes?from=2015-01-01&to=2017-12-31",
    "/coverage",
    "/guidance",
]


@pytest.fixture(scope="session")
def sample_files(sample_data: Path, sample_ontology: Path) -> LoadedFiles:
    return load(sample_data, sample_ontology)


@pytest.fixture(scope="session")
def real_loaded() -> LoadedFiles:
    return load()


@pytest.fixture
def empty() -> Iterator[Served]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def sampled(sample_files: LoadedFiles) -> Iterator[Served]:
    """A server with the invented law, filled by updates; tests leave it as it is."""
    with serving() as server:
        server.fill(sample_files, by_graph_store=False)
        yield server


@pytest.fixture(scope="module")
def real(real_loaded: LoadedFiles) -> Iterator[Served]:
    """A server with the real law, filled by the graph store protocol."""
    with serving() as server:
        server.fill(real_loaded)
        yield server


# ---- the answers are those of the embedded store -------------------------------------------------


def rows(engine, text):
    names, found = engine.select(text)
    return names, [(value, type(value)) for row in found for value in row]


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_answered_row_for_row_as_embedded(
    name, real, real_loaded, sampled, sample_files
):
    for server, files, values in (
        (real, real_loaded, PARAMETERS),
        (sampled, sample_files, INVENTED),
    ):
        text = bind(name, **parameters(name, values))
        assert rows(server.prepared, text) == rows(files.engine, text)


@pytest.fixture(scope="module")
def far(real: Served) -> Flask:
    return create_app({"STORE": real.store, "CACHE": ""})


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_which_law_applies_is_answered_byte_for_byte_as_embedded(asked, far):
    path = "/api/v1/law?" + urlencode(asked)
    near = site().test_client().get(path)
    assert near.status_code == 200
    assert far.test_client().get(path).data == near.data


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_the_same_byte_for_byte(path, far):
    near = site().test_client().get(path)
    assert near.status_code == 200
    assert far.test_client().get(path).data == near.data


def test_searches_find_the_same(sampled: Served, sample_data, sample_ontology):
    folders = {"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology), "CACHE": ""}
    near, far = (
        create_app(config).test_client()
        for config in (folders, {"STORE": sampled.store, "CACHE": ""})
    )
    for path in (
        "/api/v1/search?q=lamp",
        "/search?q=lamp&nation=northmark",
        "/api/v1/search?q=act",
    ):
        found = near.get(path)
        assert found.status_code == 200
        assert far.get(path).data == found.data


def test_what_is_compiled_is_what_is_compiled_of_files(sampled: Served, sample: Knowledge):
    known = open_store(sampled.store)
    assert known.release == sample.release
    for part in ("catalogue", "schemes", "timeline", "parts", "advice"):
        assert pickle.dumps(getattr(known, part)) == pickle.dumps(getattr(sample, part)), part


def test_the_command_line_answers_from_a_store(sampled: Served):
    words = ["law", "--nation", "northmark", "--on", "2011-06-01"]
    env = {"KB_STORE": sampled.store, "KB_CACHE": "", "KB_DATA": None, "KB_ONTOLOGY": None}
    result = CliRunner(env=env).invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "Northmark" in result.stdout


def test_sparql_is_answered_from_the_copy_and_never_by_the_server(sample_files: LoadedFiles):
    query = "/sparql?" + urlencode({"query": COUNT})
    with serving() as server:
        server.fill(sample_files)
        app = create_app({"STORE": server.store, "CACHE": ""})
        server.update(CONCEPT % FOREIGN)
    answer = app.test_client().get(query, headers={"Accept": "text/csv"})
    assert answer.text.split() == ["n", str(len(sample_files.engine.store))]
    service = f"SELECT * {{ SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}"
    refused = app.test_client().get("/sparql?" + urlencode({"query": service}))
    assert refused.status_code == 403
    app.extensions["sparql"].close()


# ---- the build is kept ---------------------------------------------------------------------------


def test_a_build_is_kept_by_the_datasets_sha256(empty: Served, sample_files, tmp_path, monkeypatch):
    empty.fill(sample_files)
    first = open_store(empty.store, cache=tmp_path / "cache")
    with monkeypatch.context() as patch:
        patch.setattr(remote_store, "copied", None)
        again = open_store(empty.store, cache=tmp_path / "cache")
    assert vars(again.catalogue) == vars(first.catalogue)
    assert len(again.engine.store) == len(sample_files.engine.store)
    changed = of_quads(sample_files.quads.replace(b"2000-06-01", b"2000-06-02", 1))
    empty.fill(changed)
    assert open_store(empty.store, cache=tmp_path / "cache").release.sha256 == changed.sha256


def without(files: LoadedFiles, graph: str) -> LoadedFiles:
    """The dataset with one file less."""
    lines = files.quads.splitlines(keepends=True)
    ending = f" <{identifier('graph', graph)}> .\n".encode()
    quads = b"".join(line for line in lines if not line.endswith(ending))
    assert len(quads) < len(files.quads)
    return of_quads(quads)


def of_quads(quads: bytes) -> LoadedFiles:
    engine = OxigraphEngine(store_of(quads))
    return LoadedFiles(engine=engine, quads=quads, sha256=sha256_of(quads), files=1)


# ---- what the questions see ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "way"),
    [((), (("union-default-graph", "true"),)), (("--union-default-graph",), ())],
)
def test_the_servers_own_union_is_used_where_it_is_ours(options, way, sample_files):
    with serving(*options) as server:
        server.fill(sample_files)
        assert server.dataset() == way


def test_graphs_of_others_are_neither_seen_nor_touched(empty: Served, sample_files: LoadedFiles):
    empty.update(CONCEPT % FOREIGN)
    empty.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    filled = empty.fill(sample_files)
    assert (filled.foreign, filled.listed) == (1, True)
    engine = empty.prepared
    assert len(engine.dataset) == 2 * len(filled.loaded.graphs)
    for name in ("concepts", "broader", "windows_ever"):
        assert rows(engine, bind(name)) == rows(sample_files.engine, bind(name))
    assert otherwise_answered(sample_files, engine)[1] == []
    assert open_store(empty.store).release.sha256 == sample_files.sha256
    assert len(empty.rows(f"SELECT * {{ GRAPH <{FOREIGN}> {{ ?s ?p ?o }} }}")) == 2
    assert len(empty.rows("SELECT * { ?s ?p ?o }")) == 1


# ---- filling -------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_graph_store", [True, False])
def test_filled_again_a_store_has_the_same(empty: Served, sample_files, by_graph_store):
    first = empty.fill(sample_files, by_graph_store=by_graph_store)
    before = empty.rows(EVERYTHING)
    assert empty.fill(sample_files, by_graph_store=by_graph_store) == first
    assert empty.rows(EVERYTHING) == before
    assert first.loaded.statements == len(sample_files.engine.store)
    assert len(before) == first.loaded.statements + first.loaded.size
    assert first.loaded.sha256 == sample_files.sha256


@pytest.mark.parametrize("by_graph_store", [True, False])
def test_a_graph_that_is_no_more_is_removed(empty: Served, sample_files, by_graph_store):
    empty.fill(sample_files, by_graph_store=by_graph_store)
    less = without(sample_files, "lantern-line")
    empty.fill(less, by_graph_store=by_graph_store)
    gone = identifier("graph", "lantern-line")
    assert not empty.rows(f"SELECT * {{ GRAPH <{gone}> {{ ?s ?p ?o }} }}")
    assert must_be_loaded(empty.engine).sha256 == less.sha256


@pytest.mark.parametrize("by_graph_store", [True, False])
def test_blank_nodes_and_odd_texts_arrive_as_they_are(
    empty: Served, sample_files, tmp_path, monkeypatch, by_graph_store
):
    monkeypatch.setattr(load_store, "CHUNK", 1)
    (tmp_path / "odd.ttl").write_bytes(BLANK)
    sources = read_sources(tmp_path)
    files = load_sources(sources)
    assert files.quads.count(b"_:") > 4
    for _ in range(2):
        filled = empty.fill(files, by_graph_store=by_graph_store)
    assert filled.loaded.sha256 == files.sha256


def test_a_graph_that_was_not_filled_from_here_is_not_touched(empty: Served, sample_files):
    mine = identifier("graph", "my-notes")
    empty.update(CONCEPT % mine)
    before = empty.rows(EVERYTHING)
    with pytest.raises(DataError, match=rf"not filled from here, {mine}.*Nothing was changed"):
        empty.fill(sample_files)
    assert empty.rows(EVERYTHING) == before


def test_a_graph_that_another_lists_as_ours_is_not_dropped(empty: Served, sample_files):
    empty.update(CONCEPT % FOREIGN)
    has = "http://purl.org/dc/terms/hasPart"
    empty.update(f"INSERT DATA {{ GRAPH <{LOADED}> {{ <{LOADED}> <{has}> <{FOREIGN}> }} }}")
    empty.fill(sample_files)
    assert len(empty.rows(f"SELECT * {{ GRAPH <{FOREIGN}> {{ ?s ?p ?o }} }}")) == 2


def test_a_filling_that_is_broken_off_is_known_and_can_be_done_again(empty: Served, sample_files):
    class Broken(load_store.GraphStore):
        def put(self, graph: str, text: str) -> None:
            if graph.endswith("/lantern-line"):
                raise DataError("the line went dead")
            super().put(graph, text)

    with pytest.raises(DataError, match="went dead"):
        empty.fill_by(Broken(address_of(empty.address("store"))), files=sample_files)
    with pytest.raises(DataError, match="being filled, or that was broken off"):
        open_store(empty.store)
    empty.fill(sample_files)
    assert open_store(empty.store).release.sha256 == sample_files.sha256


@pytest.mark.parametrize(
    ("drops", "said"),
    [("<a>", "statements there, where"), ("\u00e9", "is not what was sent|changes what it is")],
)
def test_a_server_that_changes_what_it_is_given_is_found_out(empty: Served, drops, said, tmp_path):
    class Changing(load_store.GraphStore):
        def put(self, graph: str, text: str) -> None:
            if graph != LOADED:
                text = text.replace("\u00e9", "e") if drops != "<a>" else text.partition("\n")[2]
            super().put(graph, text)

    (tmp_path / "odd.ttl").write_bytes(BLANK)
    files = load_sources(read_sources(tmp_path))
    with pytest.raises(DataError, match=said):
        empty.fill_by(Changing(address_of(empty.address("store"))), files=files)
    with pytest.raises(DataError, match="being filled"):
        must_be_loaded(empty.engine)


@pytest.mark.parametrize(
    ("store", "update"),
    [
        ("sparql+http://a.example:1/query?union-default-graph", "http://a.example:1/update"),
        ("sparql+https://a.example/ds/query", "https://a.example/ds/update"),
    ],
)
def test_updates_are_sent_beside_the_queries(store, update):
    assert writer_of(address_of(store), update=None, graphs=None).client.address.shown == update


def test_where_updates_go_has_to_be_said_if_it_cannot_be_told():
    store = address_of("sparql+http://a.example/repositories/law")
    with pytest.raises(DataError, match="say it with --update or --graph-store"):
        writer_of(store, update=None, graphs=None)
    given = writer_of(store, update="http://a.example/repositories/law/statements", graphs=None)
    assert given.client.address.target == "/repositories/law/statements"


def test_the_script_fills_and_says_what_to_set(empty: Served, sample_data, sample_ontology, capsys):
    folders = ["--data", str(sample_data), "--ontology", str(sample_ontology)]
    assert fill_store([empty.store, *folders]) == 0
    said = capsys.readouterr().out
    assert "the answers are equal" in said
    assert f"KB_STORE={empty.store} " in said
    open_store(empty.store)


def test_the_script_says_what_went_wrong(capsys):
    assert fill_store([f"sparql+http://{HOST}:{free_port()}/query"]) == 1
    assert "The store was not filled. http://" in capsys.readouterr().err


# ---- what cannot be answered from ----------------------------------------------------------------


def test_an_empty_store_is_said(empty: Served):
    with pytest.raises(DataError, match=r"no dataset of ours\. Fill it with scripts/load_store"):
        open_store(empty.store)


def test_a_store_that_was_changed_since_is_said(empty: Served, sample_files):
    empty.fill(sample_files)
    fact = identifier("graph", "coverage")
    empty.update(f"INSERT DATA {{ GRAPH <{fact}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    with pytest.raises(DataError, match="It was changed since"):
        open_store(empty.store)
    empty.update(f"DELETE DATA {{ GRAPH <{fact}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    open_store(empty.store)
    title = "<http://purl.org/dc/terms/title>"
    empty.update(f"""DELETE {{ GRAPH <{fact}> {{ ?s {title} ?o }} }}
        INSERT {{ GRAPH <{fact}> {{ ?s {title} "Other" }} }}
        WHERE {{ GRAPH <{fact}> {{ ?s {title} ?o }} }}""")
    with pytest.raises(DataError, match="are not the dataset that it states: their sha256"):
        open_store(empty.store)


def test_a_store_that_has_another_dataset_than_the_files_is_said(
    sampled: Served, sample_data, sample_ontology
):
    open_store(sampled.store, data=sample_data, ontology=sample_ontology)
    with pytest.raises(DataError, match="the store has another dataset than the files below"):
        open_store(sampled.store, data=sample_data)


def test_a_server_that_answers_otherwise_than_its_data_is_refused(sampled, sample_files):
    remote, embedded = sampled.prepared, sample_files.engine

    class Forgetful(RemoteEngine):
        def select(self, text):
            names, found = super().select(text)
            return names, iter(list(found)[1:])

    right, wrong = (
        Agreeing(remote, embedded),
        Agreeing(Forgetful(remote.client, dataset=remote.dataset), embedded),
    )
    assert rows(right, bind("concepts")) == rows(embedded, bind("concepts"))
    with pytest.raises(DataError, match=r"otherwise than its own data(.|\n)*SELECT DISTINCT"):
        wrong.select(bind("concepts"))


def test_a_store_that_is_filled_while_it_is_read_is_not_answered_from(
    empty: Served, sample_files, monkeypatch
):
    empty.fill(sample_files)
    built = remote_store.build

    def slow(*given, **named) -> Entry:
        made = built(*given, **named)
        empty.fill(without(sample_files, "lantern-line"))
        return made

    monkeypatch.setattr(remote_store, "build", slow)
    with pytest.raises(DataError, match="filled again while it was read"):
        open_store(empty.store)


def test_a_store_with_an_earlier_release_is_warned_of(sampled: Served, tmp_path, caplog):
    sha256 = must_be_loaded(sampled.engine).sha256
    frozen = [
        {"id": f"{day}.1", "day": day, "sha256": digest, "quads": 1, "changes": []}
        for day, digest in (("2020-01-01", sha256), ("2020-01-02", "00"))
    ]
    (tmp_path / "index.json").write_text(json.dumps({"releases": frozen}))
    known = open_store(sampled.store, releases=tmp_path)
    assert known.release.id == "2020-01-01.1"
    assert "does not have the last release, 2020-01-02.1" in caplog.text


# ---- a store that is away ------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["law", "--on", "2011-06-01"], ["serve"]])
def test_at_the_start_it_is_one_clear_error(words):
    store = f"sparql+http://{HOST}:{free_port()}/query"
    command = [sys.executable, "-m", "web.cli", *words]
    env = {"PATH": "/usr/bin", "KB_STORE": store, "KB_CACHE": "", "PORT": str(free_port())}
    ran = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 1
    shown = store.removeprefix("sparql+")
    assert ran.stderr.startswith(f"Error: The data cannot be read: {shown}: cannot be reached")
    assert len(ran.stderr.splitlines()) == 1


def test_after_the_start_the_site_answers_and_says_so(sample_files: LoadedFiles, caplog):
    with serving() as server:
        server.fill(sample_files)
        app = create_app({"STORE": server.store, "CACHE": ""})
        app.extensions["store"] = StoreWatch(server.store, sha256=sample_files.sha256, again=0)
        client = app.test_client()
        law = "/api/v1/law?nation=northmark&on=2011-06-01"
        before = client.get(law).data
        assert client.get("/healthz").text == f"ok {sample_files.sha256}\nstore: {SAME}\n"
        assert not caplog.records
    health = client.get("/healthz")
    assert health.status_code == 200
    assert health.text == f"ok {sample_files.sha256}\nstore: {AWAY}\n"
    assert client.get(law).data == before
    assert client.get("/search?q=lamp").status_code == 200
    assert client.get("/healthz").status_code == 200
    said = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(said) == 1
    assert f"http://{HOST}:{server.port}/query: the store is now {AWAY}" in said[0].getMessage()


def test_another_dataset_in_the_store_is_said(empty: Served, sample_files):
    empty.fill(sample_files)
    watch = StoreWatch(empty.store, sha256=sample_files.sha256, again=0)
    empty.fill(without(sample_files, "lantern-line"))
    assert watch.state() == OTHER
    empty.fill(sample_files)
    assert watch.state() == SAME


def test_nobody_waits_while_another_looks(sampled: Served, monkeypatch):
    watch = StoreWatch(sampled.store, sha256="0" * 64, again=0)
    looking, seen = threading.Event(), threading.Event()
    look = watch._look

    def slow() -> None:
        looking.set()
        assert seen.wait(10)
        look()

    monkeypatch.setattr(watch, "_look", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(watch.state)
        assert looking.wait(10)
        assert watch.state() == SAME
        seen.set()
        assert first.result() == OTHER


def test_without_a_store_nothing_is_said_of_one():
    assert re.fullmatch(r"ok [0-9a-f]{64}\n", site().test_client().get("/healthz").text)
