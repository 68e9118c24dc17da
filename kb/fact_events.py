"""What changes about an offence while it is law: penalties, ages, what it covers, its trial."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kb import change_words as words
from kb.aspects import ASPECTS, Aspect, Turned, compare
from kb.catalogue import Catalogue, grouped, in_effect
from kb.events import BY, ENDS, MADE, MAY, STARTS, Happening
from kb.schemes import Schemes
from kb.terms import slug_of
from kb.timeline_days import EVER, NEVER, course
from kb.turns import WHEN_MADE, states_on, turns_of
from kb.version_events import amended_beside, amended_by
from kb.wording import first_lower

UNFOUND = "start-not-found"
OPEN = {"law", "unknown"}
DAY = timedelta(days=1)


def fact_happenings(catalogue: Catalogue, schemes: Schemes) -> Iterator[Happening]:
    """Every change of a smaller fact inside the windows of its offence."""
    for offence in catalogue.offences:
        turning = {(turn.window.nation, turn.on) for turn in turns_of(catalogue, offence)}
        for aspect in ASPECTS:
            found = catalogue.facts[aspect.facts].get(offence, ())
            for nation, rows in grouped(found, lambda row: row.nation).items():
                known = [_sure(catalogue, row) for row in rows]
                turns = {on for where, on in turning if where == nation}
                yield from _changes(catalogue, schemes, aspect, known, turns=turns)
                yield from _unsure(catalogue, schemes, aspect, rows)


def known_on(
    catalogue: Catalogue, aspect: Aspect, *, offence: str, nation: str, on: date
) -> list[Any]:
    """The rows of one aspect that hold for an offence in a nation (addresses) on a day.

    A row whose first day was not found counts as always there: no day can be given for it.
    """
    found = catalogue.facts[aspect.facts].get(offence, ())
    rows = (_sure(catalogue, row) for row in found if row.nation == nation)
    return [row for row in rows if in_effect(row, on)]


def _sure(catalogue: Catalogue, row: Any) -> Any:
    """A row whose first day was not found, as if it had none: that is told apart."""
    return replace(row, start=None) if row.fact in catalogue.certainties else row


def _changes(
    catalogue: Catalogue, schemes: Schemes, aspect: Aspect, rows: list[Any], *, turns: set[date]
) -> Iterator[Happening]:
    """The days on which the rows of one aspect, offence and nation differ from the day before."""
    days = {row.start for row in rows} | {row.end for row in rows}
    for on in sorted(day for day in days if day):
        if not _goes_on(catalogue, rows[0].offence, rows[0].nation, on):
            continue
        before = [row for row in rows if in_effect(row, on - DAY)]
        after = [row for row in rows if in_effect(row, on)]
        for turned in compare(aspect, before, after, schemes=schemes):
            if turned.before or on not in turns:
                yield _happening(catalogue, schemes, turned, on=on)


def _goes_on(catalogue: Catalogue, offence: str, nation: str, on: date) -> bool:
    """Is the offence perhaps law there on a day and on the day before?"""
    both = (states_on(catalogue, offence, nation, day) for day in (on - DAY, on))
    return all(states & OPEN for states in both)


def _happening(catalogue: Catalogue, schemes: Schemes, turned: Turned, *, on: date) -> Happening:
    """The change of a slot; it is named by the first fact that starts, or else that ends."""
    rows = turned.after or turned.before
    first = min(rows, key=lambda row: row.fact)
    by = _authority(catalogue, first, on=on)
    instrument = catalogue.offences[first.offence].instrument
    beside = None
    if not by:
        beside = amended_beside(catalogue, instrument, nation=first.nation, on=on)
    return Happening(
        on=on,
        kind=turned.kind,
        turn=STARTS if turned.after else ENDS,
        owner=first.offence,
        nation=first.nation,
        text=turned.text,
        fact=first.fact,
        facts=tuple(row.fact for row in (*turned.after, *turned.before)),
        confidence=weakest(schemes, (*turned.after, *turned.before)),
        authorities=by,
        beside=beside,
    )


def weakest(schemes: Schemes, rows: tuple[Any, ...]) -> str:
    """The confidence (address) of the row that was read least closely."""
    order = schemes.slugs("confidences")
    found: list[str] = [row.confidence for row in rows]
    return max(found, key=lambda confidence: order.index(slug_of(confidence)))


def _authority(catalogue: Catalogue, row: Any, *, on: date) -> tuple[str, ...]:
    """What changed, on that day, the provision that sets the fact, or else creates the offence."""
    sets = getattr(row, "provision", None) or catalogue.offences[row.offence].provision
    return amended_by(catalogue, sets, nation=row.nation, on=on)


def _unsure(
    catalogue: Catalogue, schemes: Schemes, aspect: Aspect, rows: tuple[Any, ...]
) -> Iterator[Happening]:
    """What is known of the first day of rows whose first day was not found."""
    for row in rows:
        said = catalogue.certainties.get(row.fact)
        if not said:
            continue
        doubt, law, end = course(
            said.certainty,
            start=row.start,
            end=row.end,
            not_before=said.not_before,
            known_by=said.known_by,
        )
        what = f"“{first_lower(aspect.said(row, schemes))}”, as part of the offence,"
        made = slug_of(said.certainty) == WHEN_MADE
        if EVER < doubt < min(law, end):
            on, by = date.fromordinal(doubt), date.fromordinal(law) if law < NEVER else None
            text = (words.was_made if made else words.may_start)(what, on, by)
            yield _not_found(row, on=on, turn=MADE if made else MAY, text=text)
        if EVER < law < end:
            on = date.fromordinal(law)
            text = words.law_by(what, on, said.not_before)
            yield _not_found(row, on=on, turn=BY, text=text)


def _not_found(row: Any, *, on: date, turn: str, text: str) -> Happening:
    return Happening(
        on=on,
        kind=UNFOUND,
        turn=turn,
        owner=row.offence,
        nation=row.nation,
        text=text,
        fact=row.fact,
        facts=(row.fact,),
        confidence=row.confidence,
    )
