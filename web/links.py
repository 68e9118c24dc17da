"""Addresses of this site as templates ask for them: a page has hundreds, and most are alike.

What Flask made of an endpoint and its values is kept, for each place where the site is mounted.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request
from flask import url_for as made

MOST = 4096
LONG = 200  # characters: what is longer is rarely asked for again


def register(app: Flask) -> None:
    """Give the templates of an application a quicker ``url_for``."""
    app.add_template_global(url_for)


def url_for(endpoint: str, **values: Any) -> str:
    """The address of a view, as Flask's own ``url_for`` gives it."""
    if endpoint[:1] == "." or not request or not all(map(_is_plain, values.items())):
        return made(endpoint, **values)
    current_app.inject_url_defaults(endpoint, values)
    try:
        return _kept(endpoint, request.root_url, *values.items())
    except TypeError:  # a value that was carried along is a list
        return made(endpoint, **values)


def _is_plain(named: tuple[str, Any]) -> bool:
    name, value = named
    return type(value) is str and len(value) <= LONG and name[:1] != "_"


@lru_cache(maxsize=MOST)
def _kept(endpoint: str, mounted: str, *values: tuple[str, Any]) -> str:
    """Called again only for what was not asked before: no request is needed to tell it apart."""
    return made(endpoint, **dict(values))
