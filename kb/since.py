"""What an answer says differently on a later day: for somebody who used it on an earlier one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kb import change_words as words
from kb.advice import Advice
from kb.answers import LawAnswer, NationAnswer, OffenceAnswer
from kb.aspects import ASPECTS, compare
from kb.catalogue import Catalogue
from kb.changes_between import changes_between
from kb.errors import QuestionError
from kb.fact_events import known_on, weakest
from kb.model import Successor
from kb.schemes import Schemes
from kb.since_guidance import Difference, guidance_since
from kb.terms import identifier, slug_of

STATE, RULE, AMENDED = "state", "rule", "amendment"
OPEN = {"applies", "ruled-out", "unknown"}
BOTH_WAYS_CLOSED = {"not-yet-in-force", "ended", "does-not-extend", None}


class WrongWayRound(QuestionError):
    """The day to compare with is before the day that was taught."""

    def __init__(self, *, taught: date, on: date) -> None:
        self.parameter, self.value = "on", str(on)
        super().__init__(
            f"on cannot be {str(on)!r}: it is the later of the two days, and {taught} is taught."
        )


@dataclass(frozen=True, kw_only=True)
class NationSince:
    """What is different in a nation, and how many offences and rules were compared."""

    nation: str
    label: str
    differences: tuple[Difference, ...]
    offences: int
    rules: int


@dataclass(frozen=True, kw_only=True)
class Since:
    """An answer for law as on the day it was taught, beside that for a later day."""

    taught: LawAnswer
    now: LawAnswer
    nations: tuple[NationSince, ...]

    @property
    def same(self) -> bool:
        """Is nothing different?"""
        return not any(nation.differences for nation in self.nations)


def what_changed(
    catalogue: Catalogue,
    schemes: Schemes,
    advice: Advice | None = None,
    *,
    taught: LawAnswer,
    now: LawAnswer,
) -> Since:
    """Compare the answers to one question on two days; raises WrongWayRound.

    With ``advice``, the guidance that either answer names is compared as well.
    """
    if now.asked.on < taught.asked.on:
        raise WrongWayRound(taught=taught.asked.on, on=now.asked.on)
    pairs = zip(taught.nations, now.nations, strict=True)
    days = (taught.asked.on, now.asked.on)
    return Since(
        taught=taught,
        now=now,
        nations=tuple(
            _nation(catalogue, schemes, old, new, days=days, advice=advice) for old, new in pairs
        ),
    )


def _nation(
    catalogue: Catalogue,
    schemes: Schemes,
    old: NationAnswer,
    new: NationAnswer,
    *,
    days: tuple[date, date],
    advice: Advice | None,
) -> NationSince:
    was = {offence.id: offence for offence in old.offences}
    now = {offence.id: offence for offence in new.offences}
    listed = {**was, **now}
    found: list[Difference] = []
    for slug in sorted(listed):
        pair = was.get(slug), now.get(slug)
        found += _state(schemes, *pair)
        if all(one and one.state in OPEN for one in pair):
            found += _facts(catalogue, schemes, listed[slug], nation=new.nation, days=days)
    found += _amendments(catalogue, schemes, listed, nation=new.nation, days=days)
    found += _rules(schemes, old, new)
    if advice:
        found += guidance_since(catalogue, schemes, advice, old, new, days=days)
    rules = {rule.id for rule in (*old.rules, *new.rules)}
    return NationSince(
        nation=new.nation,
        label=new.label,
        differences=tuple(found),
        offences=len(listed),
        rules=len(rules),
    )


def _state(
    schemes: Schemes, was: OffenceAnswer | None, now: OffenceAnswer | None
) -> Iterator[Difference]:
    """The state of an offence, where it differs and is or was open, or came and went."""
    before, after = was.state if was else None, now.state if now else None
    offence = now or was
    closed = {before, after} <= BOTH_WAYS_CLOSED and None in (before, after)
    if offence is None or before == after or closed:
        return
    labels = [_label(schemes, state) for state in (before, after)]
    yield Difference(
        kind=STATE,
        title=offence.label,
        offence=_named(offence),
        rule=None,
        provisions=(offence.provision,),
        before=before,
        after=after,
        text=words.state_changed(*labels),
        confidence=offence.confidence,
        facts=tuple(dict.fromkeys(fact for one in (was, now) if one for fact in one.decided_by)),
    )


def _label(schemes: Schemes, state: str | None) -> str | None:
    return schemes.concept("states", state, parameter="state").label if state else None


def _facts(
    catalogue: Catalogue,
    schemes: Schemes,
    offence: OffenceAnswer,
    *,
    nation: str,
    days: tuple[date, date],
) -> Iterator[Difference]:
    """The smaller facts of an offence that is open on both days, compared day with day."""
    address, where = identifier("offence", offence.id), identifier("nation", nation)
    for aspect in ASPECTS:
        before, after = (
            known_on(catalogue, aspect, offence=address, nation=where, on=day) for day in days
        )
        for turned in compare(aspect, before, after, schemes=schemes):
            yield Difference(
                kind=turned.kind,
                title=offence.label,
                offence=_named(offence),
                rule=None,
                provisions=(offence.provision,),
                before=None,
                after=None,
                text=turned.text,
                confidence=slug_of(weakest(schemes, (*turned.after, *turned.before))),
                facts=tuple(row.fact for row in (*turned.after, *turned.before)),
            )


def _amendments(
    catalogue: Catalogue,
    schemes: Schemes,
    listed: dict[str, OffenceAnswer],
    *,
    nation: str,
    days: tuple[date, date],
) -> Iterator[Difference]:
    """The amendments, between the days, of the provisions that create what is listed."""
    provisions = {offence.provision.id for offence in listed.values() if offence.state in OPEN}
    start, end = (day + timedelta(days=1) for day in days)
    for event in changes_between(
        catalogue, schemes, start=start, end=end, nation=nation, kind=AMENDED
    ):
        if any(ref.id in provisions for ref in event.provisions):
            yield Difference(
                kind=AMENDED,
                title=event.title,
                offence=None,
                rule=None,
                provisions=event.provisions,
                before=None,
                after=None,
                text=words.on_day(event.on, event.text),
                confidence=event.confidence,
                facts=event.facts,
            )


def _rules(schemes: Schemes, old: NationAnswer, new: NationAnswer) -> Iterator[Difference]:
    """The rules that start, end or set something else."""
    was = {rule.id: rule for rule in old.rules}
    now = {rule.id: rule for rule in new.rules}
    for slug in sorted(was | now):
        pair = was.get(slug), now.get(slug)
        sets = [
            words.rule_value(rule.age, rule.child_below, rule.months) if rule else ""
            for rule in pair
        ]
        states = [rule.state if rule else None for rule in pair]
        rule = pair[1] or pair[0]
        if rule and (sets[0] != sets[1] or states[0] != states[1]):
            yield Difference(
                kind=RULE,
                title=schemes.concept("rule-kinds", rule.kind, parameter="kind").label,
                offence=None,
                rule=slug,
                provisions=rule.provisions,
                before=states[0],
                after=states[1],
                text=words.rule_differs(rule.text, before=states[0], after=states[1], sets=sets),
                confidence=rule.confidence,
                facts=(),
            )


def _named(offence: OffenceAnswer) -> Successor:
    return Successor(id=offence.id, label=offence.label, provision=offence.provision)
