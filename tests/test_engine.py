"""The two engines: plain Python values out of any question, the same from both."""

from datetime import date

import pyoxigraph
import pytest
import rdflib

from kb.engine import OxigraphEngine
from kb.rdflib_engine import RdflibEngine

TURTLE = """
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX e: <https://e.example/>
e:a e:day "2011-06-01"^^xsd:date ; e:count 7 ; e:yes true ; e:no "0"^^xsd:boolean ;
    e:text "words"@en ; e:plain "plain" ; e:thing e:b .
"""


@pytest.fixture(params=["oxigraph", "rdflib"])
def engine(request):
    if request.param == "rdflib":
        dataset = rdflib.Dataset(default_union=True)
        dataset.graph(rdflib.URIRef("https://e.example/g")).parse(data=TURTLE, format="turtle")
        return RdflibEngine(dataset)
    store = pyoxigraph.Store()
    graph = pyoxigraph.NamedNode("https://e.example/g")
    store.load(TURTLE.encode(), format=pyoxigraph.RdfFormat.TURTLE, to_graph=graph)
    return OxigraphEngine(store)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", date(2011, 6, 1)),
        ("count", 7),
        ("yes", True),
        ("no", False),
        ("text", "words"),
        ("plain", "plain"),
        ("thing", "https://e.example/b"),
    ],
)
def test_a_value_comes_out_as_plain_python(engine, name, value):
    names, rows = engine.select(f"SELECT ?v WHERE {{ ?s <https://e.example/{name}> ?v }}")
    ((found,),) = rows
    assert names == ("v",)
    assert found == value
    assert type(found) is type(value)


def test_what_is_not_bound_is_none(engine):
    names, rows = engine.select("SELECT ?s ?missing WHERE { ?s <https://e.example/count> ?v }")
    assert names == ("s", "missing")
    assert list(rows) == [("https://e.example/a", None)]


def test_no_row_is_no_row(engine):
    assert list(engine.select("SELECT ?s WHERE { ?s <https://e.example/never> ?v }")[1]) == []


def test_a_question_that_is_no_select_is_refused():
    with pytest.raises(TypeError, match="has to be a SELECT"):
        OxigraphEngine(pyoxigraph.Store()).select("ASK { ?s ?p ?o }")
