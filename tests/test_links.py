"""The quicker ``url_for`` of templates: the same addresses as Flask's own."""

from pathlib import Path

import pytest
from flask import Flask
from flask import url_for as made

from web.app import create_app
from web.links import LONG, url_for

CASES = [
    ("pages.home", {}),
    ("library.offence", {"slug": "la-1999-s1"}),
    ("library.legislation", {"path": "act/1999/9"}),
    ("pages.law", {"nation": ["northmark", "southmark"], "conduct": ["x"]}),
    ("pages.law", {"nation": "northmark", "on": "2020-01-01"}),
    ("pages.home", {"_anchor": "main"}),
    ("pages.home", {"_external": True}),
    ("static", {"filename": "site.css"}),
    ("search.page", {"q": "a b&c"}),
    ("search.page", {"q": "x" * (LONG + 1)}),
    ("search.page", {"q": None, "page": 2}),
]


@pytest.fixture(scope="module")
def app(sample_data: Path, sample_ontology: Path) -> Flask:
    return create_app({"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology), "CACHE": ""})


@pytest.mark.parametrize(("endpoint", "values"), CASES)
def test_addresses_are_those_of_flask(app: Flask, endpoint: str, values: dict):
    for base in ("http://one.example/", "http://one.example/cy/", "https://one.example/"):
        for asked in ("/", "/law?nation=northmark&on=2020-01-01", "/coverage"):
            with app.test_request_context(asked, base_url=base):
                for _ in range(2):
                    assert url_for(endpoint, **values) == made(endpoint, **values)


def test_templates_use_it(app: Flask):
    assert app.jinja_env.globals["url_for"] is url_for
