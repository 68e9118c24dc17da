"""How the windows of each offence and rule stand on each day, and the rules in force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb import rows
from kb.catalogue import Catalogue, grouped
from kb.decisions import STILL_OPEN, Place
from kb.library_rows import WindowEver
from kb.terms import slug_of
from kb.timeline_days import NEVER, Course, Days, course_of, days

NOT_ENACTED = "not-shown-to-be-enacted"
Turning = tuple[WindowEver, Course]
OnDays = dict[Place, Days["Standing"]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The windows of an owner in a nation as they stand on a day, and the one that speaks."""

    windows: tuple[rows.Window, ...]
    best: rows.Window


class WindowsOn(Mapping[Place, tuple[rows.Window, ...]]):
    """All windows on one day by owner and nation, each looked up only when it is asked for."""

    def __init__(self, standing: OnDays, *, day: int) -> None:
        self._standing, self._day = standing, day

    def __getitem__(self, place: Place) -> tuple[rows.Window, ...]:
        return self._standing[place].at(self._day).windows

    def __iter__(self) -> Iterator[Place]:
        return iter(self._standing)

    def __len__(self) -> int:
        return len(self._standing)


def never_sure(catalogue: Catalogue, owner: str) -> bool:
    """Is it an offence (address) that was perhaps never enacted, so in doubt on all days?"""
    offence = catalogue.offences.get(owner)
    return bool(offence and offence.status and slug_of(offence.status) == NOT_ENACTED)


def turning_windows(catalogue: Catalogue) -> dict[Place, tuple[Turning, ...]]:
    """The windows of every offence and rule with their course, by owner and nation."""
    owners = (*catalogue.offences, *catalogue.rules)
    found = (window for owner in owners for window in catalogue.windows.get(owner, ()))
    return {
        place: tuple((w, course_of(w, never_sure=never_sure(catalogue, w.owner))) for w in group)
        for place, group in grouped(found, lambda w: (w.owner, w.nation)).items()
    }


def standing_of(turning: tuple[Turning, ...]) -> Days[Standing]:
    """How the windows of one owner in one nation stand on each day."""
    return days((course for _, course in turning), lambda day: _standing(turning, day))


def open_rules(standing: OnDays, rules: frozenset[str]) -> dict[str, tuple[Days[Standing], ...]]:
    """By nation, how each rule that has a window there stands on each day."""
    found = [(place, on) for place, on in standing.items() if place[0] in rules]
    return {
        nation: tuple(on for _, on in group)
        for nation, group in grouped(found, lambda one: one[0][1]).items()
    }


def still_open(found: tuple[Days[Standing], ...], *, day: int) -> tuple[rows.Window, ...]:
    """The windows that speak, of rules that are or may be law on a day."""
    best = (on.at(day).best for on in found)
    return tuple(window for window in best if window.state in STILL_OPEN)


def ages_of_responsibility(
    found: list[rows.Responsibility], turning: dict[Place, tuple[Turning, ...]]
) -> dict[str, Days[rows.Responsibility | None]]:
    """By nation, the age of criminal responsibility on each day, where a window for it is law."""
    courses = {w.fact: course for group in turning.values() for w, course in group}
    return {
        nation: days(
            (courses[row.fact] for row in group if row.fact in courses),
            lambda day, group=group: _law_of(group, courses, day),  # type: ignore[misc]
        )
        for nation, group in grouped(found, lambda row: row.nation).items()
    }


def _law_of(
    group: tuple[rows.Responsibility, ...], courses: dict[str, Course], day: int
) -> rows.Responsibility | None:
    """The last row whose window is law on a day."""
    law = [r for r in group if r.fact in courses and courses[r.fact].state(day) == "law"]
    return law[-1] if law else None


def _standing(turning: tuple[Turning, ...], day: int) -> Standing:
    # A window has a row for each authority that is recorded for it: here it counts once.
    windows = tuple(dict.fromkeys(_window(window, course.state(day)) for window, course in turning))
    return Standing(windows=windows, best=_speaking(windows))


def _window(row: WindowEver, state: str) -> rows.Window:
    return rows.Window(
        owner=row.owner,
        nation=row.nation,
        fact=row.fact,
        state=state,
        certainty=row.certainty,
        start=row.start,
        end=row.end,
        not_before=row.not_before,
        known_by=row.known_by,
        scope=row.scope,
        confidence=row.confidence,
    )


def _speaking(windows: tuple[rows.Window, ...]) -> rows.Window:
    """The one that is law, or else in doubt, or else to come (the first to), or the last to go."""
    for state in ("law", "unknown", "not-yet-in-force"):
        standing = [window for window in windows if window.state == state]
        if standing:
            return min(standing, key=lambda w: (w.start.toordinal() if w.start else NEVER, w.fact))
    return max(windows, key=lambda w: (w.end.toordinal() if w.end else NEVER, w.fact))
