"""The answer for a period of conduct, for a terminal: part by part, and what is kept."""

from collections.abc import Iterator

from kb.answers import NationAnswer
from kb.period import DAY
from kb.period_model import Part, PeriodAnswer, Saving
from kb.schemes import Schemes
from kb.wording import ASK_FOR_A_DAY, day, first_lower
from web.cli_layout import bullet, detail, details, heading, item, sentence, title, wrapped
from web.cli_tables import about_the_data

LISTED = ("applies", "unknown", "ruled-out")


def period_lines(answer: PeriodAnswer, *, schemes: Schemes) -> Iterator[str]:
    """Everything: warnings, each part and what changed, savings, questions for a lawyer."""
    for warning in answer.warnings:
        yield heading(f"Warning: {warning}", colour="red")
        yield ""
    asked = answer.asked
    places = ", ".join(over.label for over in answer.nations)
    parts = f"{len(answer.parts)} part{'' if len(answer.parts) == 1 else 's'}"
    yield wrapped(f"Asked: {places}; {day(asked.start)} to {day(asked.end - DAY)}: {parts}.")
    for part in answer.parts:
        yield ""
        yield title(f"{day(part.start)} to {day(part.end - DAY)}")
        yield from _part(part, schemes=schemes)
    yield from _listed("Savings and transitional provisions", map(_saving, answer.savings))
    questions = (question.text for question in answer.for_a_lawyer)
    yield from _listed("Questions for a lawyer", questions)
    yield ""
    yield wrapped(ASK_FOR_A_DAY)
    yield about_the_data(answer.checked_on, release=answer.release)


def _part(part: Part, *, schemes: Schemes) -> Iterator[str]:
    for nation in part.nations:
        yield heading(nation.label)
        changed = (
            sentence(f"{change.citation or change.label}, {change.what}: {change.text}")
            for change in part.changes
            if change.nation == nation.nation
        )
        yield from details("Changed on the first day", changed)
        yield from _nation(nation, schemes=schemes)


def _nation(nation: NationAnswer, *, schemes: Schemes) -> Iterator[str]:
    found = [(state, nation.in_state(state)) for state in LISTED]
    for state, offences in found:
        label = schemes.concept("states", state, parameter="state").label
        for offence in offences:
            yield item(f"{offence.provision.citation}  [{offence.id}]")
            likely = "; likely, not confirmed" if offence.likely_only else ""
            yield detail(f"{first_lower(label)}{likely}: {offence.label}")
    if not any(offences for _, offences in found):
        yield detail("No offence recorded here applies to these facts, or may.")


def _saving(saving: Saving) -> str:
    conduct = f"before {day(saving.before)}" if saving.before else ""
    since = f"from {day(saving.since)}" if saving.since else ""
    basis = f"; {saving.provision.citation}" if saving.provision else ""
    return (
        f"{saving.of} ({saving.nation}), conduct {conduct or since}: {saving.text}"
        f" [{saving.confidence}{basis}]"
    )


def _listed(name: str, texts: Iterator[str]) -> Iterator[str]:
    found = list(texts)
    if found:
        yield ""
        yield heading(name)
        yield from map(bullet, found)
