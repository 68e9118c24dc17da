"""`whichlaw serve`: says where it serves once it does, refuses a busy port, and stops cleanly."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from web.cli import main

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(port: int) -> Iterator[subprocess.Popen[str]]:
    """`whichlaw serve` in a process of its own, once it says that it serves."""
    command = [sys.executable, "-m", "web.cli", "serve"]
    env = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == f"Serving on http://127.0.0.1:{port}/\n"
            yield process
        finally:
            process.terminate()


def test_serve_answers_refuses_a_busy_port_and_stops_cleanly():
    port = free_port()
    with serving(port) as process:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as response:
            assert response.status == 200
        with urlopen(f"http://127.0.0.1:{port}/api/v1/nations", timeout=10) as response:
            assert response.headers["ETag"]
        busy = CliRunner().invoke(main, ["serve", "--host", "127.0.0.1", "--port", str(port)])
        assert busy.exit_code == 1
        assert f"Cannot listen on 127.0.0.1 port {port}" in busy.stderr
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_impossible_port_is_a_bad_question(port: str):
    result = CliRunner(env={"PORT": port}).invoke(main, ["serve"])
    assert result.exit_code == 2
    assert "--port" in result.stderr


def test_data_that_cannot_be_read_is_named_once(tmp_path: Path):
    words = ["--data", str(tmp_path), "--ontology", str(tmp_path), "serve"]
    result = CliRunner(env={"PORT": str(free_port())}).invoke(main, words)
    assert result.exit_code == 1
    assert result.stderr.count("The data cannot be read: no Turtle files") == 1
