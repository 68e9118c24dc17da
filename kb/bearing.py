"""Which facts about people can bear on an answer: what the journey asks for, and no more."""

from collections.abc import Iterator
from dataclasses import replace

from kb.ages import OLDEST, AgeRange
from kb.model import Asked
from kb.timeline import Timeline
from kb.timeline_against import Against
from kb.timeline_deciding import decide

PEOPLE = ("depicted_age", "accused_age", "recipient_age", "consent", "relationship")
ANY_AGE = AgeRange(low=0, high=OLDEST, text=f"0-{OLDEST}")
OPEN = ("applies", "ruled-out", "unknown")


def bearing(timeline: Timeline, asked: Asked) -> tuple[str, ...]:
    """The facts about people, of those in PEOPLE, that can change the answer to a question.

    What is stated of people already is left aside. The age of the accused always bears: there is
    an age under which nobody can commit an offence.
    """
    nobody = replace(asked, accused_age=None, recipient_age=None, consent=None, relationship=None)
    decisions = decide(timeline, replace(nobody, depicted_age=ANY_AGE))
    found = {"accused_age"}
    if timeline.meanings.limit(asked.material) is not None:
        found.add("depicted_age")
    numbers = {offence: number for number, offence in enumerate(timeline.offences)}
    for decision in decisions.made:
        if decision.state in OPEN:
            spot = timeline.spots[decision.nation][numbers[decision.offence]]
            found.update(_bearing_on(spot.against))
    return tuple(name for name in PEOPLE if name in found)


def _bearing_on(against: Against) -> Iterator[str]:
    """The facts that can rule one offence out."""
    yield from (name for name, _ in against.ages)
    if against.needs or any(defence.consents for defence in against.defences):
        yield "consent"
    if any(defence.relationships for defence in against.defences):
        yield "relationship"
    if any(defence.least > 0 for defence in against.defences):
        yield "depicted_age"
