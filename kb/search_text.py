"""Words as a search sees them: citations in one form, queries in clauses, snippets with marks."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

CITED = re.compile(
    r"(?<![\w'’])(?P<kind>sections?|secs?|ss?|§|articles?|arts?|regulations?|regs?|paragraphs?"
    r"|paras?|schedules?|scheds?|schs?)\.?[/\s]*(?P<number>\d+[a-z]{0,3})(?!\w)",
    re.IGNORECASE,
)
SHORT = ("sch", "s", "art", "reg", "para")
_PIECE = re.compile(rf"{CITED.pattern}|\w+", re.IGNORECASE)
_CLAUSE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
SNIPPET = 240
BEFORE = 60
Stem = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A part of a query: a word, the words of a phrase, or the beginning of a word."""

    kind: str
    words: tuple[str, ...]
    excluded: bool = False


def _number(match: re.Match[str]) -> str:
    """A provision's number with the word for its kind, in one form: ``s33``, ``art3``, ``sch2``."""
    kind = match["kind"].lower().replace("§", "s")
    return next(short for short in SHORT if kind.startswith(short)) + match["number"].lower()


def one_form(text: str) -> str:
    """The text with ``s. 33``, ``section 33`` and ``ss 33`` all written ``s33``."""
    return CITED.sub(_number, text)


def clauses(text: str) -> tuple[Clause, ...]:
    """What a query asks for. Any text at all is a query; what means nothing is passed over."""
    found: dict[Clause, None] = {}
    for match in _CLAUSE.finditer(one_form(text)):
        excluded = bool(match["minus"])
        if match["phrase"] is not None:
            words = tuple(re.findall(r"\w+", match["phrase"].lower()))
            kind = "phrase" if len(words) > 1 else "word"
            if words:
                found[Clause(kind=kind, words=words, excluded=excluded)] = None
            continue
        words = tuple(re.findall(r"\w+", match["word"].lower()))
        begins = match["word"].endswith("*") and len(words) == 1 and len(words[0]) > 1
        for word in words:
            kind = "prefix" if begins else "word"
            found[Clause(kind=kind, words=(word,), excluded=excluded)] = None
    return tuple(found)


class Piece(NamedTuple):
    """A word of a text, or a citation in it: where it stands, in one form, and its stem."""

    start: int
    end: int
    word: str
    stem: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a snippet marks: words by their stem, and beginnings of words."""

    stems: frozenset[str]
    beginnings: tuple[str, ...]
    stem: Stem

    def of(self, piece: Piece) -> str | None:
        """What is wanted of a piece of text, if anything is."""
        if piece.stem in self.stems:
            return piece.stem
        return next((b for b in self.beginnings if piece.word.startswith(b)), None)


@lru_cache(maxsize=10_000)
def pieces(text: str, stem: Stem) -> tuple[Piece, ...]:
    """The words and citations of a text, kept for the next search."""
    found = []
    for match in _PIECE.finditer(text):
        word = _number(match) if match["kind"] else match[0].lower()
        found.append(Piece(match.start(), match.end(), word, stem(word)))
    return tuple(found)


def snippet(passages: Iterable[str], wanted: Wanted) -> str:
    """The passage that has most of what is wanted, as HTML with each find in ``<mark>``."""
    best, best_finds, most = "", list[Piece](), -1
    for passage in passages:
        finds = [piece for piece in pieces(passage, wanted.stem) if wanted.of(piece)]
        distinct = len({wanted.of(piece) for piece in finds})
        if distinct > most:
            best, best_finds, most = passage, finds, distinct
    return _cut(best, best_finds)


def _cut(text: str, finds: list[Piece]) -> str:
    """Part of a text round the first find, with whole words; all of it escaped but the marks."""
    start = max(0, finds[0].start - BEFORE) if finds and len(text) > SNIPPET else 0
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = len(text)
    if end - start > SNIPPET:
        end = max(text.rfind(" ", start, start + SNIPPET), start)
        end = end if end > start else start + SNIPPET
    shown, at = ["… " if start else ""], start
    for find in finds:
        if find.start < at or find.end > end:
            continue
        shown += [
            escape(text[at : find.start]),
            f"<mark>{escape(text[find.start : find.end])}</mark>",
        ]
        at = find.end
    shown += [escape(text[at:end]), " …" if end < len(text) else ""]
    return "".join(shown)
