#!/usr/bin/env python3
"""Keeps tests/inventory.txt: every identifier and path that was ever published.

scripts/inventory.py            adds what is new; nothing is ever taken out
scripts/inventory.py --check    changes nothing; says what is new, and what is gone without a
                                mark in ontology/deprecated.ttl, exit status 1 if there is any
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.releases import all_releases  # noqa: E402
from web.app import create_app  # noqa: E402
from web.inventory import published, released, retired  # noqa: E402

LIST = ROOT / "tests" / "inventory.txt"


def main(arguments: list[str] | None = None) -> int:
    """Adds, or with ``--check`` compares; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    given = parser.parse_args(arguments)
    app = create_app()
    listed = set(LIST.read_text(encoding="utf-8").splitlines()) if LIST.exists() else set()
    here = published(app)
    listed |= {path for release in all_releases() for path in released(app, release)}
    new, gone = sorted(here - listed), sorted(listed - here - retired(app))
    for path in gone:
        print(f"gone, and not marked as deprecated: {path}", file=sys.stderr)
    if not given.check:
        LIST.write_text("\n".join(sorted(listed | here)) + "\n", encoding="utf-8")
    print(f"{len(new)} {'would be' if given.check else 'were'} added", file=sys.stderr)
    return 1 if gone or (given.check and new) else 0


if __name__ == "__main__":
    sys.exit(main())
