"""``whichlaw serve``: the website and the API, until Ctrl-C."""

import gc
import http.client
import multiprocessing
import os
import signal
import socket
import threading
import time
from importlib import import_module

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kb.errors import DataError
from web.cli import DATA_SETTING, ONTOLOGY_SETTING, Folders

APPLICATION = "web.wsgi"
WORKERS = 2
SOON = 0.2  # seconds after which a worker has the time to get ready for SPARQL
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
    tell_workers(folders)
    load_once()
    keep_signals_from_workers()
    server = Granian(
        f"{APPLICATION}:app",
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
    os.register_at_fork(after_in_child=warm_up_soon)
    started = threading.Semaphore(0)
    os.register_at_fork(after_in_parent=started.release)
    waiting = {"port": port, "started": started}
    threading.Thread(target=announce, args=(host,), kwargs=waiting, daemon=True).start()
    server.serve()


def load_once() -> None:
    """Make the application here: the workers, being forks of this process, share it as it is.

    One that has to be replaced starts at once, and answers from the same data as the other. Data
    that cannot be read is one clear message, where every worker would fail again and again.
    """
    gc.disable()  # all of it stays: there is nothing to collect
    try:
        import_module(APPLICATION)
    except DataError as error:
        raise click.ClickException(f"The data cannot be read: {error}") from error
    finally:
        gc.freeze()  # and what is shared is never written to by a collection
        gc.enable()


def warm_up_soon() -> None:
    """In a worker: get SPARQL ready for its first query, once the worker itself serves."""
    endpoint = import_module(APPLICATION).app.extensions["sparql"]
    soon = threading.Timer(SOON, endpoint.warm_up)
    soon.daemon = True
    soon.start()


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

    A worker inherits that Ctrl-C is blocked.
    """
    multiprocessing.set_start_method("fork")
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    threading.Thread(target=stop_on_ctrl_c, daemon=True).start()


def stop_on_ctrl_c() -> None:
    """Turn Ctrl-C, which no other thread takes, into the signal that Granian waits for."""
    signal.sigwait({signal.SIGINT})
    os.kill(os.getpid(), signal.SIGTERM)


def announce(host: str, *, port: int, started: threading.Semaphore) -> None:
    """Say that we serve, once the website really answers.

    Nothing is asked before every worker was forked: a fork must not copy a question half asked.
    """
    for _ in range(WORKERS):
        started.acquire()
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while not answers(reachable, port=port):
        time.sleep(0.02)
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
