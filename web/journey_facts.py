"""The question of law that the answers make, and which facts about people bear on it."""

from dataclasses import replace
from typing import Any

from kb.asked import parse_question
from kb.knowledge import Knowledge
from kb.model import Asked, AskedPeriod
from kb.period import DAY
from web.journey_asked import Journey, law_parameters


def question(journey: Journey, known: Knowledge) -> Asked | AskedPeriod:
    """The question that the answers make; raises a QuestionError if it cannot be asked."""
    stated = law_parameters(journey, schemes=known.schemes)
    return parse_question(_lists(stated), schemes=known.schemes)


def bearing(journey: Journey, known: Knowledge) -> frozenset[str]:
    """The facts about people that can change the answer, at the start or end of a period."""
    asked = question(journey, known)
    if isinstance(asked, Asked):
        return frozenset(known.bearing(asked))
    days = (asked.start, asked.end - DAY)
    return frozenset(name for on in days for name in known.bearing(replace(asked.facts, on=on)))


def _lists(stated: dict[str, Any]) -> dict[str, list[str]]:
    return {name: [one] if isinstance(one, str) else one for name, one in stated.items()}
