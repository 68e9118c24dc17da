"""The table of parameters: checked, explained and described from one place."""

import pytest
from jsonschema import Draft202012Validator

from kb.asked import PARAMETERS
from kb.knowledge import Knowledge
from kb.releases import PARAMETER as AS_KNOWN
from web.params import AGE_EXAMPLES, LAW, BadParameter, described, read_question, refuse_others

AGES = ["depicted_age", "accused_age", "recipient_age"]
BY_NAME = {parameter.name: parameter for parameter in LAW}


def test_table_has_every_parameter_of_the_question():
    assert tuple(BY_NAME) == (*PARAMETERS, AS_KNOWN)


@pytest.mark.parametrize("name", AGES)
def test_pattern_of_an_age_admits_what_is_read(name: str, knowledge: Knowledge):
    pattern = Draft202012Validator(BY_NAME[name].schema(knowledge.schemes))
    for text in (*AGE_EXAMPLES, "0", "120"):
        assert pattern.is_valid(text)
        read_question({name: [text]}, schemes=knowledge.schemes)


@pytest.mark.parametrize("text", ["-1", "121", "1.5", "seventeen", "17+", "under-", "13-", "١٧"])
def test_pattern_of_an_age_refuses_what_is_refused(text: str, knowledge: Knowledge):
    pattern = Draft202012Validator(BY_NAME["accused_age"].schema(knowledge.schemes))
    assert not pattern.is_valid(text)
    with pytest.raises(BadParameter) as caught:
        read_question({"accused_age": [text]}, schemes=knowledge.schemes)
    assert (caught.value.value, caught.value.valid) == (text, AGE_EXAMPLES)


def test_refusal_names_parameter_value_and_what_is_valid(knowledge: Knowledge):
    with pytest.raises(BadParameter, match="It can be: england") as caught:
        read_question({"nation": ["wales", "mercia"]}, schemes=knowledge.schemes)
    assert (caught.value.parameter, caught.value.value) == ("nation", "mercia")
    assert caught.value.valid == knowledge.schemes.slugs("nations")


def test_address_without_parameters_says_so(knowledge: Knowledge):
    with pytest.raises(BadParameter, match="It takes no parameters"):
        refuse_others({"on": ["2017-07-02"]}, (), schemes=knowledge.schemes)


def test_parameter_that_repeats_may_be_given_twice(knowledge: Knowledge):
    asked = read_question({"conduct": ["share", "make", "share"]}, schemes=knowledge.schemes)
    assert asked.conduct == ("share", "make")


def test_description_of_a_parameter_comes_from_the_scheme(knowledge: Knowledge):
    nation = described(BY_NAME["nation"], knowledge.schemes)
    assert nation["schema"]["items"]["enum"] == list(knowledge.schemes.slugs("nations"))
    assert (nation["in"], nation["required"], nation["explode"]) == ("query", False, True)
    consent = described(BY_NAME["consent"], knowledge.schemes)
    assert consent["schema"] == {"type": "string", "enum": ["yes", "no"]}
