"""What is sent to do harm does none: nothing is fetched, read or changed, and all is answered."""

import http.client
import os
import re
import socket
import threading
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.serving import make_server

from web.app import create_app

FOLDER = Path(__file__).parent / "hostile"
SECONDS = 0.4
MARGIN = 1.0
SECRET = "hush-this-is-not-for-you"
ASK = "ASK { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
WAYS = ("get", "form", "direct")


@dataclass(frozen=True)
class Sent:
    """One request of the corpus, in one of the ways in which it can be sent."""

    name: str
    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]
    allowed: tuple[int, ...]


@dataclass
class Canary:
    """A listener that must hear nothing."""

    listener: socket.socket
    heard: list[Any] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/"

    def listen(self) -> None:
        while True:
            try:
                connection, caller = self.listener.accept()
            except OSError:
                return
            self.heard.append(caller)
            connection.close()


def corpus(url: str, file: str) -> list[Sent]:
    """Every request of the corpus, in every way it is meant to be sent."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, request in enumerate(told["request"], start=1):
            filled = filled_in(request, url=url, file=file)
            found += [*sendings(f"{path.stem} {number}", filled)]
    return found


def filled_in(value: Any, *, url: str, file: str) -> Any:
    """A request with what its placeholders stand for."""
    if isinstance(value, dict):
        return {name: filled_in(one, url=url, file=file) for name, one in value.items()}
    if isinstance(value, str):
        value = value.replace("URL", url).replace("FILE", file)
        return re.sub(r"\{\{(.+?)\*(\d+)\}\}", repeated, value, flags=re.DOTALL)
    return value


def repeated(match: re.Match[str]) -> str:
    return match[1] * int(match[2])


def sendings(name: str, request: dict[str, Any]) -> Iterator[Sent]:
    allowed = (*request["status"], *([503] if request.get("bomb") else []))
    headers = request.get("headers", {})
    if "body" in request:
        typed = {"Content-Type": request["type"], **headers}
        method, body = request.get("method", "POST"), request["body"].encode()
        yield Sent(name, method, "/sparql", body, typed, allowed)
        return
    more = request.get("parameters", {})
    for way in request.get("to", WAYS):
        asked = urlencode({"query": request["query"], **more})
        if way == "get":
            method = request.get("method", "GET")
            yield Sent(f"{name} get", method, f"/sparql?{asked}", None, headers, allowed)
        elif way == "form":
            typed = {"Content-Type": FORM, **headers}
            yield Sent(f"{name} form", "POST", "/sparql", asked.encode(), typed, allowed)
        else:
            typed, body = {"Content-Type": DIRECT, **headers}, request["query"].encode()
            path = f"/sparql?{urlencode(more)}" if more else "/sparql"
            yield Sent(f"{name} direct", "POST", path, body, typed, allowed)


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        heard = Canary(listener)
        threading.Thread(target=heard.listen, daemon=True).start()
        yield heard
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    app = create_app(
        {"SPARQL_SECONDS": SECONDS, "SPARQL_MEMORY_BYTES": 2**30, "SPARQL_ANSWER_BYTES": 2_000_000}
    )
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    running.endpoint = app.extensions["sparql"]
    send(
        running.server_port,
        Sent("first", "GET", f"/sparql?{urlencode({'query': ASK})}", None, {}, ()),
    )
    yield running
    running.shutdown()
    thread.join()
    running.server_close()
    running.endpoint.close()


def send(port: int, sent: Sent) -> tuple[int, str, bytes, float]:
    """The status, the headers, the body, and the seconds that it took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    started = time.monotonic()
    try:
        connection.request(sent.method, sent.path, body=sent.body, headers=sent.headers)
        response = connection.getresponse()
        body = response.read()
        return response.status, str(response.headers), body, time.monotonic() - started
    finally:
        connection.close()


def wrong(port: int, sent: Sent) -> str | None:
    """What is wrong with the answer to a request; None if nothing is."""
    status, headers, body, took = send(port, sent)
    said = f"{sent.name}: {status} after {took:.2f} s: {body[:200]!r}"
    if status not in sent.allowed:
        return f"{said}; allowed: {sent.allowed}"
    if took > SECONDS + MARGIN:
        return f"{said}: late"
    if SECRET.encode() in body or b"root:" in body:
        return f"{said}: it was read"
    if "X-Injected: yes" in headers.replace("\r", "").split("\n"):
        return f"{said}: the headers are the visitor's"
    if "text/html" in headers and b"<script>alert" in body:
        return f"{said}: the page is the visitor's"
    if status == 503 and "Retry-After" not in headers:
        return f"{said}: when to come back is not said"
    return None


def test_no_hostile_request_does_harm(server: Any, canary: Canary, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text(f'<x:a> <x:b> "{SECRET}" .', encoding="utf-8")
    requests = corpus(canary.url, secret.as_uri())
    assert len(requests) >= 200
    with ThreadPoolExecutor(2) as clients:
        said = [one for one in clients.map(lambda r: wrong(server.server_port, r), requests) if one]
    assert not said, "\n".join(said)
    assert canary.heard == []
    status, _, body, _ = send(
        server.server_port,
        Sent("after", "GET", f"/sparql?{urlencode({'query': ASK})}", None, {}, ()),
    )
    assert (status, b"true" in body) == (200, True)
    assert_nothing_is_left(server.endpoint)


def assert_nothing_is_left(endpoint: Any) -> None:
    """Of all that was killed, no process stays: neither at work nor as a zombie."""
    running = endpoint._pool.running
    holder = running.holder.process.pid
    kept = {worker.process_id for worker in running.workers}
    deadline = time.monotonic() + 5
    while (left := children(holder)) != kept and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == kept
    assert len(kept) <= 2
    assert holder in children(os.getpid())


def children(process_id: int) -> set[int]:
    tasks = Path(f"/proc/{process_id}/task").iterdir()
    return {int(one) for task in tasks for one in (task / "children").read_text().split()}


def test_the_canary_would_hear(canary: Canary) -> None:
    with socket.create_connection(canary.listener.getsockname()):
        deadline = time.monotonic() + 5
        while not canary.heard and time.monotonic() < deadline:
            time.sleep(0.01)
    assert canary.heard
    canary.heard.clear()
