"""How the body of an answer is sent: compressed as the reader can take it, once for all readers.

The levels are those at which compressing costs less than making the page: brotli's 5 makes a
page of 290 kB a fifth smaller than gzip's 9 does, in no more time; its 11 would take 100 times
as long for a tenth less.
"""

import gzip
from functools import lru_cache

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

PLAIN = "identity"
LEAST = 800  # bytes: what is shorter is in one packet anyway
LONGEST = 200  # characters of a header that is read at all
WORDY = (
    "text/",
    "application/json",
    "application/javascript",
    "application/n-",
    "application/trig",
    "application/xml",
    "image/svg+xml",
)
WORDY_ENDS = ("+json", "+xml")
ENCODINGS = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


@lru_cache(maxsize=256)
def preferred(accepted: str) -> str:
    """The encoding that an Accept-Encoding likes best; of equals the one that is smallest."""
    if not accepted or len(accepted) > LONGEST:
        return PLAIN
    ranges = parse_accept_header(accepted, Accept)
    plain = ranges.quality(PLAIN) if PLAIN in accepted else 0
    best, found = plain, PLAIN
    for name in ENCODINGS:
        if (quality := ranges.quality(name)) > best or (quality == best > 0 and found == PLAIN):
            best, found = quality, name
    return found


def is_wordy(content_type: str) -> bool:
    """Is it text, which compressing makes smaller?"""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type.startswith(WORDY) or media_type.endswith(WORDY_ENDS)


def encoded(body: bytes, encoding: str) -> bytes:
    """A body in an encoding: the same body always as the same bytes."""
    made: bytes = ENCODINGS[encoding](body)
    return made
