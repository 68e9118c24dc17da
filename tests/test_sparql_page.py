"""The page of queries in a real browser: the editor, its words and examples, and without script."""

import json
import re
import threading
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from bundles import LEFT_OUT, manifest
from in_browser import NO_BROWSER, Quiet
from playwright.sync_api import expect
from served import site as real_site
from werkzeug.serving import make_server

from kb.endpoint import LONGEST_QUERY
from kb.terms import PREFIXES
from web.sparql_page import LONGEST_ADDRESS, ROWS_SHOWN

COUNT = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a law:Offence }"
DECLARED = f"PREFIX law: <{PREFIXES['law']}>\n{COUNT}"
WRONG = "SELECT ?s WHERE {\n  ?s ?p ?o .\n  oops here\n}"
HTML = {"Accept": "text/html"}
pytestmark = NO_BROWSER


@pytest.fixture(scope="module")
def app():
    """The site, with its workers started: no test is to wait for that."""
    made = real_site()
    assert made.test_client().get("/sparql", query_string={"query": "ASK {}"}).status_code == 200
    return made


@pytest.fixture(scope="module")
def site(app):
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser, site):
    """A page with script, that may ask this site alone and break no policy."""
    manifest()
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{site}/sparql")
    yield page
    context.close()
    assert {one for one in asked if not one.startswith((site, "data:"))} == set()
    # A refused query is a 400, and the browser says that of any.
    assert [one for one in said if "400" not in one] == []


def editor(page):
    return page.get_by_role("textbox", name="Query, in SPARQL")


def written(page):
    """The query as the form would send it."""
    return page.locator("textarea#query").input_value()


def write(page, text):
    """Puts a query in the place of the one that is there, as typing does, key by key."""
    editor(page).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def address_of(site, query):
    return f"{site}/sparql?{urlencode({'query': query})}"


# ---- with script ---------------------------------------------------------------------------------


@LEFT_OUT
def test_example_is_found_run_and_shared(page, site):
    page.get_by_text("Start from an example").click()
    expect(page.get_by_role("heading", name="Which law applies", exact=True)).to_be_visible()
    page.get_by_label("Find an example").fill("penalty time")
    listed = page.locator(".sparql-list li:visible")
    expect(page.get_by_text(re.compile(r"^\d+ examples?$"))).to_have_text(
        re.compile(rf"^{listed.count()} example")
    )
    chosen = listed.first.get_by_role("button")
    question = chosen.inner_text()
    before = written(page)
    chosen.click()
    (example,) = [
        one
        for one in page.request.get(f"{site}/sparql/examples.json").json()["examples"]
        if one["question"] == question
    ]
    assert written(page) == example["query"]
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name=re.compile(r"^Answer: \d+ rows?$"))).to_be_visible()
    assert parse_qs(urlsplit(page.url).query) == {"query": [example["query"]]}
    page.keyboard.press("ControlOrMeta+z")
    assert written(page) == before


@LEFT_OUT
def test_what_was_written_comes_back_after_an_example(page):
    write(page, DECLARED)
    page.get_by_text("Start from an example").click()
    page.locator(".sparql-list button").first.click()
    assert written(page) != DECLARED
    page.get_by_role("button", name="Put back what was there").click()
    assert written(page) == DECLARED


@LEFT_OUT
def test_our_word_is_offered_and_its_prefix_declared(page):
    write(page, "SELECT * { ?s a ")
    page.keyboard.type("Maximum")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("law:MaximumPenalty")
    expect(page.locator(".cm-completionInfo")).to_contain_text("(class)")
    page.wait_for_timeout(100)  # the list takes no key so soon after it opened
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert written(page) == (
        f"PREFIX law: <{PREFIXES['law']}>\nSELECT * {{ ?s a law:MaximumPenalty"
    )
    page.keyboard.type(" ; skos:")
    assert written(page).splitlines()[1] == f"PREFIX skos: <{PREFIXES['skos']}>"
    assert written(page).endswith("law:MaximumPenalty ; skos:")


@LEFT_OUT
def test_error_is_marked_at_its_line_and_said(page):
    write(page, WRONG)
    page.get_by_role("button", name="Run the query").click()
    expect(page.locator(".cm-problem-line")).to_have_text("  oops here")
    expect(page.locator(".cm-problem")).to_have_text("oops")
    expect(page.locator(".cm-problem-said")).to_contain_text("Line 3, column 3")
    expect(page.locator("p[role=status].sparql-status")).to_contain_text("Line 3, column 3")
    expect(editor(page)).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_title(re.compile("^Error: "))
    page.locator(".cm-problem").click()
    page.keyboard.type("x")
    expect(page.locator(".cm-problem-line")).to_have_count(0)
    write(page, DECLARED)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Answer: 1 row")).to_be_visible()
    expect(page.locator("#sparql-problem")).to_have_text("")


@LEFT_OUT
def test_keyboard_leaves_the_editor(page):
    expect(page.get_by_text("Esc, then Tab leaves the editor", exact=True)).to_be_visible()
    write(page, "ASK {}")
    page.keyboard.press("Tab")
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_timeout(2100)  # CodeMirror by itself gives two seconds: there is no hurry here
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run the query")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_text("Start from an example")).to_be_focused()


@LEFT_OUT
def test_way_back_shows_the_query_and_the_answer_of_before(page, site):
    page.goto(address_of(site, "ASK {}"))
    write(page, DECLARED)
    expect(page.get_by_text("The answer below is to the query as it was")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Answer: 1 row")).to_be_visible()
    expect(page.get_by_text("The answer below is to the query as it was")).to_be_hidden()
    page.go_back()
    expect(page.get_by_role("heading", name="Answer: yes")).to_be_visible()
    assert written(page) == "ASK {}"


@LEFT_OUT
def test_query_too_long_for_an_address_is_answered_all_the_same(page):
    write(page, DECLARED + "\n#" + "x" * LONGEST_ADDRESS)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Answer: 1 row")).to_be_visible()
    expect(page.get_by_text("too long for an address")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.path().read_text("utf-8").splitlines()[0] == "n"


@LEFT_OUT
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_of_queries_fits_320_pixels(browser, site, scheme):
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address_of(site, "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?c a ?d } LIMIT 20"))
    page.get_by_text("Start from an example").click()
    expect(page.locator(".sparql-list li").first).to_be_visible()
    page.locator("summary", has_text="The answer as it is sent").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    rows = page.get_by_role("region", name=re.compile("^Answer: "))
    assert rows.evaluate("region => region.scrollWidth > region.clientWidth")
    rows.focus()
    expect(rows).to_be_focused()
    context.close()


# ---- without -------------------------------------------------------------------------------------


def test_plain_form_asks_and_keeps_the_query(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/sparql")
    page.get_by_label("Query").fill(DECLARED)
    page.get_by_role("button", name="Run the query").click()
    expect(page.get_by_role("heading", name="Answer: 1 row")).to_be_visible()
    expect(page.get_by_label("Query")).to_have_value(DECLARED)
    page.get_by_label("Query").fill(WRONG)
    page.get_by_role("button", name="Run the query").click()
    expect(page.get_by_role("alert")).to_contain_text("line 3, column 3")
    page.get_by_role("link", name="Browse").click()
    page.get_by_role("link", name=re.compile("^Open in the editor: ")).first.click()
    expect(page.get_by_role("heading", name=re.compile("^Answer"))).to_be_visible()
    context.close()


def test_page_without_bundles_has_no_editor_and_works(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "assets", {})
    answer = app.test_client().get("/sparql?" + urlencode({"query": "ASK {}"}), headers=HTML)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert '<textarea id="query" name="query"' in answer.text


def test_every_form_is_offered_and_given(app):
    client = app.test_client()
    for query, least in (("SELECT * { ?s ?p ?o } LIMIT 1", 4), ("DESCRIBE <urn:x>", 6)):
        page = client.get(f"/sparql?query={quote(query)}", headers=HTML).text
        found = re.findall(r'<a href="([^"]+)" download="whichlaw\.\w+"', page)
        assert len(found) == least
        for address in found:
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_answer_that_is_cut_on_the_page_says_so(app):
    query = f"SELECT * {{ ?s ?p ?o }} LIMIT {ROWS_SHOWN + 1}"
    page = app.test_client().get(f"/sparql?query={quote(query)}", headers=HTML).text
    assert f"The first {ROWS_SHOWN} of {ROWS_SHOWN + 1} rows are shown" in page
    assert page.count("<tr>") == ROWS_SHOWN + 1


def test_limit_that_is_reached_is_said_with_the_way_on(app):
    query = f"{DECLARED}\n#{'x' * LONGEST_QUERY}"
    answer = app.test_client().post("/sparql", data={"query": query}, headers=HTML)
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert "An answer is given whole or not at all." in answer.text
    assert answer.headers["Limit-Reached"] == f"query-bytes={LONGEST_QUERY}"


def test_addresses_are_short_labelled_and_lead_to_this_site(app):
    values = "(law:Offence <javascript:alert(1)> <https://example.org/x>)"
    asked = f"{DECLARED.splitlines()[0]} SELECT * {{ VALUES (?a ?b ?c) {{ {values} }} }}"
    page = app.test_client().get(f"/sparql?query={quote(asked)}", headers=HTML).text
    assert re.search(r'href="/ontology#Offence"[^>]*><code>law:Offence</code></a>', page)
    assert '<span class="quiet">offence</span>' in page
    assert 'href="javascript:' not in page
    assert "<code>example.org/x</code></a>" in page


def test_graphs_that_a_request_names_are_kept(app):
    graph = "https://w3id.org/whichlaw/id/graph/coverage"
    asked = urlencode({"query": "ASK {}", "default-graph-uri": graph})
    page = app.test_client().get(f"/sparql?{asked}", headers=HTML).text
    assert page.count(f'<input type="hidden" name="default-graph-uri" value="{graph}">') == 1
    assert f"default-graph-uri={quote(graph, safe='')}&amp;format=csv" in page


def test_words_are_of_the_data_and_kept_by_the_browser(app):
    client = app.test_client()
    page = client.get("/sparql", headers=HTML).text
    (address,) = re.findall(r'data-terms="([^"]+)"', page)
    answer = client.get(address)
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/sparql/terms.json").headers["Cache-Control"] == "no-cache"
    found = json.loads(answer.data)
    kinds = {term["name"]: term["kind"] for term in found["terms"]}
    assert found["prefixes"].items() >= PREFIXES.items()
    assert {kinds[name] for name in ("law:Offence", "eli:LegalResource")} == {"class"}
    assert {kinds[name] for name in ("law:factOf", "skos:prefLabel", "dcterms:source")} == {
        "property"
    }
    assert kinds["scheme:conducts"] == "scheme"
    assert sum(kind == "concept" for kind in kinds.values()) > 100
    assert all(term["label"] for term in found["terms"])
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/sparql/terms.json", headers=tag).status_code == 304
