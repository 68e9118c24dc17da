"""What is not the same between two neighbouring parts of a period, in words."""

from collections.abc import Iterator

from kb import wording
from kb.answers import NationAnswer
from kb.catalogue import Catalogue
from kb.model import Successor
from kb.period_model import PartChange
from kb.schemes import Schemes
from kb.standing import NationStanding, Standing
from kb.terms import identifier


def part_changes(
    was: NationStanding,
    now: NationStanding,
    *,
    answer: NationAnswer,
    catalogue: Catalogue,
    schemes: Schemes,
) -> tuple[PartChange, ...]:
    """Everything that changed in a nation; ``answer`` is that of the later part."""
    nation = answer.nation
    found = list(_of_rules(was, now, nation=nation, catalogue=catalogue))
    for offence in dict.fromkeys((*was.offences, *now.offences)):
        before, after = was.offences.get(offence), now.offences.get(offence)
        if before != after:
            found += _of_offence(before, after, nation=nation, schemes=schemes)
    return tuple(found)


def _of_rules(
    was: NationStanding, now: NationStanding, *, nation: str, catalogue: Catalogue
) -> Iterator[PartChange]:
    if was.responsibility != now.responsibility:
        old, new = was.responsibility, now.responsibility
        yield PartChange(
            nation=nation,
            offence=None,
            rule=None,
            label=wording.RESPONSIBILITY,
            citation=None,
            what="age of criminal responsibility",
            was=None if old is None else str(old),
            now=None if new is None else str(new),
            text=wording.from_to(old, new),
        )
    for rule in sorted({*was.rules} ^ {*now.rules}):
        begins = rule in now.rules
        yield PartChange(
            nation=nation,
            offence=None,
            rule=rule,
            label=catalogue.rules[identifier("rule", rule)].text,
            citation=None,
            what="rule",
            was=None if begins else rule,
            now=rule if begins else None,
            text="The rule begins." if begins else "The rule ends.",
        )


def _of_offence(
    was: Standing | None, now: Standing | None, *, nation: str, schemes: Schemes
) -> Iterator[PartChange]:
    """A change of state alone says all; otherwise each thing that goes with the offence."""
    known = now or was
    assert known is not None
    answer = known.answer
    for what, old, new, text in _said(was, now, schemes=schemes):
        yield PartChange(
            nation=nation,
            offence=answer.id,
            rule=None,
            label=answer.label,
            citation=answer.provision.citation,
            what=what,
            was=old,
            now=new,
            text=text,
        )


def _said(
    was: Standing | None, now: Standing | None, *, schemes: Schemes
) -> Iterator[tuple[str, str | None, str | None, str]]:
    old, new = _state(was, schemes=schemes), _state(now, schemes=schemes)
    if was is None or now is None or was.state != now.state:
        yield "state", old, new, wording.from_to(old, new) + _why(now)
        return
    if was.decided_by != now.decided_by:
        yield "what decides it", old, new, wording.ANOTHER_ROW + _why(now)
    matters = dict(now.matters)
    for name, before in was.matters:
        after = matters.get(name, ())
        if before != after:
            text = wording.from_to(*_only(before, after))
            yield name, _joined(before), _joined(after), text


def _only(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str | None, str | None]:
    """What was there before only, and what is there after only."""
    gone = tuple(value for value in before if value not in after)
    new = tuple(value for value in after if value not in before)
    return _joined(gone), _joined(new)


def _joined(values: tuple[str, ...]) -> str | None:
    return "; ".join(values) or None


def _state(found: Standing | None, *, schemes: Schemes) -> str | None:
    if found is None:
        return None
    concept = schemes.concept("states", found.state, parameter="state")
    return wording.first_lower(concept.label)


def _why(now: Standing | None) -> str:
    """What the later state carries: why it is so, or what took over."""
    if now is None:
        return ""
    answer = now.answer
    reasons = [reason.text for reason in (answer.because or ()) + (answer.why or ())]
    if answer.replaced_by:
        reasons.append(f"Replaced by {'; '.join(map(_named, answer.replaced_by))}.")
    return "".join(f" {reason}" for reason in reasons)


def _named(successor: Successor) -> str:
    return successor.provision.citation
