"""The scripts are sound, name nothing of one machine, and install only what is pinned."""

import os
import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ["scripts/serve", "scripts/test", "scripts/build", "scripts/release"]
COMMANDS += ["scripts/load_store", "scripts/messages", "scripts/screenshots", ".ci/run"]
PARTS = ("environment", "assets", "browser", "clients")
SCRIPTS = [*COMMANDS, *(f"scripts/{part}.sh" for part in PARTS)]
LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-assets.lock"]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
LEFT_OUT = {".assets", ".cache", ".git", ".venv"}
LEFT_OUT |= {"__pycache__", "node_modules", "build", "dist", "htmlcov"}

# Written in pieces, so that this file does not find itself.
DOT = "."
REGISTRIES = [
    f"pypi{DOT}org",
    f"pythonhosted{DOT}org",
    f"npmjs{DOT}org",
    f"yarnpkg{DOT}com",
    f"deb{DOT}debian{DOT}org",
    f"security{DOT}debian{DOT}org",
    f"archive{DOT}ubuntu{DOT}com",
]
FOLDERS = "|".join(["ro" + "ot", "wo" + "rk", "ho" + r"me/[\w.-]+"])
HOMES = re.compile(rf"(?<![\w.:/<>}}\])-])/(?:{FOLDERS})(?![\w-])")


def project_files() -> list[Path]:
    """Every file of the project, as far as it is ours."""
    found = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [name for name in subfolders if not is_left_out(name)]
        found += [Path(folder, name) for name in names if not name.startswith(".coverage")]
    return sorted(found)


def is_left_out(name: str) -> bool:
    """Whether a folder is made by tools: caches, builds, the environment."""
    return name in LEFT_OUT or name.endswith((".egg-info", "_cache")) or name == ".hypothesis"


def read_lock(name: str) -> dict[str, str]:
    """The versions that a lock pins, by normalised package name."""
    matches = (PINNED.match(line) for line in (ROOT / name).read_text("utf-8").splitlines())
    return {normalised(match[1]): match[2] for match in matches if match}


def normalised(package: str) -> str:
    """A package's name as the packaging rules compare it."""
    return re.sub(r"[-_.]+", "-", package).lower()


def declared(*, extra: str | None) -> dict[str, str]:
    """What setup.cfg asks for, by normalised package name."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    if extra is None:
        lines = config["options"]["install_requires"]
    else:
        lines = config["options.extras_require"][extra]
    pairs = (line.split("==") for line in lines.split())
    return {normalised(name): version for name, version in pairs}


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_is_valid_bash(script: str):
    run = subprocess.run(["bash", "-n", ROOT / script], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("script", COMMANDS)
def test_command_can_be_run(script: str):
    assert os.access(ROOT / script, os.X_OK)
    assert (ROOT / script).read_text("utf-8").startswith("#!/usr/bin/env bash\n")


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine():
    found = []
    for path in project_files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        named = [registry for registry in REGISTRIES if registry in text]
        named += HOMES.findall(text)
        found += [f"{path.relative_to(ROOT)}: {name}" for name in named]
    assert found == []


@pytest.mark.parametrize("path", ["/ro" + "ot/x", "in /wo" + "rk.", '"/ho' + 'me/ada"'])
def test_a_folder_of_one_machine_would_be_found(path: str):
    assert HOMES.search(path)


@pytest.mark.parametrize("path", ["https://x.org/wo" + "rk/1", "paper/wo" + "rk", "/wo" + "rks"])
def test_an_address_is_no_folder_of_one_machine(path: str):
    assert not HOMES.search(path)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_every_package_with_its_hashes(lock: str):
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    requirements = [line for line in lines if line and line[0] not in " #"]
    assert requirements
    assert [line for line in requirements if not PINNED.match(line)] == []
    assert [line for line in requirements if not line.endswith("\\")] == []


def test_locks_agree_with_each_other():
    assert read_lock("requirements.lock").items() <= read_lock("requirements-test.lock").items()


@pytest.mark.parametrize(
    ("extra", "lock"),
    [(None, LOCKS[0]), (None, LOCKS[1]), ("test", LOCKS[1]), ("assets", LOCKS[2])],
)
def test_every_declared_dependency_is_locked(extra: str | None, lock: str):
    assert declared(extra=extra).items() <= read_lock(lock).items()


def test_the_build_uses_the_locked_setuptools():
    version = read_lock("requirements.lock")["setuptools"]
    assert f'"setuptools=={version}"' in (ROOT / "pyproject.toml").read_text("utf-8")


# ---- the bundles that pages load -----------------------------------------------------------------

NODE = """#!/usr/bin/env bash
# Stands in for node: tells what it is, or writes a manifest where it is asked to and counts that.
if [ "$1" = -p ]; then echo linuxnone; exit; fi
sleep 0.3
echo made >>"$(dirname "$0")/count"
mkdir -p "$2" && echo '{}' >"$2/manifest.json"
"""
NPM = """#!/usr/bin/env bash
mkdir -p node_modules
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with what bundles are made from, and a node and npm that only seem to be."""
    shutil.copytree(
        ROOT / "assets", tmp_path / "assets", ignore=shutil.ignore_patterns("node_modules")
    )
    (tmp_path / "bin").mkdir()
    for name, text in (("node", NODE), ("npm", NPM)):
        (tmp_path / "bin" / name).write_text(text, "utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def bundling(project: Path, *, node: str = "bin/node", **env: str) -> subprocess.Popen[str]:
    """What scripts/serve does about bundles, and a word after it."""
    sourced = "".join(f'source "{ROOT}/scripts/{name}.sh"\n' for name in ("environment", "assets"))
    return subprocess.Popen(
        ["bash", "-c", f'set -euo pipefail; root="$PWD"\n{sourced}prepare_assets\necho then'],
        cwd=project,
        env={**os.environ, "WHICHLAW_NODE": str(project / node), "WHICHLAW_NO_ASSETS": "", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def made(project: Path) -> int:
    count = project / "bin" / "count"
    return len(count.read_text("utf-8").splitlines()) if count.exists() else 0


def test_bundles_are_made_once_and_again_when_their_sources_change(project: Path):
    for _ in range(2):
        assert bundling(project).communicate()[0] == "then\n"
        assert made(project) == 1
    (project / "assets" / "src" / "search.css").write_text("", "utf-8")
    assert bundling(project).communicate()[0] == "then\n"
    assert made(project) == 2
    (project / "web" / "static" / "build" / "manifest.json").unlink()
    bundling(project).communicate()
    assert made(project) == 3


def test_two_starts_at_once_make_the_bundles_once(project: Path):
    both = [bundling(project), bundling(project)]
    assert [run.communicate()[0] for run in both] == ["then\n", "then\n"]
    assert made(project) == 1


def test_site_is_served_where_bundles_cannot_be_made(project: Path):
    run = bundling(project, node="bin/absent")
    said, warned = run.communicate()
    assert (run.returncode, said) == (0, "then\n")
    assert [line.split(" (")[0] for line in warned.splitlines()] == [
        "whichlaw: bundling what the pages load",
        "whichlaw: the bundles could not be made",
    ]
    assert (project / ".assets" / "log").read_text("utf-8")


def test_no_bundle_is_made_where_none_is_wanted(project: Path):
    said, warned = bundling(project, WHICHLAW_NO_ASSETS="1").communicate()
    assert (said, warned, made(project)) == ("then\n", "", 0)
