"""What pages are measured against: the same server with nothing to find out, or nothing to do.

``benchmarks.pages_plain:app`` answers like the site, its page cache off, and besides

- ``/template-only?…``: the answer page of a question whose records are at hand (``TEMPLATE_OF``)
- ``/flask``: a line of text from a view
- ``/wsgi?bytes=…``: so many bytes, without Flask
"""

import os
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, render_template, template_rendered
from jinja2 import Template

from web.app import create_app

TEMPLATE_OF = "TEMPLATE_OF"


def captured(site: Flask, address: str) -> tuple[str, dict[str, Any]]:
    """The template that a page is made with, and the records that its view gives it."""
    found: list[tuple[str, dict[str, Any]]] = []

    def keep(sender: Flask, template: Template, context: dict[str, Any], **_: Any) -> None:
        found.append((str(template.name), dict(context)))

    with template_rendered.connected_to(keep, site):
        assert site.test_client().get(address).status_code == 200, address
    return found[-1]


def plain_site() -> Flask:
    """The site with the pages to measure against."""
    name, context = captured(create_app(), os.environ[TEMPLATE_OF])
    site = create_app({"PAGE_CACHE_BYTES": 0})
    site.add_url_rule("/template-only", view_func=lambda: render_template(name, **context))
    site.add_url_rule("/flask", endpoint="flask", view_func=lambda: "A line of text.\n")
    return site


class Plain:
    """In front of the site: bytes of which nothing has to be made."""

    def __init__(self, site: Flask) -> None:
        self.site, self.bodies = site, dict[int, bytes]()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/wsgi":
            return self.site(environ, start_response)
        size = int(parse_qs(environ["QUERY_STRING"])["bytes"][0])
        body = self.bodies.setdefault(size, b"x" * size)
        headers = [("Content-Type", "text/html"), ("Content-Length", str(size))]
        start_response("200 OK", headers)
        return [body]


app = Plain(plain_site()) if TEMPLATE_OF in os.environ else None
