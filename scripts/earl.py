#!/usr/bin/env python3
"""Runs the W3C's test suites for SPARQL and writes docs/earl.ttl, the report to be published.

It takes the suites from the folder that KB_RDF_TESTS names, or from ../shared/data/rdf-tests.
"""

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from w3c_outcomes import earl, outcomes  # noqa: E402
from w3c_suite import MISSING, here  # noqa: E402

from web.app import create_app  # noqa: E402

REPORT = ROOT / "docs" / "earl.ttl"


def main() -> int:
    """Write the report, and print how each suite did."""
    if not here():
        print(MISSING, file=sys.stderr)
        return 1
    app = create_app()
    found = list(outcomes(app))
    app.extensions["sparql"].close()
    REPORT.write_bytes(earl(found))
    for name in sorted({one.suite for one in found}):
        counted = Counter(one.outcome for one in found if one.suite == name)
        print(f"{name}: {', '.join(f'{n} {outcome}' for outcome, n in sorted(counted.items()))}")
    print(f"{REPORT.relative_to(ROOT)}: {dict(sorted(Counter(o.outcome for o in found).items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
