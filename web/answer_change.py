"""What would change an answer, and what it is in the other nations, as the page says it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from kb.answers import NationAnswer
from kb.events import Event
from kb.knowledge import Knowledge
from kb.model import Asked, Successor
from kb.near_days import NearDay, near_days
from kb.neighbours import WORDS, OtherFact, other_facts, states_in
from kb.terms import identifier
from kb.wording import stated_age
from web.form import AGES, SAID

FEW = 3
Address = Callable[..., str]


@dataclass(frozen=True, kw_only=True)
class ValueLine:
    """What one value of a fact would do; the address asks the question with it."""

    words: str
    address: str
    added: tuple[Successor, ...]
    removed: tuple[Successor, ...]


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """A fact that was not stated, and each value of it that would change the answer."""

    label: str
    values: tuple[ValueLine, ...]


@dataclass(frozen=True, kw_only=True)
class DayLine:
    """The nearest day before (``earlier``) or after on which the answer is another."""

    near: NearDay
    earlier: bool
    address: str
    events: tuple[Event, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class WouldChange:
    """The neighbours of a question in one nation."""

    facts: tuple[FactLine, ...]
    days: tuple[DayLine, ...]


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """The same question in another nation: what applies there, and how much of it also here."""

    nation: str
    label: str
    address: str
    compare: str
    named: tuple[Successor, ...]
    more: int
    both: int
    likely: int
    unknown: int

    @property
    def count(self) -> int:
        """How many offences surely apply there."""
        return len(self.named) + self.more


def would_change(
    known: Knowledge, nation: NationAnswer, asked: Asked, *, ask: Address
) -> WouldChange:
    """Which fact that was not stated, and which day near by, would change a nation's answer."""
    here = replace(asked, nations=(nation.nation,))
    found = other_facts(known.timeline, known.schemes, here)
    told = {o.id for o in nation.would_add.offences} if nation.would_add else set()
    lines = (
        _fact(known, name, [one for one in found if one.parameter == name], told, ask=ask)
        for name in dict.fromkeys(one.parameter for one in found)
    )
    near = near_days(known.timeline, known.parts, known.catalogue, known.schemes, here)
    return WouldChange(
        facts=tuple(line for line in lines if line.values),
        days=tuple(_days(near, ask=ask)),
    )


def _fact(
    known: Knowledge, name: str, found: Iterable[OtherFact], told: set[str], *, ask: Address
) -> FactLine:
    label = AGES[name][0] if name in AGES else SAID[name]
    return FactLine(
        label=label,
        values=tuple(
            ValueLine(
                words=_words(known, one),
                address=ask(**{name: one.value}),
                added=_named(known, added),
                removed=_named(known, one.removed),
            )
            for one in found
            # What being young would add is told in full, and not twice.
            if (added := tuple(s for s in one.added if name != "depicted_age" or s not in told))
            or one.removed
        ),
    )


def _words(known: Knowledge, one: OtherFact) -> str:
    if one.age:
        return stated_age(one.age)
    return known.schemes.concept(WORDS[one.parameter], one.value, parameter=one.parameter).label


def _named(known: Knowledge, slugs: Iterable[str]) -> tuple[Successor, ...]:
    return tuple(known.parts.named[identifier("offence", slug)] for slug in slugs)


def _days(near: tuple[NearDay | None, NearDay | None], *, ask: Address) -> Iterator[DayLine]:
    for earlier, day in zip((True, False), near, strict=True):
        if day:
            yield DayLine(
                near=day,
                earlier=earlier,
                address=ask(on=day.on.isoformat()),
                events=day.events[:FEW],
                more=max(0, len(day.events) - FEW),
            )


def elsewhere(
    known: Knowledge, nation: NationAnswer, asked: Asked, *, ask: Address, compare: Address
) -> tuple[Elsewhere, ...]:
    """What applies to the same facts on the same day in each of the other nations."""
    others = tuple(n for n in known.schemes.slugs("nations") if n != nation.nation)
    here = {offence.id for offence in nation.in_state("applies") if not offence.likely_only}
    states = states_in(known.timeline, replace(asked, nations=others))
    found = []
    for other in others:
        every = [slug for slug, state in states[other].items() if state == "applies"]
        there = [slug for slug in every if not _likely_only(known, slug)]
        there.sort(key=lambda slug: known.parts.breadths[identifier("offence", slug)])
        found.append(
            Elsewhere(
                nation=other,
                label=known.schemes.label(identifier("nation", other)),
                address=ask(nation=[other]),
                compare=compare(nation=[nation.nation, other]),
                named=_named(known, there[:FEW]),
                more=max(0, len(there) - FEW),
                both=len(here.intersection(there)),
                likely=len(every) - len(there),
                unknown=sum(state == "unknown" for state in states[other].values()),
            )
        )
    return tuple(found)


def _likely_only(known: Knowledge, slug: str) -> bool:
    """Does it rest on general knowledge alone? Then it is counted, and not named."""
    confidence: str = known.parts.offences[identifier("offence", slug)]["confidence"]
    return confidence == known.schemes.slugs("confidences")[-1]


def cited(nations: tuple[NationAnswer, ...], *, release: str, checked: str, address: str) -> str:
    """The answer as a sentence that can be quoted."""
    return str(
        _(
            "Whichlaw, ‘%(said)s’ (release %(release)s, law last checked on %(checked)s)"
            " <%(address)s>",
            said=" ".join(nation.summary for nation in nations),
            release=release,
            checked=checked,
            address=address,
        )
    )
