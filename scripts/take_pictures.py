#!/usr/bin/env python3
"""Takes pictures of every type of page into a folder, with an index.html that shows them all.

    python scripts/take_pictures.py <folder> [beginning of a name]

scripts/screenshots runs this. Pages are wide (1280 pixels) and narrow (320), light and dark, and
in forced colours, and as they are printed on A4 (a picture, and a PDF).
"""

import sys
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from in_browser import chromium, served  # noqa: E402
from page_types import PAGES, PageType  # noqa: E402
from served import site  # noqa: E402

WIDE, NARROW = (1280, 900), (320, 640)
VIEWS: tuple[tuple[str, tuple[int, int], dict[str, str]], ...] = (
    ("wide-light", WIDE, {"color_scheme": "light"}),
    ("wide-dark", WIDE, {"color_scheme": "dark"}),
    ("narrow-light", NARROW, {"color_scheme": "light"}),
    ("narrow-dark", NARROW, {"color_scheme": "dark"}),
    ("forced", WIDE, {"color_scheme": "dark", "forced_colors": "active"}),
    ("print", (794, 1123), {"media": "print", "color_scheme": "light"}),
)
PLAIN = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}
TALLEST = 6000  # pixels; what is below is more of the same
STYLE = (
    "body { font: 16px sans-serif } img { border: 1px solid #999 }"
    " div { display: flex; gap: 1rem; align-items: start; overflow-x: auto }"
)


def main(folder: Path, beginning: str) -> int:
    """Take the pictures, and say where the index of them is."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for page in PAGES if page.name.startswith(beginning)]
    with served(site()) as address, chromium() as browser:
        window = browser.new_context(locale="en-GB").new_page()
        for page in pages:
            print(page.name, flush=True)
            take(window, page, address=address, folder=folder)
    index = folder / "index.html"
    index.write_text(index_of(folder), "utf-8")
    print(index)
    return 0


def take(window: Any, page: PageType, *, address: str, folder: Path) -> None:
    """Every picture of one page, loaded once; and the PDF that a printer would get."""
    window.emulate_media(**PLAIN)
    window.goto(address + page.path)
    for view, (width, height), media in VIEWS:
        window.set_viewport_size({"width": width, "height": height})
        window.emulate_media(**(PLAIN | media))
        tall = window.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)}
        window.screenshot(path=folder / f"{page.name}.{view}.png", full_page=True, clip=clip)
    window.pdf(path=folder / f"{page.name}.pdf", format="A4")


def index_of(folder: Path) -> str:
    """A page with all pictures in a folder, in the order of the table."""
    rows = []
    for page in PAGES:
        pictures = [
            f'<img src="{page.name}.{view}.png" alt="{page.name}, {view}" width="{size[0] // 2}">'
            for view, size, _ in VIEWS
            if (folder / f"{page.name}.{view}.png").exists()
        ]
        if pictures:
            pdf = f'<a href="{page.name}.pdf">as printed (PDF)</a>'
            rows.append(f"<h2>{page.name}</h2><p><code>{escape(page.path)}</code> {pdf}</p>")
            rows.append(f"<div>{''.join(pictures)}</div>")
    title = "Whichlaw in pictures"
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    return f'<!DOCTYPE html><html lang="en">{head}<h1>{title}</h1>{"".join(rows)}'


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]).resolve(), (sys.argv[2:] or [""])[0]))
