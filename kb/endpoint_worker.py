"""The processes that run visitors' SPARQL, and nothing else: each can be killed at any moment.

The first is started by :mod:`kb.endpoint_holder` with ``python -m kb.endpoint_worker``: it loads
the data once, and starts no thread, so that it can be forked safely. Each time it is told to, it
makes a copy of itself. The copy has the data at once, shuts itself in (little memory, no files, no
connections) and answers one request at a time through the one channel it was given. It ends when
that closes, and when a query runs too long.
"""

import gc
import json
import mmap
import os
import resource
import select
import signal
import socket
import sys
import threading

from kb.endpoint_answer import answer
from kb.endpoint_frames import NUMBER, packed, read_frame
from kb.endpoint_stores import Stores, stores_of

GRACE = 1.0  # seconds past the deadline, after which the system itself ends this process


def hold(control: socket.socket, data: int, *, memory: int) -> None:
    """Load the data, then make a worker of every channel that comes, until no more can come."""
    with mmap.mmap(data, 0, access=mmap.ACCESS_READ) as written:
        stores = stores_of(written[:])
    os.close(data)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a worker that ended needs nobody to wait for it
    gc.freeze()
    control.send(NUMBER.pack(os.getpid()))
    while True:
        told, channels, _, _ = socket.recv_fds(control, NUMBER.size, 1)
        if not told:
            return
        process_id = os.fork()
        if process_id == 0:
            control.close()
            work(stores, socket.socket(fileno=channels[0]), memory=memory)
        os.close(channels[0])
        control.send(NUMBER.pack(process_id))


def work(stores: Stores, channel: socket.socket, *, memory: int) -> None:
    """Answer requests until the channel closes; this never returns."""
    try:
        asked, ended = channel.makefile("rb"), select.epoll()
        ended.register(channel, select.EPOLLRDHUP)
        shut_in(memory)
        threading.Thread(target=_end_with, args=(ended,), daemon=True).start()
        while (frame := read_frame(asked)) is not None:
            request = json.loads(frame[1])
            signal.setitimer(signal.ITIMER_REAL, request["seconds"] + GRACE)
            kind, body = answer(stores.suited(request), request)
            signal.setitimer(signal.ITIMER_REAL, 0)
            channel.sendall(packed(kind, body))
    finally:
        os._exit(1)


def shut_in(memory: int) -> None:
    """No more files or connections, little memory, no core dump; an alarm ends the process."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _end_with(asked: select.epoll) -> None:
    """End this process when whoever asked is gone, even while a query runs."""
    asked.poll()
    os._exit(0)


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]]
    try:
        hold(socket.socket(fileno=numbers[0]), numbers[1], memory=numbers[2])
    except OSError:  # whoever asked is gone
        os._exit(1)
