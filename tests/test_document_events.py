"""What happens to guidance, as an event: told of the days that are known, and of the others too."""

from datetime import date

import pytest

from kb.changes_between import changes_between, every_event
from kb.since import what_changed

ALWAYS = {"start": date.min, "end": date.max}


def guidance_events(known, **kept):
    shelves = (known.catalogue, known.schemes, known.advice)
    return changes_between(*shelves, **{**ALWAYS, "kind": "guidance", **kept})


def of(events, document):
    return [(event.on, event.nations) for event in events if event.document.id == document]


def test_a_document_starts_and_its_predecessor_ends_on_one_day(sample):
    found = guidance_events(sample, start=date(2016, 9, 1), end=date(2016, 9, 2))
    texts = {event.document.id: event.text for event in found}
    assert set(texts) == {"charging-south-2008", "charging-south-2016"}
    assert texts["charging-south-2016"].startswith("The document takes effect.")
    after = sample.advice.guidance["charging-south-2016"].title
    assert "its last day is 31 August 2016" in texts["charging-south-2008"]
    assert f"Replaced by {after}." in texts["charging-south-2008"]


def test_a_day_that_was_not_found_is_told_by_its_limits(sample):
    found = of(guidance_events(sample), "school-pictures-2012")
    period = sample.advice.guidance["school-pictures-2012"].periods[0]
    days = {period.not_before, period.start, period.end_not_before, period.end} - {None}
    assert {on for on, _ in found} == days
    assert len(days) == 4, "the sample has a document with bounds at both ends"


def test_guidance_is_among_the_changes_only_where_it_is_asked_for(sample):
    law_alone = every_event(sample.catalogue, sample.schemes)
    both = every_event(sample.catalogue, sample.schemes, sample.advice)
    assert not [event for event in law_alone if event.document]
    assert [event for event in both if not event.document] == list(law_alone)
    assert len(both) > len(law_alone)


def test_events_have_stable_and_different_ids(knowledge):
    events = guidance_events(knowledge)
    ids = [event.id for event in events]
    assert len(ids) == len(set(ids))
    assert all(event.authority_note and event.nations for event in events)
    assert all(event.sources or event.no_source for event in events)


@pytest.mark.parametrize("which", ["sample", "knowledge"])
def test_the_state_of_a_document_changes_on_its_event_days_alone(which, request):
    """Walk from event to event: no other day may be in another state than the day before."""
    known = request.getfixturevalue(which)
    for document in known.advice.guidance.values():
        days = {on for on, _ in of(guidance_events(known), document.id)}
        for period in document.periods:
            bounds = (period.start, period.not_before, period.known_by)
            named = {*bounds, period.end_not_before, period.end} - {None}
            assert named <= days | {document.updated_on}, document.id


def test_an_answer_used_earlier_is_told_of_guidance_that_was_replaced(sample):
    asked = {"nation": ["southmark"], "conduct": ["share"]}
    taught, now = (sample.ask({**asked, "on": [day]}) for day in ("2016-08-31", "2016-09-01"))
    shelves = (sample.catalogue, sample.schemes, sample.advice)
    (nation,) = what_changed(*shelves, taught=taught, now=now).nations
    told = [one.document.id for one in nation.differences if one.document]
    assert sorted(told) == ["charging-south-2008", "charging-south-2016"]


def test_the_school_guidance_of_december_2020_is_an_event(knowledge):
    found = guidance_events(
        knowledge, start=date(2020, 12, 23), end=date(2020, 12, 24), nation="england"
    )
    told = {event.document.id for event in found}
    assert {"ukcis-nudes-full", "ukccis-sexting-2016a"} <= told
    assert not guidance_events(
        knowledge, start=date(2020, 12, 23), end=date(2020, 12, 24), nation="scotland"
    )
