"""How fast SPARQL is: our endpoint beside rdflib-endpoint and `oxigraph serve`, and in process.

Run: python -m benchmarks.sparql [real 100k 1m] [--rounds=20] [--limit=20] [--clients=4].
Ten of the example queries go to every side in turns, so that what else the machine does falls on
all of them: over HTTP, one connection kept open, the answer read; in process, the answer written
out as JSON or Turtle too. Of "ours" every query runs; "ours, kept" is the site as it is served,
which sends an answer that still stands again. The answers have to be equal. Then several clients
ask at the same time, for throughput. What takes longer than the limit is asked once, and shown as
such. rdflib-endpoint is in the extra ``benchmark``, `oxigraph` in ``test``; where either is not
installed it is left out. Read the ratios: machines differ.
"""

import json
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pyoxigraph
import rdflib

from benchmarks import growing, machine
from benchmarks import sparql_sides as sides
from benchmarks.sparql_sides import Ask, Served, TooSlow
from kb.examples import Example, read_examples

ASKED = {
    "lookup": "versions-of-a-provision",
    "law on a day": "law-in-a-nation-on-a-day",
    "changes": "what-changed-between-two-days",
    "counterparts": "counterparts-of-an-offence",
    "text filter": "offences-people-call-revenge-porn",
    "aggregate": "services-per-nation",
    "path": "offences-of-a-conduct-and-narrower",
    "optional": "maximum-penalties-on-a-day",
    "construct": "a-timeline-as-a-graph",
    "ask": "was-it-law-that-day",
}
SIZES: dict[str, tuple[int, growing.Copied]] = {
    "real": (1, growing.LAW),
    "100k": (2, growing.LAW),
    "1m": (16, growing.EVERYTHING),
}
RDFLIB = ("rdflib-endpoint", "rdflib, memory")
ENOUGH = 1000.0  # ms of answers, after which a side is not asked the same again
SECONDS = 5.0  # for which the throughput of a side is measured


@dataclass
class Side:
    """One side: what asks it, and how long each question took, in ms; None where too long."""

    name: str
    ask: Ask
    served: Served | None = None
    took: dict[str, list[float] | None] = field(default_factory=dict)


def questions() -> dict[str, Example]:
    """The ten questions, by what each is an example of."""
    found = {example.id: example for example in read_examples()}
    return {name: found[example] for name, example in ASKED.items()}


def measure(side: Side, name: str, example: Example, *, limit: float) -> bytes | None:
    """Ask once; the answer, or None if it is too slow to be asked again."""
    if side.took.setdefault(name, []) is None:
        return None
    try:
        if side.served:  # servers close a connection that was idle for a while
            side.ask("ASK {}", False)
        start = time.perf_counter()
        body = side.ask(example.query, example.form == "construct")
    except TooSlow:
        side.took[name] = None
        return None
    took = time.perf_counter() - start
    times = side.took[name]
    assert times is not None
    times.append(took * 1000)
    if took > limit:
        side.took[name] = None
    return body


def meaning(body: bytes, *, graph: bool) -> object:
    """What an answer says, whoever wrote it: triples, yes or no, or rows in any order."""
    if graph:
        return frozenset(str(quad.triple) for quad in pyoxigraph.parse(body, format=TURTLE))
    found: dict[str, Any] = json.loads(body)
    if "boolean" in found:
        return found["boolean"]
    return Counter(
        tuple(sorted((name, _term(term)) for name, term in row.items()))
        for row in found["results"]["bindings"]
    )


TURTLE = pyoxigraph.RdfFormat.TURTLE


def _term(term: dict[str, str]) -> tuple[str, ...]:
    kind = term["type"].removeprefix("typed-")
    plain = "http://www.w3.org/2001/XMLSchema#string"
    datatype = term.get("datatype", "").replace(plain, "")
    return kind, term["value"], term.get("xml:lang", "").lower(), datatype


def compare(found: list[Side], *, rounds: int, limit: float) -> None:
    """Ask every side every question in turns; the answers have to be equal."""
    for name, example in questions().items():
        said: dict[str, object] = {}
        for number in range(rounds + 1):
            for side in found:
                if sum(side.took.get(name) or ()) > ENOUGH:
                    continue
                body = measure(side, name, example, limit=limit)
                if not number and body is not None:
                    said[side.name] = meaning(body, graph=example.form == "construct")
                    if (first := side.took[name]) and first[0] < ENOUGH:
                        side.took[name] = []  # a first answer is not counted
        print(".", end="", flush=True)
        one = next(iter(said.values()))
        for other, meant in said.items():
            assert meant == one, f"{other} answers {name} otherwise"
    print()
    table(found, limit=limit)


def table(found: list[Side], *, limit: float) -> None:
    """Medians by question; of all the median, the 95th percentile, and our ratio to each."""
    print(
        f"  {'median ms':13}" + "".join(f"{side.name.replace(' serve', ''):>18}" for side in found)
    )
    for name in ASKED:
        cells = (median(t) if (t := side.took[name]) else None for side in found)
        shown = (f"> {limit * 1000:.0f}" if cell is None else f"{cell:.2f}" for cell in cells)
        print(f"  {name:13}" + "".join(f"{cell:>18}" for cell in shown))
    middles = [[median(t) if (t := s.took[n]) else limit * 1000 for n in ASKED] for s in found]
    every = [sorted(t for took in side.took.values() for t in took or ()) for side in found]
    rows = {
        "median of all": [f"{median(each):.2f}" for each in middles],
        "p95 of all": [f"{each[int(len(each) * 0.95)]:.2f}" for each in every],
        "ours faster": [f"{_times(each, middles[0]):.2f}x" for each in middles],
        "kept faster": [f"{_times(each, middles[1]):.2f}x" for each in middles],
        "ours over, ms": [
            f"{median(ours - theirs for theirs, ours in zip(each, middles[0], strict=True)):.2f}"
            for each in middles
        ],
    }
    for title, cells in rows.items():
        print(f"  {title:13}" + "".join(f"{cell:>18}" for cell in cells))


def _times(theirs: list[float], ours: list[float]) -> float:
    """The median over the questions of how many times longer they took."""
    return median(one / other for one, other in zip(theirs, ours, strict=True))


def client(served: Served, until: float, counted: Any) -> None:
    """One of several that ask at the same time: all questions over and over."""
    ask, number = served.connected(), 0
    mixed = [(one.query, one.form == "construct") for one in questions().values()]
    while time.monotonic() < until:
        ask(*mixed[number % len(mixed)])
        number += 1
    counted.put(number)


def throughput(found: list[Side], *, clients: int) -> None:
    """How many questions a second each server answers, asked by several at the same time."""
    print(f"  questions a second, {clients} clients: ", end="")
    said = []
    for served in (side.served for side in found if side.served):
        counted: Any = multiprocessing.SimpleQueue()
        until = time.monotonic() + SECONDS
        asking = [
            multiprocessing.Process(target=client, args=(served, until, counted))
            for _ in range(clients)
        ]
        for one in asking:
            one.start()
        for one in asking:
            one.join(SECONDS * 6)
            one.kill()
        answered = 0
        while not counted.empty():
            answered += counted.get()
        said.append(f"{served.name} {answered / SECONDS:.0f}")
    print(", ".join(said))


def opened(stack: ExitStack, store: pyoxigraph.Store, *, limit: float, slow: bool) -> list[Side]:
    """Every side over the same data, those that are installed."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    data = folder / "data.nq"
    data.write_bytes(store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b"")
    start = {"ours": partial(sides.ours, kept=False), "kept": partial(sides.ours, kept=True)}
    if slow and sides.program("rdflib-endpoint"):
        start["rdflib-endpoint"] = sides.rdflib_endpoint
    if sides.program("oxigraph"):
        start["memory"] = partial(sides.oxigraph_serve, kept=None)
        start["disk"] = partial(sides.oxigraph_serve, kept=folder / "kept")
    found = []
    for serve in start.values():
        served = stack.enter_context(serve(data, port=sides.free_port(), seconds=limit))
        found.append(Side(served.name, served.connected(), served))
    found.append(Side("pyoxigraph", sides.in_pyoxigraph(store)))
    found.append(Side("oxrdflib", sides.in_dataset(sides.through_rdflib(store))))
    if slow:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data, format="nquads")
        found.append(Side("rdflib, memory", sides.in_dataset(dataset)))
    return found


def main(sizes: list[str], options: dict[str, int]) -> None:
    """Print the machine, then for each size every side and question."""
    print(machine.describe())
    for size in sizes:
        times, copied = SIZES[size]
        store = growing.stored(times, copied=copied)
        with ExitStack() as stack:
            found = opened(stack, store, limit=options["limit"], slow=bool(options["rdflib"]))
            print(f"\n{size}: {len(store)} triples", flush=True)
            compare(found, rounds=options["rounds"], limit=options["limit"])
            throughput(found, clients=options["clients"])


if __name__ == "__main__":
    given = dict(text[2:].split("=") for text in sys.argv[1:] if text.startswith("--"))
    stated = {"rounds": 20, "limit": 20, "clients": 4, "rdflib": 1}
    stated |= {name: int(value) for name, value in given.items()}
    main([text for text in sys.argv[1:] if not text.startswith("--")] or list(SIZES), stated)
