"""Care for how our queries are run: none reads a whole class in vain, and the engines agree.

Oxigraph starts from `?x a Class`, however few of them the rest of a group is about, unless a value
is stated beside it. In a million triples that takes a hundred times as long. So what is counted
here is how many a query starts from, and how many rows it has: rows and never time, of which
`benchmarks/sparql.py` takes care.
"""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from test_queries import PARAMETERS, parameters

from kb.examples import read_examples
from kb.query import QUERIES, bind
from kb.terms import PREFIXES

ROOT = Path(__file__).parent.parent
EXAMPLES = {example.id: example for example in read_examples()}
ALL = {
    f"queries/{path.stem}": bind(path.stem, **parameters(path.stem, PARAMETERS))
    for path in sorted(QUERIES.glob("*.rq"))
} | {f"examples/{name}": example.query for name, example in sorted(EXAMPLES.items())}

# ---- what a query starts from --------------------------------------------------------------------

HIDDEN = re.compile(
    r"PREFIX .*|#[^\n>]*$|\"[^\"]*\"|(?:FILTER\s+(?:NOT\s+)?EXISTS|MINUS)\s*\{[^{}]*\}",
    re.MULTILINE,
)
APART = re.compile(r"[{}]|\s\.(?=\s|$)|\b(?:UNION|OPTIONAL|FILTER|BIND|VALUES)\b")
LARGE = 200  # instances: to read fewer is not felt
WIDE = 12  # times as many instances read as there are rows in the answer
# These read a whole class for few rows, as the question is about all of it.
ALLOWED = {
    "examples/a-timeline-as-a-graph": "it starts from the offence that is named",
    "examples/busiest-days": "it counts every window",
    "examples/ended-and-replaced": "it reads every window that ended",
    "examples/first-day-not-established": "it reads how sure every window is",
    "examples/law-in-each-nation-on-a-day": "it counts the windows of a day",
    "examples/no-counterpart": "it looks for those that have nothing",
    "examples/not-yet-in-force": "a first day is found among all windows",
    "examples/same-rule-different-days": "a first day is found among all windows",
    "examples/sharing-an-intimate-image-by-nation": "it starts from the conduct that is named",
    "examples/what-changed-between-two-days": "there is no index of days",
    "examples/what-ended-old-law": "it reads every window that ended",
    "examples/when-was-each-file-checked": "it puts every file in order",
    "queries/replacements": "read once, when the site starts: every window that ended",
}


def starts(text):
    """The classes from whose instances the engine may start, as a query is written."""
    found = set()
    for statement in APART.split(HIDDEN.sub("", text)):
        if match := re.match(r"\s*(\?\w+)\s(.*)", statement, re.DOTALL):
            said = [one.split(None, 1) for one in re.split(r"\s;\s*", match[2].strip()) if one]
            classes = [one[1].split()[0] for one in said if one[0] == "a" and len(one) > 1]
            stated = [one for one in said if one[0] != "a" and one[-1][0] != "?"]
            found.update(name for name in classes if ":" in name and not stated)
    return found


@pytest.fixture(scope="module")
def store(knowledge):
    return knowledge.engine.store


@pytest.fixture(scope="module")
def sizes(store):
    """How many instances each class has."""
    return Counter(quad.object.value for quad in store.quads_for_pattern(None, TYPE, None))


TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def wide(text, store, sizes):
    """The large classes from which a query may start in vain."""
    found = store.query(text, use_default_graph_as_union=True)
    rows = 1 if isinstance(found, ox.QueryBoolean) else sum(1 for _ in found)
    named = (name.partition(":") for name in starts(text))
    read = {f"{p}:{n}": sizes[PREFIXES.get(p, "") + n] for p, _, n in named}
    return {name for name, size in read.items() if size >= LARGE and size > WIDE * max(rows, 1)}


@pytest.mark.parametrize("name", ALL)
def test_no_query_starts_from_a_class_of_which_it_needs_little(name, store, sizes):
    found = wide(ALL[name], store, sizes)
    if name in ALLOWED:
        assert found, f"{name} has no need of its exception: take it from the list"
    else:
        assert not found, f"{name} starts from every {found}: name something rarer, class in EXISTS"


def test_the_trap_is_seen(store, sizes):
    trap = "SELECT * { ?fact a law:Application ; law:scope ?scope . OPTIONAL { ?fact a law:X } }"
    prefixes = f"PREFIX law: <{PREFIXES['law']}>\n"
    assert wide(prefixes + trap, store, sizes) == {"law:Application"}
    cure = "SELECT * { ?fact law:scope ?scope FILTER EXISTS { ?fact a law:Application } }"
    assert not wide(prefixes + cure, store, sizes)


# ---- both engines --------------------------------------------------------------------------------

# `test_queries.py` asks both engines every question file, and `test_examples.py` every example that
# rdflib answers on the whole of the data. The others are asked of some of it: these files.
FEW = ("asp-2016-22",)
EXPECTED = tomllib.loads((ROOT / "tests" / "examples.toml").read_text(encoding="utf-8"))
SLOW = sorted(name for name, said in EXPECTED.items() if not said.get("rdflib", True))


@pytest.fixture(scope="module")
def some(store):
    """The same few files, and all words, in both engines."""
    few, dataset = ox.Store(), rdflib.Dataset(default_union=True)
    words = [*(ROOT / "ontology" / "schemes").glob("*.ttl"), ROOT / "ontology" / "law.ttl"]
    law = [ROOT / "kb" / "data" / "legislation" / f"{name}.ttl" for name in FEW]
    for path in [*words, *filter(Path.is_file, law)]:
        graph = PREFIXES["graph"] + path.stem
        few.bulk_load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
        dataset.graph(rdflib.URIRef(graph)).parse(path, format="turtle")
    return few, dataset


@pytest.mark.parametrize("name", SLOW)
def test_both_engines_answer_alike_where_rdflib_is_slow(name, some):
    store, dataset = some
    query = EXAMPLES[name].query
    ours, theirs = store.query(query, use_default_graph_as_union=True), dataset.query(query)
    if isinstance(ours, ox.QueryBoolean):
        assert bool(ours) is bool(theirs)
    elif isinstance(ours, ox.QueryTriples):
        assert len({str(triple) for triple in ours}) == len(set(theirs))
    else:
        names = [variable.value for variable in ours.variables]
        assert names == [str(variable) for variable in theirs.vars]
        plain = Counter(tuple(row[n].value if row[n] else None for n in names) for row in ours)
        assert plain == Counter(
            tuple(None if value is None else str(value) for value in row) for row in theirs
        )
