"""How soon a query that runs too long is stopped, how soon the next runs, and a long siege.

    python -m benchmarks.limits            10 queries of each kind, then 1,000 hostile requests
    python -m benchmarks.limits --quick    3 of each, then one round of the hostile corpus

The kinds are stopped in process; the siege goes to `whichlaw serve`, while somebody reads a page.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from benchmarks.machine import describe
from kb.endpoint import Endpoint, LimitReached, SparqlQuestion
from kb.store import load
from tests.test_hostile import Canary, Sent, corpus, send, wrong

ROOT = Path(__file__).parent.parent
LIMIT = 1.0
SIEGE_LIMIT = 0.4
KINDS = {
    "count of a product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "product in order": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a",
    "path between all": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:y>)* ?b }",
    "expressions": 'ASK { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?c), STR(?f)), "^x+$") }',
    "distinct product": "SELECT DISTINCT ?a ?e ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } OFFSET 999999",
}
ASK = SparqlQuestion(text="ASK { ?s ?p ?o }")


def main() -> int:
    """Measure, and print."""
    quick = "--quick" in sys.argv[1:]
    print(describe())
    stopping(rounds=3 if quick else 10)
    return siege(0 if quick else 1000)


def stopping(*, rounds: int) -> None:
    """The time past the limit at which control is back, and that until the next answer is there."""
    started = time.perf_counter()
    endpoint = Endpoint(load().engine, seconds=LIMIT, workers=1)
    loaded = time.perf_counter()
    endpoint.ask(ASK)
    print(f"first query, with the start of its process: {ms(time.perf_counter() - loaded)}")
    print(f"(the data was loaded in {ms(loaded - started)})")
    every: list[tuple[float, float]] = []
    for kind, text in KINDS.items():
        found = [stopped(endpoint, SparqlQuestion(text=text)) for _ in range(rounds)]
        every += found
        print(f"{kind}: control back {spread(back for back, _ in found)} past the limit,", end=" ")
        print(f"next answer {spread(again for _, again in found)} past it")
    endpoint.close()
    print(
        f"all: control back at most {ms(max(back for back, _ in every))} past the limit", end=", "
    )
    print(f"next answer at most {ms(max(again for _, again in every))} past it")


def stopped(endpoint: Endpoint, question: SparqlQuestion) -> tuple[float, float]:
    """Seconds past the limit until control is back, and until the next query is answered."""
    started = time.perf_counter()
    try:
        endpoint.ask(question)
    except LimitReached:
        back = time.perf_counter() - started - LIMIT
        endpoint.ask(ASK)
        return back, time.perf_counter() - started - LIMIT
    raise AssertionError(f"it was answered: {question.text}")


def siege(number: int) -> int:
    """Send hostile requests to the site; the number of those that did harm."""
    with (
        tempfile.TemporaryDirectory() as folder,
        listening() as canary,
        serving() as (port, server),
    ):
        secret = Path(folder) / "secret.ttl"
        secret.write_text('<x:a> <x:b> "hush-this-is-not-for-you" .', encoding="utf-8")
        requests = corpus(canary.url, secret.as_uri())
        before, done = descendants(server.pid), threading.Event()
        pages: list[float] = []
        reader = threading.Thread(target=read_pages, args=(port, done, pages))
        reader.start()
        count, statuses = number or len(requests), Counter[str]()
        with ThreadPoolExecutor(3) as clients:
            for said in clients.map(lambda one: outcome(port, one), islice(cycle(requests), count)):
                statuses[said] += 1
        done.set()
        reader.join()
        time.sleep(1)
        after = descendants(server.pid)
    print(f"{count} hostile requests: {dict(statuses.most_common(12))}")
    print(f"the listener heard {len(canary.heard)} calls")
    print(
        f"processes before {len(before)}, after {len(after)} (of these zombies: {zombies(after)})"
    )
    print(f"pages meanwhile: {len(pages)}, {spread(pages)}")
    return sum(n for said, n in statuses.items() if said != "as it has to be") + len(canary.heard)


def outcome(port: int, sent: Sent) -> str:
    """How one request ended. Somebody else may be served first: busy is always an answer."""
    said = wrong(port, Sent(**{**vars(sent), "allowed": (*sent.allowed, 503)}))
    return said or "as it has to be"


def read_pages(port: int, done: threading.Event, took: list[float]) -> None:
    """Read the front page again and again, as somebody who wants to know the law."""
    page = Sent("page", "GET", "/", None, {}, (200,))
    while not done.is_set():
        status, _, _, seconds = send(port, page)
        took.append(seconds if status == 200 else float("inf"))
        time.sleep(0.02)


@contextmanager
def listening() -> Iterator[Canary]:
    """A listener that must hear nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        canary = Canary(listener)
        threading.Thread(target=canary.listen, daemon=True).start()
        yield canary
        listener.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving() -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """`whichlaw serve`, with a short limit."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    settings = {"KB_SPARQL_SECONDS": str(SIEGE_LIMIT), "KB_SPARQL_ANSWER_BYTES": "2000000"}
    settings |= {"KB_SPARQL_MEMORY_BYTES": str(2**30), "HOST": "127.0.0.1", "PORT": str(port)}
    command = [sys.executable, "-m", "web.cli", "serve"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert server.stdout
            server.stdout.readline()
            for _ in range(8):  # each of its processes starts its own workers
                send(port, Sent("first", "GET", "/sparql?query=ASK%20%7B%7D", None, {}, (200,)))
            yield port, server
        finally:
            server.terminate()


def descendants(process_id: int) -> set[int]:
    """The processes that a process started, and those that they did."""
    found: set[int] = set()
    for task in Path(f"/proc/{process_id}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found |= {child} | descendants(child)
    return found


def zombies(numbers: set[int]) -> int:
    """How many of some processes have ended without being waited for."""
    stats = (Path(f"/proc/{number}/stat") for number in numbers)
    return sum(path.is_file() and ") Z " in path.read_text() for path in stats)


def spread(values: "Iterator[float] | list[float]") -> str:
    """Median and worst of some seconds."""
    found = list(values)
    return f"{ms(statistics.median(found))} (worst {ms(max(found))})"


def ms(seconds: float) -> str:
    """Seconds as milliseconds."""
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
