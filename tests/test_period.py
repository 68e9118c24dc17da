"""Conduct over a period: its parts, what changed between them, what is kept, what is open."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from served import LAW, site

from kb.asked import BadDay, BadPeriod, parse_question
from kb.errors import QuestionError
from kb.knowledge import Knowledge
from kb.model import Asked, AskedPeriod
from kb.terms import slug_of
from web.cli import main

DAY = timedelta(days=1)
SHARED = {"conduct": ["share"], "material": ["intimate-image"]}


def over(knowledge, start, end, **stated):
    """The answer for a period."""
    given_facts = {name: [v] if isinstance(v, str) else v for name, v in stated.items()}
    asked = parse_question({"from": [start], "to": [end], **given_facts}, schemes=knowledge.schemes)
    return knowledge.law_over(asked)


def starts(answer):
    return [part.start.isoformat() for part in answer.parts]


def governing(answer, place=0):
    """What each offence of a nation governs, those that it does not left out."""
    found = answer.nations[place].offences
    return {offence.id: offence.governs for offence in found if offence.governs != "none"}


# ---- the parts -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def replaced(knowledge):
    return over(knowledge, "2023-12-01", "2024-03-01", nation="england", **SHARED)


def test_a_replaced_offence_cuts_the_period_on_the_day_of_its_end(replaced):
    assert starts(replaced) == ["2023-12-01", "2024-01-31"]
    assert [part.end.isoformat() for part in replaced.parts] == ["2024-01-31", "2024-03-01"]
    assert not replaced.parts[0].changes
    states = {change.offence: (change.was, change.now) for change in replaced.parts[1].changes}
    assert states["cjca-2015-s33-1-disclose"] == ("applies", "ended")
    assert states["soa-2003-s66b-1"] == ("not yet in force", "applies")
    assert "mca-1988-s1-indecent" not in states


def test_an_ended_offence_governs_the_part_before_its_end(replaced):
    found = governing(replaced)
    assert found["cjca-2015-s33-1-disclose"] == found["soa-2003-s66b-1"] == "part"
    assert found["ca-2003-s127-1"] == "whole"
    (ended,) = [o for o in replaced.nations[0].offences if o.id == "cjca-2015-s33-1-disclose"]
    assert [(s.end.isoformat(), s.state) for s in ended.stretches] == [
        ("2024-01-31", "applies"),
        ("2024-03-01", "ended"),
    ]
    assert [version.end for version in ended.versions] == [date(2024, 1, 31)]


def test_a_raised_age_cuts_the_period_for_the_age_that_it_reaches(knowledge):
    facts = {"nation": "england", "conduct": "take", "material": "indecent-photograph"}
    reached = over(knowledge, "2004-01-01", "2005-01-01", depicted_age="17", **facts)
    assert starts(reached) == ["2004-01-01", "2004-05-01"]
    assert governing(reached) == {"pca-1978-s1-1-a": "part"}
    unstated = over(knowledge, "2004-04-01", "2004-05-02", **facts)
    said = {(c.offence, c.what): (c.was, c.now) for c in unstated.parts[1].changes}
    assert said["pca-1978-s1-1-a", "age of the person shown"] == ("under 16", "under 18")
    below = over(knowledge, "2004-01-01", "2004-05-01", depicted_age="15", **facts)
    assert starts(below) == ["2004-01-01"]


def test_a_maximum_that_changes_is_said_from_and_to(knowledge):
    facts = {"nation": "england", "conduct": "take", "material": "indecent-photograph"}
    answer = over(knowledge, "2001-01-01", "2001-02-01", depicted_age="12", **facts)
    assert starts(answer) == ["2001-01-01", "2001-01-11"]
    (change,) = answer.parts[1].changes
    assert change.what == "maximum penalty"
    assert "3 years" in change.was
    assert "10 years" in change.now


def test_where_nothing_changes_there_is_one_part_and_nothing_for_a_lawyer(knowledge):
    answer = over(knowledge, "2024-03-01", "2024-04-01", nation="england", **SHARED)
    assert starts(answer) == ["2024-03-01"]
    assert not answer.for_a_lawyer
    assert set(governing(answer).values()) == {"whole"}


def test_both_ends_are_half_open(knowledge):
    up_to = over(knowledge, "2024-01-01", "2024-01-31", nation="england", **SHARED)
    assert starts(up_to) == ["2024-01-01"]
    from_it = over(knowledge, "2024-01-31", "2024-02-01", nation="england", **SHARED)
    assert starts(from_it) == ["2024-01-31"]
    assert governing(up_to)["cjca-2015-s33-1-disclose"] == "whole"
    assert "cjca-2015-s33-1-disclose" not in governing(from_it)


def test_nations_share_the_parts_and_each_says_its_own_changes(knowledge):
    nations = ["scotland", "northern-ireland"]
    answer = over(knowledge, "2021-12-01", "2022-01-01", nation=nations, accused_age="11", **SHARED)
    assert starts(answer) == ["2021-12-01", "2021-12-17"]
    assert {change.nation for change in answer.parts[1].changes} == {"scotland"}
    (age,) = [c for c in answer.parts[1].changes if not c.offence and not c.rule]
    assert (age.was, age.now) == ("8", "12")


def test_an_invented_history_is_cut_where_it_is(sample):
    answer = over(sample, "2009-06-01", "2010-06-01", nation="southmark", conduct="share")
    assert "2010-01-01" in starts(answer)
    assert governing(answer)["pa-2000-s1"] == "part"
    assert [(s.of, s.before) for s in answer.savings] == [("pa-2000-s1", date(2010, 1, 1))]


# ---- every day of a period is answered as that day would be --------------------------------------

FACTS = st.fixed_dictionaries(
    {
        "nation": st.sampled_from(["england", "wales", "scotland", "northern-ireland"]),
        "conduct": st.sampled_from(
            ["take", "share", "possess", "threaten-to-share", "send-message"]
        ),
        "material": st.sampled_from(["indecent-photograph", "intimate-image", "message"]),
    },
    optional={
        "depicted_age": st.sampled_from(["15", "17", "30"]),
        "accused_age": st.sampled_from(["9", "11", "40"]),
    },
)


@pytest.mark.no_cover
@seed(20260101)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    facts=FACTS,
    start=st.dates(date(1988, 1, 1), date(2026, 6, 1)),
    length=st.integers(1, 900),
    data=st.data(),
)
def test_parts_tile_the_period_and_each_day_is_its_part(knowledge, facts, start, length, data):
    end = start + timedelta(days=length)
    answer = over(knowledge, start.isoformat(), end.isoformat(), **facts)
    edges = [part.start for part in answer.parts] + [answer.parts[-1].end]
    assert (edges[0], edges[-1]) == (start, end)
    assert edges == sorted(set(edges))
    assert edges[1:] == [part.end for part in answer.parts]
    assert all(part.changes for part in answer.parts[1:])
    day = start + timedelta(days=data.draw(st.integers(0, length - 1)))
    for on in {day, *(part.end - DAY for part in answer.parts[:2])}:
        (part,) = [part for part in answer.parts if part.start <= on < part.end]
        assert states(part.nations[0]) == states(
            knowledge.which_law(answer.asked.on_day(on)).nations[0]
        )


def states(nation):
    """State and deciding facts of every offence, and the maxima of those that are law."""
    return {
        found.id: (
            found.state,
            found.decided_by,
            {row.text for row in found.max_penalty} if found.state == "applies" else None,
        )
        for found in nation.offences
    }


# ---- savings -------------------------------------------------------------------------------------


def test_what_governed_and_ended_is_shown_with_its_saving(replaced):
    (saving,) = replaced.savings
    assert (saving.of, saving.before) == ("cjca-2015-s33-1-disclose", date(2024, 1, 31))
    assert saving.confidence == "memory"
    assert saving.provision.id == "ukpga/1978/30/section/16"
    assert saving.rule == "repealed-offences-still-chargeable"
    assert saving.doubt == "ew-section-33-transitional"


def test_a_period_wholly_before_the_end_shows_the_saving_as_well(knowledge):
    answer = over(knowledge, "2020-01-01", "2020-02-01", nation="wales", **SHARED)
    assert [saving.of for saving in answer.savings] == ["cjca-2015-s33-1-disclose"]
    after = over(knowledge, "2024-01-31", "2024-02-01", nation="wales", **SHARED)
    assert not after.savings


def test_a_bar_that_ended_is_kept_for_earlier_conduct(knowledge):
    answer = over(knowledge, "2021-12-01", "2022-01-01", nation="scotland", **SHARED)
    (saving,) = [saving for saving in answer.savings if saving.kind == "rule"]
    assert (saving.of, saving.before) == ("no-prosecution-under-12-scotland", date(2021, 12, 17))
    assert saving.confidence == "primary"
    assert any(change.rule == saving.of for change in answer.parts[1].changes)


def test_what_is_new_only_for_later_conduct_is_said_where_the_period_spans_it(knowledge):
    facts = {"nation": "england", "conduct": "meet"}
    answer = over(knowledge, "2015-04-01", "2015-05-01", **facts)
    found = {saving.of: saving.since for saving in answer.savings}
    assert found == {"soa-2003-s15-1": date(2015, 4, 13)}


def test_every_offence_that_ended_says_what_becomes_of_earlier_conduct(knowledge):
    """A saving that is lost, or one that is moved by a day, is missed here."""
    catalogue = knowledge.catalogue
    for offence in catalogue.offences:
        for window in catalogue.windows[offence]:
            if window.end:
                saved = [
                    row
                    for row in catalogue.savings.get(offence, ())
                    if row.nation == window.nation and row.before == window.end
                ]
                assert len(saved) == 1, (slug_of(offence), slug_of(window.nation))


@pytest.mark.parametrize(
    ("nation", "on", "offence", "provision"),
    [
        ("england", "2024-01-31", "cjca-2015-s33-1-disclose", "ukpga/1978/30/section/16"),
        ("wales", "2026-01-01", "mca-1988-s1-threat", "ukpga/1978/30/section/16"),
        ("wales", "2026-01-01", "mca-1988-s1-false", "ukpga/1978/30/section/16"),
        ("northern-ireland", "2009-02-02", "soa-2003-s48-1", None),
    ],
)
def test_an_ended_answer_says_whether_earlier_conduct_is_chargeable(
    knowledge, nation, on, offence, provision
):
    answer = knowledge.ask({"nation": [nation], "on": [on]}).nations[0]
    (found,) = [o for o in answer.offences if o.id == offence]
    kept = found.still_chargeable
    assert found.state == "ended"
    assert kept.before == found.end
    assert kept.saving.endswith(f"{offence}.saving.1")
    assert kept.confidence == "memory"
    assert (kept.provision.id if kept.provision else None) == provision
    assert all(o.still_chargeable is None for o in answer.offences if o.state != "ended")


def test_where_no_saving_is_recorded_it_is_a_question_for_a_lawyer(sample):
    """Invented: the offence of 2000 is saved in one nation; take the saving away."""
    offence = next(o for o in sample.catalogue.savings if o.endswith("pa-2000-s1"))
    kept = sample.catalogue.savings.pop(offence)
    try:
        answer = over(sample, "2009-06-01", "2010-06-01", nation="southmark", conduct="share")
        day = sample.ask({"nation": ["southmark"], "on": ["2010-01-01"]}).nations[0]
    finally:
        sample.catalogue.savings[offence] = kept
    (found,) = [o for o in day.offences if o.id == "pa-2000-s1"]
    assert (found.still_chargeable.saving, found.still_chargeable.confidence) == (None, None)
    assert "question for a lawyer" in found.still_chargeable.text
    assert [q.offences for q in answer.for_a_lawyer if "recorded" in q.text] == [("pa-2000-s1",)]


def test_conduct_that_goes_on_across_a_boundary_is_left_to_a_lawyer(replaced):
    (question,) = replaced.for_a_lawyer
    assert question.on == date(2024, 1, 31)
    assert "31 January 2024" in question.text
    assert "question for a lawyer" in question.text
    assert "cjca-2015-s33-1-disclose" in question.offences


# ---- the question --------------------------------------------------------------------------------

BAD = [
    ({"from": "2024-01-01"}, BadPeriod, "state a day for to"),
    ({"to": "2024-01-01"}, BadPeriod, "state a day for from"),
    ({"from": "2024-01-01", "to": "2024-01-01"}, BadPeriod, "later than from"),
    ({"from": "2024-01-02", "to": "2024-01-01"}, BadPeriod, "later than from"),
    ({"from": "1960-01-01", "to": "2024-01-01"}, BadPeriod, "at most 60 years"),
    ({"from": "2018-01-01", "to": "2024-01-01"}, BadPeriod, "State a conduct or a material"),
    ({"from": "2024-01-01", "to": "2024-02-01", "on": "2024-01-05"}, BadPeriod, "and not both"),
    ({"from": "2024-02-30", "to": "2024-03-01"}, BadDay, "real day"),
    ({"from": "2024-02-01", "to": "March"}, BadDay, "real day"),
]


@pytest.mark.parametrize(("stated", "error", "said"), BAD)
def test_a_period_that_is_none_is_refused_and_told_what_would_be_right(
    knowledge, stated, error, said
):
    with pytest.raises(error, match=said):
        parse_question({k: [v] for k, v in stated.items()}, schemes=knowledge.schemes)


def test_empty_ends_state_no_period(knowledge):
    asked = parse_question(
        {"from": [""], "to": [" "], "on": ["2024-01-01"]}, schemes=knowledge.schemes
    )
    assert isinstance(asked, Asked)


def test_what_no_question_takes_is_refused(knowledge):
    with pytest.raises(QuestionError, match="from, to"):
        parse_question({"until": ["2024-01-01"]}, schemes=knowledge.schemes)


def test_a_question_about_a_period_is_as_of_any_of_its_days(knowledge):
    asked = parse_question(
        {"from": ["2024-01-01"], "to": ["2024-02-01"], "nation": ["wales"]},
        schemes=knowledge.schemes,
    )
    assert isinstance(asked, AskedPeriod)
    assert asked.on_day(date(2024, 1, 5)).on == date(2024, 1, 5)
    assert asked.on_day(date(2024, 1, 5)).nations == ("wales",)


def test_a_period_that_ends_after_the_law_was_checked_is_warned_of(knowledge: Knowledge):
    end = (knowledge.checked_on + 2 * DAY).isoformat()
    answer = over(knowledge, "2026-11-01", end, nation="wales", **SHARED)
    assert len(answer.warnings) == 1
    inside = over(knowledge, "2026-11-01", knowledge.checked_on.isoformat(), nation="wales")
    assert not inside.warnings


# ---- API and page --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client():
    return site().test_client()


ASKED = {"nation": "england", "from": "2023-12-01", "to": "2024-03-01", **SHARED}


def test_api_answers_a_period(client):
    found = client.get(f"{LAW}?{urlencode(ASKED, doseq=True)}").get_json()
    assert (found["asked"]["from"], found["asked"]["to"]) == ("2023-12-01", "2024-03-01")
    assert [(p["from"], p["to"]) for p in found["parts"]] == [
        ("2023-12-01", "2024-01-31"),
        ("2024-01-31", "2024-03-01"),
    ]
    assert set(found["parts"][0]["nations"]) == {"england"}
    assert found["parts"][0]["changes_at_start"] == []
    assert found["parts"][1]["changes_at_start"]
    by_id = {offence["id"]: offence for offence in found["offences"]["england"]}
    assert by_id["cjca-2015-s33-1-disclose"]["governs"] == "part"
    assert found["savings"][0]["before"] == "2024-01-31"
    assert found["for_a_lawyer"]
    assert found["release"]["sha256"]
    ended = [
        o for o in found["parts"][1]["nations"]["england"]["offences"] if o["state"] == "ended"
    ]
    assert all(offence["still_chargeable"]["text"] for offence in ended)


@pytest.mark.parametrize(("stated", "said"), [(stated, said) for stated, _, said in BAD])
@pytest.mark.parametrize("path", [LAW, "/law"])
def test_a_bad_period_is_a_400_that_says_what_would_be_right(client, path, stated, said):
    response = client.get(path, query_string=stated)
    assert response.status_code == 400
    assert said in response.get_data(as_text=True)


def test_page_shows_parts_with_links_to_whole_answers(client):
    page = client.get("/law", query_string=ASKED)
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "1 December 2023</time> to <time" in text
    assert "on=2024-01-31" in text
    assert "question for a lawyer" in text
    assert "Interpretation Act 1978" in text


def test_form_asks_for_the_last_day_and_the_address_stays_half_open(client):
    stated = {**ASKED, "to": "", "last": "2024-02-29", "on": ""}
    response = client.get("/law", query_string=stated)
    assert response.status_code == 303
    assert "to=2024-03-01" in response.location
    assert "last" not in response.location
    assert client.get(response.location).status_code == 200
    form = client.get("/form", query_string=ASKED).get_data(as_text=True)
    assert 'name="last" value="2024-02-29"' in form


def test_a_last_day_that_is_none_is_refused(client):
    for last in ("2024-02-30", "9999-12-31"):
        assert client.get("/law", query_string={**ASKED, "last": last}).status_code == 400


def test_form_left_blank_still_asks_about_a_day(client):
    page = client.get("/law", query_string={"on": "2024-01-31", "from": "", "last": ""})
    assert page.status_code == 200


# ---- the command line ----------------------------------------------------------------------------


def test_command_line_answers_a_period():
    stated = [f"--{name}={value}" for name, value in ASKED.items() if isinstance(value, str)]
    ran = CliRunner().invoke(main, ["law", *stated, "--conduct=share", "--material=intimate-image"])
    assert ran.exit_code == 0, ran.output
    assert "1 December 2023 to 30 January 2024" in ran.output
    assert "31 January 2024 to 29 February 2024" in ran.output
    assert "Questions for a lawyer" in ran.output
    refused = CliRunner().invoke(main, ["law", *stated, "--on=2024-01-01"])
    assert refused.exit_code == 2
    assert "and not both" in " ".join(refused.output.split())
