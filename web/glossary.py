"""What the glossary shows: every controlled word by its scheme, and everyday names from A to Z."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kb.model import Concept
from kb.schemes import Schemes
from kb.term_model import SchemeRef
from kb.terms import ID
from web.ids import local_address

OTHER = "0–9"


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word: ``anchor`` is its place on the page, ``address`` its identifier on this site."""

    anchor: str
    address: str
    label: str
    definition: str
    other_names: tuple[str, ...]
    broader: str | None


@dataclass(frozen=True, kw_only=True)
class Group:
    """The words of a scheme, in its order."""

    scheme: SchemeRef
    words: tuple[Word, ...]


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name that people use, and the words that it leads to: pairs of label and anchor."""

    text: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class GlossaryPage:
    """Every word; ``names`` are under their first letter."""

    groups: tuple[Group, ...]
    names: tuple[tuple[str, tuple[Name, ...]], ...]
    total: int


def glossary_page(schemes: Schemes, described: tuple[SchemeRef, ...]) -> GlossaryPage:
    """Every word of every scheme, the schemes by their titles."""
    groups = tuple(
        Group(scheme=scheme, words=tuple(_word(schemes, w) for w in schemes.scheme(scheme.name)))
        for scheme in sorted(described, key=lambda scheme: scheme.title)
    )
    return GlossaryPage(
        groups=groups,
        names=tuple(_by_letter(_names(groups))),
        total=sum(len(group.words) for group in groups),
    )


def _word(schemes: Schemes, found: Concept) -> Word:
    broader = found.broader and schemes.concept(found.scheme, found.broader, parameter=found.scheme)
    return Word(
        anchor=_anchor(found.address),
        address=local_address(found.address),
        label=found.label,
        definition=found.definition,
        other_names=found.other_names,
        broader=broader.label if broader else None,
    )


def _anchor(address: str) -> str:
    return address.removeprefix(ID).replace("/", "-")


def _names(groups: tuple[Group, ...]) -> list[Name]:
    """Every other name of a word, each once, as a dictionary has them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for group in groups:
        for word in group.words:
            for name in word.other_names:
                found.setdefault(name, []).append((word.label, word.anchor))
    named = (Name(text=name, words=tuple(words)) for name, words in found.items())
    return sorted(named, key=lambda name: (name.text.casefold(), name.text))


def _by_letter(names: list[Name]) -> Iterator[tuple[str, tuple[Name, ...]]]:
    for letter, found in groupby(names, key=_letter):
        yield letter, tuple(found)


def _letter(name: Name) -> str:
    first = name.text[:1].upper()
    return first if first.isalpha() else OTHER
