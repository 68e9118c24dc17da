"""How the endpoint and its workers talk: a kind of message, its length, its bytes."""

from struct import Struct
from typing import IO

KINDS = ("data", "ready", "ask", "table", "graph", "refused", "too-large", "unacceptable")
HEADER = Struct(">BQ")


def write_frame(stream: IO[bytes], kind: str, body: bytes) -> None:
    """Send one message."""
    stream.write(HEADER.pack(KINDS.index(kind), len(body)))
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[str, bytes] | None:
    """Wait for one message: its kind and its bytes; None when there will be no more."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    body = stream.read(length)
    return (KINDS[kind], body) if len(body) == length else None
