"""What the compiled timeline has to agree with: the question files, and the naive oracle.

Each check gives back what differs, so that the tests of the timeline and the tests of those tests
(which break the timeline on purpose) ask the very same thing.
"""

from datetime import timedelta
from types import SimpleNamespace

from invented import engine_of, turtle
from naive_oracle import answers
from test_deciding import as_asked

from kb import deciding, rows
from kb.ages import AgeRange
from kb.catalogue import grouped
from kb.decisions import STILL_OPEN, best_window
from kb.library_rows import WindowEver
from kb.model import Asked
from kb.query import ask
from kb.terms import identifier, slug_of
from kb.timeline import build_timeline
from kb.timeline_deciding import decide
from kb.timeline_rows import CoveredMaterial, DatedWord
from kb.word_rows import AnyRow

DAY = timedelta(days=1)
DATES = ("start", "end", "not_before", "known_by")


def around(found):
    """The day before, the day and the day after, for each that is a day."""
    return sorted({day + step * DAY for day in found if day for step in (-1, 0, 1)})


def days_of(rows_):
    """Every day that some rows name as a start or an end, or as a bound on a start."""
    return {getattr(row, name, None) for row in rows_ for name in DATES} - {None}


def window_days(knowledge):
    """Each day on which a window of an offence or rule turns."""
    catalogue = knowledge.catalogue
    owners = (*catalogue.offences, *catalogue.rules)
    return days_of(row for owner in owners for row in catalogue.windows.get(owner, ()))


def fact_days(knowledge, *kinds):
    """Each day on which a dated fact of some kinds starts or ends; all kinds if none is named."""
    tables = knowledge.catalogue.facts
    found = (rows for kind in kinds or tables for rows in tables[kind].values())
    return days_of(row for group in found for row in group)


def word_days(knowledge):
    """Each word, as (conduct or material, slug), with the days on which a row of it turns."""
    kinds = {"ConductFact": "conduct", "MaterialFact": "material"}
    found = ask(knowledge.engine, "dated_words", DatedWord)
    return {
        (kinds[kind.rsplit("#", 1)[-1]], slug_of(concept)): around(days_of(group))
        for (kind, concept), group in grouped(found, lambda r: (r.kind, r.concept)).items()
    }


def covered_days(knowledge):
    """Each day on which a defence begins or ceases to cover a material."""
    return days_of(ask(knowledge.engine, "covered_materials", CoveredMaterial))


def age_days(knowledge):
    """Each age that a row turns on, the year before and after, on the days around its own.

    A row without days of its own is as long as its offence: those of the offence's windows.
    """
    windows, rows_ = knowledge.catalogue.windows, knowledge.catalogue.facts["ages"].values()
    return sorted(
        {
            (on, age + step)
            for row in (row for group in rows_ for row in group)
            for age in (row.at_least, row.below)
            if age is not None
            for on in around(days_of([row]) or days_of(_there(windows[row.offence], row.nation)))
            for step in (-1, 0, 1)
        }
    )


def _there(windows, nation):
    return [window for window in windows if window.nation == nation]


def asked_on(knowledge, on, **facts):
    """A question about every nation."""
    return Asked(nations=knowledge.schemes.slugs("nations"), on=on, **facts)


def years(age):
    """An age as it is stated."""
    return AgeRange(low=age, high=age, text=str(age))


def differing(knowledge, timeline, questions):
    """The questions to which the question files and the timeline give other records, and those."""
    offences = tuple(knowledge.catalogue.offences)
    for asked in questions:
        by_graph = deciding.decide(knowledge.engine, asked, offences=offences)
        compiled = decide(timeline, asked)
        if by_graph != compiled:
            yield asked, _first_difference(by_graph, compiled)


def _first_difference(one, other):
    found = {(d.offence, d.nation): d for d in other.made}
    for decision in one.made:
        if found.get((decision.offence, decision.nation)) != decision:
            return decision, found.get((decision.offence, decision.nation))
    return one.left_out, other.left_out, one.responsibility, other.responsibility


def differing_facts(knowledge, timeline, on):
    """The offences and nations whose facts of a day are not those of the catalogue."""
    for kind, by_offence in knowledge.catalogue.facts.items():
        places = {(row.offence, row.nation) for rows in by_offence.values() for row in rows}
        for offence, nation in places:
            expected = knowledge.catalogue.on_the_day(kind, offence, nation, on)
            found = timeline.facts(kind, offence, nation, on)
            if [row.fact for row in expected] != [row.fact for row in found]:
                yield kind, offence, nation, on


def differing_rules(knowledge, timeline, on):
    """The nations whose rules of a day are not those of ``windows.rq``."""
    windows = deciding.window_states(knowledge.engine, on)
    for slug in knowledge.schemes.slugs("nations"):
        nation = identifier("nation", slug)
        best = (best_window(windows.get((rule, nation), ())) for rule in knowledge.catalogue.rules)
        expected = [window for window in best if window and window.state in STILL_OPEN]
        if expected != list(timeline.rules_on(nation, on)):
            yield slug, on


# ---- invented law --------------------------------------------------------------------------------


def invented_timeline(law):
    """The timeline of a law of the oracle, by way of Turtle and the question files.

    Invented law has no titles and no provisions, so of a catalogue it fills what decides.
    """
    engine = engine_of(turtle(law))
    status = {o: s and identifier("status", s) for o, s in law["offences"].items()}
    catalogue = SimpleNamespace(
        offences={identifier("offence", o): SimpleNamespace(status=s) for o, s in status.items()},
        rules={identifier("rule", rule): None for rule in law["rules"]},
        windows=grouped(ask(engine, "windows_ever", WindowEver), lambda row: row.owner),
        facts={"ages": grouped(ask(engine, "ages", rows.AgeFact), lambda row: row.offence)},
        meets_any=frozenset(row.concept for row in ask(engine, "meets_any", AnyRow)),
    )
    return build_timeline(engine, catalogue)


def turning_days(law):
    """The days around each on which something of an invented law turns."""
    facts = [fact for found in law["facts"].values() for fact in found]
    dated = [*facts, *(cover for fact in facts for cover in fact["covers"] or ())]
    return around({fact.get(name) for fact in dated for name in DATES})


def differing_from_oracle(law, timeline, question):
    """Where the oracle and the timeline differ about a question, and all that the oracle says."""
    asked = {"nations": law["nations"], **question}
    expected, left_out = answers(law, asked)
    decisions = decide(timeline, as_asked(asked))
    found = {
        (slug_of(one.offence), slug_of(one.nation)): (
            one.state,
            one.window.fact if one.window else None,
            list(one.decided_by),
        )
        for one in decisions.made
    }
    differ = {
        place: {"oracle": expected.get(place), "timeline": found.get(place)}
        for place in expected.keys() | found.keys()
        if expected.get(place) != found.get(place)
    }
    if left_out != {slug_of(nation): count for nation, count in decisions.left_out.items()}:
        differ["left out"] = left_out, decisions.left_out
    return differ, expected
