"""Puts the site together: the one place where its parts meet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from kb.knowledge import Knowledge, open_knowledge
from kb.store import DATA, ONTOLOGY
from web import api, errors, headers, library, pages, search, sparql

DEFAULTS: dict[str, Any] = {
    "DATA": str(DATA),
    "ONTOLOGY": str(ONTOLOGY),
    "REPORT_ADDRESS": "https://w3id.org/whichlaw/report",
    "SPARQL_SECONDS": 10,
}
BLUEPRINTS = (pages.blueprint, library.blueprint, api.blueprint, search.blueprint, sparql.blueprint)


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
    knowledge: Knowledge = open_knowledge(Path(app.config["DATA"]), Path(app.config["ONTOLOGY"]))
    app.extensions["knowledge"] = knowledge
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.register(app)
    headers.register(app)
    pages.register(app)
    return app
