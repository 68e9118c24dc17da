"""The topics: what each covers, and what is therefore in it, in real and in invented law."""

import pickle
from datetime import date

import pytest

from kb.changes_between import changes_between, every_event
from kb.terms import identifier, legal_address
from kb.topics import topics_of, topics_with_offences

FOREVER = {"start": date.min, "end": date.max}
COVERED_SCHEMES = ("conducts", "materials", "rule-kinds", "change-kinds")


@pytest.fixture(params=["knowledge", "sample"])
def known(request):
    return request.getfixturevalue(request.param)


def topics(known, *things):
    return topics_of(known.catalogue, known.schemes, *things)


def between(known, **kept):
    return changes_between(known.catalogue, known.schemes, **{**FOREVER, **kept})


# ---- the data ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["conducts", "rule-kinds"])
def test_every_conduct_and_every_kind_of_rule_is_covered_by_a_topic(knowledge, scheme):
    found = {c.slug: topics(knowledge, c.address) for c in knowledge.schemes.scheme(scheme)}
    assert not [slug for slug, covering in found.items() if not covering]


def test_every_offence_and_every_rule_is_in_a_topic(knowledge):
    catalogue = knowledge.catalogue
    assert not [one for one in catalogue.offences if not topics(knowledge, one)]
    assert not [one for one in catalogue.rules if not topics(knowledge, one)]


def test_a_topic_covers_words_of_the_schemes_and_nothing_twice_over(knowledge):
    schemes = knowledge.schemes
    for topic in schemes.scheme("topics"):
        words = [schemes.by_address[address] for address in topic.covers]
        assert {word.scheme for word in words} <= set(COVERED_SCHEMES)
        named = {word.slug for word in words}
        assert not [word.slug for word in words if word.broader in named], topic.slug


def test_only_topics_cover_anything(knowledge):
    schemes = knowledge.schemes
    covering = {c.scheme for c in schemes.by_address.values() if c.covers}
    assert covering == {"topics"}


def test_no_topic_has_the_name_of_a_conduct_or_material(knowledge):
    """Else an address of a picture, which names all three in one place, would mean two things."""
    conducts, materials, named = (
        set(knowledge.schemes.slugs(scheme)) for scheme in ("conducts", "materials", "topics")
    )
    assert not named & (conducts | materials)
    assert not conducts & materials


@pytest.mark.parametrize(
    ("kind", "slug", "expected"),
    [
        ("offence", "absha-2016-s2-1", {"sharing", "threats-and-blackmail"}),
        ("offence", "soa-2003-s66a-1", {"sharing", "unwanted-images"}),
        ("offence", "pca-1978-s1-1-a", {"taking-and-making", "fakes-and-ai"}),
        ("offence", "soa-2003-s15a-1", {"adults-contacting-children"}),
        ("conduct", "permit-taking", {"taking-and-making"}),
        ("conduct", "send-unsolicited", {"sharing", "unwanted-images"}),
        ("rule", "age-of-responsibility-scotland", {"children-as-suspects"}),
        ("change-kind", "penalty", {"prosecution-and-sentencing"}),
    ],
)
def test_what_is_in_which_topic(knowledge, kind, slug, expected):
    assert expected <= set(topics(knowledge, identifier(kind, slug)))


def test_a_topic_is_not_about_what_it_does_not_cover(knowledge):
    assert "taking-and-making" not in topics(knowledge, identifier("offence", "soa-2003-s15a-1"))
    assert topics(knowledge, identifier("material", "message")) == ()
    assert topics(knowledge, "https://example.org/nothing") == ()


# ---- how it is told ------------------------------------------------------------------------------


def test_an_offence_is_in_the_topics_of_all_that_it_ever_records(known):
    for offence in known.library.offences():
        view = known.library.offence(offence.id)
        words = {
            identifier(kind, row.slug)
            for kind in ("conduct", "material")
            for row in getattr(view, kind)
        }
        assert topics(known, identifier("offence", offence.id)) == topics(known, *words)


def test_words_added_later_count_for_all_days(sample):
    assert topics(sample, identifier("offence", "pa-2000-s1")) == (
        "sharing",
        "threats-and-blackmail",
        "fakes-and-ai",
    )


def test_topics_come_in_their_order_and_those_with_offences_are_told(known):
    order = known.schemes.slugs("topics")
    everything = topics(known, *known.catalogue.offences, *known.catalogue.rules)
    assert everything == tuple(slug for slug in order if slug in everything)
    drawn = topics_with_offences(known.catalogue, known.schemes)
    assert {topic.slug for topic in drawn} == set(topics(known, *known.catalogue.offences))


def test_a_provision_is_where_the_offences_are_that_it_creates_or_that_rest_on_it(
    sample, knowledge
):
    created = topics(sample, legal_address("act/2000/1/section/1"))
    assert created == topics(sample, identifier("offence", "pa-2000-s1"))
    assert topics(sample, legal_address("act/2004/6/section/2")) == ()
    penalties = topics(knowledge, legal_address("ukpga/1978/37/section/6"))
    assert set(topics(knowledge, identifier("offence", "pca-1978-s1-1-a"))) <= set(penalties)


def test_what_a_topic_covers_is_kept_when_it_is_pickled(sample):
    found = pickle.loads(pickle.dumps(sample.schemes))
    assert found.scheme("topics") == sample.schemes.scheme("topics")
    assert any(topic.covers for topic in found.scheme("topics"))


# ---- changes of a topic --------------------------------------------------------------------------


def test_threats_in_scotland_have_the_commencement_of_the_offence_of_2016(knowledge):
    found = between(
        knowledge,
        start=date(2016, 1, 1),
        end=date(2021, 1, 1),
        nation="scotland",
        topic="threats-and-blackmail",
    )
    (started,) = [e for e in found if e.offence and e.offence.id == "absha-2016-s2-1"]
    assert (started.kind, started.on) == ("commencement", date(2017, 7, 3))
    assert started.provisions[0].id == "asp/2016/22/section/2"
    elsewhere = between(knowledge, topic="unwanted-images")
    assert not [e for e in elsewhere if e.offence and e.offence.id == "absha-2016-s2-1"]


@pytest.mark.parametrize(
    ("topic", "on", "about"),
    [
        ("taking-and-making", "2004-05-01", "pca-1978-s1-1-a"),
        ("sharing", "2024-01-31", "soa-2003-s66b-1"),
        ("prosecution-and-sentencing", "2001-01-11", "pca-1978-s1-1-a"),
        ("children-as-suspects", "2021-12-17", "age-of-responsibility-scotland"),
        ("taking-and-making", "2001-01-11", "ukpga/1978/37/section/6"),
    ],
)
def test_a_change_that_is_known_is_in_its_topic(knowledge, topic, on, about):
    found = [e for e in between(knowledge, topic=topic) if e.on.isoformat() == on]
    names = {e.offence.id if e.offence else e.rule or e.provisions[0].id for e in found}
    assert about in names


def test_each_event_is_in_the_topics_of_what_it_happens_to_and_of_its_kind(known):
    order = known.schemes.slugs("topics")
    for event in every_event(known.catalogue, known.schemes):
        owner = (
            identifier("offence", event.offence.id)
            if event.offence
            else identifier("rule", event.rule)
            if event.rule
            else legal_address(event.provisions[0].id)
        )
        wanted = {*topics(known, owner), *topics(known, identifier("change-kind", event.kind))}
        assert event.topics == tuple(slug for slug in order if slug in wanted)
        if event.offence or event.rule:
            assert event.topics, event


def test_events_kept_to_a_topic_are_those_in_it_and_no_other(known):
    everything = every_event(known.catalogue, known.schemes)
    for topic in known.schemes.slugs("topics"):
        found = between(known, topic=topic)
        assert found == tuple(event for event in everything if topic in event.topics)
        for nation in known.schemes.slugs("nations"):
            both = between(known, topic=topic, nation=nation)
            assert both == tuple(event for event in found if nation in event.nations)


def test_the_sample_tells_what_it_should_of_a_topic(sample):
    found = between(sample, topic="adults-contacting-children")
    assert {event.offence.id for event in found} == {"ma-2015-s3"}
    assert between(sample, topic="support") == ()
    assert between(sample, topic="police-recording") == ()
