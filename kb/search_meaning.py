"""What a search means besides its words: the law that it cites, and the question that it asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb import citation
from kb.citation_model import AMBIGUOUS, ONE, Citation
from kb.knowledge import Knowledge
from kb.search_question import QuestionRead, question_reader
from kb.terms import legal_path

WHOLE, CITED, MAYBE, LIMB = 400.0, 100.0, 30.0, 60.0
MOST_KEPT = 500


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What one search means; ``whole`` is the citation that it is, if it is nothing else."""

    whole: Citation | None
    question: QuestionRead
    gains: Mapping[tuple[str, str], float]


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Reads citations and questions; the offences of each provision are by its path."""

    read: Callable[[str], Meant]


def meaning_of(known: Knowledge) -> Meaning:
    """What reads searches in all that is known."""
    reader = question_reader(known)
    offences: dict[str, list[tuple[str, str | None]]] = {}
    for row in known.catalogue.offences.values():
        offences.setdefault(legal_path(row.provision), []).append((row.slug, row.limb))

    @lru_cache(maxsize=MOST_KEPT)
    def read(text: str) -> Meant:
        whole = citation.resolve(known.catalogue, text)
        found = (whole,) if whole else citation.find(known.catalogue, text)
        return Meant(
            whole=whole,
            question=reader.read(text),
            gains=_gains(found, offences, sure=WHOLE if whole else CITED),
        )

    return Meaning(read=read)


def _gains(
    found: tuple[Citation, ...],
    offences: Mapping[str, list[tuple[str, str | None]]],
    *,
    sure: float,
) -> dict[tuple[str, str], float]:
    """What a document (its kind and id) gains by being cited: surely, perhaps, by its limb."""
    gains: dict[tuple[str, str], float] = {}
    for one in found:
        if one.status not in (ONE, AMBIGUOUS):
            continue
        gain = sure if one.status == ONE else MAYBE
        for at, match in enumerate(one.matches):
            gains[match.kind, match.ref.id] = gain if at == 0 else MAYBE / (1 + at)
            for slug, limb in offences.get(match.ref.id, ()):
                if match.pinpoint and limb == match.pinpoint:
                    gains["offence", slug] = LIMB
    return gains
