"""The build cache: quick where it may be trusted, never stale, and built again everywhere else."""

import os
import pickle
import shutil
import time
from pathlib import Path

import pytest

from kb import cache
from kb.cache import KEPT, PREFIX, UNFINISHED, Entry, kept, key_of
from kb.knowledge import Knowledge, open_knowledge
from kb.search import open_index, search
from kb.search_asked import parse_search
from kb.store import canonical_quads

KEY = key_of([("a", b"1")])


class Maker:
    """Makes an entry, and counts how often."""

    def __init__(self):
        self.made = 0

    def __call__(self):
        self.made += 1
        return Entry(quads=b"<a> <b> <c> .\n", made={"rows": ("one", 2)})


@pytest.fixture
def make():
    return Maker()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def entry(folder, make):
    """The file of an entry that was just kept."""
    kept(folder, KEY, make)
    return folder / (PREFIX + KEY)


@pytest.fixture(autouse=True)
def program(tmp_path_factory, monkeypatch):
    """A program that a test may change, in place of ours, which somebody may be writing."""
    root = tmp_path_factory.mktemp("program")
    (root / "kb" / "queries").mkdir(parents=True)
    (root / "kb" / "law.py").write_text("one = 1\n")
    (root / "kb" / "queries" / "windows.rq").write_text("# Which?\n")
    monkeypatch.setattr(cache, "ROOT", root)
    cache.program.cache_clear()
    yield root
    cache.program.cache_clear()


class Planted:
    """What somebody else would like us to unpickle."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


# ---- hits and misses -----------------------------------------------------------------------------


def test_what_was_kept_is_read_back(folder, make):
    first, second = kept(folder, KEY, make), kept(folder, KEY, make)
    assert (second.quads, second.made) == (first.quads, first.made)
    assert make.made == 1


def test_another_name_is_another_entry(folder, make):
    for content in (b"1", b"2", b"1"):
        kept(folder, key_of([("a", content)]), make)
    assert make.made == 2


def test_without_a_folder_nothing_is_kept(make, tmp_path):
    kept(None, KEY, make)
    kept(None, KEY, make)
    assert make.made == 2
    assert not list(tmp_path.iterdir())


def test_the_engine_that_made_it_is_not_kept(folder):
    kept(folder, KEY, lambda: Entry(quads=b"", made=1, engine=object()))
    assert kept(folder, KEY, Maker()).engine is None


def test_only_its_owner_can_reach_it(folder, entry):
    assert folder.stat().st_mode & 0o777 == 0o700
    assert entry.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == [entry.name]


def test_the_oldest_are_put_out_and_nothing_that_is_not_ours(folder, make):
    folder.mkdir(mode=0o700)
    (folder / "letter.txt").write_text("not ours")
    (folder / f"{UNFINISHED}of-yesterday").touch()
    os.utime(folder / f"{UNFINISHED}of-yesterday", (0, 0))
    for number in range(KEPT + 3):
        kept(folder, key_of([("a", bytes([number]))]), make)
    assert len(list(folder.glob(PREFIX + "*"))) == KEPT
    assert not list(folder.glob(UNFINISHED + "*"))
    assert (folder / "letter.txt").is_file()


# ---- never stale ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        [("a", b"2")],
        [("b", b"1")],
        [("a", b"1"), ("b", b"")],
        [("a", b""), ("1", b"")],
        [],
    ],
)
def test_other_inputs_are_another_name(other):
    assert key_of(other) != KEY


def test_names_and_contents_cannot_run_into_each_other():
    assert key_of([("a", b"bc")]) != key_of([("ab", b"c")])
    assert key_of([("a", b"1"), ("b", b"2")]) != key_of([("b", b"2"), ("a", b"1")])


@pytest.mark.parametrize("name", ["kb/law.py", "kb/queries/windows.rq", "kb/queries/new.rq"])
def test_another_program_is_another_name(program, name):
    before = key_of([("a", b"1")])
    with (program / name).open("a") as file:
        file.write("# changed\n")
    cache.program.cache_clear()
    assert key_of([("a", b"1")]) != before


def test_another_python_or_library_is_another_name(program, monkeypatch):
    names = {KEY, key_of([("a", b"1")])}
    monkeypatch.setattr("sys.version", "4.0")
    cache.program.cache_clear()
    names.add(key_of([("a", b"1")]))
    monkeypatch.setattr(cache, "version", lambda name: "99")
    cache.program.cache_clear()
    names.add(key_of([("a", b"1")]))
    assert len(names) == 4


def test_a_program_that_changes_while_it_runs_keeps_nothing(program, folder, make, caplog):
    key = key_of([("a", b"1")])
    (program / "kb/law.py").write_text("one = 2\n")
    assert kept(folder, key, make).made == {"rows": ("one", 2)}
    assert not folder.exists()
    assert "the program was changed while it ran" in caplog.text


# ---- never trusted -------------------------------------------------------------------------------


def is_made_again(folder, make, caplog, said):
    before = make.made
    assert kept(folder, KEY, make).made == {"rows": ("one", 2)}
    assert said in caplog.text
    return make.made == before + 1


@pytest.mark.parametrize("at", [0, 20, 60, 80, -1])
def test_a_damaged_entry_is_built_again(folder, entry, make, caplog, at):
    content = bytearray(entry.read_bytes())
    content[at] ^= 1
    entry.write_bytes(content)
    assert is_made_again(folder, make, caplog, "is damaged")
    assert kept(folder, KEY, make)
    assert make.made == 2, "the damaged one was replaced"


@pytest.mark.parametrize("length", [0, 5, 40, 60, 90])
def test_a_half_written_entry_is_built_again(folder, entry, make, caplog, length):
    entry.write_bytes(entry.read_bytes()[:length])
    assert is_made_again(folder, make, caplog, "is damaged")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o666])
def test_an_entry_that_others_can_reach_is_not_opened(folder, entry, make, caplog, mode):
    entry.chmod(mode)
    assert is_made_again(folder, make, caplog, "is open to other users")
    assert entry.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_can_write_is_not_used(folder, entry, make, caplog, mode):
    folder.chmod(mode)
    before = entry.stat().st_mtime_ns
    assert is_made_again(folder, make, caplog, "is open to other users")
    assert "The build is not cached" in caplog.text
    assert entry.stat().st_mtime_ns == before


def test_a_folder_that_others_can_only_read_is_used(folder, entry, make):
    folder.chmod(0o755)
    kept(folder, KEY, make)
    assert make.made == 1


def test_what_another_user_left_is_not_opened(folder, entry, make, caplog, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    assert is_made_again(folder, make, caplog, "belongs to another user")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_an_entry_given_to_us_by_another_user_is_not_opened(folder, entry, make, caplog):
    os.chown(entry, 65534, 65534)
    assert is_made_again(folder, make, caplog, f"{entry} belongs to another user")


def test_what_was_planted_is_never_unpickled(folder, entry, make, caplog, tmp_path):
    planted = pickle.dumps(Planted(tmp_path / "ran"))
    content = entry.read_bytes()
    entry.write_bytes(content[: -len(planted)] + planted)
    assert is_made_again(folder, make, caplog, "is damaged")
    assert not (tmp_path / "ran").exists()


def test_a_link_is_not_followed(folder, entry, make, tmp_path, caplog):
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    assert is_made_again(folder, make, caplog, "The cached build is not used")
    assert not entry.is_symlink()


def test_a_linked_folder_is_not_used(folder, entry, make, tmp_path, caplog):
    (tmp_path / "link").symlink_to(folder)
    assert is_made_again(tmp_path / "link", make, caplog, "is not what we left there")


def test_a_folder_in_place_of_an_entry_is_left_alone(folder, make, caplog):
    (folder / (PREFIX + KEY)).mkdir(parents=True)
    folder.chmod(0o700)
    assert is_made_again(folder, make, caplog, "The build is not cached")
    assert [path.name for path in folder.iterdir()] == [PREFIX + KEY]


def test_an_entry_that_this_program_cannot_read_is_built_again(folder, make, caplog, monkeypatch):
    monkeypatch.setattr(pickle, "dumps", lambda made, protocol: b"no pickle")
    kept(folder, KEY, make)
    assert is_made_again(folder, make, caplog, "cannot be read")


def test_a_folder_that_cannot_be_written_is_said_once_and_done_without(tmp_path, make, caplog):
    (tmp_path / "file").touch()
    assert kept(tmp_path / "file" / "cache", KEY, make).made
    assert "The build is not cached" in caplog.text


def test_a_disk_that_is_full_leaves_nothing_behind(folder, entry, make, caplog, monkeypatch):
    entry.unlink()

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert is_made_again(folder, make, caplog, "No space left on device")
    assert not list(folder.iterdir())


# ---- where it is kept ----------------------------------------------------------------------------


def test_it_is_kept_in_the_project(monkeypatch, tmp_path):
    (tmp_path / "setup.cfg").touch()
    monkeypatch.setattr(cache, "ROOT", tmp_path)
    assert cache.default_folder() == tmp_path / ".cache"


@pytest.mark.parametrize(
    ("named", "found"), [("{tmp}/x", "{tmp}/x/whichlaw"), ("", "{tmp}/.cache/whichlaw")]
)
def test_or_else_in_the_users_own(monkeypatch, tmp_path, named, found):
    monkeypatch.setattr(cache, "ROOT", tmp_path / "not a project")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", named.format(tmp=tmp_path))
    assert cache.default_folder() == Path(found.format(tmp=tmp_path))


# ---- a whole build -------------------------------------------------------------------------------


def same(one: Knowledge, other: Knowledge) -> bool:
    """Are two the same, and their stores equal as datasets?"""
    first, second = (
        (vars(known.catalogue), vars(known.schemes), canonical_quads(known.engine.store))
        for known in (one, other)
    )
    return first == second and one.release == other.release


def test_a_build_read_back_is_the_build_itself(folder, sample, sample_data, sample_ontology):
    first = open_knowledge(sample_data, sample_ontology, cache=folder)
    second = open_knowledge(sample_data, sample_ontology, cache=folder)
    assert len(list(folder.iterdir())) == 1
    assert same(first, second)
    assert same(first, sample)
    assert first.ask({}) == second.ask({}) == sample.ask({})


def test_a_changed_byte_of_data_is_never_answered_from_before(
    folder, tmp_path, sample_data, sample_ontology
):
    shutil.copytree(sample_data, tmp_path / "data")
    before = open_knowledge(tmp_path / "data", sample_ontology, cache=folder)
    path = next((tmp_path / "data").rglob("coverage.ttl"))
    times = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2000-06-01", "2000-06-02", 1), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size, "neither size nor time gives it away"
    after = open_knowledge(tmp_path / "data", sample_ontology, cache=folder)
    assert after.release.sha256 != before.release.sha256
    assert after.library.coverage() != before.library.coverage()


@pytest.mark.no_cover
def test_a_search_index_read_back_finds_the_same(folder, knowledge):
    made, read = (open_index(knowledge, cache=folder) for _ in range(2))
    assert len(list(folder.iterdir())) == 1
    assert made.documents == read.documents
    for words in ("upskirting", "blackmail photograph", "ukpga/1978/37", "indecnt"):
        asked = parse_search({"q": [words]}, schemes=knowledge.schemes)
        assert search(made, asked) == search(read, asked)


@pytest.mark.no_cover
def test_reading_back_is_quick_and_so_is_building(folder, knowledge):
    """In time of the processor, the best of three, so that a busy machine does not fail it."""
    building, reading = [], []
    for _ in range(3):
        shutil.rmtree(folder, ignore_errors=True)
        for times in (building, reading):
            start = time.process_time()
            found = open_knowledge(cache=folder)
            open_index(found, cache=folder)
            times.append(time.process_time() - start)
            assert found.release == knowledge.release
    assert min(reading) * 3 < min(building)
