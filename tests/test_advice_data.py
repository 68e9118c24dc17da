"""Guidance, services and claims: nothing that the sources name is missing from the real data."""

import json
from pathlib import Path

import pytest

from kb.terms import ID, LEGISLATION

MANIFEST = Path(__file__).parent / "manifest"
CLAIMS = json.loads((MANIFEST / "claims.json").read_text(encoding="utf-8"))


def rows(name):
    return json.loads((MANIFEST / f"{name}-rows.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("shelf", "count"), [("guidance", 73), ("service", 31)])
def test_every_row_of_the_research_is_on_its_shelf(knowledge, shelf, count):
    found = {"guidance": knowledge.advice.guidance, "service": knowledge.advice.services}[shelf]
    wanted = rows(shelf)
    assert len(wanted) == count
    assert set(wanted.values()) <= set(found)


def test_every_claim_of_the_five_pages_is_there_and_stands_under_its_page(knowledge):
    advice = knowledge.advice
    assert {page: list(advice.pages[page].claims) for page in CLAIMS["claims"]} == CLAIMS["claims"]
    assert sum(len(claims) for claims in CLAIMS["claims"].values()) == 283
    assert len(CLAIMS["claims"]) == 5


def test_every_name_that_the_pages_print_is_something_here(real_files):
    subjects = {quad.subject.value for quad in real_files.store}
    missing = [
        f"{name}: {path}"
        for name, paths in CLAIMS["names"].items()
        for path in paths
        if ID + path not in subjects and LEGISLATION + path not in subjects
    ]
    assert not missing
    assert all(CLAIMS["names"].values()), "a name leads to nothing"


def test_the_claims_that_print_a_name_lead_to_what_it_is(knowledge):
    """The names of the manifest are those of the claims, and each claim links what it names."""
    printed = {name for claim in knowledge.advice.claims.values() for name in claim.names}
    assert printed == set(CLAIMS["names"])
    for claim in knowledge.advice.claims.values():
        assert not claim.names or claim.mentions or claim.about, claim.id


def test_every_verdict_is_the_audited_one(knowledge):
    found = {
        claim.id: claim.verdict.verdicts[0]
        for claim in knowledge.advice.claims.values()
        if claim.verdict
    }
    assert found == CLAIMS["verdicts"]
    assert len(found) == 86


def test_every_omission_is_there(knowledge):
    assert {one.id for one in knowledge.advice.omissions} == set(CLAIMS["omissions"])


def test_each_document_says_where_it_is_published_or_why_that_is_not_known(knowledge):
    for document in knowledge.advice.guidance.values():
        assert document.address or document.no_address, document.id
    for service in knowledge.advice.services.values():
        assert service.address or service.no_address, service.id


def test_every_nation_has_a_word_for_the_person_to_tell(knowledge):
    named = {role.nation for role in knowledge.advice.roles if role.role == "safeguarding-lead"}
    assert named == set(knowledge.schemes.slugs("nations"))
