"""What pages load besides their own HTML and site.css: bundles, made when the site is set up.

``scripts/serve`` and ``scripts/build`` make them from ``assets/``. Where they are missing, every
page still works: ``asset`` knows no address, and the templates leave them out.
"""

import json
from pathlib import Path

from flask import Flask, Response, current_app, g, request, url_for

FOLDER = "build"  # in the folder of static files
MANIFEST = "manifest.json"
KEPT = "public, max-age=31536000, immutable"  # another content has another name


def register(app: Flask) -> None:
    """Give the templates of an application ``asset``, and let browsers keep what it names."""
    app.extensions["assets"] = read_manifest(Path(app.static_folder or "") / FOLDER)
    app.add_template_global(asset)
    app.after_request(_let_bundles_be_kept)


def read_manifest(folder: Path) -> dict[str, str]:
    """The file of each bundle that is there, by its plain name: ``search.js``."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {str(n): str(file) for n, file in found.items() if (folder / str(file)).is_file()}
    except (OSError, ValueError, AttributeError):
        return {}


def asset(name: str) -> str | None:
    """The address of a bundle, by its plain name; None where it was not made.

    A page that asks for a script may run the site's own, and it alone (see ``runs_script``).
    """
    file = current_app.extensions["assets"].get(name)
    if file is None:
        return None
    g.runs_script = runs_script() or name.endswith(".js")
    return url_for("static", filename=f"{FOLDER}/{file}")


def runs_script() -> bool:
    """Does the page that this request is answered with have a script?"""
    return bool(g.get("runs_script"))


def _let_bundles_be_kept(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 304):
        files = current_app.extensions["assets"].values()
        if (request.view_args or {}).get("filename") in {f"{FOLDER}/{file}" for file in files}:
            response.headers["Cache-Control"] = KEPT
    return response
