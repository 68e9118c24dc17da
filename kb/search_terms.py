"""The index of the words of documents, and how well each document fits a word. Whoosh is here.

A document's place in the list is its number in the index. What Whoosh scores is kept by word, and
put together here as Whoosh itself would: same documents, same scores (``query_of`` is what Whoosh
would be asked, and a test compares).
"""

import threading
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, NamedTuple

from whoosh import query as asked
from whoosh.analysis import STOP_WORDS, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.fields import KEYWORD, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.lang.porter import stem as porter
from whoosh.query import Query
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from kb.search_bits import bits_of
from kb.search_document import SearchDocument
from kb.search_grammar import Phrase, Prefix, Word
from kb.search_text import one_form

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
ASKING = "did do does has had her his how i if in into my our she so than their them was what when"
ASKING += " were where which who whom whose why your he him its me us am been being about"
STOPPED = frozenset(STOP_WORDS) | frozenset(ASKING.split()) | frozenset(LETTERS)
# A line break is a word of its own, which no query has: no phrase runs from one passage on.
PIECES = r"\w+|\n"
PLAIN = RegexTokenizer(PIECES) | LowercaseFilter()
WORDS = PLAIN | StopFilter(stoplist=STOPPED, minsize=1)
STEMS = WORDS | StemFilter(cachesize=-1)
BOOSTS = {"title": 3.0, "names": 3.0, "hidden": 2.5, "cited": 4.0, "body": 1.0, "welsh": 3.0}
UNSTEMMED = ("welsh",)
PHRASED = ("title", "names", "hidden", "body")
# A thing that has many names is not less it by any of them.
WEIGHTS = BM25F(names_B=0.0, hidden_B=0.0, cited_B=0.3, tags_B=0.0)
TAGS, TAG_BOOST = "tags", 1.0
_LAST = "\U0010ffff"
MOST_KEPT = 1_000_000  # scores kept; then they are forgotten and worked out again
stem = lru_cache(maxsize=20_000)(porter)
Leaf = Word | Phrase | Prefix
Scores = dict[int, float]


class Found(NamedTuple):
    """The documents that have something (as bits, by number), and what each scores for it."""

    scores: Scores
    bits: int


NOTHING = Found({}, 0)


@dataclass(kw_only=True)
class Terms:
    """The opened index; what was worked out is kept, and forgotten when it is much.

    ``words`` are all words of the documents, in order; ``ready`` the scores of each stem, worked
    out when the index was made; ``plain`` the words that were indexed as they are.
    """

    searcher: Searcher
    count: int
    words: tuple[str, ...] = ()
    ready: Mapping[str, Scores] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: dict[Hashable, Found] = field(default_factory=dict)
    size: int = 0

    def found(self, leaf: Leaf | str) -> Found:
        """The documents that have a word, a phrase or a beginning, or are about a tag (str)."""
        known = self.kept.get(leaf)
        if known is not None:
            return known
        with self.lock:
            scores = self._scores(leaf)
        return self.keep(leaf, Found(scores, bits_of(scores, self.count)))

    def keep(self, what: Hashable, found: Found) -> Found:
        """Keep what was found, to be had again from ``kept``."""
        if self.size > MOST_KEPT:
            self.kept, self.size = {}, 0
        self.kept[what] = found
        self.size += len(found.scores)
        return found

    def all_scores(self) -> dict[str, Scores]:
        """The scores of every word in any field, by its stem."""
        fields = (name for name in BOOSTS if name not in UNSTEMMED)
        every = {word for name in fields for word in _lexicon(self.searcher, name)}
        return {word: self._summed(parts_of(Word(word), as_stem=True)) for word in every}

    def beginning(self, start: str) -> tuple[str, ...]:
        """The words that begin so."""
        first, end = bisect_left(self.words, start), bisect_left(self.words, start + _LAST)
        return self.words[first:end]

    def _scores(self, leaf: Leaf | str) -> Scores:
        if isinstance(leaf, Prefix):
            parts = (Word(word, leaf.field) for word in self.distinct(leaf.start))
            return _sum(self._scores(word) for word in parts)
        if isinstance(leaf, Word) and leaf.field is None and self._is_ready(leaf.text):
            return self.ready.get(stem(leaf.text), {})
        return self._summed(parts_of(leaf))

    def _is_ready(self, word: str) -> bool:
        return bool(self.ready) and word not in self.plain and word not in STOPPED

    def distinct(self, start: str) -> tuple[str, ...]:
        """Of the words that begin so, one of each stem."""
        return tuple({stem(word): word for word in self.beginning(start)}.values())

    def _summed(self, queries: Iterable[Query]) -> Scores:
        return _sum(dict(self._matches(query)) for query in queries)

    def _matches(self, query: Query) -> Iterator[tuple[int, float]]:
        """Every document that fits a query, as Whoosh's own matcher gives and scores it."""
        matcher = query.normalize().matcher(self.searcher)
        while matcher.is_active():
            yield matcher.id(), matcher.score()
            matcher.next()


def _lexicon(searcher: Searcher, name: str) -> Iterator[str]:
    return (text.decode() for text in searcher.reader().lexicon(name))


def _sum(parts: Iterable[Scores]) -> Scores:
    total: Scores = {}
    for part in parts:
        if not total:
            total = part.copy()
            continue
        for number, score in part.items():
            total[number] = total.get(number, 0.0) + score
    return total


def parts_of(leaf: Word | Phrase | str, *, as_stem: bool = False) -> Iterator[Query]:
    """What Whoosh is asked for a word or phrase, in every field that it may stand in."""
    if isinstance(leaf, str):
        yield asked.Term(TAGS, leaf.lower(), boost=TAG_BOOST)
        return
    fields = BOOSTS if leaf.field is None else {leaf.field: BOOSTS[leaf.field]}
    said = (leaf.text,) if isinstance(leaf, Word) else leaf.words
    words = [word for word in said if as_stem or word not in STOPPED]
    for name, boost in fields.items():
        plain = as_stem or name in UNSTEMMED
        stems = words if plain else [stem(word) for word in words]
        if len(stems) == 1:
            yield asked.Term(name, stems[0], boost=boost)
        elif stems and name in PHRASED:
            yield asked.Phrase(name, stems, boost=boost)


def query_of(leaf: Leaf | str, terms: Terms) -> Query:
    """The same as one question to Whoosh."""
    if isinstance(leaf, Prefix):
        words = [Word(word, leaf.field) for word in terms.distinct(leaf.start)]
        return asked.Or([part for word in words for part in parts_of(word)])
    return asked.Or(list(parts_of(leaf)))


def says_something(leaf: Leaf) -> bool:
    """Is there anything in a word, phrase or beginning to search for?"""
    if isinstance(leaf, Phrase):
        return any(word not in STOPPED for word in leaf.words)
    return isinstance(leaf, Prefix) or leaf.text not in STOPPED


class _Memory(RamStorage):
    """Files in memory; what is written on the way has a folder of its own.

    Whoosh has one name for that folder: two programs that index at once would share it.
    """

    folder = ""

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """A new folder within that of this storage."""
        return FileStorage(mkdtemp(dir=self.folder)).create()


def indexed(found: Iterable[SearchDocument]) -> dict[str, bytes]:
    """The files of an index of the documents."""
    storage = _Memory()
    with TemporaryDirectory(prefix="whichlaw-", ignore_cleanup_errors=True) as storage.folder:
        writer = storage.create_index(_schema()).writer(limitmb=512)
        for document in found:
            writer.add_document(**_content(document))
        writer.commit(optimize=True)
    return {name: bytes(content) for name, content in storage.files.items()}


def opened(files: dict[str, bytes], count: int, **more: Any) -> Terms:
    """The index of which these are the files, of so many documents; ``more`` as in Terms."""
    storage = RamStorage()
    storage.files = files
    searcher = storage.open_index(schema=_schema()).searcher(weighting=WEIGHTS)
    plain = frozenset(word for name in UNSTEMMED for word in _lexicon(searcher, name))
    return Terms(searcher=searcher, count=count, plain=plain, **more)


def _schema() -> Schema:
    fields = {
        name: TEXT(analyzer=WORDS if name in UNSTEMMED else STEMS, phrase=name in PHRASED)
        for name in BOOSTS
    }
    return Schema(**fields, tags=KEYWORD(scorable=True, lowercase=True))


def _content(document: SearchDocument) -> dict[str, str]:
    """What is indexed of a document, by field; the names that are not English are so twice."""
    return {**texts_of(document), "tags": " ".join(document.tags)}


def texts_of(document: SearchDocument) -> dict[str, str]:
    """The texts of a document by field, with citations in one form."""
    texts = {
        "title": document.title,
        "names": "\n".join(document.names),
        "hidden": "\n".join(document.hidden),
        "cited": "\n".join(document.cited),
        "body": "\n".join(document.passages),
        "welsh": "\n".join(document.welsh),
    }
    return {name: one_form(text) for name, text in texts.items()}
