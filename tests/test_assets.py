"""The bundles: exact, licensed, found by the templates, in the wheel; and no page needs them."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest
from bundles import BUNDLES, LEFT_OUT, ROOT, manifest
from flask.testing import FlaskClient

from web.app import create_app
from web.assets import FOLDER, KEPT, MANIFEST, read_manifest

ASSETS = ROOT / "assets"
EXACT = re.compile(r"\d+\.\d+\.\d+(?:-[\w.]+)?")
PACKED = ("assets", "kb", "ontology", "releases", "web")
PAGES = ("/", "/search", "/search?q=upskirting")
SERVING = re.compile(r"Serving on (http://\S+)/")


@pytest.fixture
def client() -> FlaskClient:
    """A site of its own, whose bundles a test may take away."""
    return create_app().test_client()


def package_lock() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(
        (ASSETS / "package-lock.json").read_text("utf-8")
    )["packages"]
    return found


def test_every_dependency_is_an_exact_version_and_locked_so():
    declared = json.loads((ASSETS / "package.json").read_text("utf-8"))
    asked = {**declared["dependencies"], **declared["devDependencies"]}
    locked = package_lock()
    for name, version in asked.items():
        assert EXACT.fullmatch(version), f"{name} {version}"
        assert locked[f"node_modules/{name}"]["version"] == version
    assert locked[""]["dependencies"] == declared["dependencies"]
    assert locked[""]["devDependencies"] == declared["devDependencies"]


def test_lock_has_the_hash_of_each_package_and_the_address_of_none():
    for name, package in package_lock().items():
        if name:
            assert str(package["integrity"]).startswith("sha512-"), name
        assert "resolved" not in package, f"{name}: npm's omit-lockfile-registry-resolved=true"


def test_every_bundle_that_a_template_names_has_a_source():
    folder = ROOT / "web" / "templates"
    pages = [path.read_text("utf-8") for path in folder.rglob("*.html")]
    named = {name for page in pages for name in re.findall(r'bundle\("(\w+)"\)', page)}
    sources = {path.stem for path in (ASSETS / "src").iterdir()}
    assert named
    assert named <= sources


@pytest.mark.parametrize("content", ["", "[]", '"x"', "{", '{"search.js": "gone.js"}', '{"a": 1}'])
def test_manifest_that_says_nothing_is_as_good_as_none(tmp_path: Path, content: str):
    assert read_manifest(tmp_path) == {}
    (tmp_path / MANIFEST).write_text(content, "utf-8")
    assert read_manifest(tmp_path) == {}


@pytest.mark.parametrize("page", PAGES)
def test_page_without_bundles_has_no_script_and_allows_none(client: FlaskClient, page: str):
    client.application.extensions["assets"] = {}
    answer = client.get(page)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert FOLDER + "/" not in answer.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert re.search(r'<input [^>]*type="search" id="q" name="q"', answer.text)


@LEFT_OUT
@pytest.mark.parametrize("page", PAGES)
def test_page_with_a_script_allows_the_files_of_this_site_alone(client: FlaskClient, page: str):
    script = f"/static/{FOLDER}/{manifest()['search.js']}"
    answer = client.get(page)
    assert f'<script type="module" src="{script}"></script>' in answer.text
    assert answer.text.count("<script") == 2  # that of the frame, and that of the search box
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("page", PAGES)
def test_search_form_says_where_the_site_is(client: FlaskClient, page: str):
    for root in ("", "/mounted"):
        answer = client.get(page, environ_overrides={"SCRIPT_NAME": root})
        assert f'role="search" data-suggest="{root}"' in answer.text


@LEFT_OUT
def test_every_page_has_the_script_of_the_frame_alone(client: FlaskClient):
    script = f"/static/{FOLDER}/{manifest()['frame.js']}"
    for page in ("/coverage", "/law?nation=scotland&on=2017-07-02", "/absent"):
        answer = client.get(page)
        assert re.findall(r"<script[^>]*>", answer.text) == [
            f'<script type="module" src="{script}">'
        ]
        assert "script-src 'self'; connect" in answer.headers["Content-Security-Policy"]


def test_answer_that_is_no_page_allows_no_script(client: FlaskClient):
    for address in ("/healthz", "/api/v1/nations", "/timeline/field.svg"):
        answer = client.get(address)
        assert "script-src" not in answer.headers["Content-Security-Policy"]


@LEFT_OUT
def test_bundle_may_be_kept_for_ever_and_other_files_may_not(client: FlaskClient):
    for file in manifest().values():
        with client.get(f"/static/{FOLDER}/{file}") as answer:
            assert answer.headers["Cache-Control"] == KEPT
            assert answer.mimetype in ("text/javascript", "application/javascript", "text/css")
    for other in (f"{FOLDER}/{MANIFEST}", "site.css"):
        with client.get(f"/static/{other}") as answer:
            assert answer.headers["Cache-Control"] != KEPT


@LEFT_OUT
def test_licences_of_what_is_bundled_stand_beside_it():
    manifest()
    said = (BUNDLES / "THIRD-PARTY.txt").read_text("utf-8")
    bundled = json.loads((ASSETS / "package.json").read_text("utf-8"))["dependencies"]
    for name, version in bundled.items():
        assert re.search(rf"^{re.escape(name)} {re.escape(version)}\nLicence: \S+", said, re.M)
    assert said.count("Permission is hereby granted") >= 2


@LEFT_OUT
def test_bundles_name_no_other_host_to_ask():
    for file in manifest().values():
        text = (BUNDLES / file).read_text("utf-8")
        assert not re.findall(r"(?:import|fetch|url)\(\s*[\"'`]?(?:https?:)?//", text)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel of the project is installed, made of a copy of the files that go into it."""
    manifest()
    copy, place = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("installed")
    made_by_tools = shutil.ignore_patterns("node_modules", "__pycache__")
    for folder in PACKED:
        shutil.copytree(ROOT / folder, copy / folder, ignore=made_by_tools)
    for file in ("setup.cfg", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / file, copy)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    made = ["--no-deps", "--no-index", "--no-build-isolation", "-q", "-w", str(copy / "dist")]
    subprocess.run([*pip, "wheel", *made, str(copy)], check=True, capture_output=True, text=True)
    (wheel,) = (copy / "dist").glob("*.whl")
    names = ZipFile(wheel).namelist()
    assert {f"web/static/{FOLDER}/{file}" for file in (*manifest().values(), MANIFEST)} <= {*names}
    assert not [name for name in names if "node_modules" in name or name.startswith("assets")]
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "-q", "--target", str(place), str(wheel)],
        check=True,
        capture_output=True,
        text=True,
    )
    return place


@pytest.fixture(scope="module")
def served(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the installed website, which knows nothing of this folder."""
    empty = tmp_path_factory.mktemp("empty")
    env = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    env |= {"PYTHONPATH": str(installed), "KB_CACHE": "", "HOST": "127.0.0.1", "PORT": free_port()}
    command = [sys.executable, "-P", "-m", "web.cli", "serve"]
    with subprocess.Popen(
        command, cwd=empty, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            said = SERVING.match(process.stdout.readline())
            assert said
            yield said[1]
        finally:
            process.terminate()


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@LEFT_OUT
def test_installed_wheel_serves_its_bundles(served: str, installed: Path):
    with urlopen(f"{served}/search", timeout=20) as page:
        addresses = re.findall(r'<script type="module" src="([^"]+)"', page.read().decode())
    assert len(addresses) == 2
    for address in addresses:
        with urlopen(served + address, timeout=20) as script:
            assert script.read() == (installed / "web" / address.removeprefix("/")).read_bytes()
    with urlopen(f"{served}/api/v1/suggest?q=upskirt", timeout=20) as answer:
        assert json.load(answer)["suggestions"]
