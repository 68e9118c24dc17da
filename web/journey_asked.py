"""What was answered so far in the journey: it all stands in the address, and nowhere else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.ages import parse_age
from kb.asked import AskedTwice, BadPeriod, UnknownParameter, parse_day, today
from kb.bearing import PEOPLE
from kb.errors import QuestionError, UnknownValue
from kb.model import Concept
from kb.schemes import Schemes

CHECK = "check"  # the last step: what is changed from there leads back there
UNKNOWN = "unknown"
ONCE = {"on": parse_day, "from": parse_day, "to": parse_day}
SCHEMES = {"consent": "consents", "relationship": "relationships"}
LISTS = ("situation", "nation")
STATE = (*LISTS, "on", "from", "to", "when", *PEOPLE, "then")
Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Journey:
    """The answers, as they are written in an address; what is not known is left out.

    ``stated`` has the day (``on``), or the period (``from``, ``to``), and the facts about people;
    ``when`` is "unknown" where somebody said so; ``then`` is "check" where that page is next.
    """

    situations: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)

    def parameters(self, *, but: Sequence[str] = ()) -> dict[str, Any]:
        """The parameters that say all this again, without some of them."""
        every: dict[str, Any] = {"situation": list(self.situations), "nation": list(self.nations)}
        every |= {name: self.stated.get(name) for name in STATE if name not in every}
        return {name: value for name, value in every.items() if value and name not in but}


def read_journey(given: Given, *, schemes: Schemes) -> tuple[Journey, tuple[QuestionError, ...]]:
    """The answers in an address that can be read, and what is wrong with the others."""
    wrong: list[QuestionError] = []
    good: dict[str, tuple[str, ...]] = {}
    for name, values in given.items():
        kept = []
        for value in (value.strip() for value in values if value.strip()):
            try:
                _check(name, value, schemes=schemes)
                kept.append(value)
            except QuestionError as error:
                wrong.append(error)
        good[name] = tuple(dict.fromkeys(kept))
        if name not in LISTS and len(good[name]) > 1:
            wrong.append(AskedTwice(name))
    for start, end in (("from", "to"), ("to", "from")):
        if good.get(start) and not good.get(end):
            wrong.append(BadPeriod(end, "", right=f"Give it as well as {start}."))
            good[start] = ()
    stated = {name: good[name][0] for name in STATE if name not in LISTS and good.get(name)}
    return Journey(
        situations=_in_order(good.get("situation", ()), schemes.slugs("situations")),
        nations=_in_order(good.get("nation", ()), schemes.slugs("nations")),
        stated=stated,
    ), tuple(wrong)


def leaves(schemes: Schemes) -> tuple[Concept, ...]:
    """The situations that people choose among; the others are headings."""
    return tuple(word for word in schemes.scheme("situations") if word.suggests)


def law_parameters(journey: Journey, *, schemes: Schemes) -> dict[str, Any]:
    """The answers as the parameters of the question of law, the day always among them."""
    words = tuple(suggested(journey, schemes=schemes))
    days = {name: journey.stated[name] for name in ("on", "from", "to") if name in journey.stated}
    found: dict[str, Any] = {
        "nation": list(journey.nations),
        **(days or {"on": today().isoformat()}),
        "conduct": [word.slug for word in words if word.scheme == "conducts"],
        "material": [word.slug for word in words if word.scheme == "materials"],
        **{name: journey.stated.get(name) for name in PEOPLE},
    }
    return {name: value for name, value in found.items() if value}


def suggested(journey: Journey, *, schemes: Schemes) -> Iterator[Concept]:
    """What the law may call what happened: conduct and material, each word once."""
    chosen = [word for word in leaves(schemes) if word.slug in journey.situations]
    named = {address for word in chosen for address in word.suggests}
    for scheme in ("conducts", "materials"):
        yield from (word for word in schemes.scheme(scheme) if word.address in named)


def _check(name: str, value: str, *, schemes: Schemes) -> None:
    """Raises a QuestionError for a parameter that is none, or for a value that it cannot have."""
    readers: dict[str, Callable[[], object]] = {
        **{one: lambda: ONCE[name](value, parameter=name) for one in ONCE},
        **{one: lambda: parse_age(value, parameter=name) for one in PEOPLE},
        **{one: lambda: schemes.concept(SCHEMES[name], value, parameter=name) for one in SCHEMES},
        "nation": lambda: schemes.concept("nations", value, parameter=name),
        "situation": lambda: _one_of(name, value, tuple(w.slug for w in leaves(schemes))),
        "when": lambda: _one_of(name, value, (UNKNOWN,)),
        "then": lambda: _one_of(name, value, (CHECK,)),
    }
    if name not in readers:
        raise UnknownParameter(name, STATE)
    readers[name]()


def _one_of(name: str, value: str, valid: tuple[str, ...]) -> None:
    if value not in valid:
        raise UnknownValue(name, value, valid)


def _in_order(chosen: Sequence[str], every: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(slug for slug in every if slug in chosen)
