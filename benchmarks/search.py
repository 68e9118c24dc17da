"""How fast a page of search results is: ours beside Whoosh used as its manual says, FTS5, tantivy.

Run: python -m benchmarks.search [--rounds=3] [20000 …]. A page is the query, the ten best results
with their snippets, and the counts of every facet. Every engine has the same documents, the same
words of them in the same fields, and the same queries: one word, two words, three words of which
any or all are wanted, a phrase, a beginning, and a nation as a filter. The documents are ours, and
then many of the same shape: copies with the passages of others. tantivy is in the extra
``benchmark``, and left out where it is not installed. Read the ratios: machines differ.
"""

import gc
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from statistics import median
from typing import Any

from benchmarks import machine
from benchmarks.search_engines import Asked, Engine, Ours, Sqlite, Tantivy
from benchmarks.search_library import Library
from kb.knowledge import open_knowledge
from kb.search import build
from kb.search_document import SearchDocument
from kb.search_documents import documents

BIG = 20_000
HEAD = (
    f"  {'engine':28}{'built s':>9}{'found':>8}{'median ms':>11}{'p95 ms':>9}{'times':>8}{'p95':>7}"
)


def copied(found: tuple[SearchDocument, ...], most: int) -> tuple[SearchDocument, ...]:
    """So many documents of the same shape: each copy has the passages of several others."""
    drawn = random.Random(1)
    passages = [passage for document in found for passage in document.passages]
    made = list(found)
    while len(made) < most:
        one = found[len(made) % len(found)]
        own = tuple(drawn.choice(passages) for _ in one.passages)
        number = len(made) // len(found)
        made.append(
            replace(one, id=f"{one.id}.{number}", address=f"{one.address}.{number}", passages=own)
        )
    return tuple(made[:most])


def queries(found: tuple[SearchDocument, ...]) -> list[Asked]:
    """The same queries for every engine: common words and rare ones, and each way of asking."""
    drawn = random.Random(2)
    texts = [" ".join((one.title, *one.passages)).lower() for one in found]
    words = [re.findall(r"[a-z]{5,}", text) for text in texts]
    apart = [text for text in words if len(text) > 5]
    asked = []
    for number in range(60):
        said = drawn.choice(apart)
        at = drawn.randrange(len(said) - 3)
        three = tuple(dict.fromkeys(said[at : at + 3]))
        nation = drawn.choice(found[0].places or (None,)) if number % 4 == 0 else None
        asked += [
            Asked(three[:1], "all", nation),
            Asked(three[:2], "all", nation),
            Asked(three, "any", nation),
            Asked(three, "all", nation),
            Asked(tuple(_pair(drawn, texts)), "phrase"),
            Asked((three[0][:5],), "begin"),
        ]
    return asked


def _pair(drawn: random.Random, texts: list[str]) -> list[str]:
    pairs = re.findall(r"\b([a-z]{4,}) ([a-z]{4,})\b", drawn.choice(texts))
    return list(drawn.choice(pairs)) if pairs else ["indecent", "image"]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What some work makes, and how long it takes in seconds."""
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def measured(engine: Engine, asked: list[Asked], rounds: int) -> list[float]:
    """How long each query takes, in milliseconds: the middle of some rounds, in order of length."""
    took = [[timed(lambda one=one: engine.page(one))[1] * 1000 for _ in range(rounds)]  # type: ignore[misc]
            for one in asked]  # fmt: skip
    return sorted(median(each) for each in took)


def compare(found: tuple[SearchDocument, ...], schemes: Any, *, rounds: int, big: bool) -> None:
    """Build every engine, check that they find the same, and print their times and ratios."""
    asked = queries(found)
    slow = asked[:: 6 if big else 1]
    makers: dict[str, Callable[[], Engine]] = {
        Ours.name: lambda: Ours(build(found, schemes=schemes)),
        Library.name: lambda: Library(found, tempfile.mkdtemp()),
        Sqlite.name: lambda: Sqlite(found),
    }
    if find_spec("tantivy"):
        makers[Tantivy.name] = lambda: Tantivy(found)
    print(f"\n{len(found)} documents, {len(asked)} queries")
    print(HEAD)
    ours: list[float] = []
    for name, make in makers.items():
        engine, took = timed(make)
        these = slow if name == Library.name else asked
        times = measured(engine, these, 1 if name == Library.name and big else rounds)
        ours = ours or times
        total = sum(engine.page(one)[0] for one in these[:60:7])
        middle, p95 = median(times), times[int(len(times) * 0.95)]
        ratio, at_p95 = middle / median(ours), p95 / ours[int(len(ours) * 0.95)]
        print(f"  {name:28}{took:9.2f}{total:8}{middle:11.2f}{p95:9.2f}{ratio:8.1f}{at_p95:7.1f}")
        del engine
        gc.collect()


def main(rounds: int, sizes: list[int]) -> None:
    """Print the machine, then every engine on our documents and on many."""
    print(machine.describe())
    known = open_knowledge()
    found = documents(known)
    compare(found, known.schemes, rounds=rounds, big=False)
    for size in sizes:
        compare(copied(found, size), known.schemes, rounds=rounds, big=True)


if __name__ == "__main__":
    rounds = next((int(t.split("=")[1]) for t in sys.argv if t.startswith("--rounds=")), 3)
    main(rounds, [int(text) for text in sys.argv[1:] if text.isdigit()] or [BIG])
