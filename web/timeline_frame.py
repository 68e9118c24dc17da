"""Where things stand in a picture: two frames, one with units, one as wide as the screen."""

import textwrap
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.chart_model import Axis


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A width for the labels and one for the days; ``fluid`` if it fills what room there is.

    A fluid frame puts its labels above the bars and counts across in hundredths, so that its text
    keeps its size on any screen; ``across`` is then the narrowest room it is made for.
    """

    name: str
    labels: int
    across: int
    label_chars: int
    words_chars: int
    place_chars: int
    ticks: int
    fluid: bool = False

    @property
    def width(self) -> int:
        """The whole width, in units."""
        return self.labels + self.across + (0 if self.fluid else EDGE)

    def at(self, part: float) -> str:
        """The place of a part (0 to 1) of the days."""
        if self.fluid:
            return f"{part * 100:.2f}%"
        return f"{self.labels + part * self.across:.1f}"

    def wide(self, part: float) -> str:
        """A width, for a part (0 to 1) of the days."""
        return f"{part * 100:.2f}%" if self.fluid else f"{part * self.across:.1f}"

    def on(self, axis: Axis, day: date) -> str:
        """The place of a day."""
        return self.at(axis.part(day))


EDGE = 12
WIDE = Frame(
    name="wide", labels=304, across=644, label_chars=37, words_chars=88, place_chars=46, ticks=12
)
NARROW = Frame(
    name="narrow",
    labels=0,
    across=252,
    label_chars=32,
    words_chars=34,
    place_chars=34,
    ticks=5,
    fluid=True,
)
FRAMES = (WIDE, NARROW)


@lru_cache(maxsize=4096)
def lines(text: str, chars: int) -> tuple[str, ...]:
    """A text in lines of at most so many characters."""
    return tuple(textwrap.wrap(text, chars, break_long_words=True)) if text else ()
