"""What an answer says besides the offences, as a page reads it: by kind, first things first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kb.advice_answer_model import (
    GuidanceAnswer,
    MisconceptionAnswer,
    PracticeAnswer,
    ServiceAnswer,
)
from kb.answers import NationAnswer, OffenceAnswer, RuleAnswer
from kb.model import Concept
from kb.schemes import Schemes

FIRST_SERVICES = 6
FIRST_WRONG = 3
FEW = 4


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
class Discussing:
    """A document that is about offences of the answer: the first few of them, and how many more."""

    document: GuidanceAnswer
    offences: tuple[OffenceAnswer, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class AdviceReading:
    """The advice of a nation; what comes first is shown, ``more`` is folded away."""

    practice: tuple[ByKind[PracticeAnswer], ...]
    services: tuple[ServiceAnswer, ...]
    more_services: tuple[ServiceAnswer, ...]
    rules: tuple[ByKind[RuleAnswer], ...]
    discussing: tuple[Discussing, ...]
    guidance: tuple[ByKind[GuidanceAnswer], ...]
    wrong: tuple[MisconceptionAnswer, ...]
    more_wrong: tuple[MisconceptionAnswer, ...]


def advice_reading(nation: NationAnswer, *, schemes: Schemes) -> AdviceReading:
    """Arrange what a nation's answer says besides the offences."""
    practice = nation.help.practice if nation.help else ()
    services = nation.help.services if nation.help else ()
    others = tuple(document for document in nation.guidance if not document.discusses)
    return AdviceReading(
        practice=by_kind(practice, schemes.scheme("practice-kinds")),
        services=services[:FIRST_SERVICES],
        more_services=services[FIRST_SERVICES:],
        rules=by_kind(nation.rules, schemes.scheme("rule-kinds")),
        discussing=tuple(_discussing(nation)),
        guidance=by_kind(others, schemes.scheme("guidance-kinds")),
        wrong=nation.misconceptions[:FIRST_WRONG],
        more_wrong=nation.misconceptions[FIRST_WRONG:],
    )


def by_kind(things: Iterable[Found], kinds: tuple[Concept, ...]) -> tuple[ByKind[Found], ...]:
    """Things by kind, in the order of the scheme; kinds of which there is nothing are left out."""
    there = tuple(things)
    groups = (
        ByKind(kind=kind, found=tuple(one for one in there if one.kind == kind.slug))
        for kind in kinds
    )
    return tuple(group for group in groups if group.found)


def _discussing(nation: NationAnswer) -> Iterable[Discussing]:
    named = {offence.id: offence for offence in nation.offences}
    for document in nation.guidance:
        if document.discusses:
            yield Discussing(
                document=document,
                offences=tuple(named[slug] for slug in document.discusses[:FEW]),
                more=max(0, len(document.discusses) - FEW),
            )
