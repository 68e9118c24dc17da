"""An answer for a period as a page reads it: part by part, short, with links to whole answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from kb.answers import NationAnswer, OffenceAnswer
from kb.asked import BadDay, parse_day
from kb.model import AskedPeriod
from kb.period import DAY
from kb.period_model import NationOver, OffenceOver, Part, PartChange, PeriodAnswer
from kb.schemes import Schemes
from kb.wording import ASK_FOR_A_DAY
from web.answer_role import ROLE
from web.form import Fact, facts, parameters
from web.spoken import listed

LISTED = ("applies", "unknown", "ruled-out")
LAST = "last"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The offences of a nation in one state on a part, those not confirmed last."""

    state: str
    offences: tuple[OffenceAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class NationPart:
    """A nation in one part; ``stated`` asks for its whole answer on the first day of the part."""

    answer: NationAnswer
    lists: tuple[Listed, ...]
    changes: tuple[PartChange, ...]
    stated: dict[str, Any]

    @property
    def applying(self) -> int:
        """How many offences apply on the part."""
        return len(self.answer.in_state("applies"))


@dataclass(frozen=True, kw_only=True)
class PartReading:
    """A part, nation by nation."""

    part: Part
    nations: tuple[NationPart, ...]


@dataclass(frozen=True, kw_only=True)
class Governing:
    """The offences of a nation that govern the period, in whole, in part or perhaps."""

    over: NationOver
    offences: tuple[OffenceOver, ...]


@dataclass(frozen=True, kw_only=True)
class PeriodPage:
    """The answer page of a period; ``stated`` are the parameters that ask the same again."""

    answer: PeriodAnswer
    facts: tuple[Fact, ...]
    stated: dict[str, Any]
    query: str
    place: str
    parts: tuple[PartReading, ...]
    governing: tuple[Governing, ...]
    not_advised: str = ASK_FOR_A_DAY


def period_page(
    answer: PeriodAnswer,
    *,
    schemes: Schemes,
    also: Mapping[str, str] | None = None,
    role: str | None = None,
) -> PeriodPage:
    """Arrange an answer for reading; ``also`` are parameters of every link to another answer."""
    asked_again = _parameters(answer.asked, schemes=schemes) | dict(also or {})
    also = dict(also or {}) | ({ROLE: role} if role else {})
    stated = asked_again | also
    labels = [over.label for over in answer.nations]
    return PeriodPage(
        answer=answer,
        facts=facts(answer.asked.facts, schemes=schemes),
        stated=stated,
        query=urlencode(asked_again, doseq=True),
        place=listed(labels),
        parts=tuple(_part(answer.asked, part, schemes=schemes, also=also) for part in answer.parts),
        governing=tuple(_governing(over) for over in answer.nations),
    )


def half_open(stated: dict[str, list[str]]) -> dict[str, list[str]] | None:
    """What the form asks, with its last day made the first day after it; None if it names none.

    Raises BadDay if the last day is no day, as for every other parameter.
    """
    last = next((value for value in stated.get(LAST, ()) if value.strip()), None)
    if last is None:
        return None
    day = parse_day(last, parameter=LAST)
    if day == date.max:
        raise BadDay(last, parameter=LAST)
    after = day + DAY
    rest = {name: [v for v in values if v.strip()] for name, values in stated.items()}
    named = {name: values for name, values in rest.items() if values and name != LAST}
    return named | {"to": [after.isoformat()]}


def _parameters(asked: AskedPeriod, *, schemes: Schemes) -> dict[str, Any]:
    found = parameters(asked.facts, schemes=schemes)
    ends = {"from": asked.start.isoformat(), "to": asked.end.isoformat()}
    return {name: value for name, value in found.items() if name != "on"} | ends


def _part(
    asked: AskedPeriod, part: Part, *, schemes: Schemes, also: Mapping[str, str]
) -> PartReading:
    whole = parameters(asked.on_day(part.start), schemes=schemes) | dict(also)
    return PartReading(
        part=part,
        nations=tuple(
            NationPart(
                answer=nation,
                lists=tuple(_lists(nation)),
                changes=tuple(c for c in part.changes if c.nation == nation.nation),
                stated=whole | {"nation": [nation.nation]},
            )
            for nation in part.nations
        ),
    )


def _lists(nation: NationAnswer) -> Iterable[Listed]:
    for state in LISTED:
        if found := nation.in_state(state):
            yield Listed(state=state, offences=found)


def _governing(over: NationOver) -> Governing:
    return Governing(over=over, offences=tuple(o for o in over.offences if o.governs != "none"))
