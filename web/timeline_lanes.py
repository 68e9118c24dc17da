"""Draws the lanes of a picture: their names, their days in words, their bars and changes."""

from itertools import groupby

from kb.chart_model import LAW, UNKNOWN, Bar, Lane, Section
from web.timeline_frame import Frame, lines
from web.timeline_layout import BAR, ROW, Drawing
from web.timeline_shapes import Box, Line, Link, Sign, Words

REACH = 24
THIN, BETWEEN = 8, 4


def draw_section(pen: Drawing, section: Section, *, by_nation: bool, headed: bool) -> None:
    """The lanes of a section, with its heading if there are several."""
    if headed and section.heading:
        pen.y += 14
        pen.say(section.heading, "head", step=20)
    for lane in section.lanes:
        top = pen.y
        if lane.role != "nearest":
            pen.sheet.lines.append(Line(x="0", x2="100%", y=top + 3, y2=top + 3, look="rule"))
        pen.y += 8
        _draw_lane(
            pen,
            lane,
            _labels(
                pen.frame,
                lane,
                by_nation=by_nation,
                several=pen.several and lane.place != section.heading,
            ),
        )
        pen.y += 10 if lane.bars else 2


def draw_dense(pen: Drawing, section: Section) -> None:
    """The lanes of a section as thin bars beside its heading: the whole field at a glance."""
    top, several = pen.y, pen.several
    pen.bar = THIN
    pen.sheet.lines.append(Line(x="0", x2="100%", y=top + 3, y2=top + 3, look="rule"))
    pen.y += 6
    for line in lines(section.heading, pen.frame.label_chars - 4):
        pen.say(line, "head" if several else "label")
    below = pen.y
    if not several and not pen.frame.fluid:
        pen.y = top + 6
    for place, run in groupby(section.lanes, key=lambda lane: lane.place):
        _draw_thin(pen, place if several else "", tuple(run))
    pen.y = max(pen.y, below) + 4


def _draw_thin(pen: Drawing, place: str, run: tuple[Lane, ...]) -> None:
    """Some thin bars, and the name of their place beside the first of them."""
    top = pen.y
    for line in lines(place, pen.frame.place_chars):
        pen.say(line, "small", step=16)
    below = pen.y
    pen.y = (pen.y if place and pen.frame.fluid else top) + 5
    for lane in run:
        for bar in lane.bars:
            _draw_bar(pen, lane, bar)
        pen.y += THIN + BETWEEN
    pen.y = max(pen.y, below)


def _labels(frame: Frame, lane: Lane, *, by_nation: bool, several: bool) -> list[tuple[str, str]]:
    """The lines that name a lane, each with its look."""
    if by_nation and lane.role != "nearest":
        return [(lane.place, "head")]
    if by_nation:
        said = f"Nearest here: {lane.label}"
        return [(line, "small") for line in lines(said, frame.label_chars + 2)]
    named = [(line, "label") for line in lines(lane.label, frame.label_chars)]
    places = lines(lane.place, frame.place_chars) if several else ()
    return [*named, *((line, "small") for line in places)]


def _draw_lane(pen: Drawing, lane: Lane, labels: list[tuple[str, str]]) -> None:
    top = pen.y
    for text, look in labels:
        pen.say(text, look)
    below = pen.y
    if not pen.frame.fluid:
        pen.y = top
    _draw_words(pen, lane)
    if lane.bars:
        _draw_bars(pen, lane)
    pen.y = max(pen.y, below)


def _draw_words(pen: Drawing, lane: Lane) -> None:
    """The days in words, above the bars and where they begin if there is room."""
    frame = pen.frame
    said = lane.words or lane.label
    start = lane.bars[0].stretch.start if lane.bars else None
    axis = pen.chart.axis
    part = axis.part(start) if start else 0.0
    most = axis.part(max(pen.chart.checked_on, start or axis.first)) - 5 / frame.across
    for line in lines(said, frame.words_chars):
        pen.y += ROW
        room = len(line) * 7.2 / frame.across
        fits = part + room <= most
        x = "0" if frame.fluid else frame.at(part if fits else most)
        anchor = "start" if frame.fluid or fits else "end"
        pen.sheet.words.append(
            Words(
                x=x, y=pen.y - 4, text=line, look="words" if lane.bars else "small", anchor=anchor
            )
        )
    pen.y += 2


def _draw_bars(pen: Drawing, lane: Lane) -> None:
    for bar in lane.bars:
        _draw_bar(pen, lane, bar)
    taken = -REACH
    for mark in lane.marks:
        part = pen.chart.axis.part(mark.on)
        x, number = pen.frame.at(part), pen.numbers.get(mark)
        if number is None:
            pen.sheet.signs.append(Sign(kind="notch", x=x, y=pen.y, look="notch"))
            pen.looks.add("notch")
            continue
        spot = max(part * pen.frame.across, taken + 19)
        shift, taken = spot - part * pen.frame.across, int(spot)
        pen.sheet.signs.append(
            Sign(kind="number", x=x, y=pen.y + BAR / 2, look="disc", text=str(number), shift=shift)
        )
        pen.looks.add("number")
    pen.y += BAR


def _draw_bar(pen: Drawing, lane: Lane, bar: Bar) -> None:
    axis, frame, stretch = pen.chart.axis, pen.frame, bar.stretch
    open_end = max(pen.chart.checked_on, stretch.start or axis.first)
    left = axis.part(stretch.start or axis.first)
    right = axis.part(stretch.end or open_end)
    look = _look(lane, bar)
    pen.looks.add(look)
    x, width = frame.at(left), max(right - left, 2 / frame.across)
    pen.sheet.boxes.append(Box(x=x, y=pen.y, width=frame.wide(width), height=pen.bar, look=look))
    if stretch.start is None or stretch.start < axis.first:
        pen.sheet.signs.append(Sign(kind="before", x=x, y=pen.y, look="notch", size=pen.bar))
    if stretch.end is None:
        pen.sheet.signs.append(Sign(kind="on", x=frame.at(right), y=pen.y, look=look, size=pen.bar))
    if stretch.ends:
        pen.looks.add("cap")
        pen.sheet.lines.append(
            Line(x=frame.at(right), y=pen.y - 3, y2=pen.y + pen.bar + 3, look="cap")
        )
    if pen.address:
        reach = max(width, REACH / frame.across)
        pen.sheet.links.append(
            Link(
                x=frame.at(min(left, 1 - reach)),
                y=pen.y - (REACH - BAR) / 2 if pen.bar == BAR else pen.y - BETWEEN / 2,
                width=frame.wide(reach),
                height=REACH if pen.bar == BAR else THIN + BETWEEN,
                address=pen.address(lane, bar),
                label=f"{lane.place}: {lane.label}, {bar.words}",
            )
        )


def _look(lane: Lane, bar: Bar) -> str:
    if bar.stretch.state == UNKNOWN:
        return UNKNOWN
    if bar.likely_only:
        return "likely"
    return "nearest" if lane.role == "nearest" else LAW
