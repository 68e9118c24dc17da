"""The offences of an answer, state by state, in as much detail as there is room for."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.answers import NationAnswer, OffenceAnswer
from kb.model import Concept
from kb.schemes import Schemes
from web.answer_offence import topic

OPENS = ("applies", "unknown", "ruled-out", "not-yet-in-force")
CLOSED = ("ended", "does-not-extend")
MANY = 12


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Offences under a topic of a long list, or all of a short one (no topic)."""

    topic: Concept | None
    offences: tuple[OffenceAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class StateGroup:
    """The offences of one nation that are in one state, those not confirmed apart.

    ``depth`` is how much of each there is: it ``opens``, it is a ``row``, or its ``name`` alone.
    """

    state: Concept
    confirmed: tuple[Listed, ...]
    likely: tuple[Listed, ...]
    count: int
    closed: bool
    depth: str


def groups_of(nation: NationAnswer, *, schemes: Schemes, several: bool) -> Iterator[StateGroup]:
    """The states in which a nation has offences, in their order."""
    all_law = len(nation.offences) > 4 * MANY
    for state in schemes.scheme("states"):
        found = nation.in_state(state.slug)
        if found:
            short = len(found) > MANY
            yield StateGroup(
                state=state,
                confirmed=_listed(found, schemes, likely=False, by_topic=short),
                likely=_listed(found, schemes, likely=True, by_topic=short),
                count=len(found),
                closed=state.slug in CLOSED,
                depth=_depth(state.slug, short=short or all_law, several=several),
            )


def _depth(state: str, *, short: bool, several: bool) -> str:
    if short:
        return "name"
    return "row" if several or state not in OPENS else "opens"


def _listed(
    found: tuple[OffenceAnswer, ...], schemes: Schemes, *, likely: bool, by_topic: bool
) -> tuple[Listed, ...]:
    kept = tuple(offence for offence in found if offence.likely_only == likely)
    if not by_topic or not kept:
        return (Listed(topic=None, offences=kept),) if kept else ()
    by_slug: dict[str, list[OffenceAnswer]] = {}
    for offence in kept:
        by_slug.setdefault(topic(offence), []).append(offence)
    named = {word.slug: word for word in schemes.scheme("topics")}
    return tuple(
        Listed(topic=named.get(slug), offences=tuple(by_slug[slug]))
        for slug in (*named, "")
        if slug in by_slug
    )
