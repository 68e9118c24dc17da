"""A sheet while it is drawn, and the days across its top and down its lanes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kb.chart_model import Bar, Chart, Lane, Mark
from kb.wording import day
from web.timeline_frame import Frame
from web.timeline_shapes import Line, Sheet, Words

BAR, ROW = 18, 17
Address = Callable[[Lane, Bar], str]


@dataclass(kw_only=True)
class Drawing:
    """A sheet while it is drawn: where the pen is, and which numbers the changes have.

    ``several`` if its lanes have to say of which nations they are.
    """

    chart: Chart
    frame: Frame
    sheet: Sheet
    numbers: dict[Mark, int]
    address: Address | None
    several: bool
    y: float = 0
    bar: int = BAR
    looks: set[str] = field(default_factory=set)
    tops: dict[date, float] = field(default_factory=dict)

    def say(self, text: str, look: str, *, x: str | None = None, step: float = ROW) -> None:
        """A line of text at the pen, which moves down."""
        self.y += step
        place = "0" if x is None else x
        self.sheet.words.append(Words(x=place, y=self.y - 4, text=text, look=look))


def numbered(chart: Chart) -> dict[Mark, int]:
    """The changes of a chart, each once, in the order of their days."""
    found = {mark for lane in chart.lanes for mark in lane.marks}
    return {mark: n for n, mark in enumerate(sorted(found, key=lambda m: (m.on, m.words)), start=1)}


def draw_head(pen: Drawing) -> None:
    """The days across the top: the day asked about, the day of checking, the years."""
    chart, frame = pen.chart, pen.frame
    for on, words in ((chart.checked_on, "Last checked"), (chart.on, "Asked about")):
        if on:
            pen.y += 18
            pen.tops[on] = pen.y
            look = "day" if on == chart.checked_on else "head-day"
            pen.sheet.words.append(_day_label(pen, on, f"{words} {day(on)}", look=look))
    pen.y += 20
    for tick in _ticks(pen):
        part = chart.axis.part(tick)
        anchor = "start" if part < 0.02 and frame.fluid else "middle"
        text = Words(x=frame.at(part), y=pen.y - 4, text=str(tick.year), look="tick", anchor=anchor)
        pen.sheet.words.append(text)
    pen.y += 4


def draw_days(pen: Drawing, top: float) -> None:
    """The lines down the lanes, drawn last because they need to know how far."""
    axis, frame = pen.chart.axis, pen.frame
    for tick in _ticks(pen):
        x = frame.on(axis, tick)
        pen.sheet.lines.insert(0, Line(x=x, y=top, y2=pen.y, look="grid"))
    for on, look in ((pen.chart.checked_on, "checked"), (pen.chart.on, "asked")):
        if on:
            x = frame.on(axis, on)
            for kind in ("halo", look) if look == "asked" else (look,):
                pen.sheet.lines.append(Line(x=x, y=pen.tops[on], y2=pen.y, look=kind))


def _ticks(pen: Drawing) -> list[date]:
    """The round years, but for one that would stand at the very edge."""
    axis = pen.chart.axis
    return [tick for tick in axis.ticks(pen.frame.ticks) if axis.part(tick) < 0.97]


def _day_label(pen: Drawing, on: date, text: str, *, look: str) -> Words:
    part = pen.chart.axis.part(on)
    half = len(text) * 3.6 / pen.frame.across
    anchor = "start" if part < half else "end" if part > 1 - half else "middle"
    return Words(x=pen.frame.at(part), y=pen.y - 4, text=text, look=look, anchor=anchor)
