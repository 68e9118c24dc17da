"""Ages as people type them, read out of a search, with whose age it is where that is clear."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.ages import AgeRange, parse_age
from kb.errors import BadAge

_N = r"(?P<n>[0-9]{1,3})"
_OLD = r"(?:[\s-]*(?:years?|yrs?|yr)[\s-]*olds?\b|[\s-]*(?:y\s?/?\s?o|yos?)\b)"
_OF = r"(?:the\s+)?(?:age\s+of\s+|age\s+)?"
# What is said, and how that is written as an age; "over 18" is taken as people mean it.
_FORMS = tuple(
    (re.compile(rf"(?<![\w/.-]){form}", re.IGNORECASE), written)
    for form, written in (
        (
            rf"(?:aged\s+|between\s+)?{_N}\s*(?:-|–|to|and|or)\s*(?P<m>[0-9]{{1,3}}){_OLD}",
            "{n}-{m}",
        ),
        (rf"aged\s+(?:between\s+)?{_N}\s*(?:-|–|to|and|or)\s*(?P<m>[0-9]{{1,3}})\b", "{n}-{m}"),
        (rf"(?:under|below|younger\s+than)[\s-]*{_OF}{_N}(?:{_OLD}|['’]?s\b|\b)", "under-{n}"),
        (rf"(?:over|above)[\s-]*{_OF}{_N}(?:{_OLD}|['’]?s\b|\b)", "{n}-or-over"),
        (rf"older\s+than\s+{_N}\b", "over-{n}"),
        (rf"{_N}\s*(?:\+|(?:years?\s+)?(?:or|and)\s+(?:over|older|above)\b)", "{n}-or-over"),
        (rf"{_N}{_OLD}", "{n}"),
        (rf"(?:aged|age)\s+{_N}\b", "{n}"),
    )
)
_PASSED_OVER = r"(?:(?:a|an|the|my|his|her|their|our|another|some|two|by|child|girl|boy)\s+)*"
_ROLES = {
    "recipient": re.compile(rf"\b(?:to|with)\s+{_PASSED_OVER}$", re.IGNORECASE),
    "accused": re.compile(rf"\bby\s+{_PASSED_OVER}$", re.IGNORECASE),
    "depicted": re.compile(rf"\b(?:of|showing|shows|depicting)\s+{_PASSED_OVER}$", re.IGNORECASE),
}
_MAY = re.compile(r"\b(?:can|could|may|should|did|if)\s+(?:a|an|the|my|two)?\s*$", re.IGNORECASE)
_WHO = r"(?:boys?|girls?|child(?:ren)?|pupils?|students?|sons?|daughters?|s)"
_DOES = re.compile(rf"\s*(?:{_WHO}\s+)?(?=\w)", re.IGNORECASE)


@dataclass(frozen=True)
class SaidAge:
    """An age, where it stands in a text, and whose it is (``role``), if that is clear."""

    age: AgeRange
    low: int
    high: int
    role: str | None = None


@dataclass(frozen=True)
class Around:
    """What else was read in a text, by its places: what was done, and what it was done to."""

    conducts: tuple[tuple[int, int], ...]
    materials: tuple[tuple[int, int], ...]


def ages_in(text: str) -> tuple[SaidAge, ...]:
    """The ages that a text names, in its order."""
    return tuple(sorted(_found(text), key=lambda said: said.low))


def with_roles(text: str, ages: tuple[SaidAge, ...], *, around: Around) -> tuple[SaidAge, ...]:
    """The ages with whose they are; two of the same person are of nobody clear."""
    roles = [_role(text, said, around) for said in ages]
    if "recipient" in roles:
        roles = [role or _does(text, said, around) for said, role in zip(ages, roles, strict=True)]
    clear = [role if roles.count(role) == 1 else None for role in roles]
    return tuple(
        SaidAge(said.age, said.low, said.high, role) for said, role in zip(ages, clear, strict=True)
    )


def _found(text: str) -> Iterator[SaidAge]:
    taken: list[tuple[int, int]] = []
    for form, written in _FORMS:
        for match in form.finditer(text):
            low, high = match.span()
            if any(low < end and start < high for start, end in taken):
                continue
            try:
                age = parse_age(written.format(**match.groupdict()), parameter="age")
            except BadAge:
                continue
            taken.append((low, high))
            yield SaidAge(age, low, high)


def _role(text: str, said: SaidAge, around: Around) -> str | None:
    before = text[: said.low]
    for role, form in _ROLES.items():
        needed = around.materials if role == "depicted" else around.conducts
        if needed and form.search(before):
            return role
    done = _next_conduct(text, said, around)
    if done is None:
        return None
    doing = re.match(r"\w+ing\b", text[done[0] :]) is not None
    has_object = any(low < done[1] + 2 and done[0] < high for low, high in around.materials)
    return "accused" if _MAY.search(before) or (doing and has_object) else None


def _does(text: str, said: SaidAge, around: Around) -> str | None:
    """Whose age it is where somebody else is named as the one it was done to."""
    return "accused" if _next_conduct(text, said, around) else None


def _next_conduct(text: str, said: SaidAge, around: Around) -> tuple[int, int] | None:
    """What is said to be done directly after an age."""
    after = _DOES.match(text, said.high)
    at = after.end() if after else said.high
    return next((place for place in around.conducts if place[0] == at), None)
