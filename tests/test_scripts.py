"""The scripts are sound, name nothing of one machine, and install only what is pinned."""

import os
import re
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ["scripts/serve", "scripts/test", "scripts/release", "scripts/environment.sh", ".ci/run"]
COMMANDS = ["scripts/serve", "scripts/test", "scripts/release", ".ci/run"]
LOCKS = ["requirements.lock", "requirements-test.lock"]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
LEFT_OUT = {".cache", ".git", ".venv", "__pycache__", "node_modules", "build", "dist", "htmlcov"}

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
    [(None, LOCKS[0]), (None, LOCKS[1]), ("test", LOCKS[1])],
)
def test_every_declared_dependency_is_locked(extra: str | None, lock: str):
    assert declared(extra=extra).items() <= read_lock(lock).items()


def test_the_build_uses_the_locked_setuptools():
    version = read_lock("requirements.lock")["setuptools"]
    assert f'"setuptools=={version}"' in (ROOT / "pyproject.toml").read_text("utf-8")
