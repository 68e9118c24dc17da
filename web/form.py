"""The question form: its choices read from the schemes, filled in from the page's address."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from kb.asked import parse_asked, parse_day
from kb.errors import QuestionError
from kb.model import Asked, Concept
from kb.period import DAY
from kb.schemes import Schemes
from kb.wording import first_lower, stated_age
from web.form_wrong import wrong_in
from web.spoken import day_said, listed, word_said
from web.wrong import Wrong

LISTS = {"conduct": "conducts", "material": "materials"}
SINGLES = {"consent": "consents", "relationship": "relationships"}
EXAMPLES = Path(__file__).parent / "templates" / "examples.toml"
AGES = {
    "depicted_age": (_("Age of the person shown"), _("For a fake, the age they appear to be.")),
    "accused_age": (_("Age of the person who did it"), _("In years, on the day.")),
    "recipient_age": (_("Age of the other person"), _("Sent to, said to or asked of.")),
}
LEGENDS = {
    "conduct": _("What was done?"),
    "material": _("To what?"),
    "consent": _("Did the person shown, or sent to, agree?"),
    "relationship": _("How were the two related?"),
}
SAID = {
    "conduct": _("What was done"),
    "material": _("To what"),
    "consent": _("Agreement"),
    "relationship": _("Relationship"),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value of a field; ``narrower`` are the choices within it."""

    value: str
    label: str
    hint: str
    chosen: bool
    narrower: tuple["Choice", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group:
    """A field with a list of choices; ``none_chosen`` if nothing is stated."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    none_chosen: bool


@dataclass(frozen=True, kw_only=True)
class TextField:
    """A field that is typed."""

    name: str
    label: str
    hint: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A stated fact in words."""

    label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """A question as a link: its parameters, and what it asks."""

    parameters: dict[str, Any]
    words: str


@dataclass(frozen=True, kw_only=True)
class QuestionForm:
    """All questions on one page. ``several``: more than one nation, but not all, is chosen.

    ``wrong`` is what is wrong with the address that it was filled in from.
    """

    nations: Group
    several: bool
    on: str
    on_is_day: bool
    first: str
    last: str
    conduct: Group
    material: Group
    ages: tuple[TextField, ...]
    people: tuple[Group, ...]
    wrong: tuple[Wrong, ...]

    def error(self, field: str) -> str:
        """What is wrong with the answer in a field, or nothing."""
        return next((found.message for found in self.wrong if found.field == field), "")


def question_form(stated: MultiDict[str, str], *, schemes: Schemes) -> QuestionForm:
    """The form as it was filled in; what is not a word of a scheme is left out."""
    on = stated.get("on", "")
    groups = {
        name: _group(name, stated, concepts=schemes.scheme(scheme))
        for name, scheme in (LISTS | SINGLES).items()
    }
    nations = _group("nation", stated, concepts=schemes.scheme("nations"))
    return QuestionForm(
        nations=nations,
        several=sum(choice.chosen for choice in nations.choices) > 1,
        on=on,
        on_is_day=not on or _is_day(on),
        first=stated.get("from", ""),
        last=stated.get("last") or last_day(stated.get("to", "")),
        conduct=groups["conduct"],
        material=groups["material"],
        ages=tuple(
            TextField(name=name, label=str(label), hint=str(hint), value=stated.get(name, ""))
            for name, (label, hint) in AGES.items()
        ),
        people=tuple(groups[name] for name in SINGLES),
        wrong=wrong_in(stated.to_dict(flat=False), schemes=schemes),
    )


def _group(name: str, stated: MultiDict[str, str], *, concepts: tuple[Concept, ...]) -> Group:
    chosen = set(stated.getlist(name)) & {concept.slug for concept in concepts}
    return Group(
        name=name,
        legend=str(LEGENDS.get(name, "")),
        choices=tuple(_choices(concepts, chosen, broader=None)),
        none_chosen=not chosen,
    )


def _choices(
    concepts: tuple[Concept, ...], chosen: set[str], *, broader: str | None
) -> Iterable[Choice]:
    for concept in concepts:
        if concept.broader == broader:
            yield Choice(
                value=concept.slug,
                label=word_said(concept).label,
                hint=concept.definition,
                chosen=concept.slug in chosen,
                narrower=tuple(_choices(concepts, chosen, broader=concept.slug)),
            )


def last_day(to: str) -> str:
    """The last day of a period whose ``to``, the first day after it, is given; else nothing."""
    day_after = parse_day(to, parameter="to") if _is_day(to) else date.min
    return (day_after - DAY).isoformat() if day_after > date.min else ""


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except QuestionError:
        return False
    return True


def parameters(asked: Asked, *, schemes: Schemes) -> dict[str, Any]:
    """A question as the parameters that ask it again, the day included."""
    everywhere = asked.nations == schemes.slugs("nations")
    ages = {name: getattr(asked, name) for name in AGES}
    found = {
        "nation": [] if everywhere else list(asked.nations),
        "on": asked.on.isoformat(),
        "conduct": list(asked.conduct),
        "material": list(asked.material),
        **{name: age.text if age else None for name, age in ages.items()},
        "consent": asked.consent,
        "relationship": asked.relationship,
    }
    return {name: value for name, value in found.items() if value}


def facts(asked: Asked, *, schemes: Schemes) -> tuple[Fact, ...]:
    """The stated facts in words, in the order of the form."""
    found = [(SAID[name], _labels(asked, name, schemes=schemes)) for name in LISTS]
    for name, (label, _hint) in AGES.items():
        if age := getattr(asked, name):
            found.append((label, stated_age(age)))
    found += [(SAID[name], _labels(asked, name, schemes=schemes)) for name in SINGLES]
    return tuple(Fact(label=str(label), words=words) for label, words in found if words)


def _labels(asked: Asked, name: str, *, schemes: Schemes) -> str:
    value = getattr(asked, name) or ()
    slugs = (value,) if isinstance(value, str) else value
    scheme = (LISTS | SINGLES)[name]
    words = (schemes.concept(scheme, slug, parameter=name) for slug in slugs)
    return "; ".join(word_said(word).label for word in words)


def examples(schemes: Schemes) -> tuple[Example, ...]:
    """The example questions that can be asked of these schemes."""
    with EXAMPLES.open("rb") as file:
        recorded = tomllib.load(file)["example"]
    return tuple(example for stated in recorded if (example := _example(stated, schemes=schemes)))


def _example(stated: dict[str, Any], *, schemes: Schemes) -> Example | None:
    lists = {k: v if isinstance(v, list) else [v] for k, v in stated.items()}
    try:
        asked = parse_asked(lists, schemes=schemes)
    except QuestionError:
        return None
    where = [schemes.concept("nations", one, parameter="nation").label for one in asked.nations]
    everywhere = len(where) == len(schemes.slugs("nations"))
    when = day_said(asked.on) if "on" in stated else _("today")
    place = _("All nations") if everywhere else listed(where)
    said = "; ".join(_in_passing(fact) for fact in facts(asked, schemes=schemes))
    return Example(parameters=stated, words=f"{place}, {when}: {said}")


def _in_passing(fact: Fact) -> str:
    """A fact within a sentence; only an age needs to say whose it is."""
    if fact.label in {str(label) for label, _hint in AGES.values()}:
        return f"{first_lower(fact.label)} {fact.words}"
    return first_lower(fact.words)
