"""The everyday situations: each leads to the right offences in each nation, on 22 November 2026."""

import pytest

from web.journey_asked import Journey, law_parameters, leaves

ON = "2026-11-22"
CHILD = {"depicted_age": "15", "accused_age": "16"}
ADULT_AND_CHILD = {"recipient_age": "13", "accused_age": "30"}
ADULTS = {"depicted_age": "25", "accused_age": "30", "consent": "no"}
E_AND_W = ("england", "wales")
S, NI = ("scotland",), ("northern-ireland",)
ALL = (*E_AND_W, *S, *NI)
# A situation, with what is known of the people: the offences that have to be in the answer there.
LED_TO = [
    ("picture-shared", CHILD, E_AND_W, {"pca-1978-s1-1-b", "soa-2003-s66b-1"}),
    ("picture-shared", CHILD, S, {"cgsa-1982-s52-1-b", "absha-2016-s2-1"}),
    ("picture-shared", CHILD, NI, {"poc-ni-1978-art3-1-b", "ja-ni-2016-s51-1-disclose"}),
    ("picture-shared", ADULTS, E_AND_W, {"soa-2003-s66b-1"}),
    ("picture-shared", ADULTS, S, {"absha-2016-s2-1"}),
    ("picture-shared", ADULTS, NI, {"ja-ni-2016-s51-1-disclose"}),
    ("picture-taken", CHILD, E_AND_W, {"pca-1978-s1-1-a"}),
    ("picture-taken", CHILD, S, {"cgsa-1982-s52-1-a"}),
    ("picture-taken", CHILD, NI, {"poc-ni-1978-art3-1-a"}),
    ("filmed-in-secret", {}, E_AND_W, {"soa-2003-s67-3", "soa-2003-s67a-2"}),
    ("filmed-in-secret", {}, S, {"soa-s-2009-s9-4b"}),
    ("filmed-in-secret", {}, NI, {"so-ni-2008-art71-3", "so-ni-2008-art71a-4"}),
    ("fake-made", {"depicted_age": "25"}, E_AND_W, {"soa-2003-s66e-1"}),
    ("fake-made", CHILD, E_AND_W, {"pca-1978-s1-1-a"}),
    ("fake-made", CHILD, S, {"cgsa-1982-s52-1-a"}),
    ("fake-made", CHILD, NI, {"poc-ni-1978-art3-1-a"}),
    ("fake-shared", ADULTS, E_AND_W, {"soa-2003-s66b-1"}),
    ("fake-shared", ADULTS, S, {"absha-2016-s2-1"}),
    ("fake-shared", CHILD, NI, {"poc-ni-1978-art3-1-b"}),
    ("unwanted-picture", {}, E_AND_W, {"soa-2003-s66a-1"}),
    ("unwanted-picture", {}, S, {"soa-s-2009-s6-1"}),
    ("unwanted-picture", {}, NI, {"so-ni-2008-art72a-1"}),
    ("pictures-found", {"depicted_age": "13-15"}, E_AND_W, {"cja-1988-s160-1", "pca-1978-s1-1-a"}),
    ("pictures-found", {"depicted_age": "13-15"}, S, {"cgsa-1982-s52a-1", "cgsa-1982-s52-1-a"}),
    ("pictures-found", {"depicted_age": "13-15"}, NI, {"cje-ni-1988-art15-1"}),
    ("child-messaged", ADULT_AND_CHILD, E_AND_W, {"soa-2003-s15a-1"}),
    ("child-messaged", ADULT_AND_CHILD, S, {"soa-s-2009-s34-1"}),
    ("child-messaged", ADULT_AND_CHILD, NI, {"so-ni-2008-art22a"}),
    ("child-asked-for-picture", ADULT_AND_CHILD, E_AND_W, {"soa-2003-s10-1", "soa-2003-s15a-1"}),
    ("child-asked-for-picture", ADULT_AND_CHILD, S, {"soa-s-2009-s31", "pcpsosa-2005-s10-1"}),
    ("child-asked-for-picture", ADULT_AND_CHILD, NI, {"so-ni-2008-art17", "so-ni-2008-art22a"}),
    ("meeting-with-a-child", ADULT_AND_CHILD, E_AND_W, {"soa-2003-s15-1"}),
    ("meeting-with-a-child", ADULT_AND_CHILD, S, {"pcpsosa-2005-s1-1"}),
    ("meeting-with-a-child", ADULT_AND_CHILD, NI, {"so-ni-2008-art22"}),
    ("adult-posing-as-child", ADULT_AND_CHILD, E_AND_W, {"soa-2003-s15a-1"}),
    ("adult-posing-as-child", ADULT_AND_CHILD, S, {"soa-s-2009-s34-1"}),
    ("adult-posing-as-child", ADULT_AND_CHILD, NI, {"so-ni-2008-art22b", "so-ni-2008-art22a"}),
    ("child-made-to-act", ADULT_AND_CHILD, E_AND_W, {"soa-2003-s10-1", "soa-2003-s48-1"}),
    ("child-made-to-act", ADULT_AND_CHILD, S, {"soa-s-2009-s31", "pcpsosa-2005-s11-1"}),
    ("child-made-to-act", ADULT_AND_CHILD, NI, {"so-ni-2008-art17", "so-ni-2008-art39-1"}),
    ("sharing-threatened", {}, E_AND_W, {"soa-2003-s66b-4"}),
    ("sharing-threatened", {}, S, {"absha-2016-s2-1"}),
    ("sharing-threatened", {}, NI, {"ja-ni-2016-s51-1-threaten"}),
    ("more-demanded", {}, E_AND_W, {"ta-1968-s21-1", "soa-2003-s66b-4"}),
    ("more-demanded", {}, S, {"sct-extortion", "absha-2016-s2-1"}),
    ("more-demanded", {}, NI, {"ta-ni-1969-s20", "ja-ni-2016-s51-1-threaten"}),
    ("abused-or-harassed", {}, E_AND_W, {"pha-1997-s2-1", "osa-2023-s181-1"}),
    ("abused-or-harassed", {}, S, {"cjl-2010-s39-1", "ca-2003-s127-1"}),
    ("abused-or-harassed", {}, NI, {"ph-ni-1997-art4", "stalk-ni-2022-s1-1"}),
]


def asked(knowledge, situation, nation, people):
    journey = Journey(situations=(situation,), nations=(nation,), stated={"on": ON, **people})
    stated = law_parameters(journey, schemes=knowledge.schemes)
    return knowledge.ask({k: [v] if isinstance(v, str) else v for k, v in stated.items()})


@pytest.mark.parametrize(("situation", "people", "nations", "offences"), LED_TO)
def test_situation_leads_to_its_offences(knowledge, situation, people, nations, offences):
    for nation in nations:
        (answer,) = asked(knowledge, situation, nation, people).nations
        applies = {offence.id for offence in answer.offences if offence.state == "applies"}
        assert offences <= applies, (nation, offences - applies)


def test_every_situation_is_asked_about_in_every_nation(knowledge):
    """A fake of an adult breaks no law of its own where it was only made in two of the nations."""
    asked_about = {(situation, nation) for situation, _, there, _ in LED_TO for nation in there}
    for word in leaves(knowledge.schemes):
        missing = {nation for nation in ALL if (word.slug, nation) not in asked_about}
        assert not missing, (word.slug, missing)


def test_every_situation_suggests_conduct_and_only_conduct_and_material(knowledge):
    schemes = knowledge.schemes
    for word in leaves(schemes):
        suggested = [schemes.by_address[address].scheme for address in word.suggests]
        assert "conducts" in suggested, word.slug
        assert set(suggested) <= {"conducts", "materials"}, word.slug


def test_adult_in_the_picture_leaves_the_law_about_children_out(knowledge):
    for nation in ALL:
        (answer,) = asked(knowledge, "picture-shared", nation, ADULTS).nations
        applies = {offence.id for offence in answer.offences if offence.state == "applies"}
        about_children = {"pca-1978-s1-1-b", "cgsa-1982-s52-1-b", "poc-ni-1978-art3-1-b"}
        assert not applies & about_children


@pytest.mark.parametrize(
    ("situation", "bears", "does_not"),
    [
        ("picture-shared", {"depicted_age", "accused_age", "consent"}, {"relationship"}),
        ("picture-taken", {"depicted_age", "relationship", "consent"}, {"recipient_age"}),
        ("child-messaged", {"recipient_age", "accused_age"}, {"depicted_age", "relationship"}),
        ("abused-or-harassed", {"accused_age"}, {"depicted_age", "recipient_age", "consent"}),
    ],
)
def test_only_facts_that_bear_on_the_law_are_asked_for(knowledge, situation, bears, does_not):
    answer = asked(knowledge, situation, "wales", {})
    found = set(knowledge.bearing(answer.asked))
    assert bears <= found
    assert not does_not & found


def states(knowledge, stated):
    answer = knowledge.ask({k: [v] if isinstance(v, str) else v for k, v in stated.items()})
    return [(n.nation, o.id, o.state) for n in answer.nations for o in n.offences]


VALUES = {
    "depicted_age": ("5", "17", "40"),
    "accused_age": ("5", "15", "40"),
    "recipient_age": ("5", "15", "40"),
    "consent": ("yes", "no"),
    "relationship": ("married-or-civil-partners", "enduring-relationship", "none"),
}
SAID = {"depicted_age": "17", "consent": "yes", "relationship": "married-or-civil-partners"}


@pytest.mark.parametrize("said", [{}, SAID], ids=["nothing", "much"])
def test_fact_that_is_not_asked_for_would_not_change_the_answer(knowledge, said):
    for word in leaves(knowledge.schemes):
        stated = {"situations": (word.slug,), "nations": ("wales", "scotland", "northern-ireland")}
        question = law_parameters(
            Journey(**stated, stated={"on": ON, **said}), schemes=knowledge.schemes
        )
        bears = knowledge.bearing(asked(knowledge, word.slug, "wales", {}).asked)
        bears += knowledge.bearing(asked(knowledge, word.slug, "scotland", {}).asked)
        bears += knowledge.bearing(asked(knowledge, word.slug, "northern-ireland", {}).asked)
        for name in VALUES.keys() - set(bears):
            plain = {k: v for k, v in question.items() if k != name}
            before = states(knowledge, plain)
            for value in VALUES[name]:
                assert states(knowledge, {**plain, name: value}) == before, (word.slug, name)
