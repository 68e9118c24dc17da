"""The controlled words: read from the concept schemes, so that no word of law stands in Python."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kb.engine import Engine
from kb.errors import NotFound, UnknownValue
from kb.model import Concept
from kb.query import ask
from kb.terms import slug_of
from kb.word_rows import (
    ConceptRow,
    Covered,
    HiddenName,
    LabelInLanguage,
    OtherName,
    RelatedWord,
    SuggestedWord,
)

Lists = defaultdict[str, list[Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Schemes:
    """Every scheme by name (``nations``, ``conducts`` …), each a tuple of concepts in order."""

    by_name: dict[str, tuple[Concept, ...]]
    by_address: dict[str, Concept]

    def scheme(self, name: str) -> tuple[Concept, ...]:
        """The concepts of a scheme; raises NotFound with the names there are."""
        if name not in self.by_name:
            names = ", ".join(sorted(self.by_name))
            raise NotFound("scheme", name, hint=f"There are: {names}.")
        return self.by_name[name]

    def slugs(self, name: str) -> tuple[str, ...]:
        """The words of a scheme, in its order."""
        return tuple(concept.slug for concept in self.scheme(name))

    def find(self, name: str, slug: str) -> Concept | None:
        """The concept of a scheme for a word; None if the word is not in it."""
        return _by_slug(self, name).get(slug)

    def concept(self, name: str, slug: str, *, parameter: str) -> Concept:
        """The concept of a scheme for a word; raises UnknownValue with the words that would do."""
        found = self.find(name, slug)
        if found is None:
            raise UnknownValue(parameter, slug, self.slugs(name))
        return found

    def label(self, address: str) -> str:
        """The label of a concept by its address; its slug if the concept is not in any scheme."""
        concept = self.by_address.get(address)
        return concept.label if concept else slug_of(address)


@lru_cache(maxsize=256)
def _by_slug(schemes: Schemes, name: str) -> dict[str, Concept]:
    """The concepts of a scheme by their words."""
    return {concept.slug: concept for concept in reversed(schemes.scheme(name))}


def load_schemes(engine: Engine) -> Schemes:
    """Read every scheme of the loaded ontology."""
    said = {
        "other_names": _lists((r.owner, r.name) for r in ask(engine, "other_names", OtherName)),
        "hidden_names": _lists((r.owner, r.name) for r in ask(engine, "hidden_names", HiddenName)),
        "covers": _lists((r.topic, r.word) for r in ask(engine, "covers", Covered)),
        "related": _lists((r.concept, r.other) for r in ask(engine, "related_words", RelatedWord)),
        "suggests": _lists(
            (r.situation, r.word) for r in ask(engine, "suggested_words", SuggestedWord)
        ),
        "labels": _lists(
            (r.concept, (r.language, r.label))
            for r in ask(engine, "labels_by_language", LabelInLanguage)
        ),
    }
    by_name: defaultdict[str, dict[str, Concept]] = defaultdict(dict)
    for word in ask(engine, "concepts", ConceptRow):
        scheme = slug_of(word.scheme)
        by_name[scheme][word.concept] = _concept(word, scheme=scheme, said=said)
    return Schemes(
        by_name={name: tuple(concepts.values()) for name, concepts in by_name.items()},
        by_address={a: concept for found in by_name.values() for a, concept in found.items()},
    )


def _lists(pairs: Iterable[tuple[str, Any]]) -> Lists:
    lists: Lists = defaultdict(list)
    for owner, value in pairs:
        lists[owner].append(value)
    return lists


def _concept(row: ConceptRow, *, scheme: str, said: dict[str, Lists]) -> Concept:
    return Concept(
        scheme=scheme,
        address=row.concept,
        slug=row.slug,
        label=row.label,
        definition=row.definition or "",
        broader=slug_of(row.broader) if row.broader else None,
        **{field: tuple(lists[row.concept]) for field, lists in said.items()},
    )
