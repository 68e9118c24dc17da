"""The shapes of a picture: what each is, and how it looks where no stylesheet is at hand."""

from dataclasses import dataclass, field

INK, QUIET, LINE, ACCENT, WASH, PAPER = (
    "#1c2226",
    "#535c61",
    "#d5d3ca",
    "#0f5b62",
    "#e3eeed",
    "#ffffff",
)

# For a picture that stands alone. On a page the classes `tl-…` of site.css do the same.
PAINT: dict[str, dict[str, str]] = {
    "title": {"font-size": "20", "font-weight": "600", "fill": INK},
    "head": {"font-size": "15", "font-weight": "600", "fill": INK},
    "label": {"font-size": "14", "fill": INK},
    "small": {"font-size": "13", "fill": QUIET},
    "words": {"font-size": "13", "fill": INK},
    "tick": {"font-size": "13", "fill": QUIET},
    "day": {"font-size": "13", "fill": ACCENT, "font-weight": "600"},
    "head-day": {"font-size": "13", "fill": INK, "font-weight": "600"},
    "number": {"font-size": "11", "font-weight": "600", "fill": INK, "text-anchor": "middle"},
    "grid": {"stroke": LINE, "stroke-width": "1"},
    "rule": {"stroke": LINE, "stroke-width": "1"},
    "checked": {"stroke": ACCENT, "stroke-width": "2", "stroke-dasharray": "5 4"},
    "halo": {"stroke": PAPER, "stroke-width": "5"},
    "asked": {"stroke": INK, "stroke-width": "2"},
    "law": {"fill": ACCENT, "stroke": ACCENT, "stroke-width": "1"},
    "unknown": {"stroke": QUIET, "stroke-width": "1.5", "stroke-dasharray": "4 3"},
    "hatch": {"stroke": QUIET, "stroke-width": "2"},
    "likely": {"fill": PAPER, "stroke": ACCENT, "stroke-width": "2", "stroke-dasharray": "6 3"},
    "nearest": {"fill": WASH, "stroke": ACCENT, "stroke-width": "1.5"},
    "cap": {"stroke": INK, "stroke-width": "3"},
    "disc": {"fill": PAPER, "stroke": INK, "stroke-width": "1.5"},
    "notch": {"fill": PAPER},
    "paper": {"fill": PAPER},
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """A line of text; ``anchor`` is start, middle or end."""

    x: str
    y: float
    text: str
    look: str
    anchor: str = "start"


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle: a bar, or a part of the key."""

    x: str
    y: float
    width: str
    height: float
    look: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line straight down, or (with ``x2``) across."""

    x: str
    y: float
    y2: float
    look: str
    x2: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A small sign at a place: ``on`` (goes on), ``before`` (began before), ``number``, ``notch``.

    ``shift`` moves it aside, in units, where two would stand on each other.
    """

    kind: str
    x: str
    y: float
    look: str
    text: str = ""
    shift: float = 0
    size: float = 18


@dataclass(frozen=True, kw_only=True)
class Link:
    """The part of the picture that leads somewhere."""

    x: str
    y: float
    width: str
    height: float
    address: str
    label: str


@dataclass(kw_only=True)
class Sheet:
    """A picture laid out; ``width`` is None if it is as wide as there is room."""

    id: str
    title: str
    description: str
    width: int | None
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
