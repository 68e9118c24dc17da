"""All that is known, loaded and ready to be asked: what the rest of the program holds on to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from kb.advice import Advice, load_advice
from kb.answer_parts import AnswerParts, answer_parts
from kb.answers import LawAnswer, Release
from kb.asked import parse_asked
from kb.bearing import bearing
from kb.cache import Entry, kept, key_of
from kb.catalogue import Catalogue, load_catalogue
from kb.comparison import Comparer, make_comparer
from kb.comparison_model import AskedComparison, Comparison
from kb.engine import Engine
from kb.law import LawContext, which_law
from kb.library import Library
from kb.model import Asked, AskedPeriod
from kb.offence_day import OffenceThere, offence_on
from kb.period import law_over
from kb.period_model import PeriodAnswer
from kb.releases import RELEASES, engine_of, release_of
from kb.schemes import Schemes, load_schemes
from kb.store import DATA, ONTOLOGY, LoadedFiles, load_sources, read_sources
from kb.timeline import Timeline, build_timeline


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """The engine, the catalogue, the words and the timeline, and which data they were read from.

    ``said`` is what a reader is told first where this is not what we say now, but a release.
    """

    engine: Engine
    catalogue: Catalogue
    schemes: Schemes
    timeline: Timeline
    parts: AnswerParts
    advice: Advice
    release: Release
    said: str | None = None

    @property
    def library(self) -> Library:
        """Offences, provisions, instruments, rules, doubts and services as a reader sees them."""
        return Library(engine=self.engine, catalogue=self.catalogue, schemes=self.schemes)

    @property
    def checked_on(self) -> date:
        """The day on which the law was last checked: the earliest of the files' days."""
        return self.catalogue.checked_on

    def ask(self, stated: Mapping[str, Sequence[str]]) -> LawAnswer:
        """Which law applies, from parameters as a query string gives them."""
        return self.which_law(parse_asked(stated, schemes=self.schemes))

    @property
    def _context(self) -> LawContext:
        return LawContext(
            timeline=self.timeline,
            parts=self.parts,
            catalogue=self.catalogue,
            schemes=self.schemes,
            advice=self.advice,
            release=self.release,
        )

    def which_law(self, asked: Asked) -> LawAnswer:
        """Which law applies in these nations, on this day, to these facts?"""
        answer = which_law(self._context, asked)
        if not self.said:
            return answer
        return replace(answer, warnings=(self.said, *answer.warnings))

    def offence_on(self, offence: str, asked: Asked) -> tuple[OffenceThere, ...]:
        """What is an offence (slug) on the day of a question, in each of its nations?"""
        return offence_on(
            self.timeline,
            self.parts,
            catalogue=self.catalogue,
            schemes=self.schemes,
            advice=self.advice,
            offence=offence,
            asked=asked,
        )

    def bearing(self, asked: Asked) -> tuple[str, ...]:
        """Which facts about people can change the answer to this question?"""
        return bearing(self.timeline, asked)

    @cached_property
    def _comparer(self) -> Comparer:
        """Compiled when something is first compared."""
        return make_comparer(self.catalogue, self.schemes, timeline=self.timeline, parts=self.parts)

    def compare(self, asked: AskedComparison) -> Comparison:
        """What do these sides (nations, each on a day) have for each conduct?"""
        found = self._comparer.compare(asked, release=self.release)
        if not self.said:
            return found
        return replace(found, warnings=(self.said, *found.warnings))

    def law_over(self, asked: AskedPeriod) -> PeriodAnswer:
        """Which law applies to what was done over a period, part by part?"""
        answer = law_over(self._context, asked)
        if not self.said:
            return answer
        return replace(answer, warnings=(self.said, *answer.warnings))


@dataclass(frozen=True, kw_only=True)
class Built:
    """What is compiled from the graph once. The build cache keeps it, so it has to pickle."""

    sha256: str
    catalogue: Catalogue
    schemes: Schemes
    timeline: Timeline
    parts: AnswerParts
    advice: Advice


def open_knowledge(
    data: Path = DATA,
    ontology: Path = ONTOLOGY,
    *,
    cache: Path | None = None,
    releases: Path = RELEASES,
) -> Knowledge:
    """Load everything; raises DataError naming the file that cannot be read.

    ``cache`` is the folder in which builds are kept, each for the very files that it was made from.
    """
    sources = read_sources(data, ontology)
    key = key_of((source.path.stem, source.content) for source in sources)
    entry = kept(cache, key, lambda: build(load_sources(sources)))
    return known_from(entry, release=release_of(entry.made.sha256, releases))


def build(loaded: LoadedFiles, *, engine: Engine | None = None) -> Entry:
    """Compile what is loaded; ``engine`` is asked in place of its own, if one is given."""
    asked = engine or loaded.engine
    catalogue, schemes = load_catalogue(asked), load_schemes(asked)
    timeline = build_timeline(asked, catalogue)
    built = Built(
        sha256=loaded.sha256,
        catalogue=catalogue,
        schemes=schemes,
        timeline=timeline,
        parts=answer_parts(catalogue, schemes, timeline),
        advice=load_advice(asked, catalogue, schemes),
    )
    return Entry(quads=loaded.quads, made=built, engine=loaded.engine)


def known_from(entry: Entry, *, release: Release, said: str | None = None) -> Knowledge:
    """The knowledge of a build, whether just made or read back."""
    built: Built = entry.made
    return Knowledge(
        engine=entry.engine or engine_of(entry.quads),
        catalogue=built.catalogue,
        schemes=built.schemes,
        timeline=built.timeline,
        parts=built.parts,
        advice=built.advice,
        release=release,
        said=said,
    )
