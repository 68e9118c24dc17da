"""What a server may do wrong, over HTTP: each is one clear error that names the address."""

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date

import pytest
from stores import free_port

from kb.errors import DataError
from kb.remote_client import Client, Message, address_of
from kb.remote_engine import RemoteEngine

ASK = Message(method="POST", body=b"query=1")
QUESTION = "SELECT ?a { ?a ?b ?c }"
TABLE = "application/sparql-results+json"
XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass
class Scripted:
    """A server that answers as it is told, by raw bytes; and what it was sent."""

    answers: list[bytes]
    port: int = 0
    pause: float = 0.0
    seen: list[bytes] = field(default_factory=list)
    connections: int = 0

    client: Client = None  # type: ignore[assignment]

    @property
    def engine(self) -> RemoteEngine:
        return RemoteEngine(self.client)


Start = Callable[..., Scripted]


@pytest.fixture
def scripted() -> Iterator[Start]:
    """Starts a server whose every connection is closed once an empty answer comes up."""
    servers, closing = [], ExitStack()

    def start(*answers: bytes, pause: float = 0.0) -> Scripted:
        script = Scripted(list(answers), pause=pause)

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                script.connections += 1
                while message := self.read():
                    script.seen.append(message)
                    time.sleep(script.pause)
                    answer = script.answers.pop(0) if script.answers else b""
                    self.wfile.write(answer)
                    if not answer or b"Connection: close" in answer:
                        return
                    if script.answers and script.answers[0] == b"close":
                        script.answers.pop(0)
                        return

            def read(self) -> bytes:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    line = self.rfile.readline()
                    if not line:
                        return b""
                    head += line
                length = [
                    line for line in head.split(b"\r\n") if line.lower().startswith(b"content-len")
                ]
                return head + (self.rfile.read(int(length[0].split(b":")[1])) if length else b"")

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        servers.append(server)
        script.port = server.server_address[1]
        address = address_of(f"http://127.0.0.1:{script.port}/query")
        script.client = closing.enter_context(Client(address, seconds=5))
        return script

    yield start
    closing.close()
    for server in servers:
        server.shutdown()
        server.server_close()


def answer(body: bytes, *, status: str = "200 OK", kind: str = TABLE, length: int = -1) -> bytes:
    size = len(body) if length < 0 else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + body


def table(*values: dict[str, str]) -> bytes:
    rows = [{"a": value} if value else {} for value in values]
    return answer(json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": rows}}).encode())


# ---- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "host", "port", "target", "secure"),
    [
        ("sparql+http://localhost:7878/query", "localhost", 7878, "/query", False),
        (
            "sparql+https://a.example/repositories/x?a=1",
            "a.example",
            None,
            "/repositories/x?a=1",
            True,
        ),
        ("http://[::1]:80", "::1", 80, "/", False),
    ],
)
def test_an_address_is_read(text, host, port, target, secure):
    found = address_of(text)
    assert (found.host, found.port, found.target, found.secure) == (host, port, target, secure)


@pytest.mark.parametrize(
    "text",
    ["", "oxigraph", "sparql+ftp://a/b", "sparql+file:///etc", "sparql+http://", "http://a:x/b",
     "http://a:99999/", "http://a/b c", "http://a/é", "http://a/b\r\nX: y", "http://a b/", "http://a/b#c",
     "http://[a/"],
)  # fmt: skip
def test_what_is_no_address_is_said(text):
    with pytest.raises(DataError, match=r"a store is given as sparql\+http://host:port/path"):
        address_of(text.replace("\r\n", "%0d\u2028"))


def test_a_password_is_sent_and_never_shown(scripted):
    server = scripted(table(), answer(b"no", status="401 Unauthorized"))
    address = address_of(f"sparql+http://us%40er:s3cret@127.0.0.1:{server.port}/query")
    assert "s3cret" not in address.shown
    with Client(address) as client:
        engine = RemoteEngine(client)
        engine.select(QUESTION)
        assert b"Authorization: Basic dXNAZXI6czNjcmV0\r\n" in server.seen[0]
        with pytest.raises(DataError, match="answered 401: no") as raised:
            engine.select(QUESTION)
    assert "s3cret" not in str(raised.value)
    with pytest.raises(DataError) as refused:
        address_of("sparql+http://user:s3cret@:7878x/")
    assert "s3cret" not in str(refused.value)


# ---- what goes wrong -----------------------------------------------------------------------------


def test_nobody_there_is_said_with_the_address():
    port = free_port()
    client = Client(address_of(f"http://127.0.0.1:{port}/query"))
    with pytest.raises(DataError, match=rf"^http://127\.0\.0\.1:{port}/query: cannot be reached"):
        client.send(ASK)


@pytest.mark.parametrize("host", ["a..b", "nowhere.invalid", "x" * 70 + ".invalid"])
def test_a_name_that_is_nobodys_is_said(host):
    client = Client(address_of(f"http://{host}/query"), tries=1)
    with pytest.raises(DataError, match=f"^http://{host}/query: cannot be reached"):
        client.send(ASK)


@pytest.mark.parametrize(
    "status", ["206 Partial Content", "302 Found", "404 Not Found", "503 Busy"]
)
def test_a_status_that_is_not_of_success_is_said_with_what_came(scripted, status):
    server = scripted(answer(b"  what \n is wrong\n" + b"x" * 5000, status=status))
    with pytest.raises(DataError, match=f"answered {status[:3]}: what is wrong x") as raised:
        server.client.send(ASK)
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Welcome</html>",
        b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", ',
        b'{"head": {"vars": ["a"]}}',
        b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri"}}]}}',
        b'{"head": {"vars": ["a"]}, "results": {"bindings": ["a"]}}',
        b"[1]",
        b"\xff\xfe",
    ],
)
def test_an_odd_body_is_said(scripted, body):
    server = scripted(answer(body))
    with pytest.raises(DataError, match="no table of results") as raised:
        server.engine.select(QUESTION)
    assert str(raised.value).startswith(f"http://127.0.0.1:{server.port}/query: ")


@pytest.mark.parametrize(
    "cut",
    [
        answer(b'{"head"', length=500),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
        b"HTTP/1.1 20",
        b"no HTTP at all\r\n\r\n",
    ],
)
def test_an_answer_that_breaks_off_is_said(scripted, cut):
    server = scripted(cut, b"close")
    with pytest.raises(DataError, match="broke off"):
        server.client.send(ASK)


def test_an_answer_that_takes_too_long_is_said(scripted):
    server = scripted(table(), pause=1.0)
    client = Client(server.client.address, seconds=0.2)
    started = time.monotonic()
    with pytest.raises(DataError, match="took too long"):
        client.send(ASK)
    assert time.monotonic() - started < 0.9


def test_a_question_that_is_no_select_is_refused(scripted):
    with pytest.raises(TypeError, match="has to be a SELECT"):
        scripted(answer(b'{"head": {}, "boolean": true}')).engine.select("ASK {}")


# ---- connections ---------------------------------------------------------------------------------


def test_a_connection_is_kept(scripted):
    server = scripted(*[table()] * 5)
    client = server.client
    for _ in range(5):
        client.send(ASK)
    assert server.connections == 1


def test_a_kept_connection_that_was_closed_is_made_again(scripted):
    server = scripted(table(), b"close", table())
    client = server.client
    client.send(ASK)
    time.sleep(0.05)
    client.send(ASK)
    assert server.connections == 2


def test_what_does_more_when_sent_twice_is_sent_once(scripted):
    server = scripted(table(), b"", table())
    client = server.client
    client.send(ASK)
    with pytest.raises(DataError, match="broke off"):
        client.send(Message(method="POST", body=b"update=1", again=False))
    assert sum(b"update=1" in message for message in server.seen) == 1


def test_an_answer_that_closes_is_followed_by_a_new_connection(scripted):
    last = table().replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
    server = scripted(last, table())
    client = server.client
    assert [client.send(ASK).status for _ in range(2)] == [200, 200]
    assert server.connections == 2


# ---- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ({"type": "uri", "value": "https://a.example/"}, "https://a.example/"),
        ({"type": "literal", "value": "words", "xml:lang": "en"}, "words"),
        ({"type": "literal", "value": "7", "datatype": XSD + "integer"}, 7),
        ({"type": "typed-literal", "value": "1", "datatype": XSD + "boolean"}, True),
        ({"type": "literal", "value": "2011-06-01", "datatype": XSD + "date"}, date(2011, 6, 1)),
        ({"type": "bnode", "value": "b0"}, None),
        ({}, None),
    ],
)
def test_a_value_comes_out_as_plain_python(scripted, term, value):
    names, rows = scripted(table(term)).engine.select(QUESTION)
    assert names == ("a",)
    ((found,),) = rows
    assert found == value
    assert type(found) is type(value)


def test_questions_are_sent_with_their_dataset(scripted):
    server = scripted(table(), table())
    engine = RemoteEngine(server.client, dataset=(("default-graph-uri", "urn:g"),))
    engine.select(QUESTION)
    engine.select_in_graphs(QUESTION)
    assert b"&default-graph-uri=urn%3Ag" in server.seen[0]
    assert b"default-graph-uri" not in server.seen[1]
    assert b"Accept: application/sparql-results+json\r\n" in server.seen[0]
