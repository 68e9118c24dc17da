"""The headers that every answer carries."""

from flask import Flask, Response

from web.assets import runs_script

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
# For pages that have a script: it is a file of this site, and asks this site alone.
SCRIPTED = f"{POLICY}; script-src 'self'; connect-src 'self'"


def register(app: Flask) -> None:
    """Add our headers to every answer of an application."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    policy = SCRIPTED if runs_script() else POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("X-Frame-Options", "DENY")
    return response
