"""The parts of a nation's answer as they stand on the page, each made once and then kept."""

from dataclasses import dataclass

from markupsafe import Markup

from kb.answers import NationAnswer, OffenceAnswer
from kb.knowledge import Knowledge
from web.answer_offence import Opening, opening, row
from web.pieces import piece
from web.reading_advice import AdviceReading, by_kind

FIRST_SERVICES = 4
FIRST_WRONG = 3
FIRST_POINTS = 3


@dataclass(frozen=True, kw_only=True)
class NationPieces:
    """What of a nation's answer is the same for other questions, and so is not made again.

    ``rules`` are those (slugs) that the page shows and a penalty can lead to.
    """

    answer: NationAnswer
    known: Knowledge
    advice: AdviceReading
    role: str | None
    level: int
    rules: frozenset[str]

    def opening(self, found: OffenceAnswer) -> Opening:
        """The line of an offence, and what it opens to."""
        return opening(found, nation=self.answer.nation, rules=self.rules)

    def row(self, found: OffenceAnswer, depth: str) -> Markup:
        """An offence in a list."""
        return row(found, nation=self.answer.nation, short=depth == "name")

    def added(self, found: OffenceAnswer) -> Markup:
        """An offence that another fact would add."""
        return piece("law/added.html", found, found=found)

    def points(self) -> Markup:
        """What to do, never to do and when to refer, for the role: the first points open."""
        return piece(
            "law/points.html",
            self.answer.nation,
            self.role,
            self.level,
            practice=self.advice.practice,
            first=FIRST_POINTS,
            level=self.level,
        )

    def to_call(self) -> Markup:
        """The first services to call."""
        found = self.answer.help.services[:FIRST_SERVICES] if self.answer.help else ()
        return piece("law/services.html", self.answer.nation, "first", services=found)

    def all_help(self) -> Markup:
        """The services that come after those."""
        found = self.answer.help.services[FIRST_SERVICES:] if self.answer.help else ()
        return piece("law/services.html", self.answer.nation, "more", services=found)

    def rules_said(self) -> Markup:
        """The rules that cut across offences, by kind."""
        rules = self.answer.rules
        kinds = self.known.schemes.scheme("rule-kinds")
        return piece(
            "law/rules.html",
            self.answer.nation,
            rules,
            nation=self.answer.nation,
            groups=by_kind(rules, kinds),
        )

    def guidance(self) -> Markup:
        """The documents in effect, by kind, and what was looked for and not found."""
        found, kinds = self.answer.guidance, self.known.schemes.scheme("guidance-kinds")
        return piece(
            "law/guidance.html",
            self.answer.nation,
            tuple((one.id, one.state, one.why, one.later_edition) for one in found),
            groups=by_kind(found, kinds),
            count=len(found),
            none_found=self.answer.none_found,
        )

    def misconceptions(self) -> Markup:
        """What is often got wrong about such facts."""
        found = self.answer.misconceptions
        return piece(
            "law/wrong.html",
            self.answer.nation,
            tuple(one.id for one in found),
            nation=self.answer.nation,
            first=found[:FIRST_WRONG],
            more=found[FIRST_WRONG:],
        )

    def doubts(self) -> Markup:
        """What is open about the offences, and what is covered."""
        doubts, coverage = self.answer.doubts, self.answer.coverage
        return piece("law/doubts.html", doubts, coverage, doubts=doubts, coverage=coverage)
