"""Puts a page together that is not in English alone: every text stands in an element that says
its language, so that a screen reader speaks it right and nothing is mixed unseen.

What is a leaf says its language itself; what stands among other text gets an element of its own.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from web.marked import CLOSE, ENGLISH, OPEN, Run, plain, runs

_TOKEN = re.compile(r"<!--.*?-->|</?[a-zA-Z](?:\"[^\"]*\"|[^\"<>])*>", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_LANGUAGE = re.compile(r'(?<![\w-])lang="([^"]*)"')
# Attributes that people read or hear.
_SPOKEN = re.compile(
    r"(?<![\w-])(?:aria-label|aria-description|alt|title|placeholder|data-label|data-copied"
    r'|data-selected)="([^"]*)"'
)
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
RAW = frozenset(("script", "style"))
# No element can stand in these, and so they are in one language: that of most of their letters.
BARE = frozenset(("title", "option", "desc", "textarea", "text"))


@dataclass
class _Element:
    """An open element: its language, and that of unmarked text in it."""

    name: str
    language: str
    otherwise: str


@dataclass
class _Page:
    """A page being put together."""

    tokens: list[str]
    stack: list[_Element]
    within: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def is_plain(self, text: str) -> bool:
        """Is the text surely in the language of the element that is open?"""
        at = self.stack[-1]
        unmarked = OPEN not in text and CLOSE not in text and not self.within
        return unmarked and (at.language == at.otherwise or not text or text.isspace())


def woven(html: str) -> str:
    """The page with a language on every text, in place of the marks."""
    page = _Page(tokens=_tokens(html), stack=[_Element("", ENGLISH, ENGLISH)])
    for number, token in enumerate(page.tokens):
        if number % 2 == 0:
            _text(page, token)
        elif token.startswith("</"):
            _end(page, token)
        elif token.startswith("<!"):
            page.made.append(token)
        else:
            _start(page, token, number)
    return "".join(page.made)


def _tokens(html: str) -> list[str]:
    """Text and tags in turn, text first."""
    found, at = [], 0
    for tag in _TOKEN.finditer(html):
        found += [html[at : tag.start()], tag[0]]
        at = tag.end()
    return [*found, html[at:]]


def _start(page: _Page, tag: str, number: int) -> None:
    name, above = _name(tag), page.stack[-1]
    stated = _LANGUAGE.search(tag) if "lang=" in tag else None
    if stated:
        language: str | None = stated[1]
    elif page.is_plain(tag) and page.is_plain(page.tokens[number + 1]):
        language = None
    else:
        language = _wanted(page, tag, number, name=name)
    if language is None:
        language = above.language
    elif not stated and language != above.language:
        tag = f'{tag[: len(name) + 1]} lang="{language}"{tag[len(name) + 1 :]}'
    page.made.append(plain(tag))
    if name not in VOID and not tag.endswith("/>"):
        says = stated is not None and name not in ("html", "main")
        page.stack.append(_Element(name, language, language if says else above.otherwise))


def _wanted(page: _Page, tag: str, number: int, *, name: str) -> str | None:
    """The language that an element should be in: that of what it says, or of its only text."""
    otherwise = page.stack[-1].otherwise
    for found in _SPOKEN.finditer(tag):
        for run in runs(found[1], list(page.within), otherwise=otherwise):
            if run.language:
                return run.language
    if name in VOID or number + 2 > len(page.tokens) - 1:
        return None
    if not page.tokens[number + 2].startswith(f"</{name}"):
        return None
    letters: Counter[str] = Counter()
    for run in runs(page.tokens[number + 1], list(page.within), otherwise=otherwise):
        if run.language:
            letters[run.language] += len(run.text)
    if not letters or (len(letters) > 1 and name not in BARE):
        return None
    return max(letters, key=letters.__getitem__)


def _end(page: _Page, tag: str) -> None:
    name = _name(tag)
    if page.stack[-1].name == name:
        page.stack.pop()
    elif any(element.name == name for element in page.stack):
        while page.stack.pop().name != name:
            pass
    page.made.append(tag)


def _text(page: _Page, text: str) -> None:
    at = page.stack[-1]
    if at.name in RAW or page.is_plain(text):
        page.made.append(plain(text))
        return
    for run in _joined(list(runs(text, page.within, otherwise=at.otherwise))):
        if run.language is None or run.language == at.language or at.name in BARE:
            page.made.append(run.text)
        else:
            page.made.append(_spanned(run.text, run.language))


def _joined(found: list[Run]) -> list[Run]:
    """The runs, with neighbours in one language as one, and figures with what stands before."""
    joined: list[Run] = []
    for run in found:
        last = joined[-1] if joined else None
        if last and last.language and run.language in (None, last.language):
            joined[-1] = Run(last.text + run.text, last.language)
        else:
            joined.append(run)
    return joined


def _spanned(text: str, language: str) -> str:
    """The text in an element of its own, without the white space around it."""
    bare = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f'{before}<span lang="{language}">{bare}</span>{after}'


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""
