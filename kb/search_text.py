"""Words as a search sees them: citations in one form, short titles, snippets with marks."""

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
SNIPPET = 240
BEFORE = 60
Stem = Callable[[str], str]


def _number(match: re.Match[str]) -> str:
    """A provision's number with the word for its kind, in one form: ``s33``, ``art3``, ``sch2``."""
    kind = match["kind"].lower().replace("§", "s")
    return next(short for short in SHORT if kind.startswith(short)) + match["number"].lower()


def one_form(text: str) -> str:
    """The text with ``s. 33``, ``section 33`` and ``ss 33`` all written ``s33``."""
    return CITED.sub(_number, text)


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

    def distinct(self, passage: "Passage") -> int:
        """How many of the things wanted stand in a passage."""
        found = len(self.stems & passage.stems)
        if self.beginnings:
            words = [piece.word for piece in passage.pieces]
            found += sum(any(word.startswith(b) for word in words) for b in self.beginnings)
        return found

    def finds(self, passage: "Passage") -> list[Piece]:
        """Where what is wanted stands in a passage."""
        return [
            piece
            for piece in passage.pieces
            if piece.stem in self.stems
            or (self.beginnings and piece.word.startswith(self.beginnings))
        ]


class Passage(NamedTuple):
    """The words and citations of a text, and their stems."""

    pieces: tuple[Piece, ...]
    stems: frozenset[str]


@lru_cache(maxsize=20_000)
def passage_of(text: str, stem: Stem) -> Passage:
    """A text in pieces, kept for the next search."""
    found = []
    for match in _PIECE.finditer(text):
        word = _number(match) if match["kind"] else match[0].lower()
        found.append(Piece(match.start(), match.end(), word, stem(word)))
    return Passage(tuple(found), frozenset(piece.stem for piece in found))


def snippet(passages: Iterable[str], wanted: Wanted) -> str:
    """The passage that has most of what is wanted, as HTML with each find in ``<mark>``."""
    best, within, most = "", Passage((), frozenset()), -1
    for text in passages:
        passage = passage_of(text, wanted.stem)
        distinct = wanted.distinct(passage)
        if distinct > most:
            best, within, most = text, passage, distinct
    return _cut(best, wanted.finds(within) if most > 0 else [])


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


def passages(*texts: str | None) -> tuple[str, ...]:
    """The texts that there are, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))


def short_titles(title: str) -> tuple[str, ...]:
    """What an instrument is called for short: CJCA, CJCA2015; with and without small words."""
    year = re.findall(r"\b(?:19|20)\d\d\b", title)[-1:]
    found: dict[str, None] = {}
    for name in (title, re.sub(r"\([^)]*\)", " ", title)):
        letters = [word[0] for word in re.findall(r"[^\W\d_][\w'’]*", name)]
        for short in ("".join(c for c in letters if c.isupper()), "".join(letters).upper()):
            if len(short) > 1:
                found[short] = None
    return (*found, *(short + y for short in found for y in year))
