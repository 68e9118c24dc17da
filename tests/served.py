"""The real site, made once for every test module that asks it over HTTP."""

from functools import cache
from typing import Any

from flask import Flask

from web.app import create_app

Answer = dict[str, Any]
LAW = "/api/v1/law"


@cache
def site() -> Flask:
    """The application on the real data."""
    return create_app()


def asked(**query: str | list[str]) -> Answer:
    """The answer of the API to "which law applies?"."""
    response = site().test_client().get(LAW, query_string=query)
    assert response.status_code == 200, response.text
    found: Answer = response.get_json()
    return found


def offence_in(answer: Answer, nation: str, slug: str) -> Answer:
    """An offence of an answer; it has to be listed once."""
    (found,) = [o for o in answer["nations"][nation]["offences"] if o["id"] == slug]
    return found
