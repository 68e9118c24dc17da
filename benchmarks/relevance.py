"""How good the search is: recall@5, MRR and empty answers on the judged searches, file by file.

Run: python -m benchmarks.relevance [--misses] [group …]. The searches, what must be found and the
thresholds stand in tests/relevance.
"""

import sys
import time

from benchmarks import machine
from kb.knowledge import open_knowledge
from kb.search_question import question_reader
from tests.relevance_queries import (
    Outcome,
    figures,
    outcomes,
    read_judged,
    the_search,
    thresholds,
    wrong_offer,
)

HEAD = (
    f"{'group':<16}{'searches':>9}{'recall@5':>9}{'MRR':>7}{'empty':>7}{'beyond':>8}{'tempted':>9}"
)


def main(arguments: list[str]) -> None:
    """Print the figures of each group and of all, and with --misses what is wrong."""
    wanted = {word for word in arguments if not word.startswith("-")}
    judged = [one for one in read_judged() if one.file in wanted or not wanted]
    known = open_knowledge()
    find, reader = the_search(known), question_reader(known)
    start = time.perf_counter()
    found = outcomes(judged, find=find)
    taken = time.perf_counter() - start
    print(machine.describe())
    print(HEAD)
    for group in sorted({one.file for one in judged}):
        print(_row(group, [one for one in found if one.judged.file == group]))
    print(_row("all", found))
    offers = [wrong_offer(one, reader.read(one.table["q"])) for one in judged]
    asked = sum(bool({"offer", "no_offer"} & set(one.table)) for one in judged)
    print(f"offered questions: {asked - sum(map(bool, offers))} of {asked} right")
    print(f"must reach: {thresholds()}")
    print(f"{1000 * taken / len(judged):.1f} ms a search, the first time")
    if "--misses" in arguments:
        for one, offer in zip(found, offers, strict=True):
            for miss in (*one.misses, *offer):
                print(f"{one.judged.file}: {one.judged.name}: {miss}")


def _row(group: str, found: list[Outcome]) -> str:
    reached = figures(found)
    return (
        f"{group:<16}{reached.searches:>9}{reached.recall_at_5:>9.3f}{reached.mrr:>7.3f}"
        f"{reached.zero_results:>7.3f}{reached.beyond:>8}{reached.never_first:>9}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
