"""The examples of queries: each is well formed, and answers with what is law."""

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from served import site

from kb.canonical import canonical_text
from kb.description import store_of
from kb.examples import EXAMPLES, read_examples
from kb.store import canonical_quads, turtle_files
from kb.terms import PREFIXES

EXPECTED = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))
FOUND = {example.id: example for example in read_examples()}
QUICK = sorted(name for name in FOUND if EXPECTED[name].get("rdflib", True))


@pytest.fixture(scope="module")
def store():
    return store_of(site().extensions["knowledge"].engine)


@pytest.fixture(scope="module")
def dataset(store) -> rdflib.Dataset:
    """The same data in rdflib's own store."""
    found = rdflib.Dataset(default_union=True)
    found.parse(data=canonical_quads(store).decode(), format="nquads")
    return found


def rows_of(store, example):
    """The rows of a table as tuples of text, by the names of the columns."""
    found = store.query(example.query, use_default_graph_as_union=True)
    names = [variable.value for variable in found.variables]
    return [{n: row[n].value if row[n] else None for n in names} for row in found]


def fits(value, wanted):
    return value == wanted or (bool(value) and value.endswith((f"/{wanted}", f"#{wanted}")))


def test_there_are_enough_and_each_has_its_answer():
    assert len(FOUND) >= 60
    assert FOUND.keys() == EXPECTED.keys()
    forms = {example.form for example in FOUND.values()}
    assert forms == {"select", "ask", "construct"}


@pytest.mark.parametrize("path", turtle_files(EXAMPLES), ids=lambda path: path.stem)
def test_file_is_canonical_and_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    assert canonical_text(text) == text, "run scripts/format_data.py kb/examples"
    kinds = {
        quad.object.value
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == PREFIXES["rdf"] + "type"
    }
    form = FOUND[path.stem].form.capitalize()
    assert kinds == {
        f"{PREFIXES['sh']}SPARQLExecutable",
        f"{PREFIXES['sh']}SPARQL{form}Executable",
    }


def test_questions_are_plain_and_differ():
    questions = [example.question for example in FOUND.values()]
    assert len(set(questions)) == len(questions)
    for example in FOUND.values():
        assert len(example.question) < 140, example.id
        assert example.keywords, example.id


@pytest.mark.parametrize("name", sorted(FOUND))
def test_example_answers_with_what_is_law(name, store):
    example, wanted = FOUND[name], EXPECTED[name]
    if example.form == "ask":
        assert bool(store.query(example.query, use_default_graph_as_union=True)) is wanted["answer"]
    elif example.form == "construct":
        triples = [str(t) for t in store.query(example.query, use_default_graph_as_union=True)]
        assert len(triples) >= wanted["rows"]
        assert any(wanted["holds"]["triple"] in one for one in triples)
    else:
        rows, holds = rows_of(store, example), wanted.get("holds", {})
        assert len(rows) >= wanted["rows"]
        assert any(all(fits(row[n], v) for n, v in holds.items()) for row in rows), rows[:5]


@pytest.mark.parametrize("name", sorted(FOUND))
def test_rows_come_in_one_order_and_every_word_is_explained(name):
    query = FOUND[name].query
    if FOUND[name].form == "select":
        assert re.search(r"^ORDER BY ", query, re.MULTILINE)
    named = set(re.findall(r"PREFIX ([\w-]+):", query))
    body = re.sub(r"PREFIX .*|<[^>]*>|\"[^\"]*\"(?:\^\^)?", "", query)
    assert named == set(re.findall(r"(?<![\w?-])([a-z][a-z-]*):\w", body))


@pytest.mark.no_cover
@pytest.mark.parametrize("name", QUICK)
def test_rdflib_answers_the_same(name, store, dataset):
    example = FOUND[name]
    found = dataset.query(example.query)
    if example.form == "ask":
        assert bool(found) is EXPECTED[name]["answer"]
    elif example.form == "construct":
        ours = store.query(example.query, use_default_graph_as_union=True)
        assert len(set(found)) == len({str(triple) for triple in ours})
    else:
        ours = rows_of(store, example)
        theirs = [
            {
                n: None if v is None else str(v)
                for n, v in zip(map(str, found.vars), row, strict=True)
            }
            for row in found
        ]
        assert sorted(map(repr, theirs)) == sorted(map(repr, ours))


def test_page_lists_every_example_and_opens_it():
    client = site().test_client()
    page = client.get("/sparql/examples").text
    for example in FOUND.values():
        assert f'id="{example.id}"' in page
    first = client.get("/sparql/examples.json").get_json()["examples"][0]
    assert first["address"].startswith("/sparql?query=PREFIX")
    opened = client.get(first["address"], headers={"Accept": "text/html"})
    assert opened.status_code == 200


def test_examples_for_the_editor():
    client = site().test_client()
    response = client.get("/sparql/examples.json")
    found = response.get_json()["examples"]
    assert {one["id"] for one in found} == FOUND.keys()
    assert set(found[0]) == {"id", "question", "topic", "keywords", "form", "query", "address"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    tag = response.headers["ETag"]
    assert client.get("/sparql/examples.json", headers={"If-None-Match": tag}).status_code == 304
