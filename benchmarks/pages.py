"""How fast the pages are: as they are made, against a template alone; kept, against a plain page.

Run: python -m benchmarks.pages [--seconds=4] [--port=8250]. The site as ``whichlaw serve`` runs it
(Granian, 2 processes) on our data, and the same server with nothing to find out
(``benchmarks/pages_plain.py``). Latency is that of one reader who asks for one page after another;
rates are by ``wrk`` (a package of most systems) with 16 connections, on the same processors as the
server. What is made is asked with the page cache off. Read the ratios: machines differ.
"""

import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.machine import describe
from benchmarks.pages_plain import TEMPLATE_OF
from web.serving import THREADS, WORKERS

ROOT = Path(__file__).parent.parent
FACTS = "conduct=share&material=intimate-image&depicted_age=15&accused_age=16"
FIRST = date(2025, 1, 1)
DAYS = 60
# What stands for the day in an address: each request of the latencies is about another.
PAGES = {
    "/law, one nation, facts": f"/law?nation=wales&on={{day}}&{FACTS}",
    "/law, four nations, facts": f"/law?on={{day}}&{FACTS}",
    "/law, one nation, no facts": "/law?nation=wales&on={day}",
    "/compare": "/compare?on={day}",
    "/search": "/search?q=threat+image+{day}",
    "/offence": "/offence/soa-2003-s66b-1",
    "the first page": "/?on={day}",
}
MEASURED = "/law, one nation, facts"
PACKED = {"Accept-Encoding": "gzip, br"}


@dataclass(frozen=True)
class Measured:
    """A page: its size, how long a reader waits (milliseconds), how many are sent in a second."""

    size: int
    p50: float
    p95: float
    rate: float


@contextmanager
def serving(command: list[str], port: int, **settings: str) -> Iterator[None]:
    """A server on our data, once it answers."""
    env = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)} | settings
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 60
            while status(port, "/healthz") != 200:
                assert server.poll() is None, "the server stopped"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.2)
            yield
        finally:
            server.terminate()


def status(port: int, path: str) -> int:
    """The status of an address; 0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def latencies(port: int, path: str, *, number: int = DAYS) -> tuple[int, list[float]]:
    """The size of a page, and how long one reader waits for it on so many days, in order."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    took, size = [], 0
    for on in range(-10, number):
        start = time.perf_counter()
        connection.request("GET", path.format(day=FIRST + timedelta(days=on)))
        response = connection.getresponse()
        size = len(response.read())
        assert response.status == 200, path
        if on >= 0:  # the first few make what is made once
            took.append((time.perf_counter() - start) * 1000)
    connection.close()
    return size, sorted(took)


def rate(port: int, path: str, *, seconds: int, headers: dict[str, str] | None = None) -> float:
    """Requests in a second, by wrk; every answer has to be a right one."""
    address = f"http://127.0.0.1:{port}{path.format(day=FIRST)}"
    said = [part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", *said, address]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in out, out
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    assert found, out
    return float(found[1])


def measure(port: int, path: str, *, seconds: int) -> Measured:
    """A page as one reader and as many meet it."""
    size, took = latencies(port, path)
    p95 = took[int(len(took) * 0.95)]
    return Measured(size, statistics.median(took), p95, rate(port, path, seconds=seconds))


def made(port: int, *, seconds: int) -> None:
    """The pages as they are made, and a page that is a template alone."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    command += ["--host", "127.0.0.1", "--port", str(port), "benchmarks.pages_plain:app"]
    given = {TEMPLATE_OF: PAGES[MEASURED].format(day=FIRST)}
    print(f"\n{'made, the cache off':28}{'bytes':>9}{'p50 ms':>9}{'p95 ms':>9}{'a second':>10}")
    with serving(command, port, **given):
        found = {
            name: measure(port, path, seconds=seconds)
            for name, path in {**PAGES, "template only": "/template-only"}.items()
            if status(port, path.format(day=FIRST)) == 200
        }
        # Once more, turn about: the machine may have been busy with something else.
        turns = [(PAGES[MEASURED], "/template-only")] * 3
        pairs = [[rate(port, path, seconds=seconds) for path in turn] for turn in turns]
    for name, one in found.items():
        print(f"{name:28}{one.size:9,}{one.p50:9.1f}{one.p95:9.1f}{one.rate:10,.0f}")
    page, template = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"{MEASURED}: {page / template:.2f} of the rate of its template alone (goal: 0.50)")


def kept(port: int, *, seconds: int) -> None:
    """A page that is kept, by encoding and for who has it, and pages that nobody makes."""
    path = PAGES[MEASURED].format(day=FIRST)
    given = {TEMPLATE_OF: path}
    with serving([sys.executable, "-m", "web.cli", "serve"], port):
        size, tag = packed(port, path)
        cached = {
            "kept, compressed": rate(port, path, seconds=seconds, headers=PACKED),
            "kept, as it is": rate(port, path, seconds=seconds),
            "the reader has it (304)": rate(
                port, path, seconds=seconds, headers={**PACKED, "If-None-Match": tag}
            ),
        }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    command += ["--host", "127.0.0.1", "--port", str(port), "benchmarks.pages_plain:app"]
    with serving(command, port, **given):
        plain = {
            "plain WSGI, as many bytes": rate(port, f"/wsgi?bytes={size}", seconds=seconds),
            "plain WSGI, 20 bytes": rate(port, "/wsgi?bytes=20", seconds=seconds),
            "plain Flask, one line": rate(port, "/flask", seconds=seconds),
        }
    print(f"\n{'kept':28}{'a second':>10}   ({size:,} bytes compressed)")
    for name, found in (cached | plain).items():
        print(f"{name:28}{found:10,.0f}")
    first = cached["kept, compressed"]
    ratios = ", ".join(f"{first / found:.2f} of {name}" for name, found in plain.items())
    print(f"kept, compressed: {ratios} (goal: 20,000 a second on two free processors)")


def packed(port: int, path: str) -> tuple[int, str]:
    """How many bytes a page is when compressed, and its ETag."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=PACKED)
    response = connection.getresponse()
    size, tag = len(response.read()), response.headers["ETag"]
    connection.close()
    return size, tag


def main(seconds: int, port: int) -> None:
    """Print the machine, then what is made and what is kept."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not here: install it (Debian: apt-get install wrk).")
    print(describe())
    made(port, seconds=seconds)
    kept(port, seconds=seconds)


if __name__ == "__main__":
    given = dict(text.removeprefix("--").split("=") for text in sys.argv[1:] if "=" in text)
    main(int(given.get("seconds", 4)), int(given.get("port", 8250)))
