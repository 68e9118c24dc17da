"""What tests of the pages' bundles share: whether they are there, and what to run if not."""

import os
from pathlib import Path

import pytest

from web.assets import FOLDER, read_manifest

ROOT = Path(__file__).parent.parent
BUNDLES = ROOT / "web" / "static" / FOLDER
LEFT_OUT = pytest.mark.skipif(
    os.environ.get("WHICHLAW_NO_ASSETS") == "1",
    reason="WHICHLAW_NO_ASSETS=1: this machine is said to reach no package registry",
)


def manifest() -> dict[str, str]:
    """The bundles; a test that needs them fails where they were not made."""
    found = read_manifest(BUNDLES)
    if not found:
        pytest.fail(
            "The pages' bundles are not there. Run `scripts/build assets` where a package registry"
            " is reached, or leave these tests out with WHICHLAW_NO_ASSETS=1."
        )
    return found
