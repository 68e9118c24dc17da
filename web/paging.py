"""Long lists page by page: which page is asked for, what stands on each, and ways to turn."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kb.asked import AskedTwice
from web.params import BadParameter

NAME = "page"
BESIDE = 1  # pages shown on either side of the one that is read
Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A page to turn to; one without an address stands for those that are left out."""

    number: int
    address: str | None
    current: bool


@dataclass(frozen=True, kw_only=True)
class Turns:
    """How a reader gets from page to page."""

    number: int
    last: int
    before: str | None
    after: str | None
    turns: tuple[Turn, ...]


def read_part(
    given: Mapping[str, Sequence[str]], *, name: str = NAME
) -> tuple[int, dict[str, Sequence[str]]]:
    """Which page of a list a query string names, and what else it asks; raises a QuestionError."""
    values = {value.strip() for value in given.get(name, ()) if value.strip()}
    if len(values) > 1:
        raise AskedTwice(name)
    stated = values.pop() if values else "1"
    if not re.fullmatch("[1-9][0-9]{0,3}", stated):
        raise bad_part(stated, last=1, name=name)
    return int(stated), {other: found for other, found in given.items() if other != name}


def bad_part(stated: str, *, last: int, name: str = NAME) -> BadParameter:
    """That a list has no such page."""
    return BadParameter(
        f"{name} cannot be {stated!r}: it is a whole number, up to as many pages as the list has.",
        parameter=name,
        value=stated,
        valid=tuple(str(number) for number in range(1, last + 1)),
    )


def parted(
    items: Iterable[Item], size: Callable[[Item], int], *, most: int
) -> list[tuple[Item, ...]]:
    """Items page by page, up to a size, but for one that is larger; at least one page, if empty."""
    parts: list[list[Item]] = [[]]
    room = most
    for item in items:
        if parts[-1] and size(item) > room:
            parts.append([])
            room = most
        parts[-1].append(item)
        room -= size(item)
    return [tuple(part) for part in parts]


def turns(number: int, last: int, address: Callable[[int], str]) -> Turns | None:
    """The ways from one page to others: the first, the last, those beside; None if it is alone."""
    if last < 2:
        return None
    near = range(number - BESIDE, number + BESIDE + 1)
    shown = [page for page in range(1, last + 1) if page in (1, last) or page in near]
    found: list[Turn] = []
    for page in shown:
        if found and page > found[-1].number + 1:
            alone = page == found[-1].number + 2
            found.append(_turn(page - 1, number, address if alone else None))
        found.append(_turn(page, number, address))
    return Turns(
        number=number,
        last=last,
        before=address(min(number - 1, last)) if number > 1 else None,
        after=address(number + 1) if number < last else None,
        turns=tuple(found),
    )


def _turn(page: int, number: int, address: Callable[[int], str] | None) -> Turn:
    return Turn(number=page, address=address(page) if address else None, current=page == number)
