"""What is recorded of each topic in each nation, and how far: worked out, claimed by nobody.

It is read off the offences and rules of a topic, the doubts about them, and what is marked as not
known of them. It never says that the law is complete: a state says what is known to be missing.
General rules alone are a part of a topic at most.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.catalogue import Catalogue
from kb.doubts import doubts_of
from kb.library_rows import WindowEver
from kb.model import Concept
from kb.schemes import Schemes
from kb.terms import slug_of
from kb.topics import topics_of

COMPLETE, PARTIAL, NONE_RECORDED, NOT_RESEARCHED = (
    "complete",
    "partial",
    "none-recorded",
    "not-researched",
)
EXACT = "exact"


@dataclass(frozen=True, kw_only=True)
class TopicThere:
    """A topic in a nation: a word of ``coverage-states``, and the counts that it is read off.

    ``first`` is the earliest first day that is recorded there. Of the ``offences``, ``unsettled``
    have a first day that is not established, ``gaps`` a field that is not known or in doubt;
    ``doubts`` (slugs) are open about any of them there. ``since`` is the first day of which the
    state is said: the later of ``first`` and the first day that the nation's coverage claims. From
    ``empty_from`` until then the nation was researched, and nothing of the topic is recorded.
    """

    nation: str
    state: str
    offences: int
    rules: int
    first: date | None
    since: date | None
    empty_from: date | None
    unsettled: int
    gaps: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TopicCoverage:
    """A topic across the nations, in their order."""

    topic: Concept
    nations: tuple[TopicThere, ...]

    @property
    def researched(self) -> bool:
        """Is any law of the topic recorded, in any nation?"""
        return any(there.state != NOT_RESEARCHED for there in self.nations)


@lru_cache(maxsize=4)
def coverage_matrix(catalogue: Catalogue, schemes: Schemes) -> tuple[TopicCoverage, ...]:
    """Every topic in every nation: worked out once for a catalogue, and then kept."""
    return tuple(_topic(catalogue, schemes, topic) for topic in schemes.scheme("topics"))


def _topic(catalogue: Catalogue, schemes: Schemes, topic: Concept) -> TopicCoverage:
    offences, rules = (
        [one for one in things if topic.slug in topics_of(catalogue, schemes, one)]
        for things in (catalogue.offences, catalogue.rules)
    )
    return TopicCoverage(
        topic=topic,
        nations=tuple(
            _there(catalogue, offences, rules, nation=nation.address)
            for nation in schemes.scheme("nations")
        ),
    )


def _there(
    catalogue: Catalogue, offences: list[str], rules: list[str], *, nation: str
) -> TopicThere:
    here, ruled = (
        tuple(one for one in things if _windows(catalogue, (one,), nation))
        for things in (offences, rules)
    )
    windows = _windows(catalogue, (*here, *ruled), nation)
    unsettled = {window.owner for window in windows if slug_of(window.certainty) != EXACT}
    gaps = {one for one in (*here, *ruled) if catalogue.not_known.get(one)}
    doubts = _doubts(catalogue, (*here, *ruled), nation=slug_of(nation))
    whole = bool(here) and not (unsettled or gaps or doubts)
    earliest = catalogue.coverage[nation].earliest
    first = min((window.start for window in windows if window.start), default=None)
    return TopicThere(
        nation=slug_of(nation),
        state=_state(offences or rules, here or ruled, whole=whole),
        offences=len(here),
        rules=len(ruled),
        first=first,
        since=max(first, earliest) if first else None,
        empty_from=earliest if first and earliest < first else None,
        unsettled=len(unsettled),
        gaps=len(gaps),
        doubts=doubts,
    )


def _state(anywhere: Sequence[str], here: Sequence[str], *, whole: bool) -> str:
    if not anywhere:
        return NOT_RESEARCHED
    if not here:
        return NONE_RECORDED
    return COMPLETE if whole else PARTIAL


def _doubts(catalogue: Catalogue, things: tuple[str, ...], *, nation: str) -> tuple[str, ...]:
    """The doubts, open in a nation (slug), about offences, what creates them, or rules."""
    created = (catalogue.offences[one].provision for one in things if one in catalogue.offences)
    found = {d.id: d for owner in (*things, *created) for d in doubts_of(catalogue, owner)}
    return tuple(slug for slug, doubt in found.items() if nation in doubt.nations)


def _windows(catalogue: Catalogue, owners: Iterable[str], nation: str) -> list[WindowEver]:
    return [w for one in owners for w in catalogue.windows.get(one, ()) if w.nation == nation]
