"""Text that says in which language it is, until the page around it is put together.

A page in another language than English is made of words of the interface, which have been
translated, and of data, which has not. So what was translated stands between two marks from the
start, and what stands between none is English. ``web.woven`` turns the marks into ``lang``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ENGLISH = "en"
# Private characters: no text has them, HTML leaves them as they are, and so do lower and strip.
OPEN, SAID, CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{OPEN}([a-z]{{2,3}}){SAID}|{CLOSE}")
_ENTITY = re.compile(r"&#?\w+;")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one language; None for figures and punctuation, which have none."""

    text: str
    language: str | None


def marked(text: str, language: str) -> str:
    """The text with marks around it that say its language; marks within it keep their meaning."""
    return f"{OPEN}{language}{SAID}{text}{CLOSE}"


def is_marked(text: str) -> bool:
    """Does any of the text say its language?"""
    return OPEN in text or CLOSE in text


def plain(text: str) -> str:
    """The text without marks."""
    return _MARK.sub("", text) if is_marked(text) else text


def is_word(text: str) -> bool:
    """Has the text a letter, so that it is in some language? Entities of HTML have none."""
    return any(letter.isalpha() for letter in _ENTITY.sub("", text))


def runs(text: str, within: list[str], *, otherwise: str = ENGLISH) -> Iterator[Run]:
    """The text, language by language.

    ``within`` are the languages whose marks are open before it, and after it: it is changed.
    ``otherwise`` is the language of what stands between no marks.
    """
    at = 0
    for mark in _MARK.finditer(text):
        yield from _run(text[at : mark.start()], within, otherwise)
        at = mark.end()
        if mark[1] is not None:
            within.append(mark[1])
        elif within:
            within.pop()
    yield from _run(text[at:], within, otherwise)


def _run(text: str, within: list[str], otherwise: str) -> Iterator[Run]:
    if text:
        yield Run(text, (within[-1] if within else otherwise) if is_word(text) else None)
