"""Whoosh as its manual says: its parser, groups by facets, highlights of its own; one searcher."""

from typing import Any

from whoosh import index as files
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, KEYWORD, TEXT, Schema
from whoosh.qparser import MultifieldParser, OrGroup
from whoosh.query import Term
from whoosh.sorting import Count, FieldFacet

from kb.search_document import SearchDocument
from kb.search_terms import BOOSTS, texts_of

FIELDS = ("title", "names", "hidden", "cited", "body")
FACETS = ("kind", "nation", "instrument", "topic", "conduct", "material", "body_of", "audience")
TEN = 10


class Library:
    """The same documents in the same fields, asked the library's own way."""

    name = "Whoosh, the library's way"

    def __init__(self, found: tuple[SearchDocument, ...], folder: str) -> None:
        stems = StemmingAnalyzer(cachesize=-1)
        fields: dict[str, Any] = {name: TEXT(analyzer=stems, stored=True) for name in FIELDS}
        fields |= {name: KEYWORD(commas=True, scorable=False) for name in FACETS}
        schema = Schema(**fields, number=ID(stored=True))
        made = files.create_in(folder, schema)
        writer = made.writer(limitmb=512)
        for number, document in enumerate(found):
            texts = texts_of(document)
            row = {name: texts[name] for name in FIELDS}
            values = {name: document.facets.get(name.removesuffix("_of"), ()) for name in FACETS}
            values |= {"kind": (document.kind,), "nation": document.places}
            row |= {name: ",".join(own) for name, own in values.items()}
            writer.add_document(**row, number=str(number))
        writer.commit(optimize=True)
        self.searcher = made.searcher()
        boosts = {name: BOOSTS[name] for name in FIELDS}
        self.every = MultifieldParser(list(FIELDS), schema, fieldboosts=boosts)
        self.any = MultifieldParser(list(FIELDS), schema, fieldboosts=boosts, group=OrGroup)

    def page(self, asked: Any) -> tuple[int, list[str], dict[str, dict[str, int]]]:
        """How many there are, the snippets of the ten best, and the counts by facet."""
        text = " ".join(asked.words)
        text = {"phrase": f'"{text}"', "begin": f"{text}*"}.get(asked.how, text)
        query = (self.any if asked.how == "any" else self.every).parse(text)
        kept = Term("nation", asked.nation) if asked.nation else None
        groups = {name: FieldFacet(name, allow_overlap=True, maptype=Count) for name in FACETS}
        found = self.searcher.search(query, limit=TEN, groupedby=groups, filter=kept)
        counts = {name: found.groups(name) for name in FACETS}
        if kept is not None:
            alone = {"nation": groups["nation"]}
            counts |= {
                "nation": self.searcher.search(query, limit=TEN, groupedby=alone).groups("nation")
            }
        shown = [hit.highlights("body") for hit in found[:TEN]]
        return len(found), shown, counts
