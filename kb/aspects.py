"""What may change about an offence: each kind of smaller fact, and how two days are compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kb import change_words as words
from kb.catalogue import grouped
from kb.schemes import Schemes
from kb.wording import first_lower, years


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """A kind of fact: the kind of change it makes, and how its rows are told apart and said.

    Rows of one ``slot`` take each other's place; ``said`` is what a row says; ``told`` makes the
    sentence from a slot's label, what was said before and what is said after.
    """

    facts: str
    kind: str
    slot: Callable[[Any], str]
    said: Callable[[Any, Schemes], str]
    told: Callable[[str, tuple[str, ...], tuple[str, ...]], str]


@dataclass(frozen=True, kw_only=True)
class Turned:
    """What differs in one slot between two days, in words, and the rows that make it so."""

    kind: str
    text: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]


def compare(
    aspect: Aspect, before: list[Any], after: list[Any], *, schemes: Schemes
) -> Iterator[Turned]:
    """What differs between the rows of one offence and nation that hold on two days."""
    old, new = grouped(before, aspect.slot), grouped(after, aspect.slot)
    for slot in sorted(old.keys() | new.keys()):
        was = {aspect.said(row, schemes): row for row in old.get(slot, ())}
        now = {aspect.said(row, schemes): row for row in new.get(slot, ())}
        gone = tuple(said for said in was if said not in now)
        come = tuple(said for said in now if said not in was)
        if gone or come:
            yield Turned(
                kind=aspect.kind,
                text=aspect.told(_label(slot, schemes), gone, come),
                before=tuple(was[said] for said in gone),
                after=tuple(now[said] for said in come),
            )


def _label(slot: str, schemes: Schemes) -> str:
    """The label of a slot that is a concept, or else its local name."""
    found = schemes.by_address.get(slot)
    return found.label if found else slot.rpartition("#")[2]


def _in_case(text: str, case: str | None) -> str:
    return f"{text} ({case})" if case else text


def _need(row: Any, _: Schemes) -> str:
    return f"{row.text} (one of several, of which one is enough)" if row.one_of else str(row.text)


def _list(facts: str, kind: str, added: str, dropped: str) -> Aspect:
    """A kind of fact that adds to a list."""
    said = _need if facts == "needs" else SAID.get(facts, lambda row, _: str(row.text))

    def told(_: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
        return words.items(added, dropped, before, after)

    return Aspect(facts=facts, kind=kind, slot=lambda _: "", said=said, told=told)


SAID: dict[str, Callable[[Any, Schemes], str]] = {
    "conducts": lambda row, schemes: first_lower(schemes.label(row.concept)),
    "materials": lambda row, schemes: first_lower(schemes.label(row.concept)),
    "prosecution_consents": lambda row, _: str(row.who),
}

ASPECTS = (
    Aspect(
        facts="penalties",
        kind="penalty",
        slot=lambda row: str(row.tried),
        said=lambda row, _: _in_case(row.text, row.case),
        told=words.maximum,
    ),
    Aspect(
        facts="ages",
        kind="age",
        slot=lambda row: str(row.kind),
        said=lambda row, _: years(row.at_least, row.below),
        told=words.aged,
    ),
    Aspect(
        facts="modes",
        kind="mode-of-trial",
        slot=lambda _: "",
        said=lambda row, schemes: _in_case(first_lower(schemes.label(row.mode)), row.case),
        told=words.tried,
    ),
    _list("conducts", "conduct", "The offence now covers", "It no longer covers"),
    _list("materials", "material", "The offence now covers", "It no longer covers"),
    _list("needs", "need", "This now has to be shown", "This no longer has to be shown"),
    _list("mental_elements", "need", "The mental element now is", "It no longer is"),
    _list("defences", "defence", "A defence from this day", "No longer a defence"),
    _list("time_limits", "procedure", "The time limit now is", "It no longer is"),
    _list(
        "prosecution_consents",
        "procedure",
        "A prosecution now needs the agreement of",
        "It no longer needs that of",
    ),
    _list("reaches", "procedure", "Done abroad, from this day", "No longer"),
)
