"""What a release said, kept: writes ``tests/golden/<release>.json.gz``, once, when it is made.

    .venv/bin/python tests/golden_answers.py 2026-11-22.1

`test_releases.py` replays the release ever after, and compares. A file is never written again:
where a later program says part of an answer in other words, its key is listed under ``reworded``.
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.releases import packed  # noqa: E402
from web.app import create_app  # noqa: E402

GOLDEN = Path(__file__).parent / "golden"
LAW = "/api/v1/law"
# What the answer for a nation did not have when these were kept, and has now: not compared.
ADDED = ("none_found", "misconceptions", "help")
QUESTIONS = (
    "nation=scotland&on=2017-07-02&conduct=share&material=intimate-image",
    "nation=england&on=2004-04-30&conduct=take&material=indecent-photograph&depicted_age=17",
    "nation=england&on=2004-05-01&conduct=take&material=indecent-photograph&depicted_age=17",
    "nation=scotland&on=2026-11-22&conduct=share&material=indecent-photograph&accused_age=11",
    "on=2024-01-31&conduct=threaten-to-share&material=intimate-image"
    "&accused_age=19&depicted_age=19&consent=no",
    "nation=northern-ireland&on=1988-12-27&conduct=possess&material=indecent-photograph",
    "nation=wales&on=2025-06-01&conduct=send-unsolicited&material=genital-image"
    "&accused_age=30&recipient_age=15",
    "nation=england&nation=scotland&on=2026-11-22",
)


def read_golden(path: Path) -> dict[str, Any]:
    """What was kept: ``release``, ``answers`` by question, ``reworded`` since."""
    found: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return found


def write_golden(release: str) -> Path:
    """Ask every question as of a release, and keep the answers."""
    client = create_app().test_client()
    answers = {}
    for question in QUESTIONS:
        response = client.get(f"{LAW}?{question}&as_known={release}")
        if response.status_code != 200:
            raise SystemExit(response.text)
        answers[question] = response.get_json()["nations"]
    kept = {"release": release, "reworded": [], "answers": answers}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, indent=0)
    path = GOLDEN / f"{release}.json.gz"
    with path.open("xb") as file:
        file.write(packed(text.encode()))
    return path


if __name__ == "__main__":
    print(write_golden(*sys.argv[1:]))
