"""Nations or days compared: a table by conduct, and, of two sides, every difference in words."""

from dataclasses import dataclass, replace
from functools import lru_cache

from kb import comparison_words as words
from kb.answer_parts import AnswerParts
from kb.answers import Release
from kb.catalogue import Catalogue
from kb.comparison_differences import Writer
from kb.comparison_index import build_index
from kb.comparison_model import (
    AskedComparison,
    Column,
    Comparison,
    Difference,
    Row,
    Side,
)
from kb.comparison_table import Sources, conducts_of, open_on_sides, table
from kb.schemes import Schemes
from kb.terms import identifier
from kb.timeline import Timeline
from kb.wording import after_checked

KEPT = 128
Made = tuple[tuple[Row, ...], tuple[str, ...], tuple[Difference, ...] | None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparer:
    """Compares, from what was compiled once."""

    known: Sources
    timeline: Timeline

    def compare(self, asked: AskedComparison, *, release: Release) -> Comparison:
        """The sides of a question, row by row; of two sides also how they differ."""
        checked_on = self.known.catalogue.checked_on
        rows, empty, differences = _made(self, self._settled(asked))
        late = max(side.on for side in asked.sides)
        return Comparison(
            asked=asked,
            columns=self.columns(asked),
            rows=tuple(row for row in rows if row.differs) if asked.only else rows,
            alike=sum(not row.differs for row in rows),
            empty=empty,
            differences=differences,
            warnings=(after_checked(late, checked_on),) if late > checked_on else (),
            checked_on=checked_on,
            release=release,
        )

    def columns(self, asked: AskedComparison) -> tuple[Column, ...]:
        """What is said of each side as a whole."""
        return tuple(self._column(side, asked) for side in asked.sides)

    def _settled(self, asked: AskedComparison) -> AskedComparison:
        """The same question as of the first day since which its answer is the same.

        Where the sides have different days, the sentences name them: that is another answer.
        """
        days = {side.on for side in asked.sides}
        if len(days) > 1:
            return replace(asked, only=False)
        since = self.known.index.since(days.pop())
        sides = tuple(replace(side, on=since) for side in asked.sides)
        return replace(asked, only=False, sides=sides)

    def _column(self, side: Side, asked: AskedComparison) -> Column:
        nation = identifier("nation", side.nation)
        label, cover = self.known.schemes.label(nation), self.known.catalogue.coverage[nation]
        ages = self.timeline.responsibility.get(nation)
        row = ages.at(side.on.toordinal()) if ages else None
        nations, days = ({getattr(s, name) for s in asked.sides} for name in ("nation", "on"))
        return Column(
            nation=side.nation,
            label=label,
            on=side.on,
            where=words.where(label, side.on, nations=len(nations), days=len(days)),
            responsibility=row.age if row else None,
            responsibility_fact=row.fact if row else None,
            earliest=cover.earliest,
            before_earliest=side.on < cover.earliest,
            left_out=cover.left_out,
        )


@lru_cache(maxsize=KEPT)
def _made(comparer: Comparer, asked: AskedComparison) -> Made:
    """The rows, the conducts without any, and of two sides every difference."""
    found = open_on_sides(comparer.known, asked)
    rows, empty = table(comparer.known, asked, found)
    return rows, empty, _differences(comparer, asked, rows) if asked.two else None


def _differences(
    comparer: Comparer, asked: AskedComparison, rows: tuple[Row, ...]
) -> tuple[Difference, ...]:
    """Every difference of what the rows list; where nothing is said to apply, all law counts."""
    known = comparer.known
    writer = Writer(
        known=known,
        timeline=comparer.timeline,
        asked=asked,
        columns=comparer.columns(asked),
        conducts=conducts_of(known, asked),
    )
    every = tuple(
        tuple(known.index.open_on(identifier("nation", side.nation), side.on))
        for side in asked.sides
    )
    listed = [{one.offence.id for row in rows for one in row.cells[n].offences} for n in (0, 1)]
    kept = tuple(
        tuple(one for one in side if one.offence.id in ids)
        for side, ids in zip(every, listed, strict=True)
    )
    return tuple(writer.differences(kept, every))


def make_comparer(
    catalogue: Catalogue, schemes: Schemes, *, timeline: Timeline, parts: AnswerParts
) -> Comparer:
    """Compile what is compared, once for the data."""
    index = build_index(catalogue, schemes, timeline=timeline, parts=parts)
    known = Sources(index=index, catalogue=catalogue, schemes=schemes, meanings=timeline.meanings)
    return Comparer(known=known, timeline=timeline)
