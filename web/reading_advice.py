"""What an answer says besides the offences, as a page reads it: by kind, first things first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kb.advice_answer_model import PracticeAnswer
from kb.answers import NationAnswer
from kb.knowledge import Knowledge
from kb.model import Concept
from web.answer_role import for_role, roles_with
from web.pieces import kept


class Kinded(Protocol):
    """Anything that has a kind, by the word of a scheme."""

    @property
    def kind(self) -> str:
        """The word."""


Found = TypeVar("Found", bound=Kinded)


@dataclass(frozen=True, kw_only=True)
class ByKind(Generic[Found]):
    """What there is of one kind."""

    kind: Concept
    found: tuple[Found, ...]


@dataclass(frozen=True, kw_only=True)
class AdviceReading:
    """The advice of a nation for a role.

    ``elsewhere`` counts the points that are for other roles; ``roles`` are those that have any.
    """

    practice: tuple[ByKind[PracticeAnswer], ...]
    elsewhere: int
    roles: tuple[Concept, ...]


def advice_reading(nation: NationAnswer, *, known: Knowledge, role: str | None) -> AdviceReading:
    """Arrange what to do in a nation for a role; None is everybody."""
    found: AdviceReading = kept(
        ("advice", nation.nation, role), lambda: _arranged(nation, known=known, role=role)
    )
    return found


def _arranged(nation: NationAnswer, *, known: Knowledge, role: str | None) -> AdviceReading:
    schemes, advice = known.schemes, known.advice
    practice = nation.help.practice if nation.help else ()
    for_them = for_role(practice, role, advice=advice)
    return AdviceReading(
        practice=by_kind(for_them, schemes.scheme("practice-kinds")),
        elsewhere=len(practice) - len(for_them),
        roles=roles_with(practice, advice=advice, schemes=schemes),
    )


def by_kind(things: Iterable[Found], kinds: tuple[Concept, ...]) -> tuple[ByKind[Found], ...]:
    """Things by kind, in the order of the scheme; kinds of which there is nothing are left out."""
    there: dict[str, list[Found]] = {}
    for one in things:
        there.setdefault(one.kind, []).append(one)
    return tuple(
        ByKind(kind=kind, found=tuple(there[kind.slug])) for kind in kinds if kind.slug in there
    )
