"""The loading of the files: all of them, the same each time, and never half."""

import hashlib
import shutil

import pytest

from kb.errors import DataError, KnowledgeError
from kb.knowledge import open_knowledge
from kb.store import DATA, ONTOLOGY, load, turtle_files


@pytest.fixture
def folders(tmp_path, sample_data, sample_ontology):
    """A copy of Markland that a test may spoil."""
    shutil.copytree(sample_data, tmp_path / "data")
    shutil.copytree(sample_ontology, tmp_path / "ontology")
    return tmp_path / "data", tmp_path / "ontology"


def test_every_file_is_loaded_as_a_graph_of_its_own(folders):
    loaded = load(*folders)
    assert (
        loaded.files == len(turtle_files(*folders)) == len(set(loaded.engine.store.named_graphs()))
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("@prefix a: <https://a.example/> .\na:b a:c\n", "line"),
        ("this is no Turtle", "line 1"),
        ('<https://a.example/b> <https://a.example/c> "open', "line 1"),
        ('<https://a.example/b> <https://a.example/c> "x" .\n\n<not closed', "line 3"),
        ('<https://a.example/b> <https://a.example/c> "\xff" .'.encode("latin-1"), ""),
    ],
)
def test_a_broken_file_is_named_with_the_line(folders, text, line):
    broken = folders[0] / "legislation" / "broken.ttl"
    broken.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DataError, match=r"broken\.ttl") as raised:
        load(*folders)
    assert line in str(raised.value)
    assert isinstance(raised.value, KnowledgeError)
    with pytest.raises(DataError, match=r"broken\.ttl"):
        open_knowledge(*folders)


def test_an_empty_folder_is_an_error_that_says_where_it_looked(tmp_path):
    for name in ("data", "ontology"):
        (tmp_path / name).mkdir()
    with pytest.raises(DataError, match="no Turtle files below"):
        load(tmp_path / "data", tmp_path / "ontology")


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(DataError, match="nothing can be answered"):
        load(tmp_path / "nowhere", tmp_path / "neither")


def test_two_loads_give_one_hash_wherever_the_files_stand(folders, sample_data, sample_ontology):
    assert load(*folders).sha256 == load(sample_data, sample_ontology).sha256
    assert len(load(*folders).sha256) == hashlib.sha256().digest_size * 2


def test_a_changed_byte_of_a_fact_gives_another_hash(folders):
    before = load(*folders).sha256
    path = next(folders[0].rglob("coverage.ttl"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2000-06-01", "2000-06-02", 1), encoding="utf-8")
    assert load(*folders).sha256 != before


def test_a_file_that_moves_or_is_renamed(folders):
    """The hash is of names and facts: another folder is the same data, another name is not."""
    before = load(*folders).sha256
    path = next(folders[0].rglob("lantern-line.ttl"))
    path.rename(path.with_name("lantern-lines.ttl"))
    assert load(*folders).sha256 != before


def test_files_come_in_a_fixed_order():
    files = turtle_files(DATA, ONTOLOGY)
    assert files == sorted(files)
    assert len({path.stem for path in files}) == len(files), "a graph is named after its file"
