"""Which law there is on one side of two and not on the other, in sentences, each made once."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb import comparison_words as words
from kb.comparison_gaps import Gap, Pair, gaps
from kb.comparison_index import Held
from kb.comparison_masks import masks, spans
from kb.comparison_model import AskedComparison, Column, Difference
from kb.comparison_pairs import matches
from kb.comparison_table import Sources, in_topic, words_of_topic
from kb.comparison_terms import Terms, cite, facts_of
from kb.decisions import best_window
from kb.model import Concept
from kb.terms import identifier
from kb.timeline import Timeline
from kb.wording import first_lower


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Writes the differences of two sides; ``conducts`` are the rows of the table."""

    known: Sources
    timeline: Timeline
    asked: AskedComparison
    columns: tuple[Column, ...]
    conducts: tuple[Concept, ...]

    def differences(
        self, found: tuple[tuple[Held, ...], ...], every: tuple[tuple[Held, ...], ...]
    ) -> Iterator[Difference]:
        """All of them: what is about everything, which law there is, and what it says.

        ``found`` are the offences that are compared, ``every`` all that is or may be law.
        """
        yield from self._responsibility()
        yield from self._states(found)
        yield from self._gaps(every)
        terms = Terms(schemes=self.known.schemes, columns=self.columns, conducts=self.conducts)
        for match in matches(self.known.catalogue, found[0], found[1]):
            yield from terms.differences(match)

    def _responsibility(self) -> Iterator[Difference]:
        if len({column.responsibility for column in self.columns}) > 1:
            facts = (column.responsibility_fact for column in self.columns)
            yield Difference(
                kind="rule",
                conduct=None,
                about=words.ALL,
                text=words.responsibility([(c.responsibility, c.where) for c in self.columns]),
                left=(),
                right=(),
                facts=tuple(sorted(fact for fact in facts if fact)),
            )

    def _states(self, found: tuple[tuple[Held, ...], ...]) -> Iterator[Difference]:
        """What is law on one side, and on the other, where it is law on other days, is not."""
        both = [{one.address: one for one in side} for side in found]
        for here in (0, 1):
            for address, one in both[here].items():
                other = both[1 - here].get(address)
                if one.law and not (other and other.law):
                    yield from self._state(one, other, here=here)

    def _state(self, one: Held, other: Held | None, *, here: int) -> Iterator[Difference]:
        there = self.columns[1 - here]
        place = one.address, identifier("nation", there.nation)
        window = best_window(self.timeline.windows_on(there.on).get(place, ()))
        if window is None or (other is None and window.state in ("law", "unknown")):
            return  # never law there, or left out of the comparison there
        cited, named = cite(self.known.schemes, (one,)), self.columns[here].where
        if other:
            text = words.unsure(cited, here=named, there=there.where)
        else:
            ended = window.state == "ended"
            start, end = (None, window.end) if ended else (window.start, None)
            text = words.not_law(cited, here=named, there=there.where, start=start, end=end)
        sides = ((one.offence.id,), (other.offence.id,) if other else ())
        yield Difference(
            kind="state",
            conduct=next((c.slug for c in self.conducts if c.address in one.conduct), None),
            about=one.offence.label,
            text=text,
            left=sides[here],
            right=sides[1 - here],
            facts=tuple(sorted({*facts_of(one), window.fact})),
        )

    def _gaps(self, found: tuple[tuple[Held, ...], ...]) -> Iterator[Difference]:
        responsible = max(column.responsibility or 0 for column in self.columns)
        meanings, asked = self.known.meanings, self.asked.material
        ages = spans(found, meanings, responsible=responsible)
        first, second = (
            masks(held, column.on.toordinal(), spans=ages, meanings=meanings)
            for held, column in zip(found, self.columns, strict=True)
        )
        pair = Pair(masks=(first, second), spans=ages, meanings=meanings)
        materials = (asked,) if asked else (None, *self.known.schemes.slugs("materials"))
        topic = words_of_topic(self.known, self.asked.topic)
        for gap in gaps(pair, self.conducts, materials):
            if any(in_topic(one, gap.conduct, topic) for one in gap.cited):
                yield self._gap(gap)

    def _gap(self, gap: Gap) -> Difference:
        schemes = self.known.schemes
        labels = [
            first_lower(schemes.label(identifier("material", slug))) for slug in gap.materials
        ]
        sides = tuple(tuple(o.offence.id for o in some) for some in (gap.cited, gap.perhaps))
        facts = (fact for one in (*gap.cited, *gap.perhaps) for fact in facts_of(one))
        limits = (
            limit.fact
            for one in (gap.missed if gap.person else ())
            for limit in getattr(one.offence, gap.person or "")
        )
        return Difference(
            kind="gap",
            conduct=gap.conduct.slug,
            about=gap.conduct.label + (f" ({'; '.join(labels)})" if labels else ""),
            text=words.gap(
                cite(schemes, gap.cited),
                several=len(gap.cited) > 1,
                here=self.columns[gap.here].where,
                there=self.columns[1 - gap.here].where,
                person=gap.person,
                ranges=gap.ranges,
                perhaps=cite(schemes, gap.perhaps) if gap.perhaps else "",
            ),
            materials=gap.materials,
            person=gap.person,
            ages=gap.ranges,
            left=sides[gap.here],
            right=sides[1 - gap.here],
            facts=tuple(sorted({*facts, *limits})),
        )
