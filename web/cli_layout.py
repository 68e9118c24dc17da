"""How the command line lays words out: 80 columns at most, and readable without colour."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import click

from kb.wording import day

WIDEST = 80
NARROWEST = 40


def width() -> int:
    """The columns to write in."""
    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    return max(NARROWEST, min(WIDEST, columns))


def wrapped(text: str, *, indent: int = 0, hanging: int = 0) -> str:
    """A paragraph, indented; the lines after its first by ``hanging`` more."""
    return textwrap.fill(
        text,
        width(),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )


def bullet(text: str, *, indent: int = 2) -> str:
    """A paragraph of a list."""
    return textwrap.fill(
        text,
        width(),
        initial_indent=" " * indent + "- ",
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def title(text: str) -> str:
    """A heading, underlined."""
    lines = wrapped(text).splitlines()
    return "\n".join(
        [*(click.style(line, bold=True) for line in lines), "=" * max(map(len, lines))]
    )


def heading(text: str, *, colour: str | None = None) -> str:
    """A smaller heading."""
    return click.style(wrapped(text), bold=True, fg=colour)


def item(text: str) -> str:
    """The first line of an item in a list."""
    return click.style(wrapped(text, indent=2, hanging=2), bold=True)


def detail(text: str, *, label: str = "") -> str:
    """A line below an item, with what it is about."""
    return wrapped(f"{label}: {text}" if label else text, indent=4, hanging=2)


def details(label: str, texts: Iterable[str]) -> Iterator[str]:
    """A line for each text, the label before the first of them."""
    found = list(texts)
    if len(found) == 1:
        yield detail(found[0], label=label)
    elif found:
        yield detail(f"{label}:")
        yield from (bullet(text, indent=6) for text in found)


def span(start: date | None, end: date | None) -> str:
    """A half-open stretch in words, by its first and last days; nothing if neither is known."""
    first = f"from {day(start)}" if start else ""
    last = f"to {day(end - timedelta(days=1))}" if end else ""
    return " ".join(filter(None, (first, last)))


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    ending = "" if text.endswith((".", "!", "?")) else "."
    return f"{text[:1].upper()}{text[1:]}{ending}"
