"""Releases: frozen to the same bytes, made for real, and replayed to what was said."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from golden_answers import ADDED, QUESTIONS, read_golden
from golden_answers import GOLDEN as FOLDER
from served import LAW

from kb.errors import DataError, UnknownValue
from kb.knowledge import Knowledge, open_knowledge
from kb.releases import (
    RELEASES,
    UNRELEASED,
    NothingToRelease,
    all_releases,
    changes_of,
    file_of,
    find_release,
    make_release,
    packed,
    read_quads,
    release_of,
)
from kb.replay import KEPT, Replays, open_release
from kb.store import DATA, ONTOLOGY, LoadedFiles, load, sha256_of
from web.app import create_app

ROOT = Path(__file__).parent.parent
GOLDEN = sorted(FOLDER.glob("*.json.gz"))
CHANGELOG = """# Changes of law

- not in a section

## 2001-02-03

- The lamps of the north
  were lit. Source: the Lamp Act.
- More oil.

## 2001-02-02

- The first reading.
"""


@pytest.fixture
def folders(tmp_path, sample_data, sample_ontology):
    """A copy of the invented country that a test may change."""
    shutil.copytree(sample_data, tmp_path / "data")
    shutil.copytree(sample_ontology, tmp_path / "ontology")
    return tmp_path / "data", tmp_path / "ontology"


@pytest.fixture
def releases(tmp_path, folders):
    """A folder with one release of the invented country."""
    make_release(load(*folders), changes=["The first."], folder=tmp_path / "releases")
    return tmp_path / "releases"


@pytest.fixture
def changed(folders):
    """The folders, after a word of the data was changed."""
    path = next(folders[0].rglob("coverage.ttl"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('law:leftOut "', 'law:leftOut "Changed. ', 1), encoding="utf-8")
    return folders


# ---- the dataset ---------------------------------------------------------------------------------


def test_the_sha256_is_of_what_is_said_and_not_of_the_layout(folders):
    before = load(*folders)
    path = next(folders[0].rglob("coverage.ttl"))
    path.write_text(f"# a comment\n{path.read_text(encoding='utf-8')}\n", encoding="utf-8")
    assert load(*folders).sha256 == before.sha256 == sha256_of(before.quads)


def test_the_dataset_is_sorted_and_each_line_once(folders):
    lines = load(*folders).quads.splitlines()
    assert lines == sorted(set(lines))


def test_blank_nodes_get_the_same_names_every_time(folders):
    text = "@prefix : <https://a.example/> . :a :b [ :c [ :d 1 ] ], [ :c [ :d 2 ] ] ."
    (folders[0] / "blank.ttl").write_text(text, encoding="utf-8")
    first, second = load(*folders), load(*folders)
    assert first.quads == second.quads
    assert b"_:c14n" in first.quads


# ---- making one ----------------------------------------------------------------------------------


def test_two_builds_are_byte_identical(folders, tmp_path):
    for name in ("one", "two"):
        make_release(load(*folders), changes=["The first."], folder=tmp_path / name)
    found = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_the_id_is_the_latest_day_checked_and_a_number(releases, changed, folders):
    first = all_releases(releases)[0]
    second, written = make_release(load(*folders), changes=["The second."], folder=releases)
    assert (first.id, second.id) == (f"{first.day}.1", f"{first.day}.2")
    assert written == (file_of(second, releases), releases / "index.json")
    assert all_releases(releases) == (first, second)


def test_nothing_changed_is_no_release(releases, folders):
    with pytest.raises(NothingToRelease, match="nothing changed"):
        make_release(load(*folders), changes=["Another."], folder=releases)


@pytest.mark.parametrize("changes", [[], ["The first."]])
def test_nothing_said_is_no_release(releases, changed, changes):
    with pytest.raises(NothingToRelease, match="what changed"):
        make_release(load(*changed), changes=changes, folder=releases)
    assert len(all_releases(releases)) == 1


def test_a_release_says_only_what_is_new(releases, changed):
    release, _ = make_release(load(*changed), changes=["The first.", "New."], folder=releases)
    assert release.changes == ("New.",)


def test_what_changed_is_read_from_the_list_of_changes():
    assert changes_of(CHANGELOG) == (
        "The first reading.",
        "More oil.",
        "The lamps of the north were lit. Source: the Lamp Act.",
    )


def test_data_that_was_never_checked_cannot_be_released(tmp_path):
    (tmp_path / "a.ttl").write_text("<https://a.example/b> a <https://a.example/c> .")
    with pytest.raises(DataError, match="on which day"):
        make_release(load(tmp_path, tmp_path / "none"), changes=["x"], folder=tmp_path)


# ---- which release answers -----------------------------------------------------------------------


def test_data_of_a_release_says_its_id(releases, folders):
    known = open_knowledge(*folders, releases=releases)
    assert known.release.id == all_releases(releases)[0].id
    assert known.said is None
    assert known.ask({}).release == known.release


def test_a_change_of_the_data_is_unreleased(releases, changed):
    known = open_knowledge(*changed, releases=releases)
    assert known.release.id == UNRELEASED
    assert known.release.sha256 != all_releases(releases)[0].sha256


def test_before_the_first_release_there_is_none(folders, tmp_path):
    assert open_knowledge(*folders, releases=tmp_path / "none").release.id == UNRELEASED
    with pytest.raises(UnknownValue, match="It can be: nothing"):
        find_release("2001-01-01.1", tmp_path / "none")


# ---- replaying -----------------------------------------------------------------------------------


def test_a_replay_says_so_first_and_answers_as_then(releases, folders, changed):
    first = all_releases(releases)[0]
    then, now = open_release(first.id, releases=releases), open_knowledge(*changed)
    answer = then.ask({})
    assert answer.release.id == first.id
    assert answer.warnings[0].startswith(f"This is what we said as of release {first.id}")
    assert len(answer.warnings) == 1 + len(now.ask({}).warnings)
    assert not any("Changed." in claim.left_out for claim in then.library.coverage())
    assert any("Changed." in claim.left_out for claim in now.library.coverage())


def test_only_a_few_replays_are_kept_open(releases, folders):
    for number in range(KEPT + 1):
        path = next(folders[0].rglob("coverage.ttl"))
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('law:leftOut "', f'law:leftOut "{number} ', 1), "utf-8")
        make_release(load(*folders), changes=[f"Change {number}."], folder=releases)
    replays = Replays(releases)
    ids = [release.id for release in all_releases(releases)]
    first = replays.get(ids[0])
    assert replays.get(ids[0]) is first
    for name in ids[1:]:
        replays.get(name)
    assert replays.get(ids[-1]) is replays.get(ids[-1])
    assert replays.get(ids[0]) is not first
    assert replays.get(ids[0]).ask({}).nations == first.ask({}).nations


# ---- what is spoilt ------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"no gzip", None, "half", "other"])
def test_a_spoilt_release_is_named(releases, content):
    release = all_releases(releases)[0]
    path = file_of(release, releases)
    good = path.read_bytes()
    made = {"half": good[: len(good) // 2], "other": packed(b"<a:b> <a:c> <a:d> .\n"), None: None}
    spoilt = made.get(content, content)
    if spoilt is None:
        path.unlink()
    else:
        path.write_bytes(spoilt)
    with pytest.raises(DataError, match=path.name):
        open_release(release.id, releases=releases)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"releases": [{}]}',
        '{"releases": [{"id": "../x", "day": "2001-01-01", "sha256": "", "quads": 1, "changes": ""'
        "}]}",
        '{"releases": [{"id": "x.1", "day": "x", "sha256": "", "quads": 1, "changes": []}]}',
    ],
)
def test_a_spoilt_index_is_named(tmp_path, text):
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(DataError, match=r"index\.json"):
        all_releases(tmp_path)


# ---- on the site, in the API, on the command line ------------------------------------------------


@pytest.fixture
def site(releases, changed) -> Flask:
    """The invented country as it is now, and as it was released."""
    data, ontology = changed
    settings = {"DATA": str(data), "ONTOLOGY": str(ontology), "RELEASES": str(releases)}
    return create_app(settings | {"CACHE": "", "TESTING": True})


def test_the_api_replays_a_release(site, releases):
    (release,) = all_releases(releases)
    client = site.test_client()
    now = client.get(LAW).get_json()
    then = client.get(LAW, query_string={"as_known": release.id}).get_json()
    assert now["release"]["id"] == UNRELEASED
    assert then["release"] == {"id": release.id, "sha256": release.sha256}
    assert then["warnings"][0] == release.said
    again = client.get(LAW, query_string={"as_known": ""}).get_json()
    assert again["release"] == now["release"]


@pytest.mark.parametrize("path", ["/law", LAW])
def test_an_unknown_release_is_a_bad_question_that_names_the_valid_ones(site, releases, path):
    (release,) = all_releases(releases)
    response = site.test_client().get(path, query_string={"as_known": "1999-01-01.1"})
    assert response.status_code == 400
    assert release.id in response.text
    twice = site.test_client().get(path, query_string={"as_known": [release.id, "x"]})
    assert twice.status_code == 400


def test_every_page_says_which_release_answered(site, releases):
    (release,) = all_releases(releases)
    client = site.test_client()
    for path in ("/", "/law", "/coverage"):
        assert f"<dd>{UNRELEASED} (<code" in client.get(path).text
    page = client.get("/law", query_string={"as_known": release.id}).text
    assert f"<dd>{release.id} (<code" in page
    assert release.said in page
    assert f"as_known={release.id}" in page, "the links of the answer stay in the release"
    assert f"<dd>{UNRELEASED} (<code" not in page
    form = client.get("/form", query_string={"as_known": release.id}).text
    assert f'name="as_known" value="{release.id}"' in form


def test_two_releases_are_two_editions(site, releases):
    (release,) = all_releases(releases)
    client = site.test_client()
    tags = {
        client.get(LAW, query_string={"as_known": name}).headers["ETag"]
        for name in ("", release.id)
    }
    assert len(tags) == 2


def test_a_spoilt_release_is_a_fault_that_names_the_file(site, releases):
    (release,) = all_releases(releases)
    file_of(release, releases).write_bytes(b"")
    response = site.test_client().get(LAW, query_string={"as_known": release.id})
    assert response.status_code == 500
    assert f"{release.id}.nq.gz" in response.text


def run(*command: str | Path, **settings: str | Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "", "KB_CACHE": "", **{name: str(value) for name, value in settings.items()}}
    words = [sys.executable, *map(str, command)]
    return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_command_line_replays_a_release(releases, changed):
    (release,) = all_releases(releases)
    where = {"KB_RELEASES": releases, "KB_DATA": changed[0], "KB_ONTOLOGY": changed[1]}
    told = run("-m", "web.cli", "law", "--as-known", release.id, **where)
    assert told.returncode == 0, told.stderr
    assert f"as of release {release.id}" in " ".join(told.stdout.split()[:20])
    assert f"release {release.id}, sha256" in " ".join(told.stdout.split())
    refused = run("-m", "web.cli", "law", "--as-known", "1999-01-01.1", **where)
    assert refused.returncode == 2
    assert f"--as-known cannot be '1999-01-01.1'. It can be: {release.id}." in refused.stderr


# ---- the script ----------------------------------------------------------------------------------


def release_script(folders, tmp_path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    where = {
        "--data": folders[0],
        "--ontology": folders[1],
        "--releases": tmp_path / "made",
        "--changelog": tmp_path / "CHANGELOG.md",
    }
    words = [str(word) for pair in where.items() for word in pair]
    return run("scripts/make_release.py", *words, *more)


def test_the_script_makes_a_release_once(folders, tmp_path):
    first = release_script(folders, tmp_path)
    assert first.returncode == 0, first.stderr
    (release,) = all_releases(tmp_path / "made")
    assert release.changes == changes_of(CHANGELOG)
    assert f"Release {release.id}" in first.stdout
    for path in (file_of(release, tmp_path / "made"), tmp_path / "made" / "index.json"):
        assert str(path) in first.stdout
        assert path.is_file()
    again = release_script(folders, tmp_path, "--change", "Nothing.")
    assert again.returncode == 1
    assert f"The data is that of release {release.id}" in again.stderr


def test_the_script_refuses_data_with_a_problem(folders, tmp_path):
    (folders[0] / "bad.ttl").write_text("this is no Turtle", encoding="utf-8")
    refused = release_script(folders, tmp_path)
    assert refused.returncode == 1
    assert "bad.ttl" in refused.stderr
    assert "Nothing was released" in refused.stderr
    assert not (tmp_path / "made").exists()


# ---- the real releases ---------------------------------------------------------------------------


def test_every_committed_release_is_whole():
    for release in all_releases():
        quads = read_quads(release)
        assert quads.count(b"\n") == release.quads
        assert release.changes
        assert file_of(release).stat().st_size < 2_000_000
    index = {path.name for path in RELEASES.iterdir()} - {"index.json"}
    assert index == {file_of(release).name for release in all_releases()}


def test_the_release_of_this_data_is_found():
    loaded: LoadedFiles = load(DATA, ONTOLOGY)
    ids = {release.sha256: release.id for release in all_releases()}
    assert release_of(loaded.sha256).id == ids.get(loaded.sha256, UNRELEASED)


def without(nations: Any, keys: list[str]) -> Any:
    """The answers of the nations without what a later program says in other words."""
    return {
        nation: {key: value for key, value in answer.items() if key not in keys}
        for nation, answer in nations.items()
    }


def known_part(golden: Any, answer: Any) -> Any:
    """What an answer says of all that the golden one says: the contract lets keys be added."""
    if isinstance(golden, dict) and isinstance(answer, dict):
        return {key: known_part(golden[key], answer[key]) for key in golden if key in answer}
    if isinstance(golden, list) and isinstance(answer, list) and len(golden) == len(answer):
        return [known_part(one, other) for one, other in zip(golden, answer, strict=True)]
    return answer


@pytest.fixture(scope="module")
def real_site() -> Flask:
    return create_app()


@pytest.mark.no_cover
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_a_past_release_is_replayed_to_what_it_said(path: Path, real_site: Flask):
    frozen = read_golden(path)
    client = real_site.test_client()
    for question, said in frozen["answers"].items():
        answer = client.get(f"{LAW}?{question}&as_known={frozen['release']}").get_json()
        assert answer["release"]["id"] == frozen["release"], answer
        nations = without(said, frozen["reworded"])
        assert known_part(nations, answer["nations"]) == nations, question
        for nation, kept in said.items():
            assert answer["nations"][nation].keys() - kept.keys() <= set(ADDED), question


def test_there_is_such_a_past_release():
    assert {path.name.removesuffix(".json.gz") for path in GOLDEN} & {r.id for r in all_releases()}
    for path in GOLDEN:
        assert len(read_golden(path)["answers"]) >= 5


@pytest.mark.no_cover
def test_another_answer_would_be_noticed():
    said = read_golden(GOLDEN[0])["answers"][QUESTIONS[0]]
    (nation,) = said
    for key, other in (
        ("summary", "x"),
        ("left_out", 0),
        ("offences", said[nation]["offences"][1:]),
    ):
        changed = {nation: said[nation] | {key: other}}
        assert known_part(said, changed) != said
    assert known_part(said, {nation: said[nation] | {"new": 1}}) == said
    assert known_part(said, {}) != said


def test_a_replay_is_not_the_answer_of_other_data(sample: Knowledge):
    """The test above could fail: other data answers otherwise."""
    release = all_releases()[-1]
    assert open_release(release.id).ask({}).nations != sample.ask({}).nations
