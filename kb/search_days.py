"""Days, months and years as people type them, read out of a search."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = "january february march april may june july august september october november december"
SHORTEST = 3
_MONTH = "|".join(rf"{m[:SHORTEST]}(?:{m[SHORTEST:]})?" for m in MONTHS.split()) + "|sept"
_YEAR = r"(?P<y>(?:1[89]|20)[0-9]{2})"
_NUMBER = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_BEFORE, _AFTER = r"(?<![\w/.-])", r"(?![\w/]|[.-]\w)"
# In this order: what says most is read first.
_FORMS = tuple(
    re.compile(_BEFORE + form + _AFTER, re.IGNORECASE)
    for form in (
        rf"{_YEAR}\s?[-–]\s?(?P<last>(?:1[89]|20)[0-9]{{2}})",
        rf"{_YEAR}-(?P<m>[0-9]{{1,2}})-(?P<d>[0-9]{{1,2}})",
        rf"(?P<d>[0-9]{{1,2}})([/.-])(?P<m>[0-9]{{1,2}})\2{_YEAR}",
        rf"{_NUMBER}\s+(?:of\s+)?(?P<m>{_MONTH})\.?,?\s+{_YEAR}",
        rf"(?P<m>{_MONTH})\.?\s+{_NUMBER},?\s+{_YEAR}",
        rf"(?P<m>{_MONTH})\.?,?\s+{_YEAR}",
        _YEAR,
    )
)
# A day after one of these is where something began or ended, which is not a day to ask about.
_OPEN = re.compile(r"\b(?:before|after|since|until|till|by|from|pre|post|than)[\s-]*$", re.I)
_BETWEEN = re.compile(r"\s*(?:to|and|until|till|[-–])\s*", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)
Readable = Callable[[int, int], bool]


@dataclass(frozen=True)
class Days:
    """A stretch of days and where it stands in a text: ``end`` is the first day after it."""

    start: date
    end: date
    low: int
    high: int

    @property
    def one(self) -> bool:
        """Is it a single day?"""
        return self.end - self.start == timedelta(days=1)


def days_in(text: str, *, readable: Readable) -> Days | None:
    """The day, the month, the year or the stretch that a text is about, if it names only one.

    ``readable`` says of a place in the text whether it is to be read as a day at all.
    """
    found = sorted(_found(text, readable), key=lambda days: days.low)
    if len(found) == 1 and not _OPEN.search(text[: found[0].low]):
        return found[0]
    if len(found) != 2 or not _BETWEEN.fullmatch(text, found[0].high, found[1].low):
        return None
    first, last = found
    said = _FROM.search(text[: first.low])
    if first.start >= last.start or (_OPEN.search(text[: first.low]) and not said):
        return None
    return Days(first.start, last.end, said.start() if said else first.low, last.high)


def _found(text: str, readable: Readable) -> Iterator[Days]:
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            low, high = match.span()
            if any(low < end and start < high for start, end in taken):
                continue
            days = _days(match)
            if days and readable(low, high):
                taken.append((low, high))
                yield days


def _days(match: re.Match[str]) -> Days | None:
    """What a form says; nothing if there is no such day."""
    said = match.groupdict()
    year, month, last = int(said["y"]), _month(said.get("m")), int(said.get("last") or 0)
    if last:
        return Days(date(year, 1, 1), date(last + 1, 1, 1), *match.span()) if last > year else None
    try:
        if said.get("d"):
            start = date(year, month, int(said["d"]))
            return Days(start, start + timedelta(days=1), *match.span())
        if said.get("m"):
            start = date(year, month, 1)
            after = date(year + month // 12, month % 12 + 1, 1)
            return Days(start, after, *match.span())
    except ValueError:
        return None
    return Days(date(year, 1, 1), date(year + 1, 1, 1), *match.span())


def _month(said: str | None) -> int:
    if said is None or said.isdigit():
        return int(said or 0)
    names = [name[:SHORTEST] for name in MONTHS.split()]
    return names.index(said[:SHORTEST].lower()) + 1
