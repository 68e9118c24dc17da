"""Guidance, practice, services and claims of the invented country: the shelves and the filters."""

from datetime import date

import pytest

from kb.advice import one_of
from kb.advice_answers import nation_help, practice_in, urgent_services
from kb.advice_found import (
    claims_found,
    guidance_found,
    misconceptions_found,
    practice_found,
    services_found,
)
from kb.errors import NotFound

SOUTH, EAST, NORTH = ("southmark",), ("eastmark",), ("northmark",)
NOW = date(2026, 1, 31)


@pytest.fixture(scope="module")
def advice(sample):
    return sample.advice


def ids(found):
    return [getattr(one, "thing", one).id for one in found]


def states(found):
    return {one.thing.id: {each.nation: each.state for each in one.states} for one in found}


def test_a_document_is_superseded_on_the_day_its_successor_starts(advice):
    on = {
        day: states(guidance_found(advice, on=day, nations=SOUTH, kind="prosecution"))
        for day in (date(2007, 12, 31), date(2008, 1, 1), date(2016, 8, 31), date(2016, 9, 1))
    }
    old, new = "charging-south-2008", "charging-south-2016"
    assert [on[day][old]["southmark"] for day in sorted(on)] == [
        "not-yet",
        "current",
        "current",
        "superseded",
    ]
    assert [on[day][new]["southmark"] for day in sorted(on)] == ["not-yet"] * 3 + ["current"]


def test_a_document_and_its_successor_name_each_other(advice):
    old, new = advice.guidance["charging-south-2008"], advice.guidance["charging-south-2016"]
    assert [thing.id for thing in old.replaced_by] == ["charging-south-2016"]
    assert [thing.id for thing in new.replaces] == ["charging-south-2008"]
    assert old.says[0].text == "Every picture goes to court."
    assert old.replaced_by[0].label == new.title


def test_documents_are_kept_to_what_is_asked_for(advice):
    assert "charging-south-2008" not in ids(guidance_found(advice, on=NOW, nations=NORTH))
    for filters, field in (
        ({"kind": "prosecution"}, lambda one: one.kind == "prosecution"),
        ({"body": "watch"}, lambda one: "watch" in one.bodies),
        ({"audience": "prosecutor"}, lambda one: "prosecutor" in one.audiences),
        ({"topic": "handling-and-reporting"}, lambda one: "handling-and-reporting" in one.topics),
    ):
        found = guidance_found(advice, on=NOW, nations=SOUTH, **filters)
        here = {one.id for one in advice.guidance.values() if "southmark" in one.nations}
        right = {one.id for one in advice.guidance.values() if field(one)} & here
        assert set(ids(found)) == right, filters
        assert 0 < len(right) < len(here), "the filter leaves something out"


def test_a_state_is_that_of_any_nation_asked_about(advice):
    every = ("northmark", "southmark", "eastmark")
    closed = guidance_found(advice, on=NOW, nations=every, state="closed")
    assert ids(closed) == ["watch-leaflet"]
    unknown = states(guidance_found(advice, on=NOW, nations=every, state="unknown"))
    assert unknown["watch-manual"]["eastmark"] == "unknown"
    assert unknown["watch-manual"]["southmark"] == "current", "every nation is told, not one"


def test_a_service_is_one_however_many_nations_it_serves(advice):
    lantern = advice.services["lantern-line"]
    assert lantern.nations == ("northmark", "southmark", "eastmark"), "in the scheme's order"
    assert [contact.value for contact in lantern.contacts] == [
        "0000 001",
        "example.org/lantern-line/chat",
    ]
    assert lantern.contact == (
        "0000 001 (phone); example.org/lantern-line/chat (online chat, not confirmed)"
    )
    assert lantern.other_names == ("Lantern",)


def test_a_service_that_has_closed_is_found_but_not_recommended(advice):
    found = states(services_found(advice, on=NOW, nations=SOUTH))
    assert found["candle-desk"]["southmark"] == "superseded"
    assert [one.id for one in nation_help(advice, "southmark", on=NOW).services] == ["lantern-line"]
    assert [thing.id for thing in advice.services["candle-desk"].replaced_by] == ["lantern-line"]


def test_only_the_contacts_of_the_nation_are_given(advice):
    (south,), (east,) = (nation_help(advice, nation, on=NOW).services for nation in SOUTH + EAST)
    assert [contact.channel for contact in south.contacts] == ["phone", "chat"]
    assert [contact.channel for contact in east.contacts] == ["phone"]


def test_the_services_on_every_page_run_in_every_nation(advice):
    assert ids(urgent_services(advice, SOUTH + EAST, on=NOW, most=6)) == ["lantern-line"]
    assert urgent_services(advice, SOUTH + EAST, on=NOW, most=0) == ()
    assert urgent_services(advice, SOUTH, on=date(1999, 1, 1), most=6) == ()


def test_practice_is_in_the_words_of_the_nation(advice):
    texts = {
        nation: {one.id: one.text for one in practice_in(advice, nation, on=NOW)}
        for nation in ("northmark", "southmark")
    }
    names = {role.nation: role.name for role in advice.roles}
    assert texts["northmark"]["tell-the-lead"] == f"Tell the {names['northmark']} at once."
    assert texts["southmark"]["tell-the-lead"] == f"Tell the {names['southmark']} at once."
    assert names["northmark"] != names["southmark"]


def test_what_only_a_superseded_document_says_is_not_given(advice):
    """The first edition said it alone until the second; before either nobody did."""
    before, early, now = date(2011, 1, 1), date(2014, 1, 1), NOW
    said = {
        day: {
            one.id: [by.document.id for by in one.said_by]
            for one in practice_in(advice, "eastmark", on=day)
        }
        for day in (before, early, now)
    }
    assert "never-copy" not in said[before]
    assert said[early]["never-copy"] == ["school-pictures-2012"]
    assert said[now]["never-copy"] == ["school-pictures-2018"]


def test_advice_with_days_of_its_own_holds_on_those_alone(advice):
    def said_by(day):
        found = {one.id: one for one in practice_in(advice, "southmark", on=day)}
        return [by.document.id for by in found["never-copy"].said_by]

    assert "watch-page" in said_by(date(2020, 1, 1))
    assert "watch-page" in said_by(date(2023, 12, 31))
    assert "watch-page" not in said_by(date(2024, 1, 1))


def test_practice_is_kept_to_what_is_asked_for(advice):
    assert ids(practice_found(advice, kind="never")) == ["never-copy"]
    assert "tell-the-lead" not in ids(practice_found(advice, audience="police"))
    kinds = frozenset({"exception"})
    assert ids(practice_in(advice, "southmark", on=NOW, kinds=kinds)) == ["look-once"]


def test_claims_are_kept_to_what_is_asked_for(advice):
    judged = claims_found(advice, verdict="wrong-extent")
    assert ids(judged) == [
        one.id
        for one in advice.claims.values()
        if one.verdict and "wrong-extent" in one.verdict.verdicts
    ]
    assert ids(claims_found(advice, page="old-story")) == ["os-001"]
    assert claims_found(advice, page="old-story", verdict="accurate") == ()
    claim = advice.claims["wp-001"]
    thing = claim.about[0]
    assert "wp-001" in ids(claims_found(advice, about=(thing.kind, thing.id)))


def test_a_misconception_knows_who_says_it_and_the_claim_knows_it(advice):
    (wrong,) = misconceptions_found(advice, nation="northmark")
    assert [claim.id for claim in wrong.claims] == ["wp-001"]
    assert [one.id for one in advice.claims["wp-001"].misconceptions] == [wrong.id]
    assert misconceptions_found(advice, nation="southmark") == ()
    assert [part.id for part in wrong.provisions] == ["act/2010/4/section/1"]


def test_what_is_not_there_says_where_all_are_listed(advice):
    with pytest.raises(NotFound, match=r"no guidance 'x' here\. All are listed at /guidance"):
        one_of(advice.guidance, "x", kind="guidance", listed="/guidance")


def test_an_answer_has_the_guidance_of_the_day_and_the_help_of_the_day_checked(sample):
    asked = {"nation": ["southmark"], "on": ["2010-06-01"]}
    (answer,) = sample.ask(asked).nations
    assert "charging-south-2008" in ids(answer.guidance)
    assert "charging-south-2016" not in ids(answer.guidance)
    assert answer.help.on == sample.checked_on
    assert ids(answer.help.services) == ["lantern-line"], "it started in 2015, and is asked now"


def test_what_people_get_wrong_bears_on_the_question(sample):
    def wrong(**facts):
        stated = {"nation": ["northmark"], "on": ["2015-06-01"]}
        (answer,) = sample.ask(stated | {name: [word] for name, word in facts.items()}).nations
        return ids(answer.misconceptions)

    assert wrong(conduct="share") == ["images-act-everywhere"]
    assert wrong(conduct="expose") == []
    assert wrong() == ["images-act-everywhere"], "nothing is stated, so it may bear on it"
