"""Puts the site together: the one place where its parts meet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from kb.cache import default_folder, folder_of
from kb.knowledge import Knowledge, open_knowledge
from kb.releases import RELEASES
from kb.replay import Replays
from kb.store import DATA, ONTOLOGY
from web import api, changes, errors, feeds, headers, library, pages, search, sparql, timeline

DEFAULTS: dict[str, Any] = {
    "CACHE": str(default_folder()),
    "DATA": str(DATA),
    "ONTOLOGY": str(ONTOLOGY),
    "RELEASES": str(RELEASES),
    "REPORT_ADDRESS": "https://w3id.org/whichlaw/report",
    "SPARQL_SECONDS": 10,
}
BLUEPRINTS = (
    pages.blueprint,
    library.blueprint,
    api.blueprint,
    search.blueprint,
    sparql.blueprint,
    timeline.blueprint,
    changes.blueprint,
    feeds.blueprint,
)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The whole site as a WSGI application.

    Settings come from DEFAULTS, then the environment (``KB_DATA``, ``KB_REPORT_ADDRESS`` …), then
    ``config``. Raises DataError when the data cannot be read.
    """
    app = Flask(__name__)
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("KB")
    app.config.from_mapping(config or {})
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    cache, releases = folder_of(app.config["CACHE"]), Path(app.config["RELEASES"])
    knowledge: Knowledge = open_knowledge(
        Path(app.config["DATA"]), Path(app.config["ONTOLOGY"]), cache=cache, releases=releases
    )
    app.extensions["knowledge"] = knowledge
    app.extensions["replays"] = Replays(
        releases, ontology=Path(app.config["ONTOLOGY"]), cache=cache
    )
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.register(app)
    headers.register(app)
    pages.register(app)
    return app
