"""The pictures that pages show: each drawn for wide and for narrow screens, with its table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for

from kb.answers import LawAnswer, NationAnswer
from kb.chart import answer_chart, offence_chart
from kb.chart_model import UNKNOWN, Bar, Chart, Lane, Mark, Section
from kb.library import Library
from kb.views import OffenceView
from web.timeline_draw import DENSE, NATIONS, OFFENCES, change, draw, source
from web.timeline_frame import FRAMES
from web.timeline_layout import numbered
from web.timeline_shapes import Sheet

MANY = 12


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A row of the table that says the same as a picture: one bar, or that there is none."""

    place: str
    lane: Lane
    bar: Bar | None
    changes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture on a page. ``name`` stands over it; ``download`` is where it stands alone."""

    id: str
    title: str
    heading: str
    sheets: tuple[tuple[str, Sheet], ...]
    rows: tuple[TableRow, ...]
    changes: tuple[str, ...]
    source: str
    name: str = ""
    download: str | None = None


def offence_figure(library: Library, found: OffenceView) -> Figure:
    """One offence across the nations."""
    chart = offence_chart(library, found)

    def address(lane: Lane, bar: Bar) -> str:
        if lane.role == "nearest":
            return url_for("library.offence", slug=lane.offence)
        return url_for("pages.law", **_question(found, lane, bar, chart))

    return _figure(
        chart,
        chart.sections,
        id="when",
        style=NATIONS,
        address=address,
        download=url_for("timeline.offence_alone", slug=found.id),
    )


def glance_figure(chart: Chart, *, download: str) -> Figure:
    """A whole chart at a glance, its offences told apart by its table alone.

    On a narrow screen its thin bars lead nowhere, being too small for a finger: its table does.
    """
    return _figure(chart, chart.sections, id="glance", style=DENSE, download=download)


def field_figures(chart: Chart, *, download: str) -> Iterator[Figure]:
    """Each section of a chart as a figure."""
    several = len(chart.sections) > 1
    for number, section in enumerate(chart.sections, start=1):
        yield _figure(
            chart,
            (section,),
            id=f"part-{number}",
            heading=section.heading,
            download=None if several else download,
            source="" if several else source(chart),
        )


def answer_figures(library: Library, answer: LawAnswer) -> dict[str, Figure]:
    """For each nation (slug) the offences that apply, unless there are none or very many."""
    found = {nation.nation: _applying(nation) for nation in answer.nations}
    return {
        nation: _answer_figure(library, offences, nation=nation, on=answer.asked.on)
        for nation, offences in found.items()
        if 0 < len(offences) <= MANY
    }


def _applying(nation: NationAnswer) -> list[str]:
    return [offence.id for offence in nation.in_state("applies")]


def _answer_figure(library: Library, offences: list[str], *, nation: str, on: date) -> Figure:
    chart = answer_chart(library, offences, nation=nation, on=on)
    return _figure(chart, chart.sections, id=f"when-{nation}", name=chart.title)


def _figure(
    chart: Chart,
    sections: tuple[Section, ...],
    *,
    id: str,
    style: str = OFFENCES,
    address: Callable[[Lane, Bar], str] | None = None,
    heading: str = "",
    **places: Any,
) -> Figure:
    address = address or _offence_pages()
    sheets = (
        draw(
            chart,
            sections,
            frame=frame,
            id=f"{id}-{frame.name}",
            style=style,
            address=None if style == DENSE and frame.fluid else address,
        )
        for frame in FRAMES
    )
    return Figure(
        id=id,
        title=f"{chart.title}: {heading}" if heading else chart.title,
        heading=heading,
        sheets=tuple(zip((frame.name for frame in FRAMES), sheets, strict=True)),
        rows=tuple(_rows(sections)),
        changes=tuple(change(mark) for mark in numbered(chart)) if style == NATIONS else (),
        **{"source": source(chart)} | places,
    )


def _offence_pages() -> Callable[[Lane, Bar], str]:
    """Where the offence of a lane has its page: looked up once, and drawn for every frame."""
    found: dict[str, str] = {}

    def address(lane: Lane, bar: Bar) -> str:
        if lane.offence not in found:
            found[lane.offence] = url_for("library.offence", slug=lane.offence)
        return found[lane.offence]

    return address


def _rows(sections: tuple[Section, ...]) -> Iterator[TableRow]:
    """Each bar of each lane with what changes during it."""
    for lane in (lane for section in sections for lane in section.lanes):
        if not lane.bars:
            yield TableRow(place=lane.place, lane=lane, bar=None, changes=())
        for bar in lane.bars:
            during = (change(mark) for mark in lane.marks if _holds(bar, mark))
            yield TableRow(place=lane.place, lane=lane, bar=bar, changes=tuple(during))


def _holds(bar: Bar, mark: Mark) -> bool:
    start, end = bar.stretch.start, bar.stretch.end
    return (start is None or start <= mark.on) and (end is None or mark.on < end)


def _question(found: OffenceView, lane: Lane, bar: Bar, chart: Chart) -> dict[str, Any]:
    """What is asked of the day on which a bar begins, about this offence's conduct and material."""
    stretch = bar.stretch
    before = stretch.end - timedelta(days=1) if stretch.end else chart.checked_on
    on = stretch.start or (chart.axis.first if stretch.state == UNKNOWN else before)
    asked: dict[str, Any] = {"nation": list(lane.nations), "on": on.isoformat()}
    for name in ("conduct", "material"):
        rows = [r for r in getattr(found, name) if r.start is None or r.start <= on]
        words = dict.fromkeys(row.slug for row in rows if row.end is None or on < row.end)
        asked[name] = list(words)
    return asked
