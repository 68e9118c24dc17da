"""One offence on one day: its state in each nation, and the guidance that discusses it there."""

from dataclasses import dataclass

from kb.advice import Advice
from kb.advice_answer_model import GuidanceAnswer
from kb.advice_answers import bearing, guidance_answers
from kb.answer_parts import AnswerParts
from kb.answers import OffenceAnswer
from kb.catalogue import Catalogue
from kb.model import Asked
from kb.offence_answers import OffenceWriter
from kb.schemes import Schemes
from kb.terms import identifier, slug_of
from kb.timeline import Timeline
from kb.timeline_deciding import decide


@dataclass(frozen=True, kw_only=True)
class OffenceThere:
    """An offence in one nation on the day; ``guidance`` is in effect there and discusses it."""

    nation: str
    label: str
    answer: OffenceAnswer
    guidance: tuple[GuidanceAnswer, ...]


def offence_on(
    timeline: Timeline,
    parts: AnswerParts,
    *,
    catalogue: Catalogue,
    schemes: Schemes,
    advice: Advice,
    offence: str,
    asked: Asked,
) -> tuple[OffenceThere, ...]:
    """An offence (slug) in each nation of a question, as the whole answer would have it."""
    decisions = decide(timeline, asked)
    writer = OffenceWriter(
        catalogue=catalogue, schemes=schemes, parts=parts, asked=asked, decisions=decisions
    )
    address = identifier("offence", offence)
    about = bearing(catalogue, schemes, asked, offences=frozenset({offence}))
    return tuple(
        OffenceThere(
            nation=slug_of(decision.nation),
            label=schemes.label(decision.nation),
            answer=writer.write(decision),
            guidance=tuple(
                found
                for found in guidance_answers(
                    advice, about, nation=slug_of(decision.nation), on=asked.on
                )
                if found.discusses
            ),
        )
        for decision in decisions.made
        if decision.offence == address
    )
