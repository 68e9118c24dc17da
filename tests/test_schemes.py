"""The controlled words as they are read from the schemes."""

import pytest

from kb.errors import NotFound, UnknownValue
from kb.terms import ID


def test_every_scheme_that_the_questions_use_is_there(knowledge):
    for name in ("nations", "conducts", "materials", "consents", "relationships", "states"):
        assert knowledge.schemes.scheme(name)


def test_the_words_of_a_scheme_come_in_its_order(sample):
    assert sample.schemes.slugs("nations") == ("northmark", "southmark", "eastmark")


@pytest.mark.parametrize("name", ["nation", "", "Nations", "x"])
def test_a_scheme_that_is_not_there_is_not_found_and_those_there_are_named(sample, name):
    with pytest.raises(NotFound, match=r"There are: .*nations.*topics"):
        sample.schemes.scheme(name)


def test_a_word_is_found_with_what_it_means(knowledge):
    child = knowledge.schemes.concept("conducts", "create-fake", parameter="conduct")
    assert (child.slug, child.broader, child.scheme) == ("create-fake", "make", "conducts")
    assert child.address == ID + "conduct/create-fake"
    assert child.label
    assert child.definition.endswith(".")


def test_a_word_that_is_not_there_is_answered_with_the_words_that_are(sample):
    with pytest.raises(UnknownValue) as raised:
        sample.schemes.concept("nations", "atlantis", parameter="nation")
    assert raised.value.valid == ("northmark", "southmark", "eastmark")
    assert (raised.value.parameter, raised.value.value) == ("nation", "atlantis")


def test_a_label_is_found_by_address_or_falls_back_to_the_slug(sample):
    assert sample.schemes.label(ID + "nation/northmark") == "Northmark"
    assert sample.schemes.label(ID + "nation/atlantis") == "atlantis"


def test_no_word_stands_twice_in_a_scheme(knowledge):
    for name, concepts in knowledge.schemes.by_name.items():
        slugs = [concept.slug for concept in concepts]
        assert len(slugs) == len(set(slugs)), name
        assert all(concept.broader in {None, *slugs} for concept in concepts), name


def test_other_names_are_kept_with_their_word(knowledge):
    every = [c for concepts in knowledge.schemes.by_name.values() for c in concepts]
    named = [concept for concept in every if concept.other_names]
    assert all(len(set(concept.other_names)) == len(concept.other_names) for concept in named)


def test_words_that_are_only_searched_for_are_kept_apart_from_those_that_are_shown(knowledge):
    every = [c for concepts in knowledge.schemes.by_name.values() for c in concepts]
    assert any(concept.hidden_names for concept in every)
    for concept in every:
        assert not {*concept.hidden_names} & {concept.label, *concept.other_names}, concept.slug


def test_related_words_are_related_both_ways(knowledge):
    by_address = knowledge.schemes.by_address
    related = [(address, other) for address, c in by_address.items() for other in c.related]
    assert related
    assert all(address in by_address[other].related for address, other in related)


def test_no_crude_word_is_shown_as_the_name_of_an_offence(knowledge):
    catalogue = knowledge.catalogue
    crude = {name.name for names in catalogue.hidden_names.values() for name in names}
    crude = {name for name in crude if "dick" in name or "child porn" in name}
    shown = {name.name for names in catalogue.other_names.values() for name in names}
    assert len(crude) > 3
    assert not crude & shown
