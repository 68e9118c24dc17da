"""Everything about one offence, provision, instrument, rule or service; or that it is not here."""

import pytest

from kb.errors import NotFound


@pytest.fixture(scope="module")
def library(sample):
    return sample.library


@pytest.mark.parametrize("kind", ["offence", "provision", "instrument"])
@pytest.mark.parametrize("slug", ["", "nothing", "../x", "act/2000/1/section/99", "PA-2000-S1"])
def test_what_is_not_here_is_not_found_and_says_where_to_look(library, kind, slug):
    with pytest.raises(NotFound, match=f"There is no {kind}") as raised:
        getattr(library, kind)(slug)
    assert (raised.value.kind, raised.value.slug) == (kind, slug)
    assert "/api/v1/" in str(raised.value)


def test_an_offence_is_given_with_its_whole_history(library):
    offence = library.offence("pa-2000-s1")
    assert [(w.nation, str(w.start), w.end and str(w.end)) for w in offence.windows] == [
        ("eastmark", "2001-01-01", None),
        ("northmark", "2000-06-01", None),
        ("southmark", "2000-06-01", "2010-01-01"),
    ]
    assert offence.windows[2].ended_by.citation == "Images Act 2010, s 9"
    assert offence.windows[2].started_by.id == "order/2000/5"
    assert offence.windows[0].certainty == "latest-possible"
    assert offence.also_called == ("leaked picture", "revenge picture")
    assert [dated.slug for dated in offence.conduct] == ["share", "threaten-to-share"]
    assert offence.conduct[0].nations == ("eastmark", "northmark", "southmark")
    assert [dated.slug for dated in offence.ages] == ["under 16", "under 18", "under 18"]
    assert [successor.id for successor in offence.replaced_by] == ["ia-2010-s1"]
    assert {
        nation: [one.id for one in found] for nation, found in offence.counterparts.items()
    } == {"southmark": ["ia-2010-s1"]}
    assert len(offence.penalties) == 4
    assert len(offence.defences) == 2


def test_an_offence_knows_what_it_replaces_and_what_is_doubtful(library):
    assert [one.id for one in library.offence("ia-2010-s1").replaces] == ["pa-2000-s1"]
    fake = library.offence("fa-2024-s4")
    assert [doubt.id for doubt in fake.doubts] == ["fakes-commencement"]
    assert fake.status == "enacted-not-shown-in-force"
    assert library.offence("ma-2015-s3").counterpart_notes["southmark"].startswith("No offence")


def test_a_provision_is_given_with_its_versions_and_offences(library):
    provision = library.provision("act/2000/1/section/1")
    assert (provision.citation, provision.number) == ("Pictures Act 2000, s 1", "s. 1")
    assert provision.extent == ("northmark", "southmark", "eastmark")
    assert [one.id for one in provision.offences] == ["pa-2000-s1"]
    assert provision.rules == ("age-of-responsibility",)
    assert [one.id for one in provision.replaced_by] == ["act/2010/4/section/1"]
    assert [version.text for version in provision.versions] == [
        "pictures only",
        "threats added",
        "threats added, until it was replaced",
    ]
    assert provision.versions[1].changed_by.id == "act/2004/6/section/2"
    assert [one.id for one in provision.counterparts["southmark"]] == ["act/2010/4/section/1"]
    assert len(provision.windows) == 3


def test_an_instrument_is_given_with_its_parts(library):
    act = library.instrument("act/2010/4")
    assert (act.title, str(act.made), act.type) == ("Images Act 2010", "2009-11-02", "act")
    assert [part.id for part in act.provisions] == ["act/2010/4/section/1", "act/2010/4/section/9"]
    assert [offence.id for offence in act.offences] == ["ia-2010-s1"]
    assert act.extent == ("southmark", "eastmark")


def test_an_act_that_was_not_read_gives_the_reason(library):
    act = library.instrument("act/2004/6")
    assert act.confidence == "memory"
    assert act.sources == ()
    assert act.no_source
    assert act.made is None


def test_every_instrument_offence_and_provision_listed_can_be_opened(knowledge):
    library = knowledge.library
    for listed in library.offences():
        assert library.offence(listed.id).id == listed.id
    for instrument in library.instruments():
        assert library.instrument(instrument.id) == instrument
        for part in instrument.provisions:
            assert library.provision(part.id).id == part.id


def test_rules_carry_their_windows(library):
    rules = {rule.id: rule for rule in library.rules()}
    assert len(rules["age-of-responsibility"].windows) == 4
    assert rules["age-of-responsibility"].kind == "age"


def test_coverage_counts_the_offences_that_were_ever_law_there(library):
    found = {one.nation: one for one in library.coverage()}
    assert tuple(found) == ("northmark", "southmark", "eastmark"), "in the order of the scheme"
    counts = {nation: one.offences for nation, one in found.items()}
    assert counts == {"northmark": 4, "southmark": 3, "eastmark": 2}


def test_doubts_say_what_they_hold_up(library):
    doubts = {doubt.id: doubt for doubt in library.doubts()}
    assert doubts["fakes-commencement"].blocks == ("act/2024/2", "fa-2024-s4", "fa-2024-s5")
    assert doubts["messages-penalty"].nations == ("northmark",)
