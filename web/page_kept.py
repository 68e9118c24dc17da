"""Answers that are kept: each ready to be sent, in a bounded part of memory.

What is dropped first is what was kept longest and not asked for since: a flood of addresses that
are each asked for once pushes itself out, and not the pages that people read.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date

from werkzeug.http import parse_etags, unquote_etag

Headers = list[tuple[str, str]]
RECORD = 1_000  # bytes that the record of an answer takes besides its body, about
PARTS = 16  # an answer is kept if so many of its size could be
# What a 304 says nothing of: it has no content (RFC 9110, 15.4.5).
OF_CONTENT = frozenset(
    ["content-encoding", "content-language", "content-length", "content-type", "last-modified"]
)


@dataclass(slots=True, kw_only=True)
class Page:
    """An answer ready to be sent; ``tag`` is its ETag, empty if it has none.

    ``again``: it was asked for since it was kept, or since it was last spared.
    """

    status: str
    headers: Headers
    body: list[bytes]
    tag: str
    unmodified: Headers = field(init=False)
    again: bool = False

    def __post_init__(self) -> None:
        self.unmodified = without_content(self.headers)

    @property
    def size(self) -> int:
        """How much memory it takes, about."""
        said = sum(len(name) + len(value) for name, value in self.headers)
        return RECORD + 2 * said + sum(map(len, self.body))


@dataclass(slots=True, kw_only=True)
class Varies:
    """That there are several answers: ``names`` (as WSGI has them) of the headers they turn on."""

    names: tuple[str, ...]
    again: bool = False

    @property
    def size(self) -> int:
        """How much memory it takes, about."""
        return RECORD


class Shelf:
    """The answers of one state of the site on one day; for several threads.

    Looking takes no lock: it is one look into a dict, and a mark on what was found.
    """

    def __init__(self, *, most: int, day: date, known: object, tag: str) -> None:
        self.day, self.known, self.tag = day, known, tag
        self.largest = most // PARTS
        self._most, self._size = most, 0
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, Page | Varies] = OrderedDict()

    @property
    def size(self) -> int:
        """The bytes that everything kept takes, about."""
        return self._size

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable) -> Page | Varies | None:
        """What is kept under a key."""
        found = self._pages.get(key)
        if found is not None:
            found.again = True
        return found

    def put(self, key: Hashable, page: Page | Varies) -> None:
        """Keep an answer, and drop others until there is room."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._size -= _weight(key, before) if before else 0
            self._pages[key] = page
            self._size += _weight(key, page)
            while self._size > self._most:
                self._drop_one()

    def _drop_one(self) -> None:
        """Drop the oldest, or spare it once if it was asked for again."""
        key, page = self._pages.popitem(last=False)
        if page.again:
            page.again = False
            self._pages[key] = page
        else:
            self._size -= _weight(key, page)


def _weight(key: Hashable, page: Page | Varies) -> int:
    return page.size + len(repr(key))


def without_content(headers: Headers) -> Headers:
    """The headers of an answer that its 304 has as well."""
    return [(name, value) for name, value in headers if name.lower() not in OF_CONTENT]


def is_had(tag: str, wanted: str) -> bool:
    """Does an If-None-Match (``wanted``) say that the reader has the answer with this ETag?"""
    return wanted == tag or parse_etags(wanted).contains_weak(unquote_etag(tag)[0])
