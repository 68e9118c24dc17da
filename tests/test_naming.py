"""How things are named: citations, references, sources."""

import pytest

from kb import naming
from kb.naming import citation
from kb.terms import legal_address


@pytest.mark.parametrize(
    ("number", "limb", "cited"),
    [
        ("s. 1", "(1)(a)", "Lamps Act 1999, s 1(1)(a)"),
        ("s. 1", None, "Lamps Act 1999, s 1"),
        ("s. 1", "", "Lamps Act 1999, s 1"),
        ("s. 66B", "(1)", "Lamps Act 1999, s 66B(1)"),
        ("s. 33", "(1), disclosing", "Lamps Act 1999, s 33(1)"),
        ("s. 1", "(1)(a) and (b)", "Lamps Act 1999, s 1(1)(a) and (b)"),
        ("s. 1", "(1)(a), (2)", "Lamps Act 1999, s 1(1)(a), (2)"),
        ("s. 1", "(1) or (2) by a child", "Lamps Act 1999, s 1(1) or (2)"),
        ("s. 2", "the whole section", "Lamps Act 1999, s 2"),
        ("art. 3", "(1)(a)", "Lamps Act 1999, art 3(1)(a)"),
        ("ss. 4 and 5", None, "Lamps Act 1999, ss 4 and 5"),
        ("s. 4 and sch. 1", None, "Lamps Act 1999, s 4 and sch 1"),
        ("sch. 2 para. 3", None, "Lamps Act 1999, sch 2 para 3"),
        ("reg. 2", "(a)", "Lamps Act 1999, reg 2(a)"),
        ("extortion", None, "Lamps Act 1999, extortion"),
    ],
)
def test_a_provision_is_cited_without_dots_and_with_its_limb(number, limb, cited):
    assert citation("Lamps Act 1999", number, limb) == cited


def test_no_citation_of_the_real_law_keeps_a_dot_or_words_after_its_limb(knowledge):
    for offence in knowledge.catalogue.offences:
        cited = naming.offence_provision(knowledge.catalogue, offence).citation
        assert ". " not in cited.split(", ", 1)[1], cited
        assert not cited.endswith((" ", ",", "(", " and", " or")), cited


def test_a_provision_and_an_instrument_are_referred_to_by_path(sample):
    section = naming.legal_reference(sample.catalogue, legal_address("act/2010/4/section/9"))
    assert (section.id, section.citation) == ("act/2010/4/section/9", "Images Act 2010, s 9")
    order = naming.legal_reference(sample.catalogue, legal_address("order/2000/5"))
    assert (order.id, order.citation) == ("order/2000/5", "Pictures Act (Commencement) Order 2000")
    assert order.uri == legal_address(order.id)
    assert naming.legal_reference(sample.catalogue, None) is None


def test_official_sources_come_first(knowledge):
    for offence in knowledge.catalogue.offences:
        official = [
            "legislation.gov.uk" in source.label
            for source in naming.sources(knowledge.catalogue, offence)
        ]
        assert official == sorted(official, reverse=True)


def test_a_source_is_given_once(knowledge):
    """A reading stands in every file that uses it: an owner still has it once."""
    for owner in [*knowledge.catalogue.offences, *knowledge.catalogue.provisions]:
        found = naming.sources(knowledge.catalogue, owner)
        assert len(found) == len(set(found)), owner
