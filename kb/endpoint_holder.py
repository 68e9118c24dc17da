"""The server's side of the processes that run visitors' SPARQL: starts, asks and kills them.

Nothing here forks: the one process that is started is a new program, and it alone copies itself.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from kb.endpoint_frames import HEADER, KINDS, NUMBER, packed

START_SECONDS = 30.0
AT_ONCE = 1 << 20


class Worker:
    """A process that answers one query at a time."""

    def __init__(self, channel: socket.socket, process_id: int) -> None:
        self.channel, self.process_id = channel, process_id
        self.handle = os.pidfd_open(
            process_id
        )  # of this very process, whoever has its number later

    def ask(self, request: bytes, *, seconds: float) -> tuple[str, bytes]:
        """The kind of the answer and its bytes; raises TimeoutError, or EOFError if it died."""
        deadline = time.monotonic() + seconds
        try:
            self.channel.settimeout(seconds)
            self.channel.sendall(packed("ask", request))
            kind, length = HEADER.unpack(self._read(HEADER.size, deadline))
            return KINDS[kind], self._read(length, deadline)
        except (BrokenPipeError, ConnectionError) as error:
            raise EOFError from error

    def lives(self) -> bool:
        """Is the process still there?"""
        return self.handle >= 0 and not select.select([self.handle], [], [], 0)[0]

    def stop(self) -> None:
        """Kill the process; it is not waited for."""
        if self.handle >= 0:
            self.channel.close()
            try:
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)
            except ProcessLookupError:
                pass
            finally:
                os.close(self.handle)
                self.handle = -1

    def _read(self, length: int, deadline: float) -> bytes:
        parts, missing = list[bytes](), length
        while missing:
            self.channel.settimeout(max(0.001, deadline - time.monotonic()))
            part = self.channel.recv(min(missing, AT_ONCE))
            if not part:
                raise EOFError
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


class Holder:
    """The process that has the data loaded, and makes the workers."""

    def __init__(self, data: bytes, *, memory: int) -> None:
        self._lock = threading.Lock()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        file = os.memfd_create("data")
        try:
            with open(file, "wb", closefd=False) as stream:
                stream.write(data)
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kb.endpoint_worker", *_numbers(theirs, file, memory)],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), file),
                env=os.environ | {"PYTHONPATH": _import_path()},
            )
        finally:
            theirs.close()
            os.close(file)
        self.control.settimeout(START_SECONDS)
        try:
            self._told()
        except BaseException:
            self.stop()
            raise

    def worker(self) -> Worker:
        """One more worker; raises EOFError if there can be none."""
        ours, theirs = socket.socketpair()
        try:
            with self._lock, theirs:
                socket.send_fds(self.control, [NUMBER.pack(0)], [theirs.fileno()])
                theirs.close()
                return Worker(ours, self._told())
        except OSError as error:
            ours.close()
            raise EOFError from error
        except BaseException:
            ours.close()
            raise

    def lives(self) -> bool:
        """Is the process still there?"""
        return self.process.poll() is None

    def stop(self) -> None:
        """Kill the process and wait until it is gone."""
        self.process.kill()
        self.control.close()
        self.process.wait()

    def _told(self) -> int:
        """The number of a process that is ready."""
        told = self.control.recv(NUMBER.size)
        if not told:
            raise EOFError
        return int(NUMBER.unpack(told)[0])


def _numbers(control: socket.socket, file: int, memory: int) -> tuple[str, str, str]:
    return str(control.fileno()), str(file), str(memory)


def _import_path() -> str:
    """Where a worker finds this package."""
    places = (str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", ""))
    return os.pathsep.join(place for place in places if place)
