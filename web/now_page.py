"""What to do now in one nation, on one sheet of paper: asked and arranged for its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.advice_answer_model import PracticeAnswer, ServiceAnswer
from kb.answers import LawAnswer, NationAnswer
from kb.asked import parse_asked
from kb.errors import QuestionError
from kb.model import Asked
from kb.schemes import Schemes
from web.form import Fact, facts, parameters
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
    """The sheet; ``stated`` are the parameters of the full answer."""

    answer: LawAnswer
    nation: NationAnswer
    facts: tuple[Fact, ...]
    practice: tuple[ByKind[PracticeAnswer], ...]
    services: tuple[ServiceAnswer, ...]
    stated: dict[str, Any]
    in_full: tuple[str, ...] = IN_FULL


def one_nation(stated: Mapping[str, Sequence[str]], *, schemes: Schemes) -> Asked:
    """A question about one nation on one day; raises OneNation, or what else is wrong with it."""
    asked = parse_asked(stated, schemes=schemes)
    if len(set(stated.get("nation", ())) - {""}) != 1:
        raise OneNation(tuple(n for n in stated.get("nation", ()) if n), schemes.slugs("nations"))
    return asked


def now_page(answer: LawAnswer, *, schemes: Schemes, also: Mapping[str, str]) -> NowPage:
    """Arrange an answer about one nation; ``also`` is what was stated besides the question."""
    (nation,) = answer.nations
    practice = nation.help.practice if nation.help else ()
    services = nation.help.services if nation.help else ()
    return NowPage(
        answer=answer,
        nation=nation,
        facts=facts(answer.asked, schemes=schemes),
        practice=by_kind(practice, schemes.scheme("practice-kinds")),
        services=services[:SERVICES],
        stated=parameters(answer.asked, schemes=schemes) | dict(also),
    )
