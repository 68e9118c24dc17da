"""How fast our questions are: Oxigraph, which serves, against rdflib's own evaluator.

Run: python -m benchmarks.questions [rounds]. Read the ratios: machines differ and are shared.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median

import rdflib

from benchmarks import machine
from kb import rows
from kb.catalogue import load_catalogue
from kb.deciding import AGE_KINDS
from kb.knowledge import open_knowledge
from kb.query import Given, ask
from kb.rdflib_engine import RdflibEngine
from kb.store import DATA, ONTOLOGY, load, turtle_files
from kb.terms import identifier

ON = date(2017, 7, 3)
ASKED: dict[str, tuple[type, dict[str, Given]]] = {
    "windows": (rows.Window, {"on": ON}),
    "conduct_met": (rows.Met, {"on": ON, "asked": (identifier("conduct", "share"),)}),
    "material_met": (
        rows.Met,
        {"on": ON, "asked": (identifier("material", "intimate-image"),), "youngest": 17},
    ),
    "ages_admitting": (
        rows.AgeRow,
        {"on": ON, "kind": AGE_KINDS["depicted_age"], "low": 17, "high": 17},
    ),
    "responsibility": (rows.Responsibility, {}),
}


def timed(work: Callable[[], object], *, rounds: int) -> float:
    """The median time of some work, in milliseconds."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return median(took)


def rdflib_engine() -> RdflibEngine:
    """The same files in rdflib's own store."""
    dataset = rdflib.Dataset(default_union=True)
    for path in turtle_files(DATA, ONTOLOGY):
        graph = dataset.graph(rdflib.URIRef(identifier("graph", path.stem)))
        graph.parse(path, format="turtle")
    return RdflibEngine(dataset)


def main(rounds: int) -> None:
    """Print the machine, both sides and the ratio of each question, then whole answers."""
    print(machine.describe())
    loaded = timed(lambda: load(DATA, ONTOLOGY), rounds=3)
    knowledge = open_knowledge()
    print(f"load all files: {loaded:.0f} ms; ", end="")
    print(f"read the catalogue: {timed(lambda: load_catalogue(knowledge.engine), rounds=3):.0f} ms")
    start = time.perf_counter()
    other = rdflib_engine()
    slow = (time.perf_counter() - start) * 1000
    print(f"load with rdflib: {slow:.0f} ms ({slow / loaded:.0f} times)\n")
    print(f"{'question':20}{'Oxigraph ms':>14}{'rdflib ms':>12}{'ratio':>8}")
    for name, (record, given) in ASKED.items():
        fast = timed(partial(ask, knowledge.engine, name, record, **given), rounds=rounds)
        slow = timed(partial(ask, other, name, record, **given), rounds=max(1, rounds // 10))
        print(f"{name:20}{fast:14.1f}{slow:12.1f}{slow / fast:8.1f}")
    whole_answers(rounds)


def whole_answers(rounds: int) -> None:
    """Print how long whole answers take, from parameters to records."""
    knowledge = open_knowledge()
    facts = {"conduct": ["share"], "material": ["intimate-image"], "depicted_age": ["17"]}
    day = {"on": [ON.isoformat()]}
    for name, stated in {
        "one nation, three facts": {"nation": ["scotland"], **day, **facts},
        "four nations, three facts": {**day, **facts},
        "four nations, no facts": day,
    }.items():
        took = timed(partial(knowledge.ask, stated), rounds=rounds)
        print(f"whole answer, {name}: {took:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
