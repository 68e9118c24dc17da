"""The glossary, what this site says of itself, and how everybody can use it."""

import re

import pytest

from kb.store import ONTOLOGY, turtle_files
from kb.terms import ID
from web.app import create_app


@pytest.fixture(scope="module")
def app(sample_data, sample_ontology):
    return create_app({"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology)})


@pytest.fixture(scope="module")
def client(app):
    return app.test_client()


@pytest.fixture(scope="module")
def glossary(client):
    return client.get("/glossary").text


def test_every_word_of_every_scheme_is_defined_and_leads_to_its_data(app, glossary):
    schemes = app.extensions["knowledge"].schemes
    assert set(schemes.by_name) == {path.stem for path in turtle_files(ONTOLOGY / "schemes")}
    for name, words in schemes.by_name.items():
        assert f'id="scheme-{name}"' in glossary
        for word in words:
            path = word.address.removeprefix(ID)
            start = f'<div id="{path.replace("/", "-")}"><dt><a href="/id/{path}">'
            entry = re.search(rf"{re.escape(start)}(.*?)</dd>", glossary, re.DOTALL)
            assert entry, word.address
            assert word.definition[:20].replace("'", "&#39;").replace('"', "&#34;") in entry[1]


def test_every_everyday_name_leads_to_its_word(app, glossary):
    names = glossary[glossary.index('id="names"') :]
    schemes = app.extensions["knowledge"].schemes
    for words in schemes.by_name.values():
        for word in words:
            anchor = word.address.removeprefix(ID).replace("/", "-")
            for _ in word.other_names:
                assert f'href="#{anchor}"' in names
    letters = re.findall(r'<h3 id="names-(.*?)"', names)
    assert letters == sorted(letters)
    assert len(letters) == len(set(letters))


def test_names_that_are_only_for_finding_are_not_shown(app, glossary):
    schemes = app.extensions["knowledge"].schemes
    shown = {n for words in schemes.by_name.values() for word in words for n in word.other_names}
    hidden = {n for words in schemes.by_name.values() for word in words for n in word.hidden_names}
    for name in hidden - shown:
        assert f"<li>{name}:" not in glossary


def test_anchors_stand_once_and_every_one_that_is_named_is_there(glossary):
    ids = re.findall(r' id="([^"]+)"', glossary)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', glossary)) <= set(ids)


def test_the_numbers_are_counted(app, client):
    known = app.extensions["knowledge"]
    text = client.get("/about").text
    for number, label in (
        (len(known.library.offences()), "Offences"),
        (len(known.library.instruments()), "Acts, orders and other instruments"),
        (len(known.advice.guidance), "Guidance documents"),
        (len(known.library.doubts()), "Open doubts"),
    ):
        row = text[text.index(f'__key">{label}</dt>') :]
        said = re.search(r'__value">(?:<a[^>]*>)?(\d+)<', row)
        assert int(said[1]) == number
    for word in known.schemes.scheme("confidences"):
        assert word.definition.replace("'", "&#39;") in text


def test_what_is_said_of_privacy_is_so(client):
    """No cookie, no other site, nothing of where a reader came from."""
    text = client.get("/about").text
    assert "No cookies" in text
    for path in ("/", "/about", "/law?on=2012-01-01", "/offence/pa-2000-s1", "/glossary"):
        response = client.get(path)
        assert "Set-Cookie" not in response.headers
        assert response.headers["Referrer-Policy"] == "no-referrer"
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "http" not in policy
        assert not re.findall(r'(?:src|action)="(?:https?:)?//', response.text)


@pytest.mark.parametrize("path", ["/about", "/accessibility", "/glossary"])
def test_a_page_leads_on_and_takes_no_parameters(client, path):
    text = client.get(path).text
    assert "Report an error" in text
    main = text[text.index("<main") : text.index("</main>")]
    for link in set(re.findall(r'href="(/[^"#]*)', main)):
        assert client.get(link, headers={"Accept": "text/html"}).status_code in (200, 303), link
    assert client.get(f"{path}?x=1").status_code == 400


def test_every_page_leads_to_them(client):
    text = client.get("/").text
    for path in ("/about", "/accessibility", "/glossary", "/coverage"):
        assert f'href="{path}"' in text


def test_accessibility_claims_no_more_than_is_so(client):
    text = re.sub(r"\s+", " ", client.get("/accessibility").text)
    assert "2.2</a>" in text
    assert "it is not claimed to conform" in text
    assert "It has not been tried by people who use assistive technology" in text
