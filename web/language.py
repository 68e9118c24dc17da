"""In which language the site speaks: English, or one with a catalogue, named first in the path.

``/cy/law?…`` is ``/law?…`` with the words of the interface in Welsh. The prefix becomes part of
where the site is mounted, so that every address made for such a page keeps it. What is law is shown
as the data has it, and says in which language that is.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from flask import request

from web.catalogue import catalogues
from web.marked import ENGLISH

_SPOKEN = ContextVar("language", default=ENGLISH)
# For tools, and for every language: these answer as they do without a prefix.
COMMON = ("/api/", "/feeds/", "/static/")
PLAIN = "/:@!$&'()*+,;=~"  # stands in a path as it is


def languages() -> tuple[str, ...]:
    """The languages besides English, by their tag."""
    return catalogues()


def language() -> str:
    """The language of this request; English where there is none."""
    return _SPOKEN.get()


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """What is made within is said in this language."""
    before = _SPOKEN.set(tag)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def here_in(tag: str) -> str:
    """This page in another language: the same path and query."""
    query = request.query_string.decode("ascii", "replace")
    return _path_in(tag) + (f"?{query}" if query else "")


def other_languages() -> tuple[tuple[str, str, str], ...]:
    """The other languages of this page: the tag of each, its own name for itself, the address."""
    others = (tag for tag in (ENGLISH, *languages()) if tag != language())
    return tuple((tag, _own_name(tag), here_in(tag)) for tag in others)


def alternates() -> tuple[tuple[str, str], ...]:
    """The whole address of this page in each language, as its canonical one is written."""
    stated = sorted(pair for pair in request.args.items(multi=True) if pair[1])
    query, host = f"?{urlencode(stated)}" if stated else "", request.host_url.rstrip("/")
    return tuple((tag, host + _path_in(tag) + query) for tag in (ENGLISH, *languages()))


def mounted() -> str:
    """Where the site is mounted, whatever the language of this request."""
    spoken = language()
    return request.script_root.removesuffix("" if spoken == ENGLISH else f"/{spoken}")


@cache
def _own_name(tag: str) -> str:
    return Locale.parse(tag).get_display_name(tag) or tag


def _path_in(tag: str) -> str:
    prefix = "" if tag == ENGLISH else f"/{tag}"
    # One slash at its start: with two it would name another host.
    return f"{mounted()}{prefix}/{quote(request.path.lstrip('/'), safe=PLAIN)}"


class Prefixed:
    """A WSGI application under a prefix for each language."""

    def __init__(
        self, application: Callable[..., Iterable[bytes]], others: tuple[str, ...]
    ) -> None:
        self.application = application
        self.others = frozenset(others)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request; one whose path begins with a language is answered in it."""
        first, _, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if first in self.others:
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = path = f"/{rest}"
            if not path.startswith(COMMON):
                with speaking(first):
                    return self.application(environ, start_response)
        return self.application(environ, start_response)
