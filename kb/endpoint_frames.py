"""How the endpoint and its workers talk: a kind of message, its length, its bytes."""

from struct import Struct
from typing import IO

KINDS = ("ask", "table", "graph", "refused", "service", "too-large", "unacceptable")
HEADER = Struct(">BQ")
NUMBER = Struct(">q")  # of a process: what the one that makes workers says


def packed(kind: str, body: bytes) -> bytes:
    """One message, as it is sent."""
    return HEADER.pack(KINDS.index(kind), len(body)) + body


def read_frame(stream: IO[bytes]) -> tuple[str, bytes] | None:
    """Wait for one message: its kind and its bytes; None when there will be no more."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    body = stream.read(length)
    return (KINDS[kind], body) if len(body) == length else None
