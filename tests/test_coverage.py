"""How far law is covered: worked out from what is recorded, and no more claimed than that."""

import re
from datetime import date

import pytest

from kb.coverage_matrix import (
    COMPLETE,
    NONE_RECORDED,
    NOT_RESEARCHED,
    PARTIAL,
    coverage_matrix,
)
from kb.terms import identifier
from kb.topics import topics_of
from web.app import create_app


@pytest.fixture(scope="module")
def matrix(sample):
    found = coverage_matrix(sample.catalogue, sample.schemes)
    return {(row.topic.slug, cell.nation): cell for row in found for cell in row.nations}


@pytest.fixture(scope="module")
def page(sample_data, sample_ontology):
    app = create_app({"DATA": str(sample_data), "ONTOLOGY": str(sample_ontology)})
    return app.test_client().get("/coverage").text


def test_every_topic_has_a_state_in_every_nation(sample, matrix):
    topics, nations = (sample.schemes.slugs(name) for name in ("topics", "nations"))
    assert set(matrix) == {(topic, nation) for topic in topics for nation in nations}
    assert {cell.state for cell in matrix.values()} <= set(sample.schemes.slugs("coverage-states"))


@pytest.mark.parametrize("law", ["sample", "knowledge"])
def test_a_state_is_what_its_counts_say(request, law):
    known = request.getfixturevalue(law)
    for row in coverage_matrix(known.catalogue, known.schemes):
        anywhere = any(cell.offences or cell.rules for cell in row.nations)
        for cell in row.nations:
            open_ends = cell.unsettled or cell.gaps or cell.doubts
            if not anywhere:
                assert cell.state == NOT_RESEARCHED
            elif not (cell.offences or cell.rules):
                assert cell.state == NONE_RECORDED
            elif cell.offences and not open_ends:
                assert cell.state == COMPLETE
            else:
                assert cell.state == PARTIAL


def test_a_topic_with_an_open_doubt_is_never_called_complete(sample, matrix):
    held = {
        slug for doubt in sample.library.doubts() for slug in doubt.blocks if slug.startswith("fa-")
    }
    assert held
    for slug in held:
        for topic in topics_of(sample.catalogue, sample.schemes, identifier("offence", slug)):
            for window in sample.library.offence(slug).windows:
                assert matrix[topic, window.nation].state == PARTIAL


def test_general_rules_alone_are_part_of_a_topic_at_most(matrix):
    ruled = [cell for cell in matrix.values() if cell.rules and not cell.offences]
    assert ruled
    assert {cell.state for cell in ruled} == {PARTIAL}


def test_a_topic_starts_with_its_first_law_within_what_was_researched(sample, matrix):
    earliest = {claim.nation: claim.earliest for claim in sample.library.coverage()}
    for cell in matrix.values():
        if cell.first:
            assert cell.since == max(cell.first, earliest[cell.nation])
            assert (cell.empty_from is not None) is (earliest[cell.nation] < cell.first)
        else:
            assert cell.since is None
    assert matrix["sharing", "southmark"].since == date(2000, 6, 1)


def test_the_page_has_the_matrix_and_says_what_its_words_mean(sample, page, matrix):
    for word in sample.schemes.scheme("coverage-states"):
        assert word.label in page
        assert word.definition in page
    table = page[page.index('aria-labelledby="topics"') :]
    rows = re.findall(r"<tr[^>]*>.*?</tr>", table[: table.index("</table>")], re.DOTALL)[1:]
    assert len(rows) == len(sample.schemes.scheme("topics"))
    for row, topic in zip(rows, sample.schemes.slugs("topics"), strict=True):
        states = re.findall(r'class="cover cover-([a-z-]+)"', row)
        assert states == [matrix[topic, nation].state for nation in sample.schemes.slugs("nations")]


def test_the_page_claims_no_completeness(page):
    assert "An offence that is not listed may still be law." in page
    assert "nothing here says that the law is complete" in page
