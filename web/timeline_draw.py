"""Draws a chart: the same sheet for a page and to stand alone, where it says whose word it is."""

from kb.chart_model import Chart, Mark, Section
from kb.wording import day
from web.timeline_frame import WIDE, Frame, lines
from web.timeline_lanes import draw_dense, draw_section
from web.timeline_layout import (
    BAR,
    Address,
    Drawing,
    draw_days,
    draw_head,
    numbered,
)
from web.timeline_shapes import Box, Line, Sheet, Sign, Words

# What the lanes of a picture are: the nations of one offence, offences, or many thin lines.
NATIONS, OFFENCES, DENSE = "nations", "offences", "dense"
FEW = 8
KEY = {
    "law": "Law",
    "likely": "Law, likely, not confirmed",
    "nearest": "Another offence: the nearest",
    "unknown": "First day not established",
    "cap": "Ended",
    "number": "Age or penalty changes",
    "notch": "Age or penalty changes: see table",
}
SWATCH = 30


def draw(
    chart: Chart,
    sections: tuple[Section, ...],
    *,
    frame: Frame,
    id: str,
    style: str = OFFENCES,
    address: Address | None = None,
) -> Sheet:
    """Some sections of a chart as a sheet for a page; its changes are listed beside it."""
    pen = _pen(chart, frame, id, style=style, address=address)
    pen.sheet.description = described(sections)
    _draw_lanes(pen, sections, style=style)
    return pen.sheet


def draw_alone(chart: Chart, *, style: str) -> Sheet:
    """A whole chart as a picture by itself, with its title, its changes and its source."""
    pen = _pen(chart, WIDE, "alone", style=style, address=None)
    pen.sheet.description = described(chart.sections, table=False)
    pen.y = 12
    for line in lines(chart.title, 84):
        pen.say(line, "title", step=26)
    pen.y += 6
    _draw_lanes(pen, chart.sections, style=style)
    pen.y += 8
    for mark, number in pen.numbers.items():
        for line in lines(f"({number}) {change(mark)}", 140):
            pen.say(line, "words")
    pen.y += 12
    for line in lines(source(chart), 140):
        pen.say(line, "small")
    pen.sheet.height = pen.y + 12
    return pen.sheet


def source(chart: Chart) -> str:
    """Whose word a picture is, and of which day."""
    return (
        f"Whichlaw. Law as seen until {day(chart.seen_until)}, checked on {day(chart.checked_on)}."
        " Not legal advice."
    )


def change(mark: Mark) -> str:
    """A change in words, with its day."""
    return f"{day(mark.on)}: {'; '.join(mark.words)}"


def described(sections: tuple[Section, ...], *, table: bool = True) -> str:
    """A picture in words: every lane of a few, the count of many."""
    lanes = [lane for section in sections for lane in section.lanes]
    if len(lanes) > FEW:
        more = " The table after the picture says the same in words." if table else ""
        return f"{len(lanes)} rows of bars, each the days of an offence.{more}"
    said = (
        f"{lane.place}: {lane.label}{', ' if lane.words else ''}{lane.words}." for lane in lanes
    )
    return " ".join(said)


def _pen(chart: Chart, frame: Frame, id: str, *, style: str, address: Address | None) -> Drawing:
    numbers = numbered(chart) if style == NATIONS else {}
    width = None if frame.fluid else frame.width
    sheet = Sheet(id=id, title=chart.title, description="", width=width)
    return Drawing(
        chart=chart,
        frame=frame,
        sheet=sheet,
        numbers=numbers,
        address=address,
        several=len({lane.place for lane in chart.lanes}) > 1,
    )


def _draw_lanes(pen: Drawing, sections: tuple[Section, ...], *, style: str) -> None:
    draw_head(pen)
    top = pen.y
    for section in sections:
        if style == DENSE:
            draw_dense(pen, section)
        else:
            draw_section(pen, section, by_nation=style == NATIONS, headed=len(sections) > 1)
    draw_days(pen, top)
    _draw_key(pen)
    pen.sheet.height = pen.y


def _draw_key(pen: Drawing) -> None:
    """What the bars and signs mean, of those that there are."""
    pen.y += 10
    left, row = 0.0, 26
    shown = [look for look in KEY if look in pen.looks]
    for look in shown:
        room = SWATCH + 10 + len(KEY[look]) * 7 + 24
        if left and (pen.frame.fluid or left + room > pen.frame.width):
            left, pen.y = 0.0, pen.y + row
        _draw_swatch(pen, look, left)
        pen.sheet.words.append(
            Words(x=f"{left + SWATCH + 10:g}", y=pen.y + 14, text=KEY[look], look="small")
        )
        left += room
    pen.y += row if shown else 0


def _draw_swatch(pen: Drawing, look: str, left: float) -> None:
    x, sheet = f"{left:g}", pen.sheet
    if look == "number":
        middle = f"{left + SWATCH / 2:g}"
        sheet.signs.append(Sign(kind="number", x=middle, y=pen.y + 9, look="disc", text="1"))
        return
    bar = "law" if look in ("cap", "notch") else look
    sheet.boxes.append(Box(x=x, y=pen.y, width=str(SWATCH), height=BAR, look=bar))
    if look == "cap":
        end = f"{left + SWATCH:g}"
        sheet.lines.append(Line(x=end, y=pen.y - 3, y2=pen.y + BAR + 3, look="cap"))
    if look == "notch":
        middle = f"{left + SWATCH / 2:g}"
        sheet.signs.append(Sign(kind="notch", x=middle, y=pen.y, look="notch"))
