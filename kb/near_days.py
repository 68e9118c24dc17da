"""The days next to a day: the nearest on which the same question is answered otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kb.answer_parts import AnswerParts
from kb.catalogue import Catalogue
from kb.changes_between import events_by_offence
from kb.events import Event
from kb.model import Asked
from kb.neighbours import OPEN, States, opened, states_there
from kb.schemes import Schemes
from kb.terms import identifier
from kb.timeline import Timeline

MOST = 6  # days that are tried in each direction


@dataclass(frozen=True, kw_only=True)
class NearDay:
    """The nearest day before or after on which the answer is another.

    ``turns`` is the first day of the later answer; ``on`` is the day to ask about instead.
    """

    on: date
    turns: date
    added: tuple[str, ...]
    removed: tuple[str, ...]
    events: tuple[Event, ...]


def near_days(
    timeline: Timeline, parts: AnswerParts, catalogue: Catalogue, schemes: Schemes, asked: Asked
) -> tuple[NearDay | None, NearDay | None]:
    """The nearest days before and after on which the answer in the question's nation is another."""
    events = _events(catalogue, schemes, asked.nations[0], states_there(timeline, asked))
    days = sorted(events)
    before = [day for day in reversed(days) if day <= asked.on][:MOST]
    after = [day for day in days if day > asked.on][:MOST]
    found = (
        next(filter(None, (_turn(timeline, parts, asked, day, events) for day in some)), None)
        for some in (before, after)
    )
    earlier, later = found
    return earlier and replace(earlier, on=_day_before(earlier.turns)), later


def _events(
    catalogue: Catalogue, schemes: Schemes, nation: str, offences: Iterable[str]
) -> dict[date, list[Event]]:
    """What happens to some offences in a nation, by day."""
    found: dict[date, list[Event]] = {}
    for slug in offences:
        for event in _events_there(catalogue, schemes, slug, nation):
            found.setdefault(event.on, []).append(event)
    return found


@lru_cache(maxsize=2048)
def _events_there(
    catalogue: Catalogue, schemes: Schemes, offence: str, nation: str
) -> tuple[Event, ...]:
    every = events_by_offence(catalogue, schemes).get(offence, ())
    return tuple(event for event in every if nation in event.nations)


def _turn(
    timeline: Timeline,
    parts: AnswerParts,
    asked: Asked,
    turns: date,
    events: Mapping[date, list[Event]],
) -> NearDay | None:
    """What the answer becomes on a day; None if it is the same as on the day before."""
    if turns == date.min:
        return None
    was = states_there(timeline, replace(asked, on=_day_before(turns)))
    now = states_there(timeline, replace(asked, on=turns))
    telling = tuple(e for e in events[turns] if _tells(parts, asked, e, was, now))
    if not telling:
        return None
    return NearDay(
        on=turns,
        turns=turns,
        added=opened(now, was),
        removed=opened(was, now),
        events=telling,
    )


def _tells(parts: AnswerParts, asked: Asked, event: Event, was: States, now: States) -> bool:
    """Is an event seen in the answer: in a state, or in what holds of an offence that is open?"""
    if event.offence is None:
        return False
    slug = event.offence.id
    if was.get(slug) != now.get(slug):
        return True
    if now.get(slug) not in OPEN:
        return False
    place = identifier("offence", slug), identifier("nation", asked.nations[0])
    return parts.on_day(*place, event.on) != parts.on_day(*place, _day_before(event.on))


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
