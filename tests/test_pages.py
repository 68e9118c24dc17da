"""The pages as a reader gets them: on the real law in outline, and closely on invented law."""

import re
import shutil
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlencode

import pytest
from served import site

from kb.store import DATA, ONTOLOGY
from web.app import create_app
from web.form import examples

SAMPLE = DATA.parent.parent / "tests" / "sample"
OUR_SCRIPT = re.compile(r"/static/build/[\w-]+\.js$")
HOSTILE = (
    "'\"",
    "<script>alert(1)</script>",
    "a\nb",
    "{{7*7}}",
    "[x](y)",
    "\x00",
    "é\ud7ff",
    "%s%n",
)
PARAMETERS = (
    "nation",
    "on",
    "conduct",
    "material",
    "depicted_age",
    "accused_age",
    "recipient_age",
    "consent",
    "relationship",
)
QUESTION = "/law?conduct=share&material=intimate-image&on=2017-07-03"
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """What a test asks of a page: its headings, fields, labels, links and unclosed elements."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.fields, self.labels, self.links = [], [], set(), []
        self.ids, self.described, self.open, self.faults = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        # An error summary has its heading before that of the page.
        if re.fullmatch("h[1-6]", tag) and found.get("id") != "error-summary":
            self.headings.append(int(tag[1]))
        # A field within its label has that.
        named = found.get("type") == "hidden" or "label" in self.open
        if tag in {"input", "select", "textarea"} and not named:
            self.fields.append(found.get("id"))
        if tag == "label" and "for" in found:
            self.labels.add(found["for"])
        if tag == "a":
            self.links.append(found["href"])
        inline = tag == "style" or (tag == "script" and not OUR_SCRIPT.match(found.get("src", "")))
        inline = inline and found.get("type") != "application/ld+json"  # data, which nothing runs
        if inline or "style" in found or any(name.startswith("on") for name in found):
            self.faults.append((tag, attrs))
        self.ids += [found["id"]] if "id" in found else []
        for name in ("aria-describedby", "aria-labelledby"):
            self.described += (found.get(name) or "").split()

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            self.faults.append(f"{tag} closes another element")


@pytest.fixture(scope="module")
def real():
    return site().test_client()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The invented country, read with its own words in place of ours where they differ."""
    words = tmp_path_factory.mktemp("words") / "ontology"
    shutil.copytree(ONTOLOGY, words)
    shutil.copytree(SAMPLE / "ontology", words, dirs_exist_ok=True)
    return create_app({"DATA": str(SAMPLE / "data"), "ONTOLOGY": str(words)})


@pytest.fixture(scope="module")
def client(sample):
    return sample.test_client()


@pytest.fixture(scope="module")
def known(sample):
    return sample.extensions["knowledge"]


@pytest.fixture(scope="module")
def addresses(known):
    """One page of each kind, on invented law."""
    nation = known.schemes.slugs("nations")[0]
    instrument = known.library.instruments()[0]
    return [
        "/",
        "/?nation=nowhere",
        f"/?nation={nation}&on=2012-01-01",
        "/form",
        "/form?nation=nowhere&on=yesterday&depicted_age=17&from=2012-01-01",
        "/ask",
        "/ask?answered=what",
        f"/ask/where?situation=portrait-hung&nation={nation}",
        "/ask/when?from=2012-01-01&to=2012-02-01",
        "/ask/when?answered=when&when=day&on-day=30&on-month=2",
        f"/ask/who?situation=portrait-hung&nation={nation}&on=2012-01-01&depicted_age=13-15",
        "/ask/who?answered=who&depicted_age=old",
        f"/ask/check?situation=portrait-hung&nation={nation}",
        "/ask/check?colour=red&nation=nowhere",
        "/law",
        f"/law?nation={nation}&on=2012-01-01",
        f"/law?nation={nation}&conduct=share&on=2012-01-01&accused_age=5",
        *(f"/offence/{offence.id}" for offence in known.library.offences()),
        *(f"/legislation/{part.id}" for part in instrument.provisions),
        f"/legislation/{instrument.id}",
        "/legislation/no/such/thing",
        "/offence/none-such",
        "/coverage",
        "/law?nation=nowhere",
        "/nothing-here",
    ]


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/", 200, "Which law applies?"),
        ("/form", 200, "All questions on one page"),
        ("/ask", 200, "What happened?"),
        ("/ask/where", 200, "Where did it happen?"),
        ("/ask/when", 200, "When did it happen?"),
        ("/ask/who", 200, "Who was involved?"),
        ("/ask/check", 200, "Check your answers"),
        (f"{QUESTION}&nation=scotland", 200, "Scotland, 3 July 2017: which law applies"),
        (QUESTION, 200, "England, Wales, Scotland and Northern Ireland, 3 July 2017"),
        ("/offence/absha-2016-s2-1", 200, "Sharing"),
        ("/legislation/asp/2016/22/section/2", 200, "Act 2016, s 2"),
        ("/legislation/asp/2016/22", 200, "Act 2016"),
        ("/legislation/common-law/scotland", 200, ""),
        ("/legislation/asp/2016/22/section/999", 404, "Not found"),
        ("/coverage", 200, "What is covered"),
    ],
)
def test_page_is_complete(real, address, status, title):
    response = real.get(address)
    assert response.status_code == status
    found = re.search(r"<title>(.*?)</title>", response.text)
    assert title in found[1]
    assert response.text.count("<h1") == 1
    assert '<html lang="en"' in response.text
    for said in (
        "Not legal advice",
        "Last checked",
        "Childline",
        "Report an error",
        "Contains public sector information licensed under the",
        "Government Licence v3.0",
    ):
        assert said in response.text


def test_first_sentence_names_the_nation_and_the_day(real):
    text = real.get(f"{QUESTION}&nation=scotland").text
    said = re.sub(r"<[^>]+>", "", text[text.index("</h1>") :]).strip()
    assert said.startswith("In Scotland, on 3 July 2017, ")


def test_all_nations_are_in_the_comparison_even_where_nothing_applies(real):
    page = real.get("/law?conduct=share&material=intimate-image&on=2017-07-02").text
    table = page[page.index("<table") : page.index("</table>")]
    assert re.findall(r'<th scope="col"[^>]*><a href="#([a-z-]+)"', table) == [
        "england",
        "wales",
        "scotland",
        "northern-ireland",
    ]


def test_day_after_the_last_check_is_warned_of_first(real):
    text = real.get("/law?nation=wales&on=2199-01-01&conduct=share").text
    assert text.index("Take care.") < text.index("In Wales, on 1 January 2199")


def test_extent_always_has_every_nation(real):
    text = real.get("/legislation/asp/2016/22/section/2").text
    table = text[text.index('aria-labelledby="extent"') :]
    said = re.findall(r'data-label="([^"]+)">(\w+)<', table[: table.index("</table>")])
    assert said == [
        ("England", "No"),
        ("Wales", "No"),
        ("Scotland", "Yes"),
        ("Northern Ireland", "No"),
    ]


def test_official_text_is_linked_but_not_for_the_common_law(real):
    link = 'href="https://www.legislation.gov.uk/asp/2016/22/section/2"'
    assert link in real.get("/legislation/asp/2016/22/section/2").text
    assert "Official text" not in real.get("/legislation/common-law/scotland").text


def test_examples_can_all_be_asked(real):
    known = real.application.extensions["knowledge"]
    assert len(examples(known.schemes)) == 3


def test_site_says_it_is_up(client, known):
    response = client.get("/healthz")
    assert response.text == f"ok {known.release.sha256}\n"
    assert response.content_type.startswith("text/plain")


def test_headings_are_in_order_and_fields_are_labelled(client, addresses):
    for address in addresses:
        page = Page(client.get(address).text)
        assert page.headings[0] == 1, address
        assert page.headings.count(1) == 1, address
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(later <= earlier + 1 for earlier, later in steps), address
        assert set(page.fields) <= page.labels, address
        assert len(page.ids) == len(set(page.ids)), address
        assert set(page.described) <= set(page.ids), address
        assert page.faults == [], address
        assert page.open == [], address


@pytest.mark.no_cover
def test_every_internal_link_leads_somewhere(client, addresses):
    seen = {}
    for address in addresses:
        for link in Page(client.get(address).text).links:
            if link.startswith("#"):
                link = address + link
            target, fragment = urldefrag(link)
            if not target.startswith("/"):
                continue
            if target not in seen:
                response = client.get(target, headers={"Accept": "text/html,*/*;q=0.1"})
                same = target.removeprefix("/cy") == address
                refused = same or target.startswith("/form?")  # says what is wrong
                assert response.status_code == 200 or refused, (address, link)
                html = "html" in response.content_type
                seen[target] = set(Page(response.text).ids) if html else set()
            assert not fragment or fragment in seen[target], (address, link)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_hostile_value_is_refused_and_escaped(client, parameter, value):
    for path in ("/law", "/form", "/"):
        response = client.get(f"{path}?{urlencode({parameter: value})}", follow_redirects=True)
        assert response.status_code == 400
        assert "<script>alert" not in response.text
        assert Page(response.text).faults == []


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_path_is_not_found(client, value):
    for path in ("/offence/", "/legislation/"):
        response = client.get(path + value.replace("%", "%25").replace("\n", "%0A"))
        assert response.status_code == 404
        assert "<script>alert" not in response.text


def test_unknown_parameter_is_refused_with_those_there_are(client):
    response = client.get("/law?colour=red&_external=1&endpoint=x")
    assert response.status_code == 400
    for parameter in PARAMETERS:
        assert f"<code>{parameter}</code>" in response.text


def test_refused_question_leads_back_to_the_form_as_it_was(client):
    text = client.get("/law?on=2020-02-30&conduct=share&depicted_age=17").text
    back = next(link for link in Page(text).links if link.startswith("/form?"))
    form = client.get(back).text
    assert re.search(r'value="share" checked', form)
    assert re.search(r'id="depicted_age"[^>]* value="17"', form)
    assert re.search(r'type="text" id="on"[^>]* value="2020-02-30"', form)


def test_answer_leads_back_to_the_form_filled_in(client, known):
    one, two = known.schemes.slugs("nations")[:2]
    text = client.get(f"/law?nation={one}&nation={two}&on=2012-01-01&conduct=share").text
    back = next(link for link in Page(text).links if link.startswith("/form?"))
    form = client.get(back).text
    chosen = re.findall(r'name="nation" value="([^"]+)" checked', form)
    assert chosen == [one, two]
    assert re.search(r'type="date" id="on"[^>]* value="2012-01-01"', form)


def test_every_state_is_said_in_words(client, known):
    """Each offence of each nation stands on the page under the state that the answer gives it."""
    for day in ("1999-01-01", "2012-01-01", "2024-06-01"):
        answer = known.ask({"on": [day]})
        text = client.get(f"/law?on={day}").text
        for nation in answer.nations:
            for offence in nation.offences:
                before = text[: text.index(f'id="{nation.nation}-{offence.id}"')]
                assert before.rindex(f'id="{nation.nation}-{offence.state}"') == max(
                    before.rfind(f'id="{nation.nation}-{state}"')
                    for state in known.schemes.slugs("states")
                )
