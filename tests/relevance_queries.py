"""Reads the judged searches, and says how good the results of a search are."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

from kb.knowledge import Knowledge
from kb.search import open_index, search
from kb.search_asked import parse_search
from kb.search_question import QuestionRead

FOLDER = Path(__file__).parent / "relevance"
THRESHOLDS = FOLDER / "thresholds.toml"
KEYS = {
    "q", "nation", "on", "kind", "must", "never_first", "offer", "no_offer", "none", "why",
}  # fmt: skip
AGES = ("depicted_age", "accused_age", "recipient_age")
FIRST = 5
MOST = 20
Found = tuple[str, str]  # kind and id


@dataclass(frozen=True)
class Must:
    """Something that must be found: any one of these, within so many results."""

    any: tuple[Found, ...]
    within: int

    def place(self, results: Sequence[Found]) -> int | None:
        """Where it stands in some results, from 1."""
        places = [n for n, found in enumerate(results, 1) if any(_same(found, a) for a in self.any)]
        return min(places, default=None)


@dataclass(frozen=True)
class Judged:
    """A judged search: the file it stands in, and its table."""

    file: str
    table: dict[str, Any]

    @property
    def name(self) -> str:
        """What is typed, and the filters."""
        filters = [str(self.table[key]) for key in ("nation", "on", "kind") if key in self.table]
        return " · ".join([self.table["q"], *filters])

    @property
    def stated(self) -> dict[str, list[str]]:
        """The search as parameters."""
        given = {"q": [self.table["q"]], "limit": [str(MOST)]}
        return given | {
            key: [str(self.table[key])] for key in ("nation", "on", "kind") if key in self.table
        }

    @property
    def must(self) -> tuple[Must, ...]:
        """What must be found."""
        return tuple(
            Must(tuple(map(_found, one["any"])), one["within"])
            if "any" in one
            else Must(((one["kind"], one["id"]),), one["within"])
            for one in self.table.get("must", ())
        )

    @property
    def never_first(self) -> tuple[Found, ...]:
        """What may not be the first result."""
        return tuple((one["kind"], one["id"]) for one in self.table.get("never_first", ()))


Find = Callable[[Judged], Sequence[Found]]


@dataclass(frozen=True)
class Outcome:
    """A judged search and what was found."""

    judged: Judged
    results: tuple[Found, ...]

    @property
    def recall(self) -> float:
        """The share of what must be found that is among the first five."""
        places = [must.place(self.results[:FIRST]) for must in self.judged.must]
        return sum(place is not None for place in places) / len(places)

    @property
    def reciprocal_rank(self) -> float:
        """One over the place of the first thing that must be found; 0 if there is none."""
        places = [place for must in self.judged.must if (place := must.place(self.results))]
        return 1 / min(places) if places else 0.0

    @property
    def misses(self) -> list[str]:
        """What is wrong with the results, in words."""
        wrong = [
            f"{' or '.join(':'.join(one) for one in must.any)} not within {must.within}"
            for must in self.judged.must
            if (must.place(self.results) or MOST + 1) > must.within
        ]
        first = self.results[:1]
        wrong += [f"{':'.join(one)} is first" for one in self.judged.never_first if one in first]
        if self.judged.table.get("none") and self.results:
            wrong.append(f"{':'.join(self.results[0])} found, and nothing should be")
        return wrong


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How good a search is; ``beyond`` counts what is found too far down or not at all."""

    searches: int
    recall_at_5: float
    mrr: float
    zero_results: float
    never_first: int
    found_nothing_right: int
    beyond: int


def read_judged() -> list[Judged]:
    """Every judged search of every file, in order."""
    return [
        Judged(file=path.stem, table=table)
        for path in sorted(FOLDER.glob("*.toml"))
        if path != THRESHOLDS
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["query"]
    ]


def thresholds() -> dict[str, float]:
    """What the figures must reach, by name."""
    return tomllib.loads(THRESHOLDS.read_text(encoding="utf-8"))


def outcomes(judged: Sequence[Judged], *, find: Find) -> list[Outcome]:
    """Search for each."""
    return [Outcome(one, tuple(find(one))[:MOST]) for one in judged]


def figures(found: Sequence[Outcome]) -> Figures:
    """The figures of some outcomes."""
    asked = [one for one in found if one.judged.must]
    return Figures(
        searches=len(found),
        recall_at_5=fmean([one.recall for one in asked] or [1.0]),
        mrr=fmean([one.reciprocal_rank for one in asked] or [1.0]),
        zero_results=fmean([not one.results for one in asked] or [0.0]),
        never_first=sum("is first" in miss for one in found for miss in one.misses),
        found_nothing_right=sum("should be" in miss for one in found for miss in one.misses),
        beyond=sum("not within" in miss for one in found for miss in one.misses),
    )


def wrong_offer(judged: Judged, read: QuestionRead) -> list[str]:
    """What is wrong with the question that is offered, in words."""
    if judged.table.get("no_offer") and read.worth_asking:
        return [f"{dict(read.parameters)} is offered, and nothing should be"]
    offer = judged.table.get("offer")
    if not offer:
        return []
    said: dict[str, list[str]] = {}
    for name, value in read.parameters:
        said.setdefault(name, []).append(value)
    wrong = [] if read.worth_asking else ["nothing is offered"]
    for name, expected in offer.items():
        values = [str(one) for one in (expected if isinstance(expected, list) else [expected])]
        if sorted(said.get(name, [])) != sorted(values):
            wrong.append(f"{name} is {said.get(name)} and should be {values}")
    allowed = set(offer) | {"material"}
    return wrong + [f"{name} is read, and is not there" for name in said if name not in allowed]


def the_search(known: Knowledge) -> Find:
    """The search that is judged: the one place that knows which it is."""
    index = open_index(known, cache=None)

    def find(judged: Judged) -> list[Found]:
        answer = search(index, parse_search(judged.stated, schemes=known.schemes))
        return [(hit.kind, hit.id) for hit in answer.hits]

    return find


def known_things(known: Knowledge) -> dict[str, set[str]]:
    """What there is to be found, by kind: every id that a judged search may name."""
    catalogue, advice = known.catalogue, known.advice
    return {
        "offence": {row.slug for row in catalogue.offences.values()},
        "provision": {row.path for row in catalogue.provisions.values()},
        "instrument": {row.path for row in catalogue.instruments.values()},
        "rule": {row.slug for row in catalogue.rules.values()},
        "guidance": set(advice.guidance),
        "practice": set(advice.practice),
        "service": set(advice.services),
        "claim": set(advice.claims),
        "misconception": set(advice.misconceptions),
        "concept": {concept.slug for concept in known.schemes.by_address.values()},
    }


def offered_days(judged: Judged) -> list[date]:
    """The days of the question that must be offered."""
    return [day for day in judged.table.get("offer", {}).values() if isinstance(day, date)]


def _found(text: str) -> Found:
    kind, _, slug = text.partition(":")
    return kind, slug


def _same(found: Found, wanted: Found) -> bool:
    """Is it what is wanted? A concept is known by the end of its id, its slug."""
    if found[0] == wanted[0] == "concept":
        return found[1].rpartition("/")[2] == wanted[1].rpartition("/")[2]
    return found == wanted
