"""Makes an answer ready to be kept: its body whole and compressed, its ETag, what it varies by."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from werkzeug.datastructures import Headers, ResponseCacheControl
from werkzeug.http import parse_cache_control_header, parse_set_header

from web.page_encoding import LEAST, PLAIN, encoded, is_wordy
from web.page_kept import Page, Shelf

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], Iterable[bytes]]
LIMITED = "Limit-Reached"  # on an answer that was cut
KEPT = ("200", "301", "303", "308")


def stands(answer: Answer) -> bool:
    """Does the view say that its answer stays the same, and that it is whole?"""
    headers = Headers(answer[1])
    return "ETag" in headers and LIMITED not in headers


def page_of(answer: Answer, environ: Environ, *, encoding: str, shelf: Shelf) -> Page | Answer:
    """An answer made ready to be kept; as it was if it may not be."""
    status, headers, parts = answer[0], Headers(answer[1]), answer[2]
    length = headers.get("Content-Length", type=int)
    if not _keepable(status, headers) or length is None or length > shelf.largest:
        return answer
    try:
        body = b"".join(parts)
    finally:
        close(parts)
    found = status.startswith("200")
    if found:
        headers.setdefault("ETag", f'"{_tag(shelf, headers, environ)}"')
        headers.setdefault("Cache-Control", "no-cache")
        body = _compressed(body, headers, encoding=encoding)
    tag = headers.get("ETag", "") if found else ""
    return Page(status=status, headers=headers.to_wsgi_list(), body=[body], tag=tag)


def _keepable(status: str, headers: Headers) -> bool:
    said = parse_cache_control_header(headers.get("Cache-Control"), cls=ResponseCacheControl)
    private = said.no_store or said.private is not None
    never = "Set-Cookie" in headers or "*" in _varying(headers)
    return status.startswith(KEPT) and not private and not never


def _tag(shelf: Shelf, headers: Headers, environ: Environ) -> str:
    """The state of the site; with what the request says, where the answer varies by that."""
    names = [name for name in _varying(headers) if name != "accept-encoding"]
    values = [str(environ.get(_as_wsgi(name))) for name in sorted(names)]
    told_apart = f"-{sha256(repr(values).encode()).hexdigest()[:8]}" if values else ""
    return f"{shelf.tag}{told_apart}"


def _compressed(body: bytes, headers: Headers, *, encoding: str) -> bytes:
    """The body in the encoding, and the headers saying so; as it is where that is no gain."""
    wordy = is_wordy(headers.get("Content-Type", "")) and "Content-Encoding" not in headers
    if not wordy or len(body) < LEAST:
        return body
    if "accept-encoding" not in _varying(headers):
        headers["Vary"] = ", ".join((*headers.getlist("Vary"), "Accept-Encoding"))
    if encoding == PLAIN:
        return body
    sent = encoded(body, encoding)
    headers["ETag"] = f'{headers["ETag"][:-1]}-{encoding}"'
    headers["Content-Encoding"], headers["Content-Length"] = encoding, str(len(sent))
    return sent


def _varying(headers: Headers) -> list[str]:
    said = ", ".join(headers.getlist("Vary"))
    return [name.lower() for name in parse_set_header(said)]


def varies_by(page: Page) -> tuple[str, ...]:
    """The headers that an answer varies by, as WSGI names them; its encoding is in every key."""
    names = sorted(_varying(Headers(page.headers)))
    return tuple(_as_wsgi(name) for name in names if name != "accept-encoding")


def _as_wsgi(name: str) -> str:
    return f"HTTP_{name.upper().replace('-', '_')}"


def close(body: Iterable[bytes]) -> None:
    """Let go of what a body holds, as WSGI has it."""
    if close := getattr(body, "close", None):
        close()
