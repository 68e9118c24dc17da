"""The answer to "which law applies?": what each state carries, what is said first, and the rest.

Asked of Markland, the invented country of ``sample/``, and of a Lamps Act written by the dozen.
"""

from datetime import date, timedelta

import invented
import pytest

from kb.knowledge import open_knowledge

NATIONS = ("northmark", "southmark", "eastmark")


def ask(knowledge, nation="northmark", on="2011-06-01", **stated):
    """The answer for one nation."""
    given = {"nation": [nation], "on": [on]}
    given |= {name: [value] if isinstance(value, str) else value for name, value in stated.items()}
    return knowledge.ask(given).nations[0]


def one(answer, offence):
    """The answer about one offence; fails where it is left out or comes twice."""
    (found,) = [found for found in answer.offences if found.id == offence]
    return found


@pytest.fixture
def lamps(sample_data, sample_ontology, tmp_path):
    """Markland with so many offences of the Lamps Act: a function of their number."""

    def with_lamps(count, **said):
        for path in sample_data.rglob("*.ttl"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
        text = invented.offences(count, **said)
        (tmp_path / "lamps.ttl").write_text(text, encoding="utf-8")
        return open_knowledge(tmp_path, sample_ontology)

    return with_lamps


# ---- each state and what it carries --------------------------------------------------------------


def test_an_offence_that_applies_carries_what_still_has_to_be_shown(sample):
    found = one(ask(sample), "pa-2000-s1")
    assert found.state == "applies"
    assert [(need.element, need.one_of) for need in found.needs] == [
        ("intent-distress", "effect"),
        ("reckless-distress", "effect"),
        ("other-recipient", None),
    ]
    assert all(need.text and need.label and need.fact for need in found.needs)
    assert found.because is found.why is found.instead is found.replaced_by is None
    assert found.decided_by == (found.decided_by[0],)
    assert found.decided_by[0].endswith("/pa-2000-s1.window.northmark.1")


@pytest.mark.parametrize(
    ("nation", "on", "stated", "offence", "said", "fact"),
    [
        ("northmark", "2006-03-31", {"depicted_age": "16"}, "pa-2000-s1",
         "The person shown has to be under 16 on that day; the age stated is 16.",
         "depicted-age.1"),
        ("northmark", "2016-01-01", {"accused_age": "17"}, "ma-2015-s3",
         "The accused has to be 18 or over on that day; the age stated is 17.", "accused-age.1"),
        ("northmark", "2016-01-01", {"recipient_age": "16-20"}, "ma-2015-s3",
         "has to be under 16 on that day; the age stated is 16 to 20.", "recipient-age.1"),
        ("southmark", "2010-01-01", {"consent": "yes"}, "ia-2010-s1",
         "It is said that the person agreed.", "need.1"),
        ("northmark", "2011-12-31", {"accused_age": "9"}, "pa-2000-s1",
         "Nobody under 10 can commit an offence there on that day. The accused is said to be 9.",
         "age-of-responsibility.window.northmark.1"),
        ("northmark", "2012-01-01", {"accused_age": "11"}, "pa-2000-s1",
         "Nobody under 12 can commit an offence there on that day.",
         "age-of-responsibility.window.northmark.2"),
        ("northmark", "2011-01-01",
         {"depicted_age": "17", "consent": "yes", "relationship": "enduring-relationship",
          "material": "intimate-image"}, "pa-2000-s1",
         "What is stated meets a defence: the person shown was 16 or over", "defence.1"),
    ],
)  # fmt: skip
def test_what_is_ruled_out_says_because_of_what(sample, nation, on, stated, offence, said, fact):
    found = one(ask(sample, nation, on, **stated), offence)
    assert found.state == "ruled-out"
    (reason,) = found.because
    assert said in reason.text
    assert reason.fact.endswith(fact)
    assert reason.fact in found.decided_by
    assert found.needs is None


@pytest.mark.parametrize(
    "changed",
    [
        {"depicted_age": "15"},
        {"consent": "no"},
        {"relationship": "none"},
        {"material": ["intimate-image", "pseudo-photograph"], "on": "2007-12-31"},
    ],
)
def test_a_defence_needs_every_condition(sample, changed):
    stated = {
        "depicted_age": "17",
        "consent": "yes",
        "relationship": "married-or-civil-partners",
        "material": ["intimate-image"],
        "on": "2008-01-01",
    }
    assert one(ask(sample, **stated), "pa-2000-s1").state == "ruled-out"
    assert one(ask(sample, **stated | changed), "pa-2000-s1").state != "ruled-out"


def test_what_is_not_yet_law_carries_the_first_day(sample):
    found = one(ask(sample, "southmark", "2009-12-31"), "ia-2010-s1")
    assert (found.state, found.start) == ("not-yet-in-force", date(2010, 1, 1))
    assert found.needs is None


def test_what_ended_carries_the_day_and_what_replaced_it(sample):
    found = one(ask(sample, "southmark", "2010-01-01"), "pa-2000-s1")
    assert (found.state, found.end) == ("ended", date(2010, 1, 1))
    assert [successor.id for successor in found.replaced_by] == ["ia-2010-s1"]
    assert found.replaced_by[0].provision.citation == "Images Act 2010, s 1(1)"
    assert found.why is None


def test_what_ended_without_a_successor_says_so(lamps):
    found = one(ask(lamps(1), "southmark", "2009-06-07"), "la-1999-s1")
    assert (found.state, found.replaced_by) == ("ended", ())
    assert [reason.text for reason in found.why] == ["Nothing was recorded of what replaced it."]


def test_what_is_not_law_here_leads_to_this_nations_own(sample):
    found = one(ask(sample, "northmark", "2009-12-31"), "ia-2010-s1")
    assert found.state == "does-not-extend"
    (nearest,) = found.instead
    assert (nearest.id, nearest.state, nearest.met) == ("pa-2000-s1", "applies", True)
    assert (found.start, found.end, found.decided_by) == (None, None, ())


def test_the_state_of_what_is_to_be_found_instead_is_that_of_the_day(sample):
    before = one(ask(sample, "northmark", "2000-05-31"), "ia-2010-s1").instead[0]
    assert (before.state, before.start) == ("not-yet-in-force", date(2000, 6, 1))
    young = one(ask(sample, "northmark", "2011-01-01", depicted_age="18"), "ia-2010-s1").instead[0]
    assert young.state == "ruled-out"


def test_what_is_to_be_found_instead_may_be_about_something_else(sample):
    """It is named with its own state, and marked as not met."""
    stated = {"conduct": "share", "material": "fake-intimate-image"}
    nearest = one(ask(sample, "northmark", "2011-01-01", **stated), "ia-2010-s1").instead[0]
    assert (nearest.id, nearest.state, nearest.met) == ("pa-2000-s1", "applies", False)


@pytest.mark.parametrize(
    ("nation", "offence", "said"),
    [
        ("southmark", "ma-2015-s3", "No offence of its own; sharing an image with the child is"),
        ("eastmark", "ma-2015-s3", "No counterpart is recorded for Eastmark."),
    ],
)
def test_where_there_is_nothing_instead_it_says_why(sample, nation, offence, said):
    found = one(ask(sample, nation), offence)
    assert found.instead == ()
    assert found.why[0].text.startswith(said)


@pytest.mark.parametrize(
    ("nation", "on", "offence", "said"),
    [
        ("eastmark", "2000-12-31", "pa-2000-s1",
         "The first day was not found; it was law by 1 January 2001."
         " It certainly was not law before 1 March 2000."),
        ("northmark", "2015-05-31", "ma-2015-s3",
         "It was made on 3 February 2015; the day on which it started was not found."
         " It was law by 1 June 2015."),
        ("northmark", "2025-01-01", "fa-2024-s4",
         "The text has been passed, but nothing read shows that it has begun to have effect. "
         "The day on which it starts is not established."
         " It certainly was not law before 9 May 2024. No commencement order was seen."),
        ("northmark", "1900-01-01", "fa-2024-s5", "Nothing read shows that the text was passed"),
    ],
)  # fmt: skip
def test_what_we_cannot_say_says_why(sample, nation, on, offence, said):
    found = one(ask(sample, nation, on), offence)
    assert found.state == "unknown"
    assert said in " ".join(reason.text for reason in found.why)
    assert found.needs is not None


def test_a_row_of_unknown_start_is_why_we_cannot_say(sample):
    stated = {"conduct": "share", "material": "pseudo-photograph"}
    found = one(ask(sample, "northmark", "2007-12-31", **stated), "pa-2000-s1")
    assert found.state == "unknown"
    (reason,) = found.why
    assert reason.text.startswith("It is not established that on this day the offence already")
    assert reason.fact.endswith("pa-2000-s1.material.pseudo-photograph")
    after = one(ask(sample, "northmark", "2008-01-01", **stated), "pa-2000-s1")
    assert after.state == "applies"


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize(
    "on", ["1999-01-01", "2000-07-01", "2006-01-01", "2015-03-01", "2025-01-01"]
)
def test_every_state_carries_what_it_must(sample, nation, on):
    carried = {
        "applies": "needs",
        "ruled-out": "because",
        "unknown": "why",
        "does-not-extend": "instead",
        "ended": "replaced_by",
    }
    answer = ask(sample, nation, on, accused_age="16", consent="yes")
    assert len(answer.offences) == len(sample.catalogue.offences)
    for found in answer.offences:
        if found.state in carried:
            assert getattr(found, carried[found.state]) is not None
        if found.state in ("ruled-out", "unknown"):
            assert all(reason.text.endswith(".") for reason in found.because or found.why)
        if found.state in ("ended", "does-not-extend"):
            assert found.replaced_by or found.instead or found.why


# ---- days are half-open --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "states"),
    [
        ("2009-12-31", ("applies", "not-yet-in-force")),
        ("2010-01-01", ("ended", "applies")),
    ],
)
def test_the_first_day_is_in_and_the_last_is_out(sample, on, states):
    answer = ask(sample, "southmark", on)
    assert tuple(one(answer, slug).state for slug in ("pa-2000-s1", "ia-2010-s1")) == states


@pytest.mark.parametrize(("on", "months"), [("2006-12-31", 60), ("2007-01-01", 120)])
def test_only_the_maximum_of_the_day_is_given(sample, on, months):
    found = one(ask(sample, on=on), "pa-2000-s1")
    on_indictment = [p.months for p in found.max_penalty if p.tried == "on-indictment"]
    assert on_indictment == [months]


def test_each_fact_of_an_offence_is_given(sample):
    found = one(ask(sample, "southmark", "2016-01-01"), "ia-2010-s1")
    assert {mode.case for mode in found.mode_of_trial} == {
        "the person shown was under 18",
        "the person shown was 18 or over",
    }
    assert [(p.life, p.months) for p in found.max_penalty if p.tried == "on-indictment"] == [
        (True, None)
    ]
    assert found.time_limit.text == "within a year of the act"
    assert found.time_limit.provision == "act/2010/4/section/1"
    assert found.reach.reach == "abroad"
    assert found.sources[0].address == "https://example.org/images-act-s1"
    assert found.confidence == "primary"
    northern = one(ask(sample), "pa-2000-s1")
    assert [(c.who[:21], c.accused_below) for c in northern.consent_to_prosecute] == [
        ("Attorney of Northmark", 16)
    ]
    assert northern.mental_element.text.startswith("means to cause distress")
    assert len(northern.defences) == 2
    assert one(ask(sample, "eastmark"), "pa-2000-s1").consent_to_prosecute == ()


def test_a_scope_is_said(sample):
    assert one(ask(sample, "eastmark"), "pa-2000-s1").scope == "for pictures shown for gain only"


def test_what_is_missing_is_said(sample):
    (missing,) = one(ask(sample, on="2016-01-01"), "ma-2015-s3").not_known
    assert (missing.field, missing.missing, missing.doubt) == (
        "max-penalty",
        True,
        "messages-penalty",
    )


# ---- the first sentence --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "no offence that we could confirm applies to these facts."),
        (1, "1 offence applies to these facts: Lamps Act 1999, s 1(1)."),
        (3, "3 offences apply to these facts: Lamps Act 1999, s 1(1); Lamps Act 1999, s 2(1);"
            " Lamps Act 1999, s 3(1)."),
        (6, "6 offences apply to these facts, among them Lamps Act 1999, s 1(1); Lamps Act 1999,"
            " s 2(1); Lamps Act 1999, s 3(1)."),
    ],
)  # fmt: skip
def test_the_first_sentence_counts_and_names(lamps, count, said):
    answer = ask(lamps(count), "southmark", "2005-02-01", conduct="expose")
    assert answer.summary == f"In Southmark, on 1 February 2005, {said}"


def test_without_facts_the_first_sentence_speaks_of_none(sample):
    summary = ask(sample, "southmark", "2005-02-01").summary
    assert summary.startswith("In Southmark, on 1 February 2005, 1 offence applies: Pictures Act")


def test_what_rests_on_memory_is_never_named_first(lamps):
    knowledge = lamps(2, confidence="memory")
    answer = ask(knowledge, "southmark", "2005-02-01", conduct="expose")
    assert [found.state for found in answer.offences] == ["applies", "applies"]
    assert all(found.likely_only for found in answer.offences)
    assert answer.summary == (
        "In Southmark, on 1 February 2005, no offence that we could confirm applies to these"
        " facts. 2 more are likely, not confirmed by us from an official source."
    )
    everything = ask(knowledge, "southmark", "2005-02-01")
    assert "Lamps" not in everything.summary
    assert [found.likely_only for found in everything.in_state("applies")] == [False, True, True]


def test_the_first_sentence_counts_what_we_cannot_say(sample):
    summary = ask(sample, "northmark", "2025-01-01").summary
    assert "2 more are unknown" in summary
    assert "Fakes Act" not in summary


def test_where_nothing_applies_the_first_words_say_what_is_ruled_out(sample):
    summary = ask(sample, "northmark", conduct="share", depicted_age="18").summary
    assert "no offence that we could confirm applies to these facts" in summary
    assert summary.endswith("What is stated rules out Pictures Act 2000, s 1(1).")


def test_the_first_sentence_about_a_young_child_is_that_nobody_so_young_can_commit_one(sample):
    answer = ask(sample, "northmark", "2011-12-31", accused_age="under-10")
    assert answer.summary.startswith(
        "In Northmark, on 31 December 2011, nobody under 10 can commit"
    )
    assert (answer.responsibility.age, answer.responsibility.under) == (10, True)
    assert not ask(sample, "northmark", "2011-12-31", accused_age="9-10").responsibility.under


def test_no_rule_on_responsibility_rules_nothing_out_and_says_so(sample):
    answer = ask(sample, "northmark", "1989-12-31", accused_age="5")
    assert answer.responsibility.age is None
    assert answer.responsibility.text.startswith("No rule on the age of criminal responsibility")
    assert not answer.in_state("ruled-out")


# ---- around the answer ---------------------------------------------------------------------------


def test_what_is_not_about_the_question_is_left_out_and_counted(sample):
    every = len(sample.catalogue.offences)
    answer = ask(sample, "northmark", "2016-01-01", conduct="communicate", material="message")
    assert [found.id for found in answer.offences] == ["ma-2015-s3"]
    assert answer.left_out == every - 1
    assert ask(sample).left_out == 0


def test_it_says_what_a_young_age_would_add(real_alias, knowledge):
    nation, on, material = real_alias
    plain = ask(knowledge, nation, on, material=material, conduct="take")
    young = ask(knowledge, nation, on, material=material, conduct="take", depicted_age="under-18")
    added = {found.id for found in plain.would_add.offences}
    assert added
    assert not added & {found.id for found in plain.offences}
    assert added <= {found.id for found in young.offences}
    assert plain.would_add.depicted_age == "under-18"
    assert "No age of the person shown was stated." in plain.would_add.text
    assert young.would_add is None
    assert ask(knowledge, nation, on, material="message").would_add is None
    assert ask(knowledge, nation, on, conduct="take").would_add is None


@pytest.fixture
def real_alias():
    """The sample has no offence that only an age brings in; the real law has."""
    return "scotland", "2020-01-01", "intimate-image"


def test_a_day_after_the_check_is_answered_with_a_warning_first(sample):
    checked = sample.checked_on
    late = sample.ask({"on": [str(checked + timedelta(days=1))]})
    assert late.warnings[0].startswith("1 February 2026 is after the day on which the law was last")
    assert all(answer.coverage.after_checked for answer in late.nations)
    just = sample.ask({"on": [str(checked)]})
    assert just.warnings == ()
    assert [a.in_state("applies") for a in just.nations] == [
        a.in_state("applies") for a in late.nations
    ]


@pytest.mark.parametrize(("on", "before"), [("2000-05-31", True), ("2000-06-01", False)])
def test_a_day_before_our_coverage_says_so_and_changes_no_state(sample, on, before):
    answer = ask(sample, "northmark", on)
    assert answer.coverage.before_earliest is before
    assert answer.coverage.earliest == date(2000, 6, 1)
    assert (answer.coverage.covers, answer.coverage.left_out) == (
        "Pictures and messages.",
        "Everything else.",
    )


def test_doubts_are_those_of_the_nation_and_of_what_is_listed(sample):
    def ids(nation, **stated):
        return [doubt.id for doubt in ask(sample, nation, "2025-01-01", **stated).doubts]

    assert ids("northmark") == ["fakes-commencement", "messages-penalty"]
    assert ids("southmark") == ["fakes-commencement"]
    assert ids("northmark", conduct="share") == []


def test_changes_within_a_year_are_told_in_order(sample):
    found = ask(sample, "southmark", "2009-06-01").changes
    assert [(change.on, change.offence, change.text[:18]) for change in found] == [
        (date(2010, 1, 1), "ia-2010-s1", "The offence starts"),
        (date(2010, 1, 1), "pa-2000-s1", "The offence ends: "),
    ]
    near = ask(sample, "northmark", "2006-04-01").changes
    days = [change.on for change in near]
    assert days == sorted(days)
    aged = "The person shown now has to be under 18; before, it was under 16."
    assert aged in {change.text for change in near}


@pytest.mark.parametrize(("days", "told"), [(366, True), (367, False), (-366, True), (-367, False)])
def test_a_change_more_than_a_year_away_is_not_told(sample, days, told):
    on = date(2010, 1, 1) + timedelta(days=days)
    texts = [change.text for change in ask(sample, "southmark", str(on)).changes]
    assert any(text.startswith("The offence ends") for text in texts) is told


def test_rules_are_those_of_the_nation_on_the_day(sample):
    rules = {rule.id: rule for rule in ask(sample, "northmark", "2012-01-01").rules}
    assert rules["age-of-responsibility"].age == 12
    assert rules["summary-limit"].months == 12
    assert rules["age-of-responsibility"].provisions[0].citation == "Pictures Act 2000, s 1"
    assert ask(sample, "northmark", "1989-01-01").rules == ()


def test_all_nations_are_answered_in_the_order_of_their_scheme(sample):
    answer = sample.ask({"on": ["2011-01-01"]})
    assert tuple(nation.nation for nation in answer.nations) == sample.schemes.slugs("nations")
    assert answer.release == sample.release
    assert len(answer.release.sha256) == 64
