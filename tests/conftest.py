"""What several test modules need: our data, read once, and the words of the invented country.

Counting lines and branches makes Python several times slower. So a test that goes over everything,
or in which little of our own runs, is marked ``no_cover``: it checks as much as ever, and nothing
is counted while it runs. What it goes over is counted in smaller tests; what it alone reaches is
not said to be covered.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from in_browser import chromium, served
from playwright.sync_api import Browser
from served import site as real_site

from kb.check_files import Files, read_files
from kb.knowledge import Knowledge, open_knowledge
from kb.store import DATA, ONTOLOGY, turtle_files

SAMPLE = Path(__file__).parent / "sample"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests see what pages do in a browser; what our Python does for them is counted where
    pages are asked for without one."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """pytest-cov stops counting for the body of a test marked ``no_cover``. Here it does so for
    what the test needs as well."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    controller = plugin and plugin.cov_controller
    if not controller or item.get_closest_marker("no_cover") is None:
        return (yield)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of this process."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Where the real site answers over HTTP."""
    with served(real_site()) as address:
        yield address
