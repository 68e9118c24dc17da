"""What several test modules need: our data, read once, and the words of the invented country."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kb.check_files import Files, read_files
from kb.knowledge import Knowledge, open_knowledge
from kb.store import DATA, ONTOLOGY, turtle_files

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture(scope="session")
def real_files() -> Files:
    """All our facts and words but the shapes, one named graph a file, with the path of each."""
    words = [path for path in turtle_files(ONTOLOGY) if path.name != "shapes.ttl"]
    return read_files([*turtle_files(DATA), *words])


@pytest.fixture(scope="session")
def real_store(real_files: Files) -> ox.Store:
    """The store of :func:`real_files`."""
    return real_files.store


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The real law, loaded and ready to be asked."""
    return open_knowledge()


@pytest.fixture(scope="session")
def sample_ontology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our words, with the nations, jurisdictions and types of instrument of the invented country
    in place of the real ones. The facts beside them are in ``sample/data``."""
    folder = tmp_path_factory.mktemp("sample") / "ontology"
    shutil.copytree(ONTOLOGY, folder)
    shutil.copytree(SAMPLE / "ontology", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts of the invented country, in a folder of its own."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(SAMPLE / "data", folder)
    return folder


@pytest.fixture(scope="session")
def sample(sample_data: Path, sample_ontology: Path) -> Knowledge:
    """The invented country, loaded and ready to be asked."""
    return open_knowledge(sample_data, sample_ontology)
