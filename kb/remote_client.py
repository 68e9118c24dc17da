"""Talks HTTP with a SPARQL server: connections kept, timeouts, and errors that name the address."""

import base64
import http.client
import time
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from kb.errors import DataError

PREFIX = "sparql+"
SCHEMES = ("http", "https")
SECONDS = 120.0  # the longest that an answer may take
CONNECT_TRIES, CONNECT_PAUSE, CONNECT_SECONDS = 2, 0.5, 10.0
PART = 1 << 16
LARGEST = 2_000_000_000
QUOTED = 200  # of what a server says is wrong
FORM = "application/x-www-form-urlencoded"
BROKEN = (OSError, http.client.HTTPException)


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a server listens. ``shown`` is how it is named in messages: without a password."""

    secure: bool
    host: str
    port: int | None
    target: str
    shown: str
    authorization: str | None


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is sent; ``query`` joins that of the target.

    ``again`` says that, sent twice, it does no more than once.
    """

    method: str
    body: bytes = b""
    media_type: str = FORM
    accept: str = "*/*"
    query: str = ""
    again: bool = True


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back, whole."""

    status: int
    media_type: str
    body: bytes

    @property
    def said(self) -> str:
        """The beginning of it as one line."""
        return " ".join(self.body[: 4 * QUOTED].decode(errors="replace").split())[:QUOTED]


def address_of(text: str) -> Address:
    """An address such as ``sparql+http://host:7878/query``; raises DataError if it is none."""
    try:
        split = urlsplit(text.strip().removeprefix(PREFIX))
        port = split.port
    except ValueError as error:
        raise DataError(_no_address("its port or host cannot be read")) from error
    if split.scheme not in SCHEMES or not split.hostname or split.fragment:
        raise DataError(_no_address("it names no server" if "@" in text else repr(text)))
    query = f"?{split.query}" if split.query else ""
    target = (split.path or "/") + query
    signs = split.hostname + target
    if not target.isascii() or not signs.isprintable() or " " in signs:
        raise DataError(_no_address("it has signs that have to be written with %"))
    where = split.netloc.rpartition("@")[2]
    return Address(
        secure=split.scheme == "https",
        host=split.hostname,
        port=port,
        target=target,
        shown=f"{split.scheme}://{where}{target}",
        authorization=_authorization(split),
    )


def _no_address(found: str) -> str:
    return f"a store is given as sparql+http://host:port/path or sparql+https://…, and not: {found}"


def _authorization(split: SplitResult) -> str | None:
    if split.username is None:
        return None
    pair = f"{unquote(split.username)}:{unquote(split.password or '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


class Client:
    """One server, for one thread at a time; the connection is kept until it is closed."""

    def __init__(
        self, address: Address, *, seconds: float = SECONDS, tries: int = CONNECT_TRIES
    ) -> None:
        self.address, self.seconds, self.tries = address, seconds, tries
        self._kept: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the connection go; the next message makes another."""
        if self._kept:
            self._kept.close()
            self._kept = None

    def send(self, message: Message) -> Reply:
        """The answer, if its status is of success; raises DataError naming the address if not."""
        reply = self._sent(message)
        if not 200 <= reply.status < 300 or reply.status == 206:
            raise DataError(f"{self.address.shown}: answered {reply.status}: {reply.said}")
        return reply

    def _sent(self, message: Message) -> Reply:
        """Tried a second time where a kept connection turns out to have been closed meanwhile."""
        if self._kept and message.again:
            try:
                return self._exchanged(self._kept, message)
            except TimeoutError as error:
                raise self._failed(error) from error
            except BROKEN:
                self.close()
        connection = self._connected()
        try:
            return self._exchanged(connection, message)
        except BROKEN as error:
            raise self._failed(error) from error

    def _exchanged(self, connection: http.client.HTTPConnection, message: Message) -> Reply:
        deadline = time.monotonic() + self.seconds
        target = self.address.target
        if message.query:
            target += ("&" if "?" in target else "?") + message.query
        headers = {"Accept": message.accept, "User-Agent": "whichlaw"}
        if message.body:
            headers["Content-Type"] = message.media_type
        if self.address.authorization:
            headers["Authorization"] = self.address.authorization
        connection.request(message.method, target, message.body or None, headers)
        response = connection.getresponse()
        body = _whole(response, deadline=deadline)
        if response.will_close:
            self.close()
        kind = response.headers.get_content_type()
        return Reply(status=response.status, media_type=kind, body=body)

    def _connected(self) -> http.client.HTTPConnection:
        """A new connection, tried for again if need be: nothing was sent yet."""
        self.close()
        kind = http.client.HTTPSConnection if self.address.secure else http.client.HTTPConnection
        patience = min(self.seconds, CONNECT_SECONDS)
        connection = kind(self.address.host, self.address.port, timeout=patience)
        for left in reversed(range(self.tries)):
            try:
                connection.connect()
                break
            except (OSError, UnicodeError) as error:
                connection.close()
                if not left or isinstance(error, TimeoutError):
                    message = f"{self.address.shown}: cannot be reached ({_reason(error)})"
                    raise DataError(message) from error
                time.sleep(CONNECT_PAUSE)
        connection.sock.settimeout(self.seconds)
        self._kept = connection
        return connection

    def _failed(self, error: Exception) -> DataError:
        self.close()
        what = "took too long" if isinstance(error, TimeoutError) else "broke off"
        return DataError(f"{self.address.shown}: the answer {what} ({_reason(error)})")


def _whole(response: http.client.HTTPResponse, *, deadline: float) -> bytes:
    """The body; raises IncompleteRead or TimeoutError if it does not come whole or in time."""
    length = response.length
    parts, size = list[bytes](), 0
    while part := response.read(PART):
        parts.append(part)
        size += len(part)
        if time.monotonic() > deadline:
            raise TimeoutError("it came too slowly")
        if size > LARGEST:
            raise http.client.HTTPException("it is too large")
    if length is not None and size < length:
        raise http.client.IncompleteRead(b"", length - size)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error) or type(error).__name__


def form(*parameters: tuple[str, str]) -> bytes:
    """Parameters as the body of a form."""
    return urlencode(parameters).encode()
