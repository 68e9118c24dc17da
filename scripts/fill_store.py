"""Fills a SPARQL 1.1 server with the data, and checks that it has it and answers as it should.

``scripts/load_store`` runs this in the project's own environment.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.errors import KnowledgeError  # noqa: E402
from kb.load_store import Filled, fill, otherwise_answered, writer_of  # noqa: E402
from kb.remote_client import PREFIX, Client, address_of  # noqa: E402
from kb.remote_engine import RemoteEngine  # noqa: E402
from kb.store import DATA, ONTOLOGY, load  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Fills a store; the exit status: 1 if that failed, or it does not answer as it should."""
    given = _parser().parse_args(arguments)
    try:
        address = address_of(given.store)
        writer = writer_of(address, update=given.update, graphs=given.graph_store)
        files = load(given.data, given.ontology)
        print(f"Filling {address.shown} by {writer.client.address.shown}", file=sys.stderr)
        with Client(address) as client, writer.client:
            engine = RemoteEngine(client)
            filled = fill(files, engine=engine, writer=writer, say=_say)
            print(_report(filled), end="")
            tried, wrong = otherwise_answered(files, engine)
    except KnowledgeError as error:
        print(f"The store was not filled. {error}", file=sys.stderr)
        return 1
    if wrong:
        print(f"{len(wrong)} of {tried} questions are answered wrongly there:", *wrong)
        return 1
    print(f"{tried} questions were asked of it and of the files: the answers are equal.")
    print(f"KB_STORE={PREFIX}{address.shown}  (with its user and password, if it has any)")
    return 0


def _report(filled: Filled) -> str:
    loaded = filled.loaded
    lines = [
        f"{len(loaded.graphs)} graphs, {loaded.statements:,} statements, checked on"
        f" {loaded.checked_on}; sha256 {loaded.sha256}, as of the files."
    ]
    if filled.foreign:
        lines.append(f"{filled.foreign} other graph(s) are there, and were left alone.")
    if filled.listed:
        lines.append(
            "The server's default graph is not the union of just our graphs, so that each question"
            " has to name them all, which many servers are slow at."
        )
    return "".join(f"{line}\n" for line in lines)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/load_store", description=__doc__.split("\n", 1)[0]
    )
    parser.add_argument("store", help="where it is queried: sparql+http://host:port/path")
    parser.add_argument("--update", metavar="ADDRESS", help="where it takes SPARQL updates")
    parser.add_argument(
        "--graph-store",
        metavar="ADDRESS",
        help="where it has the Graph Store HTTP Protocol, to be filled by that instead",
    )
    for name, path, about in (
        ("--data", DATA, "the folder of the facts"),
        ("--ontology", ONTOLOGY, "the folder of the words"),
    ):
        parser.add_argument(name, type=Path, default=path, metavar="PATH", help=about)
    return parser


if __name__ == "__main__":
    sys.exit(main())
