"""What the pages about changes show: events by day, and what is different since a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for

from kb.answers import LawAnswer
from kb.catalogue import grouped
from kb.events import Event
from kb.knowledge import Knowledge
from kb.since import Since
from kb.topics import topics_with_offences
from kb.views import CoverageView
from kb.wording import after_checked
from web.changes_asked import ChangesAsked, SinceAsked
from web.form import Fact, facts, parameters
from web.paging import bad_part, parted

UNFOUND = "start-not-found"
MOST = 100  # changes on a page, but for a day that has more: a day stands on one page


@dataclass(frozen=True, kw_only=True)
class Part:
    """A page of a long list: its number, its address and the days that it goes from and to."""

    number: int
    address: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class DayOfChange:
    """What happens on a day; days that only limit when something began stand apart."""

    on: date
    events: tuple[Event, ...]
    limits: tuple[Event, ...]


@dataclass(frozen=True, kw_only=True)
class ChangesPage:
    """The page: the newest day first. ``about`` is the offence or provision it is kept to.

    ``total`` and ``limits`` count all of a list, of which ``days`` are those of part ``part``;
    ``listed`` are the parameters that ask for all of it.
    """

    asked: ChangesAsked
    stated: dict[str, str]
    listed: dict[str, str]
    last: date
    days: tuple[DayOfChange, ...]
    part: int
    parts: tuple[Part, ...]
    total: int
    limits: int
    about: str | None
    feed: str
    pictures: str | None
    warning: str | None
    coverage: tuple[CoverageView, ...]


@dataclass(frozen=True, kw_only=True)
class SincePage:
    """The form, and the comparison once an answer and a day are named."""

    answer: str
    taught: str
    on: str
    asked: SinceAsked | None = None
    since: Since | None = None
    facts: tuple[Fact, ...] = ()
    then: str | None = None
    now: str | None = None
    between: dict[str, str] | None = None
    end: date | None = None


def changes_page(
    asked: ChangesAsked, found: tuple[Event, ...], *, part: int, known: Knowledge
) -> ChangesPage:
    """Arrange events for reading; raises BadParameter if the list has no such part."""
    by_day = grouped(found, lambda event: event.on)
    days = (_day(on, by_day[on]) for on in sorted(by_day, reverse=True))
    parts = parted(days, _size, most=MOST)
    if part > len(parts):
        raise bad_part(str(part), last=len(parts))
    last = asked.end - timedelta(days=1)
    late = last > known.checked_on
    return ChangesPage(
        asked=asked,
        listed=stated(asked),
        stated=stated(asked) | ({"page": str(part)} if part > 1 else {}),
        last=last,
        days=parts[part - 1],
        part=part,
        parts=tuple(_part(asked, n, days) for n, days in enumerate(parts, start=1) if days),
        total=len(found),
        limits=sum(event.kind == UNFOUND for event in found),
        about=_about(asked, known=known),
        feed=feed_address(asked),
        pictures=_pictures(asked, known=known),
        warning=after_checked(last, known.checked_on) if late else None,
        coverage=known.library.coverage(),
    )


def _part(asked: ChangesAsked, number: int, days: tuple[DayOfChange, ...]) -> Part:
    again: dict[str, Any] = stated(asked) | ({"page": str(number)} if number > 1 else {})
    address = url_for("changes.page", **again)
    return Part(number=number, address=address, first=days[-1].on, last=days[0].on)


def stated(asked: ChangesAsked) -> dict[str, str]:
    """The parameters that ask the same again, the days included."""
    found = {
        "from": asked.start.isoformat(),
        "to": asked.end.isoformat(),
        "nation": asked.nation,
        "kind": asked.kind,
        "topic": asked.topic,
        "offence": asked.offence,
        "provision": asked.provision,
    }
    return {name: value for name, value in found.items() if value}


def feed_address(asked: ChangesAsked) -> str:
    """The feed of what a question is kept to; there is none for a kind.

    Of an offence, a provision and a place it follows the first that is named.
    """
    if asked.offence:
        return url_for("feeds.offence", slug=asked.offence)
    if asked.provision:
        return url_for("feeds.provision", path=asked.provision)
    if asked.topic:
        named: dict[str, Any] = {"nation": asked.nation} if asked.nation else {}
        return url_for("feeds.topic", topic=asked.topic, **named)
    if asked.nation:
        return url_for("feeds.nation", nation=asked.nation)
    return url_for("feeds.everything")


def _pictures(asked: ChangesAsked, *, known: Knowledge) -> str | None:
    """The offences of a topic over time, if it has any."""
    drawn = {topic.slug for topic in topics_with_offences(known.catalogue, known.schemes)}
    if asked.topic not in drawn:
        return None
    named: dict[str, Any] = {"nation": asked.nation} if asked.nation else {}
    return url_for("timeline.page", topic=asked.topic, **named)


def since_page(asked: SinceAsked, found: Since, *, known: Knowledge) -> SincePage:
    """Arrange a comparison for reading."""
    end = asked.now.on + timedelta(days=1)
    return SincePage(
        answer=asked.answer,
        taught=asked.taught.on.isoformat(),
        on=asked.now.on.isoformat(),
        asked=asked,
        since=found,
        facts=facts(asked.now, schemes=known.schemes),
        then=_answer(found.taught, known=known),
        now=_answer(found.now, known=known),
        between={"from": asked.taught.on.isoformat(), "to": end.isoformat()},
        end=asked.now.on,
    )


def since_form(given: Mapping[str, str], *, day: date | None) -> SincePage:
    """The form alone; ``day`` is the day that the answer itself is about."""
    taught = given.get("taught", "") or (day.isoformat() if day else "")
    return SincePage(answer=given.get("answer", ""), taught=taught, on=given.get("on", ""))


def _day(on: date, events: tuple[Event, ...]) -> DayOfChange:
    return DayOfChange(
        on=on,
        events=tuple(event for event in events if event.kind != UNFOUND),
        limits=tuple(event for event in events if event.kind == UNFOUND),
    )


def _size(day: DayOfChange) -> int:
    return len(day.events) + len(day.limits)


def _about(asked: ChangesAsked, *, known: Knowledge) -> str | None:
    """What the events are kept to, as it is called."""
    if asked.offence:
        return known.library.offence(asked.offence).label
    return asked.provision


def _answer(answer: LawAnswer, *, known: Knowledge) -> str:
    return url_for("pages.law", **parameters(answer.asked, schemes=known.schemes))
