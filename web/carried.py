"""The nation and the day that a page is asked about: carried along, changed in one place.

Nothing is stored: both stand in the address. A view that reads them is named in CARRIERS. Every
link to it from such a page says them again, unless it says something else (``nation=None`` for
none).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, g, request

from kb.asked import parse_day, today
from kb.errors import QuestionError
from web.state import knowledge

NATION, DAY = "nation", "on"
BOTH = (NATION, DAY)
# Which of the two each view reads.
CARRIERS: dict[str, tuple[str, ...]] = {
    "changes.page": (NATION,),
    "compare.page": BOTH,
    "library.legislation": BOTH,
    "library.offence": BOTH,
    "pages.home": BOTH,
    "pages.law": BOTH,
    "pages.now": BOTH,
    "register.claims": (NATION,),
    "register.misconceptions": (NATION,),
    "search.page": BOTH,
    "shelves.document": BOTH,
    "shelves.guidance": BOTH,
    "shelves.point": BOTH,
    "shelves.practice": BOTH,
    "shelves.service": BOTH,
    "shelves.services": BOTH,
    "timeline.page": (NATION,),
}
# Those that read one nation at most: several are not carried to them.
ONE_NATION = frozenset(
    view for view in CARRIERS if view.split(".")[0] in ("changes", "register", "shelves")
)
PERIOD = ("from", "to")


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What a page is asked about.

    ``nations`` are slugs, empty for all of them; ``stated`` says whether the address names the day;
    ``kept`` are the other parameters of the address, as pairs; ``period`` says that they name one.
    """

    nations: tuple[str, ...]
    on: date
    stated: bool
    reads: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    period: bool


def register(app: Flask) -> None:
    """Carry the nation and the day through the links of an application."""
    app.url_defaults(_carry)


def carried() -> Carried | None:
    """What this request asks about; None where its page reads neither a nation nor a day."""
    reads = CARRIERS.get(request.endpoint or "")
    if reads is None:
        return None
    day = _stated_day()
    pairs = tuple((name, value) for name, value in request.args.items(multi=True) if value)
    return Carried(
        nations=_stated_nations(),
        on=day or today(),
        stated=day is not None,
        reads=reads,
        kept=tuple((name, value) for name, value in pairs if name not in reads),
        period=any(name in PERIOD for name, _ in pairs),
    )


def said_again() -> tuple[object, ...]:
    """What the links of this page say again: where it is the same, so are the links."""
    if request.endpoint not in CARRIERS:
        return ()
    return _stated_nations(), _stated_day()


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    """Say again what the page that links is asked about, where the page linked to reads it."""
    reads = CARRIERS.get(endpoint)
    if not reads or not request or request.endpoint not in CARRIERS:
        return
    if g.get("carries_nothing"):  # a part that is kept for other questions: see web.pieces
        return
    nations = _stated_nations() if NATION in reads and NATION not in values else ()
    if nations and (len(nations) == 1 or endpoint not in ONE_NATION):
        values[NATION] = list(nations)
    if DAY in reads and DAY not in values and (day := _stated_day()):
        values[DAY] = day.isoformat()


def _stated_nations() -> tuple[str, ...]:
    """The nations that the address names; those that are none are the view's to refuse."""
    known = knowledge().schemes.slugs("nations")
    return tuple(slug for slug in known if slug in request.args.getlist(NATION))


def _stated_day() -> date | None:
    """The day that the address names, read once a request: a page may have hundreds of links."""
    if "stated_day" not in g:
        g.stated_day = _read_day()
    day: date | None = g.stated_day
    return day


def _read_day() -> date | None:
    try:
        return parse_day(request.args[DAY], parameter=DAY) if request.args.get(DAY) else None
    except QuestionError:
        return None
