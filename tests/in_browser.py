"""The browser of tests and pictures: Debian's Chromium, and the site that it asks over HTTP."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

CHROMIUM = Path(os.environ.get("WHICHLAW_CHROMIUM") or "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_BROWSER = pytest.mark.skipif(
    os.environ.get("WHICHLAW_NO_BROWSER") == "1",
    reason="WHICHLAW_NO_BROWSER=1: this machine is said to have no browser",
)


class Quiet(WSGIRequestHandler):
    """Serves without writing a line for each request."""

    def log(self, *_: Any) -> None:
        """Nothing: the test says what went wrong."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of an application while it answers over HTTP."""
    app.extensions["suggest"]()  # opens the index: no test is to wait for that
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser that asks nobody but the pages it is sent to."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()
