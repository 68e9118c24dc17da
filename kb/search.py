"""Full-text search over what is known, in memory. Nobody else imports Whoosh."""

import re
import threading
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from whoosh.analysis import STOP_WORDS, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.lang.porter import stem as porter
from whoosh.query import Or, Phrase, Prefix, Query, Term
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from kb.asked import today
from kb.cache import Entry, kept, key_of
from kb.knowledge import Knowledge
from kb.search_documents import SearchDocument, documents
from kb.search_match import Scores, counts, filtered, match
from kb.search_model import KINDS, SearchAnswer, SearchAsked, SearchHit
from kb.search_text import Clause, Wanted, clauses, one_form, snippet

__all__ = ["SearchIndex", "build", "documents", "open_index", "search"]

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
ASKING = "did do does has had her his how i if in into my our she so than their them was what when"
ASKING += " were where which who whom whose why your he him its me us am been being about"
STOPPED = frozenset(STOP_WORDS) | frozenset(ASKING.split()) | frozenset(LETTERS)
# A line break is a word of its own, which no query has: no phrase runs from one passage on.
PIECES = r"\w+|\n"
WORDS = RegexTokenizer(PIECES) | LowercaseFilter() | StopFilter(stoplist=STOPPED, minsize=1)
STEMS = WORDS | StemFilter(cachesize=-1)
BOOSTS = {"title": 3.0, "names": 3.0, "cited": 4.0, "text": 1.0}
# A thing that has many names is not less it by any of them.
WEIGHTS = BM25F(names_B=0.0)
SPELLING = "spelling"
OWN_NAME, OTHER_NAME = 100.0, 20.0
NOT_LAW = 0.8
stem = lru_cache(maxsize=20_000)(porter)


@dataclass(frozen=True, kw_only=True)
class SearchIndex:
    """The documents, and what finds them; a document's place is its number in the index."""

    documents: tuple[SearchDocument, ...]
    nations: tuple[str, ...]
    searcher: Searcher
    lock: threading.Lock
    kept: dict[Clause, Scores]
    called: dict[str, Scores]

    def scores(self, clause: Clause) -> Scores:
        """How well each document that has a clause fits it."""
        with self.lock:
            if clause not in self.kept:
                if len(self.kept) > 5_000:
                    self.kept.clear()
                found = self.searcher.search(_query(clause), limit=None)
                self.kept[clause] = {number: score for score, number in found.top_n}
            return self.kept[clause]

    def nearest(self, word: str) -> str | None:
        """The word of the index that is most like one that is not in it."""
        if len(word) < 4 or not word.isalpha():
            return None
        with self.lock:
            near = self.searcher.corrector(SPELLING).suggest(
                word, limit=1, maxdist=1 if len(word) < 8 else 2, prefix=1
            )
        return str(near[0]) if near else None


def open_index(known: Knowledge, *, cache: Path | None) -> SearchIndex:
    """The index of all that is known, from the build cache if it is there."""

    def make() -> Entry:
        found = documents(known)
        return Entry(quads=b"", made=(found, _indexed(found)))

    key = key_of([("search", known.release.sha256.encode())])
    found, files = kept(cache, key, make).made
    return _opened(found, files, nations=known.schemes.slugs("nations"))


def build(found: tuple[SearchDocument, ...], *, nations: tuple[str, ...]) -> SearchIndex:
    """An index of the documents, in memory."""
    return _opened(found, _indexed(found), nations=nations)


def _schema() -> Schema:
    fields = {name: TEXT(analyzer=STEMS) for name in BOOSTS}
    return Schema(**fields, spelling=TEXT(analyzer=WORDS, phrase=False))


def _indexed(found: tuple[SearchDocument, ...]) -> dict[str, bytes]:
    """The files of an index of the documents."""
    storage = RamStorage()
    writer = storage.create_index(_schema()).writer()
    for document in found:
        parts = {
            "title": document.title,
            "names": "\n".join(document.names),
            "cited": "\n".join(document.cited),
            "text": "\n".join(document.passages),
        }
        parts = {name: one_form(text) for name, text in parts.items()}
        words = set(re.findall(r"\w+", " ".join(parts.values()).lower()))
        writer.add_document(**parts, spelling=" ".join(sorted(words)))
    writer.commit()
    return {name: bytes(content) for name, content in storage.files.items()}


def _opened(
    found: tuple[SearchDocument, ...], files: dict[str, bytes], *, nations: tuple[str, ...]
) -> SearchIndex:
    storage = RamStorage()
    storage.files = files
    index = storage.open_index(schema=_schema())
    return SearchIndex(
        documents=found,
        nations=nations,
        searcher=index.searcher(weighting=WEIGHTS),
        lock=threading.Lock(),
        kept={},
        called=_called(found),
    )


def _called(found: tuple[SearchDocument, ...]) -> dict[str, Scores]:
    """What a search gains by being a document's title or id, or another name for it, in full."""
    gains: dict[str, Scores] = {}
    for number, document in enumerate(found):
        full = dict.fromkeys(document.names, OTHER_NAME)
        for name, gain in {**full, document.title: OWN_NAME, document.id: OWN_NAME}.items():
            gains.setdefault(_in_full(name), {})[number] = gain
    return gains


def _in_full(text: str) -> str:
    return " ".join(re.findall(r"\w+", one_form(text).lower()))


def search(index: SearchIndex, asked: SearchAsked) -> SearchAnswer:
    """Search; results of the same score keep the documents' order, so that no page misses one."""
    wanted = [clause for clause in clauses(asked.words) if _means_something(clause)]
    scores, matched = _match(index, wanted)
    on = asked.on or today()
    scores = _weighed(index, asked, scores, on=on)
    kept, facets = filtered(index.documents, asked, scores, nations=index.nations)
    ranked = sorted(kept, key=lambda number: (-round(scores[number], 6), number))
    start = (asked.page - 1) * asked.limit
    marks = _marks(wanted)
    unknown = tuple(
        clause.words[0]
        for clause in wanted
        if clause.kind == "word" and not clause.excluded and not index.scores(clause)
    )
    return SearchAnswer(
        asked=asked,
        on=on,
        total=len(ranked),
        hits=tuple(
            _hit(index.documents[number], scores[number], on=on, marks=marks)
            for number in ranked[start : start + asked.limit]
        ),
        facets=facets,
        did_you_mean=_did_you_mean(index, asked, unknown),
        matched=matched,
        elsewhere=len(scores) - len(kept),
        unknown_words=unknown,
        searched=counts(KINDS, (document.kind for document in index.documents)),
    )


def _query(clause: Clause) -> Query:
    """A clause as Whoosh asks it, in every field."""
    if clause.kind == "prefix":
        return Prefix(SPELLING, clause.words[0])
    words = [stem(word) for word in clause.words if word not in STOPPED]
    if clause.kind == "phrase" and len(words) > 1:
        return Or([Phrase(name, words, boost=boost) for name, boost in BOOSTS.items()])
    return Or([Term(name, word, boost=b) for word in words for name, b in BOOSTS.items()])


def _means_something(clause: Clause) -> bool:
    return clause.kind == "prefix" or any(word not in STOPPED for word in clause.words)


def _match(index: SearchIndex, wanted: list[Clause]) -> tuple[Scores, str]:
    asked = [index.scores(clause) for clause in wanted if not clause.excluded]
    unwanted = [index.scores(clause) for clause in wanted if clause.excluded]
    return match(asked, without={number for found in unwanted for number in found})


def _hit(document: SearchDocument, score: float, *, on: date, marks: Wanted) -> SearchHit:
    sure, maybe = document.standing(on)
    return SearchHit(
        kind=document.kind,
        id=document.id,
        title=document.title,
        provision=document.provision,
        url=document.url,
        snippet=snippet((*document.passages, _also_called(document)), marks),
        score=round(score, 3),
        nations=sure,
        unsettled=maybe,
    )


def _also_called(document: SearchDocument) -> str:
    return f"Also called: {', '.join(document.names)}." if document.names else ""


def _weighed(index: SearchIndex, asked: SearchAsked, scores: Scores, *, on: date) -> Scores:
    """What is called just that comes first; what is law nowhere on the day comes later."""
    called = index.called.get(_in_full(asked.words), {})
    return {
        number: (score + called.get(number, 0.0))
        * (1.0 if index.documents[number].standing(on)[0] else NOT_LAW)
        for number, score in scores.items()
    }


def _marks(wanted: list[Clause]) -> Wanted:
    shown = [clause for clause in wanted if not clause.excluded]
    words = {w for c in shown if c.kind != "prefix" for w in c.words if w not in STOPPED}
    return Wanted(
        stems=frozenset(stem(word) for word in words),
        beginnings=tuple(c.words[0] for c in shown if c.kind == "prefix"),
        stem=stem,
    )


def _did_you_mean(index: SearchIndex, asked: SearchAsked, unknown: tuple[str, ...]) -> str | None:
    """The search with each unknown word made the nearest known one, if that finds something."""
    near = {word: index.nearest(word) for word in unknown}
    better = asked.words
    for word, other in near.items():
        if other:
            better = re.sub(rf"\b{re.escape(word)}\b", other, better, flags=re.IGNORECASE)
    if better == asked.words:
        return None
    again = [clause for clause in clauses(better) if _means_something(clause)]
    scores, _ = _match(index, again)
    return better if scores else None
