"""How things are said in the language of a request: words of schemes, days, lists of places.

In English they are plain text. In another language they are marked with it (``web.marked``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from flask_babel import Domain
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from kb import wording
from kb.model import Concept
from kb.schemes import Schemes
from web.catalogue import catalogue
from web.language import language
from web.marked import ENGLISH, is_word, marked
from web.state import knowledge

DAY = "d MMMM y"


class Day(str):
    """A day in English words, which knows what day it is: a sentence in another language says it
    in that."""

    on: date


def day(on: date) -> Day:
    """A day as people write it: 2 July 2017. It stays English where it stands by itself."""
    said = Day(wording.day(on))
    said.on = on
    return said


def day_said(on: date) -> str:
    """A day in the words of the interface, where it stands by itself."""
    spoken = language()
    return day(on) if spoken == ENGLISH else marked(_day_in(on, spoken), spoken)


def word_said(word: Concept) -> Concept:
    """A word of a scheme by its name in the language, if it has one there."""
    spoken = language()
    if spoken == ENGLISH or not (label := dict(word.labels).get(spoken)):
        return word
    return replace(word, label=marked(label, spoken))


def words_said(words: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """Words of a scheme by their names in the language."""
    return words if language() == ENGLISH else tuple(word_said(word) for word in words)


def listed(labels: Sequence[str]) -> str:
    """Labels of words in a row: ``A, B and C``."""
    spoken = language()
    if spoken == ENGLISH:
        return " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
    # "And" changes the word after it in some languages; a comma does not.
    return marked(", ".join(said_within(label, spoken) for label in labels), spoken)


class Words(Domain):
    """The words of the interface in the language of a request, marked where that is not English."""

    def gettext(self, string: str, **variables: Any) -> str:
        """A message; what is put into it keeps its own language."""
        said = self.pattern(string)
        return said % self.values(said, variables) if variables else said

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        """The form of a message for a number."""
        said = self.pattern_of_number(singular, plural, num)
        return said % self.values(said, {"num": num, **variables})

    def pattern(self, message: str) -> str:
        """A message before anything is put into it."""
        if (spoken := language()) == ENGLISH:
            return message
        said = catalogue(spoken).one(message)
        return marked(said, spoken) if said else message

    def pattern_of_number(self, one: str, several: str, number: int) -> str:
        """The form of a message for a number, before anything is put into it."""
        if (spoken := language()) == ENGLISH:
            return one if number == 1 else several
        said = catalogue(spoken).of_number(one, several, number)
        return marked(said, spoken) if said else (one if number == 1 else several)

    def values(self, pattern: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """What is put into a message, each marked with its own language."""
        if (spoken := language()) == ENGLISH or not pattern.startswith(marked("", spoken)[:-1]):
            return variables
        return {name: said_within(value, spoken) for name, value in variables.items()}


def said_within(value: Any, spoken: str) -> Any:
    """A value as it stands within a sentence of another language than English.

    Days and words that have a name in that language are said in it. Other text is English.
    """
    if isinstance(value, Day):
        return _day_in(value.on, spoken)
    if isinstance(value, LazyString):
        value = str(value)
    if not isinstance(value, str) or not is_word(value):
        return value
    if name := _names(knowledge().schemes, spoken).get(value):
        return name
    said = marked(value, ENGLISH)
    return Markup(said) if isinstance(value, Markup) else said


def _day_in(on: date, spoken: str) -> str:
    said: str = format_date(on, DAY, locale=spoken)
    return said


@lru_cache(maxsize=8)
def _names(schemes: Schemes, spoken: str) -> dict[str, str]:
    """What words are called in another language, by what they are called in English."""
    every = (word for words in schemes.by_name.values() for word in words)
    return {word.label: said for word in every for tag, said in word.labels if tag == spoken}
