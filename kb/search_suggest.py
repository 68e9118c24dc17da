"""What to suggest while somebody types a search: the titles and other names that begin so."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from kb.schemes import Schemes
from kb.search_document import SearchDocument
from kb.search_text import one_form

WORD = "word"  # an everyday word, which is no one thing: to be searched for
LAST = "misconception"  # after all that is right
# What others claim is not suggested: it is to be read with the verdict on it.
KINDS = (WORD, "instrument", "provision", "offence", "guidance", "service", "practice", LAST)
CITED = ("instrument", "provision")  # are suggested by the initials of the Act, too
EVERYDAY = ("topics", "conducts", "materials")  # the schemes whose names are searched for
MOST = 10
_LAST = "\U0010ffff"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Something to choose: a thing by its title or other name, or words to search for (no url)."""

    text: str
    kind: str
    url: str | None


@dataclass(frozen=True, kw_only=True)
class Suggester:
    """All suggestions, the best first, and in which of them each word stands (by number)."""

    suggestions: tuple[Suggestion, ...]
    words: tuple[str, ...]
    having: dict[str, frozenset[int]]

    def beginning(self, start: str) -> set[int]:
        """The suggestions that have a word which begins so."""
        first, end = bisect_left(self.words, start), bisect_left(self.words, start + _LAST)
        return {number for word in self.words[first:end] for number in self.having[word]}


def suggester(documents: Iterable[SearchDocument], schemes: Schemes) -> Suggester:
    """What can be suggested of some documents, and of the words of the schemes."""
    found = tuple(documents)
    made: dict[tuple[str, str | None], tuple[Suggestion, str]] = {}
    for suggestion, text in (*_by_title(found), *_by_name(found), *_everyday(found, schemes)):
        made.setdefault((suggestion.text.casefold(), suggestion.url), (suggestion, text))
    ordered = sorted(made.values(), key=lambda pair: _rank(pair[0]))
    having = defaultdict(list)
    for number, (_, text) in enumerate(ordered):
        for word in words_of(text):
            having[word].append(number)
    return Suggester(
        suggestions=tuple(suggestion for suggestion, _ in ordered),
        words=tuple(sorted(having)),
        having={word: frozenset(numbers) for word, numbers in having.items()},
    )


def suggest(known: Suggester, text: str, *, limit: int = MOST) -> tuple[Suggestion, ...]:
    """What has, for each word of the text, a word that begins with it; any text will do.

    First what begins with the text as a whole, then what has its numbers in full; then by kind,
    and the shortest.
    """
    words = words_of(text)
    found = known.beginning(words[0]) if words else set[int]()
    for word in words[1:]:
        found &= known.beginning(word) if found else found
    numbers = [known.having.get(word, frozenset()) for word in words if any(map(str.isdigit, word))]
    start = " ".join(text.split()).casefold()

    def order(number: int) -> tuple[bool, bool, int, int]:
        one = known.suggestions[number]
        begun = sum(number not in those for those in numbers)
        return one.kind == LAST, not one.text.casefold().startswith(start), begun, number

    return tuple(known.suggestions[number] for number in nsmallest(limit, found, key=order))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, each once; a section's number with its word is one of them."""
    return tuple(dict.fromkeys(re.findall(r"\w+", one_form(text).casefold())))


def _by_title(documents: tuple[SearchDocument, ...]) -> Iterator[tuple[Suggestion, str]]:
    """Each thing under its title, with the text in which its words stand."""
    for one in documents:
        if one.kind in KINDS:
            words = (one.title, *one.cited) if one.kind in CITED else (one.title,)
            yield Suggestion(text=one.title, kind=one.kind, url=one.url), " ".join(words)


def _by_name(documents: tuple[SearchDocument, ...]) -> Iterator[tuple[Suggestion, str]]:
    """Each service under what else it is called."""
    for one in documents:
        if one.kind == "service":
            for name in one.names:
                yield Suggestion(text=name, kind=one.kind, url=one.url), name


def _everyday(
    documents: tuple[SearchDocument, ...], schemes: Schemes
) -> Iterator[tuple[Suggestion, str]]:
    """Everyday words: to be searched for, since each nation has its own offence called so."""
    concepts = (concept for name in EVERYDAY for concept in schemes.scheme(name))
    names = [name for concept in concepts for name in (concept.label, *concept.other_names)]
    names += [name for one in documents if one.kind == "offence" for name in one.names]
    for name in names:
        yield Suggestion(text=name, kind=WORD, url=None), name


def _rank(suggestion: Suggestion) -> tuple[int, int, str]:
    return KINDS.index(suggestion.kind), len(suggestion.text), suggestion.text
