"""What the documents say is true: the answers, the paths, the settings, the commands."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from kb.knowledge import Knowledge
from web.app import DEFAULTS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part == "node_modules" for part in path.parts)
)
QUOTED = (
    "nation=scotland&on=2017-07-02&conduct=share&material=intimate-image",
    "nation=england&on=2004-04-30&conduct=take&material=indecent-photograph&depicted_age=17",
    "nation=england&on=2004-05-01&conduct=take&material=indecent-photograph&depicted_age=17",
    "nation=scotland&on=2026-11-22&conduct=share&material=indecent-photograph&accused_age=11",
)


@pytest.mark.parametrize("asked", QUOTED)
def test_readme_quotes_the_real_answer(asked: str, knowledge: Knowledge):
    said = knowledge.ask(parse_qs(asked)).nations[0].summary
    assert said in " ".join(README.replace("> ", "").split()), f"README.md should say: {said}"


def test_readme_lists_every_setting():
    for name in DEFAULTS:
        assert f"`KB_{name}`" in README, f"README.md does not explain KB_{name}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_exists(document: Path):
    text = document.read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:kb|web|ontology|tests|scripts|benchmarks)/[\w./-]*)`|\]\((?!http)([^)#]+)\)", text
    )
    for in_root, beside in named:
        path = ROOT / in_root if in_root else document.parent / beside
        assert path.exists(), f"{document.name} names {in_root or beside}, which is not there"


def test_every_command_that_the_readme_names_has_help():
    commands = set(re.findall(r"`(law|offence|provision|serve|check)`", README))
    assert commands >= {"offence", "provision", "serve", "check"}
    for command in sorted(commands | {"law"}):
        ran = subprocess.run(
            [sys.executable, "-m", "web.cli", command, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert "Usage" in ran.stdout
