"""What is decided about offences: states, windows and the identifiers of the facts; no prose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb import rows

PREFERENCE = ("law", "unknown", "not-yet-in-force", "ended")
STILL_OPEN = ("law", "unknown")
Place = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class RuledOut:
    """A stated fact that rules an offence out: which of the question's facts, and by which row."""

    by: str
    fact: str
    at_least: int | None = None
    below: int | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The state of one offence in one nation (addresses), and what decided it."""

    offence: str
    nation: str
    state: str
    window: rows.Window | None
    ruled_out: tuple[RuledOut, ...] = ()
    unsettled: tuple[str, ...] = ()

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The identifiers of the facts that decided, without repeats, in a fixed order."""
        window = {self.window.fact} if self.window else set()
        return tuple(sorted(window | {out.fact for out in self.ruled_out} | set(self.unsettled)))


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """The decisions for the nations asked about, and how many offences each left out."""

    made: tuple[Decision, ...]
    left_out: dict[str, int]
    windows: Mapping[Place, tuple[rows.Window, ...]]
    responsibility: dict[str, rows.Responsibility]


def best_window(windows: tuple[rows.Window, ...]) -> rows.Window | None:
    """The window that speaks for a nation: law, then unknown, then not yet, then ended.

    Of several not yet begun the first to come; of several ended the last to have gone.
    """
    if not windows:
        return None
    state = min((window.state for window in windows), key=PREFERENCE.index)
    same = [window for window in windows if window.state == state]
    if state == "ended":
        return max(same, key=lambda window: (window.end or date.max, window.fact))
    return min(same, key=lambda window: (window.start or date.max, window.fact))
