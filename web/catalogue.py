"""The words of the interface in another language: read from its .po file into memory, once.

The file itself says whether a speaker of the language has reviewed it: ``# Reviewed: no`` in the
comment at its head, which Babel's tools leave alone.
"""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent / "translations"
FILE = Path("LC_MESSAGES") / "messages.po"
_REVIEWED = re.compile(r"^# Reviewed: yes$", re.MULTILINE)


class _Missing(NullTranslations):
    """Says nothing where a message has no translation, so that English is never taken for one."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The words of a language; ``reviewed``: a speaker of it has read them."""

    words: Translations
    reviewed: bool

    def one(self, message: str) -> str:
        """What a message is in this language; nothing if that is missing."""
        said: str = self.words.gettext(message)
        return said

    def of_number(self, one: str, several: str, number: int) -> str:
        """The form of a message for a number; nothing if that is missing."""
        said: str = self.words.ngettext(one, several, number)
        return said


@cache
def catalogue(tag: str) -> Catalogue:
    """The catalogue of a language, by its tag."""
    with (FOLDER / tag / FILE).open("rb") as file:
        read = read_po(file, locale=tag)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    words = Translations(compiled)
    words.add_fallback(_Missing())
    return Catalogue(words=words, reviewed=_REVIEWED.search(read.header_comment) is not None)


@cache
def catalogues() -> tuple[str, ...]:
    """The tags of the languages that have one."""
    return tuple(sorted(file.parents[1].name for file in FOLDER.glob(f"*/{FILE}")))
