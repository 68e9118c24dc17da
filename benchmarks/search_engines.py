"""The engines that a page of search results is asked of: ours, SQLite FTS5 and tantivy."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from kb.search import SearchIndex, search
from kb.search_document import SearchDocument
from kb.search_model import SearchAsked
from kb.search_terms import texts_of

TEN = 10
FACETS = ("kind", "nation", "instrument", "topic", "conduct", "material", "body", "audience")
FIELDS = ("title", "names", "hidden", "cited", "body")
BOOSTS = (3.0, 3.0, 2.5, 4.0, 1.0)


@dataclass(frozen=True)
class Asked:
    """A query: how its words are joined (``any``, ``all``, ``phrase``, ``begin``), and a nation."""

    words: tuple[str, ...]
    how: str = "all"
    nation: str | None = None


class Engine(Protocol):
    """Something that answers a query with a page."""

    name: str

    def page(self, asked: Asked) -> tuple[int, list[str], dict[str, dict[str, int]]]:
        """How many there are, the snippets of the ten best, and the counts by facet."""


class Ours:
    """The search of this site, as it is."""

    name = "ours"

    def __init__(self, index: SearchIndex) -> None:
        self.index = index

    def page(self, asked: Asked) -> tuple[int, list[str], dict[str, dict[str, int]]]:
        joint = {"any": " OR ", "all": " "}.get(asked.how, " ")
        text = joint.join(asked.words)
        text = {"phrase": f'"{text}"', "begin": f"{text}*"}.get(asked.how, text)
        filters = {"nation": (asked.nation,)} if asked.nation else {}
        found = search(self.index, SearchAsked(words=text, filters=filters, limit=TEN))
        return (
            found.total,
            [hit.snippet for hit in found.hits],
            {f: dict(c) for f, c in found.facets.items()},
        )


class Sqlite:
    """SQLite FTS5 with porter stemming: hits once in a table, then joined with each facet."""

    name = "SQLite FTS5"

    def __init__(self, found: tuple[SearchDocument, ...]) -> None:
        self.base = sqlite3.connect(":memory:")
        names = ", ".join(FIELDS)
        self.base.execute(f"CREATE VIRTUAL TABLE text USING fts5({names}, tokenize='porter')")
        self.base.execute("CREATE TABLE value (facet TEXT, value TEXT, doc INT)")
        self.base.execute("CREATE TEMP TABLE hit (doc INTEGER PRIMARY KEY, score REAL)")
        for number, document in enumerate(found):
            texts = texts_of(document)
            row = (number, *(texts[name] for name in FIELDS))
            self.base.execute("INSERT INTO text(rowid, title, names, hidden, cited, body)"
                              " VALUES (?, ?, ?, ?, ?, ?)", row)  # fmt: skip
            self.base.executemany(
                "INSERT INTO value VALUES (?, ?, ?)",
                [(facet, value, number) for facet, value in values_of(document)],
            )
        self.base.execute("CREATE INDEX by_doc ON value (doc, facet, value)")
        self.base.execute("INSERT INTO text(text) VALUES ('optimize')")
        self.base.commit()

    def page(self, asked: Asked) -> tuple[int, list[str], dict[str, dict[str, int]]]:
        match = {
            "any": " OR ".join(asked.words),
            "all": " AND ".join(asked.words),
            "phrase": f'"{" ".join(asked.words)}"',
            "begin": f"{asked.words[0]}*",
        }[asked.how]
        weights = ", ".join(map(str, BOOSTS))
        self.base.execute("DELETE FROM hit")
        self.base.execute(
            f"INSERT INTO hit SELECT rowid, bm25(text, {weights}) FROM text WHERE text MATCH ?",
            (match,),
        )
        kept = "SELECT doc FROM hit"
        there = "SELECT doc FROM value WHERE facet = 'nation' AND value = ?"
        given = (asked.nation,) if asked.nation else ()
        if asked.nation:
            kept += f" WHERE doc IN ({there})"
        (total,) = self.base.execute(f"SELECT count(*) FROM ({kept})", given).fetchone()
        counts: dict[str, dict[str, int]] = {}
        for facet, value, count in self.base.execute(
            "SELECT facet, value, count(*) FROM hit JOIN value USING (doc)"
            " WHERE facet = 'nation' GROUP BY 1, 2"
            " UNION ALL SELECT facet, value, count(*) FROM value"
            f" WHERE facet != 'nation' AND doc IN ({kept}) GROUP BY 1, 2",
            given,
        ):
            counts.setdefault(facet, {})[value] = count
        best = self.base.execute(
            f"SELECT doc FROM hit WHERE doc IN ({kept}) ORDER BY score, doc LIMIT {TEN}", given
        ).fetchall()
        shown = [
            self.base.execute(
                "SELECT snippet(text, -1, '<mark>', '</mark>', '…', 40) FROM text"
                " WHERE text MATCH ? AND rowid = ?",
                (match, doc),
            ).fetchone()[0]
            for (doc,) in best
        ]
        return total, shown, counts


class Tantivy:
    """tantivy with English stemming: an aggregation of terms for each facet, its own snippets."""

    name = "tantivy"

    def __init__(self, found: tuple[SearchDocument, ...]) -> None:
        self.library: Any = import_module("tantivy")
        made = self.library.SchemaBuilder()
        for name in FIELDS:
            made.add_text_field(name, stored=True, tokenizer_name="en_stem")
        for facet in FACETS:
            made.add_text_field(f"in_{facet}", fast=True, tokenizer_name="raw")
        self.index = self.library.Index(made.build())
        writer = self.index.writer(heap_size=100_000_000, num_threads=1)
        for document in found:
            texts = texts_of(document)
            row: dict[str, Any] = {name: texts[name] for name in FIELDS}
            for facet, value in values_of(document):
                row.setdefault(f"in_{facet}", []).append(value)
            writer.add_document(self.library.Document(**row))
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def page(self, asked: Asked) -> tuple[int, list[str], dict[str, dict[str, int]]]:
        text = {
            "any": " OR ".join(asked.words),
            "all": " AND ".join(asked.words),
            "phrase": f'"{" ".join(asked.words)}"',
            "begin": f"{asked.words[0]}*",
        }[asked.how]
        words = self._begin(asked.words[0]) if asked.how == "begin" else self._parse(text)
        query = words
        if asked.nation:
            nation = self.library.Query.term_query(self.index.schema, "in_nation", asked.nation)
            must = self.library.Occur.Must
            query = self.library.Query.boolean_query([(must, words), (must, nation)])
        found = self.searcher.search(query, TEN, count=True)
        asks = {facet: {"terms": {"field": f"in_{facet}", "size": 1000}} for facet in FACETS}
        own = {"nation": asks.pop("nation")}
        counted = self.searcher.aggregate(query, asks) | self.searcher.aggregate(words, own)
        counts = {
            facet: {one["key"]: one["doc_count"] for one in result["buckets"]}
            for facet, result in counted.items()
        }
        maker = self.library.SnippetGenerator.create(
            self.searcher, words, self.index.schema, "body"
        )
        shown = [
            maker.snippet_from_doc(self.searcher.doc(address)).to_html()
            for _, address in found.hits
        ]
        return found.count, shown, counts

    def _parse(self, text: str) -> Any:
        boosts = dict(zip(FIELDS, BOOSTS, strict=True))
        return self.index.parse_query(text, list(FIELDS), field_boosts=boosts)

    def _begin(self, start: str) -> Any:
        schema, queries = self.index.schema, self.library.Query
        parts = [queries.regex_query(schema, name, f"{re.escape(start)}.*") for name in FIELDS]
        should = self.library.Occur.Should
        return queries.boolean_query([(should, part) for part in parts])


def values_of(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """The values of a document by facet, as every engine counts them."""
    yield "kind", document.kind
    for nation in document.places:
        yield "nation", nation
    for facet, values in document.facets.items():
        if facet in FACETS:
            yield from ((facet, value) for value in values)
