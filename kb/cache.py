"""Keeps on disk what was built from the data, so that the next start need not build it again.

An entry is a file named by the sha256 of all it was made from: the data, our own program, Python
and the store. It is therefore never stale: another input is another name. What is read back is
unpickled, so an entry is trusted only if it is a plain file of this user's that nobody else can
read or write, in a folder of this user's that nobody else can write, and if its own digest holds.
Anything else is said in the log and built again.
"""

import hashlib
import logging
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PROGRAM = ("kb/**/*.py", "kb/**/*.rq")
LIBRARIES = ("pyoxigraph", "whoosh-reloaded")
MAGIC = b"whichlaw 1\n"
SIZE = 8  # bytes in which the length of the first part is written
PREFIX, UNFINISHED = "build-", "new-build-"
KEPT = 6  # entries: the data of today and its index, a release or two, what was just tried
BROKEN = (pickle.UnpicklingError, AttributeError, EOFError, ImportError, LookupError, TypeError)
log = logging.getLogger("whichlaw.cache")


class NotTrusted(Exception):
    """An entry, or its folder, that is not as we left it: the message says why."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is kept: the dataset as it is, and whatever was made from it.

    ``engine`` is not kept: it is what whoever made the entry has loaded already.
    """

    quads: bytes
    made: Any
    engine: Any = None


def default_folder() -> Path:
    """``.cache`` in the project; where that cannot be written, the user's own cache."""
    if os.access(ROOT, os.W_OK) and (ROOT / "setup.cfg").is_file():
        return ROOT / ".cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whichlaw"


def folder_of(setting: str) -> Path | None:
    """The folder that a setting names; nothing is to be kept where it is empty."""
    return Path(setting) if setting else None


def key_of(inputs: Iterable[tuple[str, bytes]]) -> str:
    """The name of what is made from some inputs (each a name and its content) by this program."""
    digest = hashlib.sha256(program().encode())
    for name, content in inputs:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def kept(folder: Path | None, key: str, make: Callable[[], Entry]) -> Entry:
    """The entry of this name: read back if it is there and can be trusted, or else made and kept.

    Without a folder nothing is read or kept.
    """
    if folder is None:
        return make()
    try:
        return _read(folder, key)
    except FileNotFoundError:
        pass
    except (OSError, NotTrusted) as error:
        log.warning("The cached build is not used: %s. Building it again.", error)
    made = make()
    try:
        _write(folder, key, made)
    except (OSError, NotTrusted) as error:
        log.warning("The build is not cached: %s.", error)
    return made


@cache
def program() -> str:
    """The digest of our own files as this process began with them, and of what runs them."""
    return _program_now()


def _program_now() -> str:
    libraries = [f"{name} {version(name)}" for name in LIBRARIES]
    digest = hashlib.sha256("\n".join([sys.version, *libraries]).encode())
    for path in sorted(path for pattern in PROGRAM for path in ROOT.glob(pattern)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


program()  # now, before anybody can change a file that is being run


def _read(folder: Path, key: str) -> Entry:
    _must_be_ours(folder, folder.lstat(), kind=stat.S_ISDIR, shut=0o022)
    path = folder / (PREFIX + key)
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        _must_be_ours(path, os.fstat(file.fileno()), kind=stat.S_ISREG, shut=0o077)
        content = file.read()
    start = len(MAGIC) + hashlib.sha256().digest_size
    body = memoryview(content)[start:]
    if content[:start] != MAGIC + hashlib.sha256(body).digest():
        raise NotTrusted(f"{path} is damaged")
    end = SIZE + int.from_bytes(body[:SIZE], "big")
    with suppress(OSError):
        os.utime(path)  # used last, put out last
    try:
        return Entry(quads=bytes(body[SIZE:end]), made=pickle.loads(body[end:]))
    except BROKEN as error:
        raise NotTrusted(f"{path} cannot be read: {error}") from error


def _write(folder: Path, key: str, entry: Entry) -> None:
    """Put an entry in its place, whole or not at all, and the oldest out."""
    if program() != _program_now():
        raise NotTrusted("the program was changed while it ran")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _must_be_ours(folder, folder.lstat(), kind=stat.S_ISDIR, shut=0o022)
    made = pickle.dumps(entry.made, protocol=pickle.HIGHEST_PROTOCOL)
    body = len(entry.quads).to_bytes(SIZE, "big") + entry.quads + made
    number, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)  # its owner alone can read it
    try:
        with open(number, "wb") as file:
            file.write(MAGIC + hashlib.sha256(body).digest() + body)
        Path(name).replace(folder / (PREFIX + key))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _put_out(folder)


def _must_be_ours(
    path: Path, found: os.stat_result, *, kind: Callable[[int], bool], shut: int
) -> None:
    """Raises NotTrusted, also where a permission of ``shut`` is given."""
    if not kind(found.st_mode):
        raise NotTrusted(f"{path} is not what we left there")
    if found.st_uid != os.geteuid():
        raise NotTrusted(f"{path} belongs to another user")
    if found.st_mode & shut:
        raise NotTrusted(f"{path} is open to other users")


def _put_out(folder: Path) -> None:
    """Remove all but the entries that were used last, and what an interrupted write left."""
    ours = [*folder.glob(PREFIX + "*"), *folder.glob(UNFINISHED + "*")]
    for path in sorted(ours, key=_last_used, reverse=True)[KEPT:]:
        path.unlink(missing_ok=True)


def _last_used(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:  # another process put it out, or finished it
        return 0.0
