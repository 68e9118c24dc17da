#!/usr/bin/env python3
"""Writes our Turtle in its one canonical form, so that a diff shows law and never layout.

    scripts/format_data.py                 every file in ontology/ and kb/data/
    scripts/format_data.py kb/data/rules   a folder, or single files
    scripts/format_data.py --check         changes nothing; lists what would change, exit status 1

A file that is canonical already is not touched.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.canonical import canonical_text  # noqa: E402
from kb.store import turtle_files  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Formats, or with ``--check`` lists; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="list the files, and change nothing")
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders")
    given = parser.parse_args(arguments)
    paths = given.paths or [ROOT / "ontology", ROOT / "kb" / "data"]
    changed, unread = 0, 0
    for file in (file for path in paths for file in _files(path)):
        try:
            changed += _format(file, write=not given.check)
        except (OSError, SyntaxError) as error:
            print(f"{file}: not Turtle: {error}", file=sys.stderr)
            unread += 1
    print(f"{changed} {'would change' if given.check else 'changed'}", file=sys.stderr)
    return 1 if unread or (given.check and changed) else 0


def _files(path: Path) -> list[Path]:
    return turtle_files(path) if path.is_dir() else [path]


def _format(path: Path, *, write: bool) -> bool:
    text = path.read_text(encoding="utf-8")
    canonical = canonical_text(text)
    if canonical == text:
        return False
    print(path)
    if write:
        path.write_text(canonical, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
