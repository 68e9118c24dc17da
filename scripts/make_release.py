"""Freezes the data as a release: checks it, writes ``releases/``, says what to commit.

``scripts/release`` runs this in the project's own environment.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.checks import check  # noqa: E402
from kb.errors import KnowledgeError  # noqa: E402
from kb.releases import RELEASES, changes_of, make_release  # noqa: E402
from kb.store import DATA, ONTOLOGY, load  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Makes a release; the exit status: 1 if there is nothing to release, or a problem."""
    given = _parser().parse_args(arguments)
    print("Checking the data: this takes a while.", file=sys.stderr)
    problems = check(given.data, given.ontology)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"Nothing was released: {len(problems)} problem(s) in the data.", file=sys.stderr)
        return 1
    try:
        changes = given.change or changes_of(given.changelog.read_text(encoding="utf-8"))
        loaded = load(given.data, given.ontology)
        release, written = make_release(loaded, changes=changes, folder=given.releases)
    except (KnowledgeError, OSError) as error:
        print(f"Nothing was released. {error}", file=sys.stderr)
        return 1
    print(f"Release {release.id}: {release.quads} statements, sha256 {release.sha256}")
    print("".join(f"  - {change}\n" for change in release.changes), end="")
    print("Commit these, together and with nothing else:")
    print("".join(f"  {path}\n" for path in written), end="")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/release", description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--change",
        action="append",
        metavar="TEXT",
        help="what changed, instead of what the list of changes says; may be repeated",
    )
    for name, path, about in (
        ("--changelog", ROOT / "CHANGELOG.md", "the list of changes"),
        ("--data", DATA, "the folder of the facts"),
        ("--ontology", ONTOLOGY, "the folder of the words"),
        ("--releases", RELEASES, "where releases are kept"),
    ):
        parser.add_argument(name, type=Path, default=path, metavar="PATH", help=about)
    return parser


if __name__ == "__main__":
    sys.exit(main())
