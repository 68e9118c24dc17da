"""The site in Welsh: its words, its marks of language, its addresses, and what stays English.

No text of one language stands in an element that says it is of another. So every text of a page
whose nearest ``lang`` is Welsh is taken apart into what the catalogue, the labels of the schemes
and Babel's days have, and nothing may be left over.
"""

import re
import subprocess
import sys
from configparser import ConfigParser
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from babel.dates import format_date
from babel.messages.pofile import read_po

from kb.asked import today
from kb.knowledge import Knowledge
from web.app import create_app
from web.catalogue import FILE, FOLDER, catalogue
from web.language import languages, speaking
from web.marked import CLOSE, OPEN, SAID, is_word
from web.spoken import DAY
from web.woven import VOID

ROOT = Path(__file__).parent.parent
SAME = "Whichlaw"
QUESTION = "nation=northmark&on=2012-01-01&conduct=share&material=intimate-image"
ANSWERED = "situation=portrait-hung&nation=northmark&on=2012-01-01&depicted_age=15&consent=no"
JOURNEY = (
    "/cy/",
    "/cy/?nation=northmark&on=2012-01-01",
    "/cy/ask",
    "/cy/ask?answered=what",
    "/cy/ask/where?situation=portrait-hung",
    "/cy/ask/where?answered=where",
    "/cy/ask/when?situation=portrait-hung",
    "/cy/ask/when?answered=when&when=day&on-day=30&on-month=2&on-year=2020",
    "/cy/ask/when?answered=when&when=several&first-day=1",
    f"/cy/ask/who?{ANSWERED}",
    "/cy/ask/who?answered=who&depicted_age=x&situation=portrait-hung",
    f"/cy/ask/check?{ANSWERED}",
    "/cy/ask/check?situation=portrait-hung&from=2012-01-01&to=2013-01-01",
    "/cy/ask/check",
    "/cy/ask/check?colour=red&nation=nowhere",
    "/cy/form",
    "/cy/form?depicted_age=x&on=2020-02-30&nation=northmark",
)
PAGES = (
    f"/cy/law?{QUESTION}",
    "/cy/law?on=2012-01-01&conduct=share",
    "/cy/law?nation=northmark&from=2011-01-01&to=2013-01-01",
    "/cy/law/now?nation=northmark",
    "/cy/compare?on=2012-01-01",
    "/cy/search?q=portrait",
    "/cy/guidance",
    "/cy/services",
    "/cy/coverage",
    "/cy/about",
    "/cy/changes",
    "/cy/nowhere",
    "/cy/law?nation=nowhere",
)


class Reader(HTMLParser):
    """Every text of a page, and every attribute that is read out, with its nearest ``lang``."""

    HEARD = ("aria-label", "aria-description", "alt", "title", "placeholder", "data-label")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str, str]] = []
        self.heard: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        language = said.get("lang") or (self.open[-1][1] if self.open else "")
        self.heard += [(tag, language, said[name]) for name in self.HEARD if said.get(name)]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        tag, language = self.open[-1] if self.open else ("", "")
        if is_word(data) and tag not in ("script", "style"):
            self.found.append((tag, language, " ".join(data.split())))


@pytest.fixture(scope="module")
def site(sample_data, sample_ontology):
    return create_app(
        {"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology), "PAGE_CACHE_BYTES": 0}
    )


@pytest.fixture(scope="module")
def client(site):
    return site.test_client()


@pytest.fixture(scope="module")
def messages():
    with (FOLDER / "cy" / FILE).open("rb") as file:
        return read_po(file, locale="cy")


@pytest.fixture(scope="module")
def welsh(messages, sample: Knowledge):
    """What a text in Welsh is made of, and nothing else: a pattern."""
    forms = [
        form
        for message in messages
        if message.id
        for form in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    pieces = {piece for form in forms for piece in re.split(r"%\(\w+\)[sd]", form)}
    words = (word for words in sample.schemes.by_name.values() for word in words)
    pieces |= {label for word in words for tag, label in word.labels if tag == "cy"}
    pieces = {" ".join(piece.split()) for piece in pieces if is_word(piece)}
    months = {
        format_date(today().replace(day=1, month=m), "MMMM", locale="cy") for m in range(1, 13)
    }
    every = sorted(pieces | months, key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, every))})|[\W\d_])*", re.IGNORECASE)


# ---- the catalogue -------------------------------------------------------------------------------


def test_every_message_is_translated_and_takes_what_the_message_takes():
    script = [sys.executable, str(ROOT / "scripts" / "collect_messages.py"), "--check"]
    said = subprocess.run(script, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (said.returncode, said.stderr) == (0, ""), said.stdout


def test_every_entry_says_that_it_is_not_reviewed_as_long_as_the_catalogue_does(messages):
    entries = [message for message in messages if message.id]
    assert len(entries) > 400
    if not catalogue("cy").reviewed:
        assert all("not reviewed" in message.user_comments for message in entries)
        assert "NOT REVIEWED" in messages.header_comment


def test_catalogue_is_in_the_package_and_compiled_nowhere():
    read = ConfigParser()
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    assert "translations/**" in read["options.package_data"]["web"].split()
    assert not list(FOLDER.rglob("*.mo"))
    assert languages() == ("cy",)


def test_a_message_without_translation_is_not_taken_for_welsh(site):
    with site.test_request_context("/"), speaking("cy"):
        render = site.jinja_env.from_string
        assert render("{{ _('Not in any catalogue') }}").render() == "Not in any catalogue"
        made = render("{{ ngettext('%(num)d zebra', '%(num)d zebras', 2) }}").render()
        assert made == "2 zebras"


# ---- languages on every text ---------------------------------------------------------------------


@pytest.mark.parametrize("path", [*JOURNEY, *PAGES])
def test_every_text_says_its_language_and_nothing_is_mixed(client, welsh, path):
    text = client.get(path).text
    page = Reader(text)
    assert '<html lang="cy"' in text
    assert not any(mark in text for mark in (OPEN, SAID, CLOSE, "%EE%80"))
    assert {language for _, language, _ in page.found} == {"cy", "en"}
    mixed = [
        said for tag, language, said in page.found
        if language == "cy" and not welsh.fullmatch(said.replace(SAME, ""))
    ]  # fmt: skip
    # A title can have one language only: that of most of it.
    titles = [said for tag, _, said in page.found if tag == "title"]
    assert [said for said in mixed if said not in titles] == []


@pytest.mark.parametrize("path", JOURNEY)
def test_journey_is_in_welsh_to_its_title_and_its_labels(client, welsh, path):
    page = Reader(client.get(path).text)
    (title,) = [said for tag, _, said in page.found if tag == "title"]
    heard = [said for _, language, said in page.heard if language == "cy"]
    for said in [title.replace(SAME, ""), *heard]:
        assert welsh.fullmatch(" ".join(said.split())), said
    headings = [language for tag, language, _ in page.found if tag in ("h1", "legend", "button")]
    assert set(headings) == {"cy"}


@pytest.mark.parametrize("path", [*JOURNEY, *PAGES])
def test_no_word_of_the_catalogue_is_called_english(client, messages, path):
    said = {message.string for message in messages if isinstance(message.string, str)}
    same = {message.id for message in messages if message.id == message.string}
    page = Reader(client.get(path).text)
    assert {text for _, language, text in page.found if language == "en"} & (said - same) == set()


def test_days_are_in_welsh_words_in_welsh_sentences_and_english_elsewhere(client):
    page = Reader(client.get(f"/cy/law?{QUESTION}").text)
    assert any("1 Ionawr 2012" in said for _, lang, said in page.found if lang == "cy")
    assert not any("1 Ionawr 2012" in said for _, lang, said in page.found if lang == "en")
    assert not any("January" in said for _, lang, said in page.found if lang == "cy")


def test_words_with_a_welsh_label_are_shown_by_it_and_others_in_english(client):
    page = Reader(client.get(f"/cy/law?{QUESTION}").text)
    said = {(language, text) for _, language, text in page.found}
    assert ("cy", "Yn gymwys") in said
    assert ("en", "Applies") not in said
    where = Reader(client.get("/cy/ask/where").text)
    assert ("label", "en", "Northmark") in where.found  # the invented country has no Welsh
    assert ("label", "cy", "Ddim yn gwybod") in where.found


def test_labels_in_welsh_are_data_and_the_data_says_that_they_are_not_reviewed(knowledge):
    for scheme in ("nations", "states", "situations", "consents", "relationships"):
        for word in knowledge.schemes.scheme(scheme):
            assert dict(word.labels).get("cy"), word.slug
            assert word.label not in dict(word.labels).values()
        text = (ROOT / "ontology" / "schemes" / f"{scheme}.ttl").read_text("utf-8")
        assert "no Welsh speaker has reviewed them" in text


# ---- what a page says of its language ------------------------------------------------------------


@pytest.mark.parametrize("path", ["/cy/", "/cy/ask/when", f"/cy/law?{QUESTION}", "/cy/guidance"])
def test_welsh_page_says_in_both_languages_that_nobody_reviewed_it(client, path):
    page = Reader(client.get(path).text)
    said = "No Welsh speaker has reviewed the Welsh of this site yet. It may have mistakes."
    assert ("p", "en", said) in page.found
    assert ("p", "cy", catalogue("cy").one(said)) in page.found
    assert ("a", "en", "Read this page in English") in page.found


def test_review_is_a_line_of_the_catalogue(client, monkeypatch):
    with (FOLDER / "cy" / FILE).open("rb") as file:
        text = file.read().decode()
    assert text.count("\n# Reviewed: no\n") == 1
    reviewed = type(catalogue("cy"))(words=catalogue("cy").words, reviewed=True)
    monkeypatch.setattr("web.interface.catalogue", lambda tag: reviewed)
    assert "No Welsh speaker" not in client.get("/cy/").text


@pytest.mark.parametrize("path", ["/cy/guidance", "/cy/coverage", "/cy/services"])
def test_page_without_welsh_says_that_it_is_in_english_only(client, path):
    text = client.get(path).text
    assert '<main id="main" tabindex="-1" lang="en">' in text
    assert "Saesneg yn unig" in text
    assert "English only" in text


def test_journey_does_not_say_that_it_is_in_english_only(client):
    for path in JOURNEY:
        text = client.get(path).text
        assert "English only" not in text
        assert '<main id="main" tabindex="-1">' in text


def test_answer_says_that_the_law_is_in_english_only(client):
    assert "The law and what is recorded of it are in English only." in client.get(PAGES[0]).text


# ---- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/ask/who?" + ANSWERED, f"/law?{QUESTION}", "/search?q=a+b"])
def test_each_language_leads_to_the_same_page_in_the_other(client, path):
    english, welsh = client.get(path).text, client.get(f"/cy{path}").text
    there = re.search(
        r'<a href="([^"]+)" lang="cy" hreflang="cy" rel="alternate">Cymraeg<', english
    )
    back = re.search(r'<a href="([^"]+)" lang="en" hreflang="en" rel="alternate">English<', welsh)
    for link, to in ((there, f"/cy{path}"), (back, path)):
        address = urlsplit(unescape(link[1]))
        assert address.path == urlsplit(to).path
        assert parse_qsl(address.query) == parse_qsl(urlsplit(to).query)
    named = '<link rel="alternate" hreflang="{}" href="http://localhost{}"'
    canonical = urlencode(sorted(parse_qsl(urlsplit(path).query)))
    for tag, prefix in (("en", ""), ("cy", "/cy")):
        whole = prefix + urlsplit(path).path + (f"?{canonical}" if canonical else "")
        assert named.format(tag, whole.replace("&", "&amp;")) in english
        assert named.format(tag, whole.replace("&", "&amp;")) in welsh


def test_every_link_of_a_welsh_page_stays_in_welsh_but_for_what_is_common(client):
    text = client.get(f"/cy/law?{QUESTION}").text
    links = [unescape(link) for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', text)]
    out = {link for link in links if not link.startswith(("/cy/", "/static/", "/feeds/", "/api/"))}
    assert {urlsplit(link).path for link in out} == {"/law"}  # the same page in English
    assert any(link.startswith("/static/") for link in links)
    assert not any(link.startswith(("/cy/static", "/cy/api", "/cy/feeds")) for link in links)


def test_journey_in_welsh_leads_to_the_answer_in_welsh(client):
    where = client.get("/cy/ask?situation=portrait-hung&answered=what")
    assert (where.status_code, urlsplit(where.location).path) == (303, "/cy/ask/where")
    check = client.get(f"/cy/ask/check?{ANSWERED}").text
    assert '<form action="/cy/law"' in check


def test_prefix_stands_once_and_tools_get_the_same_behind_it(client):
    assert client.get("/cy/cy").status_code == 404
    assert client.get("/cy/cy/law").status_code == 404
    assert client.get("/cy").status_code == 200
    path = f"/api/v1/law?{QUESTION}"
    assert client.get(f"/cy{path}").json["nations"] == client.get(path).json["nations"]
    with client.get("/cy/static/site.css") as style, client.get("/static/site.css") as plain:
        assert style.data == plain.data
    assert "lang=" not in client.get("/cy/compare.csv?on=2012-01-01").text
    assert OPEN not in client.get("/cy/compare.csv?on=2012-01-01").text


def test_no_path_can_lead_to_another_host(client):
    text = client.get("/cy//example.org/").text
    assert 'href="//' not in text


def test_english_pages_have_no_marks_and_one_language(client):
    for path in ("/", "/ask/when", f"/law?{QUESTION}"):
        text = client.get(path).text
        assert OPEN not in text
        assert re.findall(r'(?<![\w-])lang="(\w+)"', text) == ["en", "cy"]  # the second: Cymraeg


def test_kept_pages_are_kept_apart(sample_data, sample_ontology):
    app = create_app({"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology)})
    client = app.test_client()
    english, welsh = client.get("/").text, client.get("/cy/").text
    assert (client.get("/").text, client.get("/cy/").text) == (english, welsh)
    assert english != welsh


def test_what_a_reader_types_cannot_speak_for_the_page(client):
    typed = f'{OPEN}x"><script>{SAID}{CLOSE}{CLOSE}'
    text = client.get("/cy/search", query_string={"q": typed}).text
    assert "<script>" not in text
    assert all(tag in ("cy", "en") for tag in re.findall(r'(?<![\w-])lang="([^"]*)"', text))


def test_every_day_of_a_year_is_said_in_welsh():
    days = [today().replace(month=month, day=1) for month in range(1, 13)]
    said = [format_date(on, DAY, locale="cy") for on in days]
    assert all(one != other for one, other in pairwise(said))
    assert "Mawrth" in said[2]
