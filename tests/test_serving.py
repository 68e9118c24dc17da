"""`whichlaw serve`: says where it serves once it does, refuses a busy port, and stops cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from web.cli import DATA_SETTING, ONTOLOGY_SETTING, main
from web.serving import APPLICATION, WORKERS

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
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
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


def children(process: subprocess.Popen[str]) -> list[int]:
    """The processes that a process started and that still run."""
    threads = Path(f"/proc/{process.pid}/task").iterdir()
    return [int(pid) for thread in threads for pid in (thread / "children").read_text().split()]


def ask(port: int, path: str) -> int:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
        response.read()
        return int(response.status)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads the processes from /proc")
def test_workers_share_one_load_and_ctrl_c_stops_them_all():
    port = free_port()
    with serving(port) as process:
        workers = children(process)
        assert len(workers) == WORKERS
        for path in ("/search?q=image", "/sparql?query=ASK%20%7B%7D") * 4:
            assert ask(port, path) == 200
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: everybody is told
        assert process.wait(timeout=15) == 0
    assert not [pid for pid in workers if Path(f"/proc/{pid}").is_dir()]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads the processes from /proc")
def test_a_worker_that_dies_is_replaced_at_once():
    port = free_port()
    with serving(port) as process:
        lost = children(process)[0]
        os.kill(lost, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while len(set(children(process)) - {lost}) < WORKERS:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert {ask(port, "/healthz") for _ in range(8)} == {200}
        time.sleep(4)  # Granian takes its time to let go of the one that died
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_impossible_port_is_a_bad_question(port: str):
    result = CliRunner(env={"PORT": port}).invoke(main, ["serve"])
    assert result.exit_code == 2
    assert "--port" in result.stderr


def test_data_that_cannot_be_read_is_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, APPLICATION, raising=False)
    for name in (DATA_SETTING, ONTOLOGY_SETTING):
        monkeypatch.setenv(name, "")  # what the command sets is put back
    words = ["--data", str(tmp_path), "--ontology", str(tmp_path), "serve"]
    result = CliRunner(env={"PORT": str(free_port())}).invoke(main, words)
    assert result.exit_code == 1
    assert result.stderr.count("The data cannot be read: no Turtle files") == 1
