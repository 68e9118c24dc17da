"""Text as a reader of citations sees it: words, numbers and signs, each with where it stands.

Every kind of space, dash, quote and letter form is made one; nothing of the text is too odd.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[a-z]+|[0-9]+|\S")
AND = {"&": "and"}
_UNSEEN = ("Cf", "Cc", "Mn", "Me")  # soft hyphens, joiners, accents: passed over
_ALIKE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣－", "-") | dict.fromkeys("‘’‛ʼ`´′", "'") | dict.fromkeys("⁄∕", "/")
)


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters or of digits, or one sign: in small letters, and as it was written.

    ``glued``: nothing stands between it and the one before.
    """

    word: str
    raw: str
    start: int
    end: int
    glued: bool

    @property
    def capital(self) -> bool:
        """Does it begin with a capital?"""
        return self.raw[:1].isupper()

    @property
    def year(self) -> int | None:
        """The year that it may be, if it is a number of four digits."""
        if len(self.word) == 4 and self.word[:2] in ("17", "18", "19", "20"):
            return int(self.word) if self.word.isdecimal() else None
        return None


Tokens = Sequence[Token]


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of a text, in order."""
    folded, places = _folded(text)
    found, before = list[Token](), -1
    for match in _TOKEN.finditer(folded):
        start, end = places[match.start()], places[match.end() - 1] + 1
        glued = match.start() == before
        before = match.end()
        found.append(Token(match[0], text[start:end], start, end, glued))
    return tuple(found)


def word_at(found: Tokens, at: int) -> str:
    """The word at a place; nothing where there is none."""
    return found[at].word if 0 <= at < len(found) else ""


def is_number(word: str) -> bool:
    """Is it a run of plain digits?"""
    return word.isascii() and word.isdecimal()


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text without its signs; ``&`` is a word."""
    found = (AND.get(token.word, token.word) for token in tokens(text))
    return tuple(word for word in found if word.isalnum())


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text in one form, and for each of its characters the place it comes from."""
    if text.isascii():
        return text.lower().replace("`", "'"), range(len(text))
    letters, places = list[str](), list[int]()
    for place, letter in enumerate(text.translate(_ALIKE)):
        if letter.isascii():
            letters.append(letter.lower())
            places.append(place)
            continue
        for piece in unicodedata.normalize("NFKD", letter).casefold():
            if unicodedata.category(piece) not in _UNSEEN:
                letters.append(piece)
                places.append(place)
    return "".join(letters), places
