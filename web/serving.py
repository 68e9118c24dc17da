"""``whichlaw serve``: the website and the API, until Ctrl-C."""

import http.client
import multiprocessing
import os
import signal
import socket
import threading
import time
from multiprocessing import resource_tracker

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kb.errors import DataError
from kb.store import load
from web.cli import DATA_SETTING, ONTOLOGY_SETTING, Folders

WORKERS = 2
THREADS = 4  # each worker; Granian warns above twice the number of cores


@click.command()
@click.option(
    "--host", envvar="HOST", default="127.0.0.1", show_default=True, help="The address; env HOST."
)
@click.option(
    "--port",
    envvar="PORT",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port; env PORT.",
)
@click.pass_context
def serve(ctx: click.Context, host: str, port: int) -> None:
    """Serve the website and the API until Ctrl-C.

    It says where once it really answers. A port that is taken is an error (exit code 1).
    """
    address = free_address(host, port=port)
    folders: Folders = ctx.find_root().obj
    refuse_bad_data(folders)
    tell_workers(folders)
    keep_signals_from_workers()
    server = Granian(
        "web.wsgi:app",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        workers_kill_timeout=3,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    threading.Thread(target=announce, args=(host,), kwargs={"port": port}, daemon=True).start()
    server.serve()


def refuse_bad_data(folders: Folders) -> None:
    """Stop with one clear message where every worker would fail, again and again."""
    try:
        load(**folders.given())
    except DataError as error:
        raise click.ClickException(f"The data cannot be read: {error}") from error


def tell_workers(folders: Folders) -> None:
    """Hand on where the data is: a worker is a program of its own and reads its environment."""
    settings = {DATA_SETTING: folders.data, ONTOLOGY_SETTING: folders.ontology}
    os.environ.update({name: str(folder) for name, folder in settings.items() if folder})


def free_address(host: str, *, port: int) -> str:
    """The IP address to listen on, tried out first: Granian itself would share a busy port."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, _, _, address = found[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            "Give another address or port, for example PORT=8001."
        ) from error
    return str(address[0])


def keep_signals_from_workers() -> None:
    """Let Granian alone stop its workers: one that is told twice can hang.

    A spawned worker inherits no handler of ours, and inherits that Ctrl-C is blocked. The resource
    tracker comes first because its start unblocks it.
    """
    multiprocessing.set_start_method("spawn")
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    threading.Thread(target=stop_on_ctrl_c, daemon=True).start()


def stop_on_ctrl_c() -> None:
    """Turn Ctrl-C, which no other thread takes, into the signal that Granian waits for."""
    signal.sigwait({signal.SIGINT})
    os.kill(os.getpid(), signal.SIGTERM)


def announce(host: str, *, port: int) -> None:
    """Say that we serve, once the website really answers."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while not answers(reachable, port=port):
        time.sleep(0.05)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving on http://{shown}:{port}/")


def answers(host: str, *, port: int) -> bool:
    """Whether /healthz answers 200."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
