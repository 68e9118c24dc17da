"""What the page about coverage shows: nation by nation, topic by topic, and every open doubt."""

from dataclasses import dataclass

from flask import url_for

from kb.answers import DoubtAnswer, Release
from kb.coverage_matrix import TopicCoverage, TopicThere, coverage_matrix
from kb.knowledge import Knowledge
from kb.library import Library
from kb.model import Concept
from kb.views import CoverageView


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """What an open doubt stands in the way of."""

    label: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class OpenDoubt:
    """A doubt, with links to what it is about."""

    doubt: DoubtAnswer
    blocks: tuple[Blocked, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A topic in a nation; ``pictured`` is where its offences are shown over time."""

    there: TopicThere
    pictured: str | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A topic across the nations."""

    topic: TopicCoverage
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class CoveragePage:
    """What is covered, what is in doubt, and which data says so.

    ``named`` are the labels of the nations, ``states`` the words of the rows, each by its slug.
    """

    named: dict[str, str]
    states: dict[str, Concept]
    nations: tuple[CoverageView, ...]
    rows: tuple[Row, ...]
    offences: int
    instruments: int
    doubts: tuple[OpenDoubt, ...]
    release: Release


def coverage_page(known: Knowledge) -> CoveragePage:
    """What is known here, from which day, and what is not."""
    library = known.library
    titles = _titles(library)
    schemes = known.schemes
    return CoveragePage(
        named={word.slug: word.label for word in schemes.scheme("nations")},
        states={word.slug: word for word in schemes.scheme("coverage-states")},
        nations=library.coverage(),
        rows=tuple(_row(topic) for topic in coverage_matrix(known.catalogue, schemes)),
        offences=len(library.offences()),
        instruments=len(library.instruments()),
        doubts=tuple(
            OpenDoubt(doubt=doubt, blocks=tuple(_blocked(b, titles) for b in doubt.blocks))
            for doubt in library.doubts()
        ),
        release=known.release,
    )


def _row(topic: TopicCoverage) -> Row:
    cells = (Cell(there=there, pictured=_pictured(topic, there)) for there in topic.nations)
    return Row(topic=topic, cells=tuple(cells))


def _pictured(topic: TopicCoverage, there: TopicThere) -> str | None:
    if not there.offences:
        return None
    return url_for("timeline.page", topic=topic.topic.slug, nation=there.nation)


def _titles(library: Library) -> dict[str, Blocked]:
    """Everything a doubt can be about, by its slug or path."""
    found = {
        offence.id: Blocked(label=offence.provision.citation, address=_offence(offence.id))
        for offence in library.offences()
    }
    found |= {
        rule.id: Blocked(label=f"the rule: {rule.text}", address=None) for rule in library.rules()
    }
    for instrument in library.instruments():
        for path, label in (
            (instrument.id, instrument.title),
            *((part.id, part.citation) for part in instrument.provisions),
        ):
            found[path] = Blocked(label=label, address=_legislation(path))
    return found


def _offence(slug: str) -> str:
    return url_for("library.offence", slug=slug)


def _legislation(path: str) -> str:
    return url_for("library.legislation", path=path)


def _blocked(slug: str, titles: dict[str, Blocked]) -> Blocked:
    return titles.get(slug) or Blocked(label=slug, address=None)
