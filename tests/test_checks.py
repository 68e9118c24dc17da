"""The checks themselves: the invented law passes them, and each catches its bad example."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.check_files import Files, read_files, shown
from kb.check_shapes import shape_problems
from kb.checks import RULES, check, check_files, read_shapes, rule_names, rule_problems
from kb.store import ONTOLOGY, turtle_files

SAMPLE = Path(__file__).parent / "sample"
FORMAT = ONTOLOGY.parent / "scripts" / "format_data.py"
BAD = sorted((SAMPLE / "bad").glob("*.ttl"))
SHAPES = [path for path in BAD if path.stem.startswith("shape-")]


@pytest.fixture(scope="module")
def words(sample_ontology: Path) -> list[Path]:
    return turtle_files(sample_ontology)


def sample_files(words: list[Path], *more: Path) -> Files:
    """The invented law, and more files beside it."""
    others = [path for path in words if path.name != "shapes.ttl"]
    return read_files([*turtle_files(SAMPLE / "data"), *more, *others])


def wrong_in(path: Path) -> set[str]:
    """The subjects that a bad example says are wrong, on its first line."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return set(first.removeprefix("# Invented law. Wrong: ").split(", "))


@pytest.mark.no_cover
def test_invented_law_passes_every_check(sample_ontology: Path):
    problems = check(SAMPLE / "data", sample_ontology)
    assert not problems, "\n".join(str(problem) for problem in problems)


def test_every_rule_has_a_bad_example():
    assert set(rule_names(RULES)) == {path.stem for path in BAD if path not in SHAPES}


@pytest.mark.parametrize("name", rule_names(RULES))
def test_rule_begins_with_what_holds(name: str):
    first = (RULES / f"{name}.rq").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")


@pytest.mark.no_cover
@pytest.mark.parametrize("name", rule_names(RULES))
def test_rule_catches_its_bad_example(name: str, words: list[Path]):
    path = SAMPLE / "bad" / f"{name}.ttl"
    problems = rule_problems(sample_files(words, path), RULES, only=name)
    mine = [problem for problem in problems if problem.file == str(path)]
    assert wrong_in(path) <= {problem.subject for problem in mine}
    for problem in mine:
        assert problem.problem.startswith(f"{name}: ")
        assert problem.right.endswith(".")


@pytest.fixture(scope="module")
def caught_by_shapes(words: list[Path]):
    shapes = read_shapes([ONTOLOGY / "shapes.ttl"])
    return shape_problems(sample_files(words, *SHAPES), shapes)


@pytest.mark.no_cover
@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_shape_catches_its_bad_example(path: Path, caught_by_shapes):
    shape = path.stem.removeprefix("shape-")
    mine = [problem for problem in caught_by_shapes if problem.problem.startswith(f"{shape}: ")]
    assert wrong_in(path) <= {problem.subject for problem in mine}
    assert {problem.file for problem in mine} >= {str(path)}
    for problem in mine:
        assert problem.right.endswith(".")


@pytest.mark.no_cover
def test_shapes_find_nothing_else_in_the_bad_examples(caught_by_shapes):
    files = {problem.file for problem in caught_by_shapes}
    assert files <= {str(path) for path in SHAPES}


def a_copy(tmp_path: Path) -> Path:
    """A folder of one file of the invented law, to spoil."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(SAMPLE / "data" / "legislation" / "order-2000-5.ttl", data)
    return data / "order-2000-5.ttl"


@pytest.mark.no_cover
def test_a_file_that_is_not_turtle_is_named_with_its_line(tmp_path: Path, words: list[Path]):
    path = a_copy(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "\nthis is not Turtle\n", encoding="utf-8")
    lines = len(path.read_text(encoding="utf-8").splitlines())
    problem = next(p for p in check_files([path], words) if p.file == str(path))
    assert problem.subject == f"line {lines}"
    assert problem.problem.startswith("not Turtle")
    assert problem.right == "Correct the Turtle there."


def test_a_day_that_does_not_exist_is_reported_and_not_logged(
    words: list[Path], caplog: pytest.LogCaptureFixture
):
    path = SAMPLE / "bad" / "shape-dated-fact.startDate.ttl"
    problems = [p for p in check_files([path], words) if p.file == str(path)]
    assert "dated-fact.startDate: law:startDate 2012-06-31" in {p.problem for p in problems}
    assert not caplog.records


def test_what_is_missing_and_what_is_twice_are_told_apart(caught_by_shapes):
    found = {problem.problem for problem in caught_by_shapes}
    assert "instrument.title: eli:title is missing" in found
    assert "application.nation: law:nation is there more than once" in found


@pytest.mark.no_cover
def test_a_file_out_of_layout_is_told_the_command(tmp_path: Path, words: list[Path]):
    path = a_copy(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    problems = [p for p in check_files([path], words) if p.file == str(path)]
    assert ["scripts/format_data.py" in p.right for p in problems] == [True]


def test_two_files_of_one_name_are_refused(tmp_path: Path):
    path = a_copy(tmp_path)
    other = tmp_path / "data" / "more" / path.name
    other.parent.mkdir()
    shutil.copy(path, other)
    assert "same name" in read_files([path, other]).problems[0].problem


def test_a_folder_without_data_is_refused(tmp_path: Path):
    (problem,) = check(tmp_path, ONTOLOGY)
    assert "holds no Turtle" in problem.problem


def test_a_folder_is_checked_whole(tmp_path: Path):
    """The curator's call, on a folder with one mistake."""
    a_copy(tmp_path)
    shutil.copy(SAMPLE / "bad" / "end-before-start.ttl", tmp_path / "data")
    problems = check(tmp_path / "data", SAMPLE / "ontology")
    rules = {problem.problem.split(":")[0] for problem in problems}
    assert {"end-before-start", "dangling-reference", "unknown-slug"} <= rules
    assert all(problem.file and problem.subject and problem.right for problem in problems)


def test_a_rule_that_cannot_be_run_is_an_error(tmp_path: Path, words: list[Path]):
    (tmp_path / "broken.rq").write_text("SELECT ?subject WHERE {", encoding="utf-8")
    with pytest.raises(SyntaxError):
        rule_problems(sample_files(words), tmp_path)


def test_a_rule_of_ones_own_can_be_run(tmp_path: Path, words: list[Path]):
    (tmp_path / "no-acts.rq").write_text(
        "SELECT ?subject ('an Act' AS ?found) ('No Acts.' AS ?right)"
        " WHERE { ?subject a <http://data.europa.eu/eli/ontology#LegalResource> }",
        encoding="utf-8",
    )
    problems = rule_problems(sample_files(words), tmp_path)
    assert {problem.problem for problem in problems} == {"no-acts: an Act"}


def test_addresses_are_shown_as_the_data_writes_them():
    text = (
        "see https://w3id.org/whichlaw/id/fact/x.window.1, not http://www.legislation.gov.uk/id/a/1"
    )
    assert shown("from 0001-01-01 to 9999-12-31") == "from its first day to no end"
    assert shown(text) == "see fact:x.window.1, not http://www.legislation.gov.uk/id/a/1"


def run_format(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(FORMAT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_format_data_lists_then_rewrites(tmp_path: Path):
    path = a_copy(tmp_path)
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace("    ", "\t"), encoding="utf-8")
    listed = run_format("--check", path.parent)
    assert (listed.returncode, listed.stdout.split()) == (1, [str(path)])
    assert run_format(path.parent).returncode == 0
    assert path.read_text(encoding="utf-8") == right
    assert run_format("--check", path).returncode == 0


def test_format_data_leaves_alone_what_is_not_turtle(tmp_path: Path):
    path = a_copy(tmp_path)
    path.write_text("not Turtle", encoding="utf-8")
    said = run_format(path)
    assert said.returncode == 1
    assert str(path) in said.stderr
    assert path.read_text(encoding="utf-8") == "not Turtle"
