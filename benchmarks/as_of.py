"""How fast "which law, in this nation, on this day" is: the timeline against every SPARQL route.

Run: python -m benchmarks.as_of [1 10 100] [--rounds=5]. The same questions go to the
compiled timeline and, as the question files, to Oxigraph directly, to Oxigraph through rdflib and
to rdflib's own store. Law 10 or 100 times ours is our law and renamed copies of it, whose conduct
is other conduct, so that the answer to one question stays as long as it is.
Read the ratios: machines differ and are shared.
"""

import gc
import pickle
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any, TypeVar

import oxrdflib
import pyoxigraph
import rdflib

from benchmarks import machine
from benchmarks.growing import in_rdflib, stored
from kb import deciding, library_rows
from kb.catalogue import FACTS, Catalogue, grouped
from kb.engine import Engine, OxigraphEngine
from kb.model import Asked
from kb.query import ask
from kb.rdflib_engine import RdflibEngine
from kb.rows import Met
from kb.schemes import load_schemes
from kb.terms import identifier
from kb.timeline import Timeline, build_timeline
from kb.timeline_deciding import decide
from kb.word_rows import AnyRow

QUESTIONS = 2000
SLOW = 1  # the largest law that rdflib's own store is asked about, and then twice only
Made = TypeVar("Made")


@dataclass(frozen=True)
class Law:
    """Law of some size: the store, what is compiled from it, and the questions asked of it."""

    store: pyoxigraph.Store
    engine: Engine
    catalogue: Catalogue
    timeline: Timeline
    questions: list[Asked]


def through_rdflib(store: pyoxigraph.Store) -> RdflibEngine:
    """Oxigraph behind rdflib's interface."""
    return RdflibEngine(rdflib.Dataset(oxrdflib.OxigraphStore(store=store), default_union=True))


def rows_of(engine: Engine) -> Catalogue:
    """Of the catalogue, what the timeline is compiled from."""
    windows = grouped(ask(engine, "windows_ever", library_rows.WindowEver), lambda row: row.owner)
    found: Any = SimpleNamespace(
        offences={row.offence: row for row in ask(engine, "offences", library_rows.OffenceRow)},
        rules={row.rule: row for row in ask(engine, "rules", library_rows.RuleRow)},
        windows=windows,
        facts={
            kind: grouped(ask(engine, kind, record), lambda row: row.offence)
            for kind, record in FACTS.items()
        },
        meets_any=frozenset(row.concept for row in ask(engine, "meets_any", AnyRow)),
    )
    return found


def questions_about(catalogue: Catalogue, engine: Engine) -> list[Asked]:
    """One nation, one day and one conduct: days near those on which our law turns."""
    schemes, drawn = load_schemes(engine), random.Random(1)
    turning = sorted({w.start for o in catalogue.windows.values() for w in o if w.start})
    conducts = [slug for slug in schemes.slugs("conducts") if ".copy" not in slug]
    return [
        Asked(
            nations=(drawn.choice(schemes.slugs("nations")),),
            on=drawn.choice(turning),
            conduct=(drawn.choice(conducts),),
        )
        for _ in range(QUESTIONS)
    ]


def resident() -> float:
    """The memory of this process in MiB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def built(times: int) -> Law:
    """Law so many times ours, and what it takes to build each part of it."""
    at_first = resident()
    store, loading = timed(partial(stored, times))
    with_store = resident()
    engine = OxigraphEngine(store)
    catalogue, reading = timed(partial(rows_of, engine))
    gc.collect()
    with_rows = resident()
    timeline, building = timed(partial(build_timeline, engine, catalogue))
    gc.collect()
    with_all = resident()
    print(
        f"\n{times} times our law: {len(catalogue.offences)} offences, {len(store)} triples\n"
        f"  built in s: store {loading:.2f}, its rows {reading:.2f}, timeline {building:.2f}\n"
        f"  memory in MiB: store {with_store - at_first:.0f}, rows"
        f" {with_rows - with_store:.0f}, timeline {with_all - with_rows:.0f}"
        f" ({len(pickle.dumps(timeline)) / 2**20:.1f} on disk)"
    )
    questions = questions_about(catalogue, engine)
    return Law(store, engine, catalogue, timeline, questions)


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    """What some work makes, and how long it takes in seconds."""
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def measured(work: Callable[[Asked], object], questions: list[Asked]) -> list[float]:
    """How long each question takes, in milliseconds, in order of length."""
    for asked in questions[:5]:
        work(asked)
    return sorted(timed(partial(work, asked))[1] * 1000 for asked in questions)


def by_files(engine: Engine, catalogue: Catalogue, asked: Asked) -> object:
    """The question as the question files decide it."""
    return deciding.decide(engine, asked, offences=tuple(catalogue.offences))


def only_conduct(engine: Engine, asked: Asked) -> object:
    """The least that any SPARQL route has to ask: which rows the conduct meets."""
    conduct = tuple(identifier("conduct", slug) for slug in asked.conduct)
    return ask(engine, "conduct_met", Met, on=asked.on, asked=conduct)


def compare(times: int, rounds: int) -> None:
    """Build law of a size, ask each route, and print medians, 95th percentiles and ratios."""
    law = built(times)
    found = [len(decide(law.timeline, asked).made) for asked in law.questions]
    print(f"  offences in one answer: median {median(found):.0f}, most {max(found)}")
    few = law.questions[:rounds]
    files = partial(by_files, law.engine, law.catalogue)
    again = through_rdflib(law.store)
    assert all(decide(law.timeline, asked) == files(asked) for asked in few)
    took = {
        "timeline": measured(partial(decide, law.timeline), law.questions),
        "question files, Oxigraph": measured(files, few),
        "  conduct_met.rq alone": measured(partial(only_conduct, law.engine), few),
        "question files, Oxigraph through rdflib": measured(
            partial(by_files, again, law.catalogue), few
        ),
    }
    if times <= SLOW:
        slow = partial(by_files, in_rdflib(times), law.catalogue)
        took["question files, rdflib's own store"] = measured(slow, few[:2])
    print(f"  {'route':44}{'asked':>6}{'median ms':>12}{'p95 ms':>12}{'times':>9}")
    ours = median(took["timeline"])
    for name, each in took.items():
        p95, middle = each[int(len(each) * 0.95)], median(each)
        print(f"  {name:44}{len(each):6}{middle:12.3f}{p95:12.3f}{middle / ours:9.0f}")


def main(sizes: list[int], rounds: int) -> None:
    """Print the machine, then every route at every size."""
    print(machine.describe())
    for times in sizes:
        compare(times, rounds)
        gc.collect()


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:] if not text.startswith("--")]
    rounds = next((int(t.split("=")[1]) for t in sys.argv if t.startswith("--rounds=")), 5)
    main(sizes or [1, 10, 100], rounds)
