"""Tells editions of an answer apart: by the data, the program that wrote it and the question."""

from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = ("kb/**/*.py", "kb/**/*.rq", "web/*.py")


def edition(*parts: str) -> str:
    """A digest of the program and of the parts that an answer depends on."""
    return sha256("\0".join((program(), *parts)).encode()).hexdigest()[:32]


@cache
def program() -> str:
    """The digest of our own files: another wording is another edition."""
    digest = sha256()
    for pattern in PROGRAM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
