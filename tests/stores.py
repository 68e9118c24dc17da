"""A real SPARQL server for the tests: `oxigraph serve`, in memory, on a port of its own."""

import http.client
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

from kb.load_store import Filled, Writer, fill, writer_of
from kb.remote_client import Client, Message, address_of, form
from kb.remote_description import dataset_of, must_be_loaded
from kb.remote_engine import Parameters, RemoteEngine
from kb.store import LoadedFiles

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A running server; ``opened`` closes what a test has connected to it with."""

    port: int
    opened: ExitStack

    @property
    def store(self) -> str:
        """What KB_STORE is set to."""
        return f"sparql+{self.address('query')}"

    def address(self, name: str) -> str:
        return f"http://{HOST}:{self.port}/{name}"

    @cached_property
    def engine(self) -> RemoteEngine:
        return RemoteEngine(self.opened.enter_context(Client(address_of(self.store))))

    @cached_property
    def prepared(self) -> RemoteEngine:
        """An engine that sees what was filled in as one graph."""
        return RemoteEngine(self.engine.client, dataset=self.dataset())

    def dataset(self) -> Parameters:
        return dataset_of(self.engine, must_be_loaded(self.engine))

    def update(self, text: str) -> None:
        """Change what the server holds."""
        with Client(address_of(self.address("update"))) as client:
            client.send(Message(method="POST", body=form(("update", text))))

    def rows(self, text: str) -> list[tuple[object, ...]]:
        return list(self.engine.select_in_graphs(text))

    def fill(self, files: LoadedFiles, *, by_graph_store: bool = True) -> Filled:
        graphs = self.address("store") if by_graph_store else None
        return self.fill_by(
            writer_of(address_of(self.store), update=None, graphs=graphs), files=files
        )

    def fill_by(self, writer: Writer, *, files: LoadedFiles) -> Filled:
        with writer.client:
            return fill(files, engine=self.engine, writer=writer, say=lambda _: None)


@contextmanager
def serving(*options: str) -> Iterator[Served]:
    """An empty server, once it answers."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "the server of the tests is missing: it comes with the test requirements"
    port = free_port()
    command = [program, "serve", "--bind", f"{HOST}:{port}", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        with ExitStack() as opened:
            yield Served(port, opened)
    finally:
        process.kill()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    path = "/query?" + urlencode({"query": "ASK {}"})
    while True:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.02)
        finally:
            connection.close()
