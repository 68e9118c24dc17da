"""What an answer turns on, as plain values: two days on which it is the same are one stretch."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.answers import NationAnswer, OffenceAnswer
from kb.catalogue import Catalogue
from kb.model import Asked
from kb.schemes import Schemes
from kb.terms import identifier, slug_of
from kb.wording import first_lower, years

OPEN = ("applies", "unknown")
AGES = {
    "DepictedAge": ("depicted_age", "the person shown"),
    "RecipientAge": ("recipient_age", "the other person"),
    "AccusedAge": ("accused_age", "the accused"),
}
Matter = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an offence stands on a day; ``matters`` are what goes with it, each name with its values.

    ``answer`` is the whole of it, for its words; it is no part of what is compared.
    """

    state: str
    decided_by: tuple[str, ...]
    matters: tuple[Matter, ...]
    answer: OffenceAnswer = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class NationStanding:
    """How a nation's answer stands on a day.

    ``rules`` are those in effect that are kept for earlier conduct, so that they turn on its day.
    """

    responsibility: int | None
    under: bool
    rules: tuple[str, ...]
    offences: dict[str, Standing]


def standing(
    catalogue: Catalogue, schemes: Schemes, answer: NationAnswer, *, asked: Asked
) -> NationStanding:
    """What the answer of a nation turns on."""
    nation = identifier("nation", answer.nation)
    kept = {slug_of(owner) for owner in catalogue.savings if owner in catalogue.rules}
    return NationStanding(
        responsibility=answer.responsibility.age,
        under=answer.responsibility.under,
        rules=tuple(rule.id for rule in answer.rules if rule.id in kept),
        offences={
            found.id: Standing(
                state=found.state,
                decided_by=found.decided_by,
                matters=tuple(_matters(catalogue, schemes, found, nation=nation, asked=asked)),
                answer=found,
            )
            for found in answer.offences
        },
    )


def _matters(
    catalogue: Catalogue, schemes: Schemes, found: OffenceAnswer, *, nation: str, asked: Asked
) -> Iterator[Matter]:
    """What goes with an offence that is or may be law: ages not stated, penalties and the rest."""
    if found.state not in OPEN:
        return
    yield from _ages(catalogue, found, nation=nation, asked=asked)
    maxima = sorted(
        f"{_label(schemes, 'ways-tried', row.tried)}: {row.text}{_case(row.case)}"
        for row in found.max_penalty
    )
    modes = sorted(
        f"{_label(schemes, 'modes-of-trial', row.mode)}{_case(row.case)}"
        for row in found.mode_of_trial
    )
    yield "maximum penalty", tuple(maxima)
    yield "mode of trial", tuple(modes)
    yield "what has to be shown", tuple(sorted(row.text for row in found.needs or ()))
    yield "defence", tuple(sorted(row.text for row in found.defences))
    yield "consent to prosecute", tuple(sorted(row.who for row in found.consent_to_prosecute))
    single = {
        "mental element": found.mental_element,
        "time limit": found.time_limit,
        "reach abroad": found.reach,
    }
    for name, row in single.items():
        yield name, (row.text,) if row else ()
    yield "purposes it is limited to", (found.scope,) if found.scope else ()


def _ages(
    catalogue: Catalogue, found: OffenceAnswer, *, nation: str, asked: Asked
) -> Iterator[Matter]:
    """The ages that an offence asks for, of the people whose age was not stated."""
    offence = identifier("offence", found.id)
    rows = catalogue.on_the_day("ages", offence, nation, asked.on)
    for kind, (name, whose) in AGES.items():
        if getattr(asked, name) is None:
            spans = {years(row.at_least, row.below) for row in rows if row.kind.endswith(kind)}
            yield f"age of {whose}", tuple(sorted(spans))


def _label(schemes: Schemes, scheme: str, word: str) -> str:
    return first_lower(schemes.concept(scheme, word, parameter=scheme).label)


def _case(case: str | None) -> str:
    return f" ({case})" if case else ""
