"""The house rules about code: which module may know which, how big things get, where law stands.

Law is data. No nation, no statute, no day and no word of a scheme stands in Python or in a page.
"""

import ast
import re
from functools import cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest

from kb.terms import ID
from kb.vocabulary import ELI

ROOT = Path(__file__).parent.parent
HIGHER_FIRST = ("scripts", "benchmarks", "tests", "web", "kb")
RDF_LIBRARIES = {"rdflib", "pyoxigraph", "oxrdflib", "pyshacl"}
pytestmark = pytest.mark.no_cover

# A module of kb knows modules of the layers below its own, and none beside or above it.
LAYERS = (
    (
        "names and rows",
        "advice_rows chart_model errors library_rows rows terms timeline_rows word_rows"
        " endpoint_frames endpoint_keywords endpoint_stores"
        " search_bits search_days search_grammar search_model search_spelling search_text",
    ),
    ("text with citations in it, and what a store says", "citation_text stored"),
    (
        "values",
        "ages decisions engine timeline_days vocabulary endpoint_answer endpoint_guard"
        " endpoint_holder citation_numbers citation_titles remote_client",
    ),
    (
        "asking",
        "cache canonical endpoint_pool endpoint_worker model query rdflib_engine remote_engine"
        " search_ages store wording",
    ),
    (
        "what is read besides the law",
        "advice_model citation_mention citation_model remote_description search_labels",
    ),
    ("what is said besides the law", "advice_answer_model claim_model document_states load_store"),
    (
        "words and facts",
        "answers catalogue check_files comparison_words schemes change_words events",
    ),
    ("how law is cited", "citation_printing search_document"),
    (
        "parts of an answer",
        "asked check_shapes deciding doubts fact_records naming views aspects timeline_facts"
        " timeline_windows timeline_words topics search_facets search_suggest search_terms",
    ),
    ("what can be cited", "citation_exports citation_names search_asked search_correction"),
    ("what a text cites by number", "citation_addresses citation_series"),
    ("what a text cites by name", "citation_named"),
    ("what goes together in a text", "citation_reading"),
    ("citations", "citation"),
    ("what a part of a period turns on", "boundaries period_model standing timeline_against"),
    ("guidance and claims, to write from", "advice_desk"),
    ("guidance and claims, written", "advice_records claim_records"),
    ("all guidance and claims", "advice"),
    ("what an answer says besides the law", "advice_answers advice_found old_citations"),
    (
        "what is kept and what changes",
        "document_events savings part_changes timeline turns version_events",
    ),
    (
        "answers and views",
        "checks coverage_matrix fact_events offence_views provision_day rule_answers"
        " timeline_deciding stretches window_events",
    ),
    ("what happens to the law", "answer_parts bearing changes_between neighbours"),
    ("what happened to the guidance of an answer", "since_guidance"),
    (
        "what changed near a day, and since",
        "changes comparison_model near_days offence_answers since",
    ),
    ("what is compared, by nation and day", "comparison_index"),
    ("rows and pairs of a comparison", "comparison_masks comparison_pairs comparison_table"),
    ("what differs between two sides", "comparison_gaps comparison_terms"),
    ("differences in sentences", "comparison_differences"),
    ("a comparison", "comparison"),
    ("the two questions", "chart_marks law library offence_day releases"),
    ("the law of a period", "period"),
    ("what is in a picture", "chart_lanes"),
    ("pictures", "chart"),
    ("all that is known", "knowledge"),
    (
        "what is made into documents, and what a search asks",
        "remote_store search_making search_question",
    ),
    (
        "what is searched besides the law, and how a search is understood",
        "search_advice search_meaning search_reading search_words",
    ),
    ("what is searched or replayed", "replay search_documents search_match"),
    ("the index of it", "search_index"),
    ("what comes first", "search_above search_rank"),
    ("searching", "search"),
    ("matching", "search_reconcile"),
    ("graphs as they are written", "json_ld labels ontology_graphs table_columns term_model"),
    ("things as they are described", "description forms shape_words short_names tables"),
    ("what is said of the endpoint", "endpoint_description"),
    ("the endpoint", "endpoint"),
    (
        "what is published",
        "answer_table change_description dataset description_view dumps examples offered_terms"
        " ontology_view",
    ),
    ("the dataset, described", "dataset_description"),
)
PLACES = {name: place for place, (_, names) in enumerate(LAYERS) for name in names.split()}

# The only files outside kb and tests that may build a graph themselves, and why.
RDF_EXCEPTIONS = {
    "benchmarks/as_of.py": "it measures the timeline against every route to the .rq questions",
    "benchmarks/growing.py": "it makes law of any size for either engine",
    "benchmarks/questions.py": "it measures rdflib's own engine against the one that serves",
    "benchmarks/sparql.py": "it measures the endpoint against rdflib and Oxigraph in process",
    "benchmarks/sparql_sides.py": "the sides of that: each engine in process, and servers",
}

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_METHODS = 250, 40, 10


def modules(*folders):
    """Every Python file of ours below some folders, as paths from the root."""
    found = chain.from_iterable((ROOT / folder).rglob("*.py") for folder in folders)
    return sorted(str(path.relative_to(ROOT)) for path in found if "node_modules" not in path.parts)


@cache
def tree(module):
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=module)


@cache
def nodes(module):
    """Everything in the tree of a file, in the order of ``ast.walk``."""
    return tuple(ast.walk(tree(module)))


@cache
def imports(module):
    """The dotted names that a file imports, wherever in it."""
    found = []
    for node in nodes(module):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(found)


def package(module):
    return module.split("/")[0]


def ours(module):
    """The files of ours that a file imports; a module's own package goes without saying."""
    names = set(imports(module))
    for name in names:
        path = name.replace(".", "/")
        if (ROOT / f"{path}.py").is_file():
            yield f"{path}.py"
        elif (ROOT / path / "__init__.py").is_file():
            parts = {one.rpartition(".")[2] for one in names if one.rpartition(".")[0] == name}
            if not parts <= {file.stem for file in (ROOT / path).glob("*.py")}:
                yield f"{path}/__init__.py"


def kb_modules(names):
    """The modules of kb among some dotted names."""
    return {name.split(".")[1] for name in names if re.match(r"kb\.\w", name)} & KB


ALL = modules(*HIGHER_FIRST)
CODE = modules("kb", "web", "scripts", "benchmarks")
SITE = modules("kb", "web")
KB = {Path(path).stem for path in modules("kb")}


# ---- arrows --------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", ALL)
def test_arrows_between_folders_point_down(module):
    below = {"kb": {"kb"}, "web": {"web", "kb"}}.get(package(module), set(HIGHER_FIRST))
    wrong = {name for name in imports(module) if name.split(".")[0] in set(HIGHER_FIRST) - below}
    assert not wrong, f"{package(module)} may know {sorted(below)} only"


@pytest.mark.parametrize("module", modules("web", "scripts", "benchmarks"))
def test_rdf_stays_inside_kb(module):
    found = {name.split(".")[0] for name in imports(module)} & RDF_LIBRARIES
    assert not found or module in RDF_EXCEPTIONS, f"{found}: ask kb, which gives frozen records"


def test_every_exception_to_that_is_still_needed():
    for module in RDF_EXCEPTIONS:
        assert (ROOT / module).is_file(), f"{module} is gone: take it off the list"
        assert {name.split(".")[0] for name in imports(module)} & RDF_LIBRARIES, module


@pytest.mark.parametrize("module", CODE)
def test_whoosh_stays_inside_the_search(module):
    if re.fullmatch(r"kb/search(_\w+)?\.py|benchmarks/search_library\.py", module):
        return
    assert "whoosh" not in {name.split(".")[0] for name in imports(module)}


def test_every_module_of_kb_is_placed():
    here = {Path(module).stem for module in modules("kb")} - {"__init__"}
    for name in sorted(here - PLACES.keys()):
        known = kb_modules(imports(f"kb/{name}.py")) - {name}
        place = 1 + max((PLACES.get(one, 0) for one in known), default=-1)
        layer = LAYERS[place][0] if place < len(LAYERS) else "a new one on top"
        pytest.fail(f"kb/{name}.py is in no layer: put it in LAYERS, at the lowest in {layer!r}")
    assert not PLACES.keys() - here, f"placed, and not there: {sorted(PLACES.keys() - here)}"


@pytest.mark.parametrize("module", [module for module in modules("kb") if "__init__" not in module])
def test_arrows_inside_kb_point_to_lower_layers(module):
    name = Path(module).stem
    known = kb_modules(imports(module)) - {name}
    wrong = {one for one in known if PLACES.get(one, -1) >= PLACES.get(name, len(LAYERS))}
    assert not wrong, f"{name} is in {LAYERS[PLACES[name]][0]!r} and may not know {sorted(wrong)}"


def test_no_module_imports_itself_in_a_circle():
    arrows = {module: set(ours(module)) - {module} for module in CODE}
    left = dict(arrows)
    while free := [m for m, known in left.items() if not known & left.keys()]:
        for module in free:
            del left[module]
    assert not left, {module: sorted(known & left.keys()) for module, known in left.items()}


# ---- how imports are written ---------------------------------------------------------------------


@pytest.mark.parametrize("module", ALL)
def test_imports_stand_at_the_top(module):
    at_the_top = set(map(id, outside_functions(tree(module))))
    found = [
        node.lineno
        for node in nodes(module)
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in at_the_top
    ]
    assert not found, f"lines {found}"


def outside_functions(node):
    """The parts of a file that are in no function and in no class."""
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, FUNCTIONS):
            yield part
            yield from outside_functions(part)


@pytest.mark.parametrize("module", ALL)
def test_no_relative_and_no_guarded_import(module):
    for node in nodes(module):
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"line {node.lineno}"
        if isinstance(node, ast.Name | ast.Attribute | ast.alias):
            name = getattr(node, "id", None) or getattr(node, "attr", None) or node.name
            assert name != "TYPE_CHECKING", f"line {node.lineno}"


# ---- sizes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", CODE)
def test_modules_functions_and_classes_are_small(module):
    wrong = []
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    if lines > MOST_LINES:
        wrong.append(f"{lines} lines: split it by subject")
    for node in nodes(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > MOST_LINES_OF_A_FUNCTION:
                wrong.append(f"{node.name} has {length} lines")
        if isinstance(node, ast.ClassDef):
            methods = [one.name for one in node.body if isinstance(one, ast.FunctionDef)]
            own = [name for name in methods if not re.fullmatch(r"__\w+__", name)]
            if len(own) > MOST_METHODS:
                wrong.append(f"{node.name} has {len(own)} methods")
    assert not wrong, wrong


# ---- law is data ---------------------------------------------------------------------------------


# Words of the schemes that are other people's words too: "none" is rdflib's and the browsers'.
PLAIN_WORDS = {"none"}
# Text that may stand in code although it looks like law: each for its own reason.
LAW_EXCEPTIONS = {
    "kb/asked.py": {"2017-07-02"},  # a day as it is to be written, in an error message
    "kb/check_files.py": {"0001-01-01", "9999-12-31"},  # how the rules write "no day"
    "web/params.py": {"2017-07-02"},  # the same, in the description of the parameter
}


def literals(module):
    """The string literals of a file but for docstrings, each with its line."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes(module):
        said = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if said and id(node) not in docstrings:
            yield node.lineno, node.value


@pytest.fixture(scope="session")
def law_words(real_store):
    """What no code may say: patterns read from the schemes and the facts, with what each is."""

    def values(address):
        found = real_store.quads_for_pattern(None, ox.NamedNode(address), None)
        return {(quad.subject.value, quad.object.value) for quad in found}

    skos = "http://www.w3.org/2004/02/skos/core#"
    labels = values(skos + "prefLabel")
    slugs = values(skos + "notation")
    nations = {slug for one, slug in slugs if one.startswith(ID + "nation/")}
    names = {label for one, label in labels if one.startswith(ID + "nation/")}
    words = {slug for one, slug in slugs if one.startswith((ID + "conduct/", ID + "material/"))}
    words -= PLAIN_WORDS
    titles = {title for _, title in values(str(ELI.title))}
    assert min(len(nations), len(words), len(titles)) > 3, "the lists are read from the data"
    return {
        "a nation": _any_of(nations | names, whole=r"(?<![\w-]){}(?![\w-])"),
        "a conduct or material": _any_of(words, whole=r"^{}$"),
        "a conduct or material ": _any_of(
            {word for word in words if "-" in word}, whole=r"(?<![\w-]){}(?![\w-])"
        ),
        "a statute": _any_of(titles, whole="{}"),
        "a day": re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
        "a provision": re.compile(r"\b(section|article|s\.) ?\d+", re.IGNORECASE),
    }


def _any_of(found, *, whole):
    every = "|".join(re.escape(one) for one in sorted(found, key=len, reverse=True))
    return re.compile(whole.format(f"(?:{every})"), re.IGNORECASE)


def said_of_law(text, law_words):
    for what, pattern in law_words.items():
        for match in pattern.finditer(text):
            yield what.strip(), match[0]


@pytest.mark.parametrize("module", SITE)
def test_no_law_stands_in_python(module, law_words):
    wrong = [
        f"line {line}: {what}: {found!r}"
        for line, text in literals(module)
        for what, found in said_of_law(text, law_words)
        if found not in LAW_EXCEPTIONS.get(module, ())
    ]
    assert not wrong, wrong


def html_texts(path):
    """The lines of a template without its comments; and each quoted value by itself."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    yield from text.splitlines()
    yield from re.findall(r"""["']([^"'\n]*)["']""", text)


@pytest.mark.parametrize("path", sorted((ROOT / "web" / "templates").rglob("*.html")), ids=str)
def test_no_law_stands_in_a_page(path, law_words):
    name = str(path.relative_to(ROOT))
    wrong = [
        f"{what}: {found!r} in {text.strip()!r}"
        for text in html_texts(path)
        for what, found in said_of_law(text, law_words)
        if found not in LAW_EXCEPTIONS.get(name, ())
    ]
    assert not wrong, wrong


def test_every_exception_for_a_text_is_still_needed(law_words):
    for name, texts in LAW_EXCEPTIONS.items():
        source = (ROOT / name).read_text(encoding="utf-8")
        assert all(text in source for text in texts), name
