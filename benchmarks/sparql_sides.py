"""The sides of the SPARQL benchmark: what answers a query over HTTP, and what does in process."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import oxrdflib
import pyoxigraph
import rdflib

HOST = "127.0.0.1"
TABLE, GRAPH = "application/sparql-results+json", "text/turtle"
SITE = ("granian", "--interface", "wsgi", "benchmarks.sparql_site:app", "--workers", "2")
Ask = Callable[[str, bool], bytes]


class TooSlow(Exception):
    """A question that was not answered within the limit."""


@dataclass(frozen=True)
class Served:
    """A server: how a query is asked of it over one connection that stays open."""

    name: str
    port: int
    path: str
    seconds: float

    def connected(self) -> Ask:
        """What asks: the query, and whether its answer is a graph."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=self.seconds)

        def ask(query: str, graph: bool) -> bytes:
            address = f"{self.path}?{urlencode({'query': query})}"
            wanted = {"Accept": GRAPH if graph else TABLE}
            try:
                try:
                    connection.request("GET", address, headers=wanted)
                    response = connection.getresponse()
                except (http.client.RemoteDisconnected, BrokenPipeError):
                    connection.close()
                    connection.request("GET", address, headers=wanted)
                    response = connection.getresponse()
                body = response.read()
                if b"os error 11" in body:  # oxigraph's word for a connection that was idle
                    connection.close()
                    connection.request("GET", address, headers=wanted)
                    response = connection.getresponse()
                    body = response.read()
            except TimeoutError as error:
                connection.close()
                raise TooSlow from error
            if response.status == 503 and b"seconds=" in body:
                raise TooSlow
            assert response.status == 200, (self.name, response.status, body[:200])
            return body

        return ask


def in_pyoxigraph(store: pyoxigraph.Store) -> Ask:
    """Oxigraph in process, without a limit or a check: what there is to be had at the most."""

    def ask(query: str, graph: bool) -> bytes:
        found = store.query(query, use_default_graph_as_union=True)
        if graph:
            return found.serialize(format=pyoxigraph.RdfFormat.TURTLE) or b""  # type: ignore
        return found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""  # type: ignore

    return ask


def in_dataset(dataset: rdflib.Dataset) -> Ask:
    """A dataset of rdflib, whatever its store."""

    def ask(query: str, graph: bool) -> bytes:
        return dataset.query(query).serialize(format="turtle" if graph else "json") or b""

    return ask


def through_rdflib(store: pyoxigraph.Store) -> rdflib.Dataset:
    """Oxigraph behind rdflib's interface."""
    return rdflib.Dataset(oxrdflib.OxigraphStore(store=store), default_union=True)


def program(name: str) -> str | None:
    """A program that came with this Python's packages."""
    return shutil.which(name, path=str(Path(sys.executable).parent))


@contextmanager
def ours(data: Path, *, port: int, seconds: float, kept: bool) -> Iterator[Served]:
    """The whole site with its two processes, its endpoint over other data of any size.

    ``kept`` is the site as it is served, which keeps answers; otherwise every query runs.
    """
    settings = {"BENCHMARK_DATA": str(data), "KB_SPARQL_SECONDS": str(seconds)}
    settings |= {} if kept else {"KB_PAGE_CACHE_BYTES": "0"}
    command = [*SITE, "--blocking-threads", "4", "--host", HOST, "--port", str(port)]
    with running([sys.executable, "-m", *command, "--log-level", "error"], settings):
        name = "ours, kept" if kept else "ours"
        yield answering(Served(name, port, "/sparql", seconds + 30))


@contextmanager
def rdflib_endpoint(data: Path, *, port: int, seconds: float) -> Iterator[Served]:
    """rdflib-endpoint as its manual starts it."""
    command = ["rdflib-endpoint", "serve", str(data), "--host", HOST, "--port", str(port)]
    with running(command):
        yield answering(Served("rdflib-endpoint", port, "/", seconds))


@contextmanager
def oxigraph_serve(data: Path, *, port: int, seconds: float, kept: Path | None) -> Iterator[Served]:
    """`oxigraph serve` over the union of its graphs: in memory, or kept in a folder."""
    found, name = program("oxigraph"), "oxigraph serve, disk" if kept else "oxigraph serve, memory"
    command = [found or "oxigraph", "serve", "--bind", f"{HOST}:{port}", "--union-default-graph"]
    served = Served(name, port, "/query", seconds)
    with running([*command, *(("--location", str(kept)) if kept else ())]):
        answering(served)
        filled = http.client.HTTPConnection(HOST, port, timeout=600)
        headers = {"Content-Type": "application/n-quads"}
        filled.request("POST", "/store?no_transaction", body=data.read_bytes(), headers=headers)
        assert filled.getresponse().status < 300
        yield served


@contextmanager
def running(command: list[str], settings: dict[str, str] | None = None) -> Iterator[None]:
    """A program that runs meanwhile, and all that it starts."""
    process = subprocess.Popen(
        [program(command[0]) or command[0], *command[1:]],
        env=os.environ | (settings or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answering(served: Served, *, within: float = 900) -> Served:
    """The server, once it answers a query."""
    deadline = time.monotonic() + within
    while True:
        try:
            for _ in range(8):  # of several processes each has its first query behind it
                served.connected()("ASK {}", False)
            return served
        except (OSError, TooSlow, AssertionError, http.client.HTTPException):
            assert time.monotonic() < deadline, f"{served.name} does not answer"
            time.sleep(0.2)


def free_port(ports: range = range(8220, 8240)) -> int:
    """A port that nobody listens on."""
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)):
                return port
    raise OSError("no port is free")
