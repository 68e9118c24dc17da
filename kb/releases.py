"""Releases: the dataset frozen under a name, so that what was said then can be said again.

A release is a line of ``index.json`` and a file ``<id>.nq.gz`` beside it: the dataset as canonical
N-Quads. Of the same files both are byte-identical. The id is the latest day on which anything in
the data was checked, and a number: ``<day>.1`` is the first release of that day.
"""

import gzip
import io
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph

from kb.answers import Release
from kb.engine import OxigraphEngine
from kb.errors import DataError, KnowledgeError, UnknownValue
from kb.store import LoadedFiles, sha256_of, store_of
from kb.terms import PREFIXES
from kb.wording import day

RELEASES = Path(__file__).parent.parent / "releases"
UNRELEASED = "unreleased"
PARAMETER = "as_known"
CHECKED_ON = pyoxigraph.NamedNode(PREFIXES["law"] + "checkedOn")


class NothingToRelease(KnowledgeError):
    """The data is that of the last release, or nobody said what changed."""


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """A release as the index has it: ``day`` as text, ``sha256`` of the dataset, what changed."""

    id: str
    day: str
    sha256: str
    quads: int
    changes: tuple[str, ...]

    @property
    def said(self) -> str:
        """What a reader of an old answer is told before anything else."""
        return (
            f"This is what we said as of release {self.id}, checked on"
            f" {day(date.fromisoformat(self.day))}. It may have been corrected since:"
            f" without {PARAMETER} you are told what we say now."
        )


def all_releases(folder: Path = RELEASES) -> tuple[Frozen, ...]:
    """Every release, the oldest first; raises DataError if the index cannot be read."""
    path = folder / "index.json"
    try:
        found = json.loads(path.read_bytes())["releases"]
        return tuple(_frozen(row) for row in found)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: not an index of releases ({error!r})") from error


def _frozen(row: dict[str, Any]) -> Frozen:
    """A line of the index; its id is a day and a number, and so no path to anywhere else."""
    found = {field.name: row[field.name] for field in fields(Frozen)}
    named, _, number = str(found["id"]).rpartition(".")
    if date.fromisoformat(found["day"]).isoformat() != named or not number.isdecimal():
        raise ValueError(f"{found['id']} is not named after its day")
    return Frozen(**found | {"changes": tuple(found["changes"])})


def release_of(sha256: str, folder: Path = RELEASES) -> Release:
    """The release that has this dataset: the latest, if several; or that there is none."""
    for release in reversed(all_releases(folder)):
        if release.sha256 == sha256:
            return Release(id=release.id, sha256=sha256)
    return Release(id=UNRELEASED, sha256=sha256)


def find_release(name: str, folder: Path = RELEASES) -> Frozen:
    """A release by its id; raises UnknownValue with the ids there are."""
    found = {release.id: release for release in all_releases(folder)}
    if name not in found:
        raise UnknownValue(PARAMETER, name, tuple(found))
    return found[name]


def read_quads(release: Frozen, folder: Path = RELEASES) -> bytes:
    """The dataset of a release; raises DataError if the file is gone or is not what was frozen."""
    path = file_of(release, folder)
    try:
        quads = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read ({error})") from error
    if sha256_of(quads) != release.sha256:
        raise DataError(f"{path}: its sha256 is not that of release {release.id} in index.json")
    return quads


def engine_of(quads: bytes) -> OxigraphEngine:
    """An engine over a canonical dataset, loaded when the first question comes."""
    return OxigraphEngine(lambda: store_of(quads))


def file_of(release: Frozen, folder: Path = RELEASES) -> Path:
    """Where the dataset of a release is kept."""
    return folder / f"{release.id}.nq.gz"


def make_release(
    loaded: LoadedFiles, *, changes: Sequence[str], folder: Path = RELEASES
) -> tuple[Frozen, tuple[Path, ...]]:
    """Freeze what is loaded: the release, and the files that were written.

    ``changes`` says what there is to say, also of earlier releases: what they said is left out.
    Raises NothingToRelease if the dataset is that of the last release, or nothing is new to say.
    """
    before = all_releases(folder)
    if before and before[-1].sha256 == loaded.sha256:
        raise NothingToRelease(f"The data is that of release {before[-1].id}: nothing changed.")
    said = {change for release in before for change in release.changes}
    new = tuple(change for change in changes if change not in said)
    if not new:
        raise NothingToRelease("Nobody said what changed: put it into the list of changes.")
    on = max([_last_checked(loaded), *(release.day for release in before)])
    release = Frozen(
        id=f"{on}.{1 + sum(earlier.day == on for earlier in before)}",
        day=on,
        sha256=loaded.sha256,
        quads=loaded.quads.count(b"\n"),
        changes=new,
    )
    return release, _write(folder, (*before, release), loaded.quads)


def _last_checked(loaded: LoadedFiles) -> str:
    """The latest day on which a file was checked."""
    found = loaded.engine.store.quads_for_pattern(None, CHECKED_ON, None)
    days = [quad.object.value for quad in found if isinstance(quad.object, pyoxigraph.Literal)]
    if not days:
        raise DataError("no file of the data says on which day it was checked")
    return max(days)


def _write(folder: Path, releases: tuple[Frozen, ...], quads: bytes) -> tuple[Path, ...]:
    """Write the dataset of the last release, then the index: each whole or not at all."""
    index = {"releases": [asdict(release) for release in releases]}
    text = json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    written = {
        file_of(releases[-1], folder): packed(quads),
        folder / "index.json": text.encode(),
    }
    folder.mkdir(exist_ok=True)
    for path, content in written.items():
        unfinished = path.with_suffix(".new")
        unfinished.write_bytes(content)
        unfinished.replace(path)
    return tuple(written)


def packed(quads: bytes) -> bytes:
    """Compressed, and always to the same bytes: without a name or a time."""
    stream = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=stream, mtime=0) as file:
        file.write(quads)
    return stream.getvalue()


def changes_of(changelog: str) -> tuple[str, ...]:
    """What a list of changes says: each item of its sections as one line, the oldest first."""
    items: list[str] = []
    for line in changelog.partition("\n## ")[2].splitlines():
        if line.startswith("- "):
            items.append(line[2:].strip())
        elif line.startswith("  ") and items:
            items[-1] += f" {line.strip()}"
    return tuple(reversed(items))
