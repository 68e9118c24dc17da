"""Keeps whole answers below Flask: one that was made once is sent again without being made.

An answer is kept under its address (host, mount, path and query as they stand), the encoding of
its body and the headers that it varies by, for the state of the site: the data, the program, the
settings and the day in London, which is what an answer is about where no day is stated. With
another state everything is made anew.

Kept are pages and documents that were found (200) and redirections that stand, up to a size; no
error, nothing that sets a cookie or says ``no-store`` or ``private``. Whoever has an answer is
told so (304). Its ETag names the state, unless the view gave a better one, and the encoding.
"""

import threading
from collections.abc import Callable, Hashable, Iterable
from contextlib import nullcontext
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from flask import Flask

from kb import asked
from kb.knowledge import Knowledge
from web.edition import ROOT, edition
from web.page_encoding import preferred
from web.page_kept import Page, Shelf, Varies, is_had, without_content
from web.page_made import Answer, Environ, close, page_of, stands, varies_by

Start = Callable[..., Any]

SETTING = "PAGE_CACHE_BYTES"
METHODS = ("GET", "HEAD")
# Whether the site is up; files, which may be asked for in parts.
NEVER = ("/healthz", "/data/")
# May take long, so nobody waits for the answer to the same question of somebody else. It is kept
# where the view says by an ETag that it stands.
SLOW = "/sparql"
OTHERWISE = (  # asked for in part, on another condition, or by somebody in particular
    "HTTP_RANGE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_AUTHORIZATION",
)
HAD = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
TURNS = 64


def register(app: Flask) -> None:
    """Keep the answers of an application, if its setting gives any memory to that.

    Whatever may mount the site elsewhere goes around this, so that it sees where it is mounted.
    """
    if most := int(app.config[SETTING]):
        app.wsgi_app = PageCache(app, most=most)  # type: ignore[method-assign]


class PageCache:
    """A WSGI application that answers from memory, and else asks the one that it is put around."""

    def __init__(self, app: Flask, *, most: int) -> None:
        self._app, self._flask, self._most = app.wsgi_app, app, most
        self._turns = tuple(threading.Lock() for _ in range(TURNS))
        self._changing = threading.Lock()
        self.shelf: Shelf | None = None
        _look_of_site()  # read once, before the workers are forked

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a request as WSGI has it."""
        if environ["REQUEST_METHOD"] not in METHODS or not _may_be_kept(environ):
            return self._app(environ, start_response)
        shelf, key = self._shelf_of_today(), _key(environ)
        page = _look(shelf, key, environ)
        if page is not None:
            return _send(page, environ, start_response)
        # One makes the answer, and whoever asks for the same meanwhile waits for it.
        with nullcontext() if _may_be_slow(environ) else self._turns[hash(key) % TURNS]:
            answer = _look(shelf, key, environ) or self._make(shelf, key, environ)
        if isinstance(answer, Page):
            return _send(answer, environ, start_response)
        return _pass_on(answer, environ, start_response)

    def _shelf_of_today(self) -> Shelf:
        """The answers that hold now; what is being made for another state is never seen again."""
        shelf, known = self.shelf, self._flask.extensions["knowledge"]
        if shelf is None or shelf.day != asked.today() or shelf.known is not known:
            with self._changing:
                if self.shelf is None or self.shelf is shelf:
                    self.shelf = self._new_shelf(known, asked.today())
                return self.shelf
        return shelf

    def _new_shelf(self, known: Knowledge, day: date) -> Shelf:
        settings = sorted((name, repr(value)) for name, value in self._flask.config.items())
        index = Path(self._flask.config["RELEASES"]) / "index.json"
        frozen = index.read_text(encoding="utf-8") if index.is_file() else ""
        state = (known.release.id, known.release.sha256, day.isoformat(), repr(settings), frozen)
        return Shelf(most=self._most, day=day, known=known, tag=edition(_look_of_site(), *state))

    def _make(self, shelf: Shelf, key: tuple[str, ...], environ: Environ) -> Page | Answer:
        """Ask the application for the whole answer, and keep it if it may be kept."""
        whole = {name: value for name, value in environ.items() if name not in HAD}
        whole["REQUEST_METHOD"] = "GET"
        answer = _asked_of(self._app, whole)
        sure = not _may_be_slow(environ) or stands(answer)
        page = page_of(answer, environ, encoding=key[0], shelf=shelf) if sure else answer
        if not isinstance(page, Page):
            return page
        names = varies_by(page)
        if names:
            shelf.put(key, Varies(names=names))
        shelf.put(_variant(key, names, environ), page)
        return page


@cache
def _look_of_site() -> str:
    """A digest of what pages are made with, besides the program: templates, styles, libraries."""
    digest = sha256()
    folders = (ROOT / "web", ROOT / "kb" / "examples")
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    versions = sorted(f"{found.name} {found.version}" for found in distributions())
    return digest.hexdigest() + repr(versions)


def _may_be_kept(environ: Environ) -> bool:
    """Is it a plain question for a whole answer, which is the same for everybody?"""
    for name in OTHERWISE:
        if name in environ:
            return False
    since = "HTTP_IF_MODIFIED_SINCE" in environ and "HTTP_IF_NONE_MATCH" not in environ
    return not since and not environ["PATH_INFO"].startswith(NEVER)


def _may_be_slow(environ: Environ) -> bool:
    path: str = environ["PATH_INFO"]
    return path.rstrip("/") == SLOW


def _key(environ: Environ) -> tuple[str, ...]:
    return (
        preferred(environ.get("HTTP_ACCEPT_ENCODING", "")),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        environ.get("SCRIPT_NAME", ""),
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}",
    )


def _variant(key: tuple[str, ...], names: tuple[str, ...], environ: Environ) -> Hashable:
    """The key of one of several answers: with what the request says in these headers."""
    return (key, *(environ.get(name) for name in names)) if names else key


def _look(shelf: Shelf, key: tuple[str, ...], environ: Environ) -> Page | None:
    found = shelf.get(key)
    if isinstance(found, Varies):
        found = shelf.get(_variant(key, found.names, environ))
    return found if isinstance(found, Page) else None


def _send(page: Page, environ: Environ, start_response: Start) -> list[bytes]:
    """An answer, or that the reader has it. What is sent are copies: a server may add to them."""
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted is not None and page.tag and is_had(page.tag, wanted):
        start_response("304 NOT MODIFIED", page.unmodified.copy())
        return []
    start_response(page.status, page.headers.copy())
    return page.body.copy() if environ["REQUEST_METHOD"] == "GET" else []


def _pass_on(answer: Answer, environ: Environ, start_response: Start) -> Iterable[bytes]:
    """An answer that is not kept, as the request wanted it."""
    status, headers, body = answer
    tag = dict(headers).get("ETag", "") if status.startswith("200") else ""
    had = tag and is_had(tag, environ.get("HTTP_IF_NONE_MATCH", ""))
    start_response(*(("304 NOT MODIFIED", without_content(headers)) if had else answer[:2]))
    if not had and environ["REQUEST_METHOD"] == "GET":
        return body
    close(body)
    return []


def _asked_of(app: Callable[..., Iterable[bytes]], environ: Environ) -> Answer:
    said: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        said[:] = status, headers
        return _no_writing

    body = app(environ, start)
    return said[0], said[1], body


def _no_writing(data: bytes) -> None:
    raise NotImplementedError("the body is what the application returns")
