"""What happens to guidance: a document takes effect, is changed, is replaced or closes."""

from collections.abc import Iterator
from datetime import date

from kb import change_words as words
from kb.advice import Advice
from kb.advice_model import Guidance, InEffect, Thing
from kb.events import BY, ENDS, MADE, MAY, STARTS, Event
from kb.schemes import Schemes
from kb.terms import identifier, slug_of
from kb.timeline_days import EVER, NEVER, course

OF_GUIDANCE = "guidance"
Told = tuple[str, date, str]


def document_events(advice: Advice, schemes: Schemes) -> Iterator[Event]:
    """Every event of every document; days that only limit a start or an end say so."""
    for document in advice.guidance.values():
        for period in document.periods:
            told = [*_starts(period), *_ends(document, period)]
            for turn, on, text in told:
                yield _event(schemes, document, period, turn=turn, on=on, text=text)
        changed = document.updated_on
        if changed and document.periods and not _begins_on(document, changed):
            text = words.document_changed(changed)
            yield _event(schemes, document, document.periods[0], turn=MADE, on=changed, text=text)


def _begins_on(document: Guidance, on: date) -> bool:
    return any(period.start == on for period in document.periods)


def _starts(period: InEffect) -> Iterator[Told]:
    bounds = course(
        period.certainty,
        start=period.start,
        end=None,
        not_before=period.not_before,
        known_by=period.known_by,
    )
    may = date.fromordinal(bounds.doubt) if EVER < bounds.doubt < NEVER else None
    surely = date.fromordinal(bounds.law) if EVER < bounds.law < NEVER else None
    if surely and may == surely:
        yield STARTS, surely, words.document_starts(period.note)
        return
    if may:
        yield MAY, may, words.document_may_start(surely, period.note)
    if surely:
        yield BY, surely, words.document_by(surely, may, period.note)


def _ends(document: Guidance, period: InEffect) -> Iterator[Told]:
    after = tuple(thing.label for thing in document.replaced_by)
    if period.end_not_before:
        on = period.end_not_before
        yield "may-end", on, words.document_may_end(on, period.end, after, period.note)
    if period.end:
        sure = period.end_not_before is None
        yield ENDS, period.end, words.document_ends(period.end, after, sure=sure, note=period.note)


def _event(
    schemes: Schemes, document: Guidance, period: InEffect, *, turn: str, on: date, text: str
) -> Event:
    kind = schemes.concept("change-kinds", OF_GUIDANCE, parameter="kind")
    bodies = {concept.slug: concept.label for concept in schemes.scheme("bodies")}
    name = "_".join((slug_of(period.fact), turn, period.nations[0]))
    return Event(
        id=identifier("change", name),
        on=on,
        kind=OF_GUIDANCE,
        nations=period.nations,
        offence=None,
        rule=None,
        provisions=(),
        title=f"{kind.label}: {document.title}",
        text=text,
        authority=(),
        authority_note=words.published_by(tuple(bodies[body] for body in document.bodies)),
        sources=document.sources,
        inherited=True,
        no_source=document.no_source,
        confidence=period.confidence,
        facts=(period.fact,),
        topics=document.topics,
        document=Thing(kind="guidance", id=document.id, label=document.title),
    )
