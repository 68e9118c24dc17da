"""What to do now in one nation, on one sheet of paper: asked and arranged for its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kb.advice_answer_model import PracticeAnswer, ServiceAnswer
from kb.answers import LawAnswer, NationAnswer
from kb.asked import parse_asked
from kb.errors import QuestionError
from kb.knowledge import Knowledge
from kb.model import Asked, Concept
from kb.schemes import Schemes
from web.answer_links import Links, links_of
from web.answer_role import ROLE, SCHEME, for_role, roles_with
from web.form import Fact, facts
from web.pieces import piece
from web.reading_advice import ByKind, by_kind

SERVICES = 8
IN_FULL = ("now", "exception", "immediate-danger")  # kinds of practice: the rest in few words


class OneNation(QuestionError):
    """A sheet for no nation or for several; ``valid`` (tuple of str) are the nations there are."""

    def __init__(self, given: tuple[str, ...], valid: tuple[str, ...]) -> None:
        self.parameter, self.value, self.valid = "nation", given, valid
        super().__init__(
            "One page says what to do now in one nation: state the nation, and only one."
            f" There are: {', '.join(valid)}."
        )


@dataclass(frozen=True, kw_only=True)
class NowPage:
    """The sheet for a role, or for everybody; ``links`` lead to the full answer."""

    answer: LawAnswer
    nation: NationAnswer
    facts: tuple[Fact, ...]
    practice: tuple[ByKind[PracticeAnswer], ...]
    services: tuple[ServiceAnswer, ...]
    links: Links
    role: Concept | None
    roles: tuple[Concept, ...]

    def said(self) -> Markup:
        """The points and the services, made once for a nation and a role."""
        return piece(
            "law/sheet.html",
            self.nation.nation,
            self.role,
            practice=self.practice,
            services=self.services,
            in_full=IN_FULL,
        )


def one_nation(stated: Mapping[str, Sequence[str]], *, schemes: Schemes) -> Asked:
    """A question about one nation on one day; raises OneNation, or what else is wrong with it."""
    asked = parse_asked(stated, schemes=schemes)
    if len(set(stated.get("nation", ())) - {""}) != 1:
        raise OneNation(tuple(n for n in stated.get("nation", ()) if n), schemes.slugs("nations"))
    return asked


def now_page(
    answer: LawAnswer, *, known: Knowledge, also: Mapping[str, str], role: str | None
) -> NowPage:
    """Arrange an answer about one nation; ``also`` is what was stated besides the question."""
    schemes = known.schemes
    (nation,) = answer.nations
    every = nation.help.practice if nation.help else ()
    practice = for_role(every, role, advice=known.advice)
    services = nation.help.services if nation.help else ()
    return NowPage(
        answer=answer,
        nation=nation,
        facts=facts(answer.asked, schemes=schemes),
        practice=by_kind(practice, schemes.scheme("practice-kinds")),
        services=services[:SERVICES],
        links=links_of(answer.asked, schemes=schemes, also=also, role=role),
        roles=roles_with(every, advice=known.advice, schemes=schemes),
        role=schemes.concept(SCHEME, role, parameter=ROLE) if role else None,
    )
