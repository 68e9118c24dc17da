"""Puts the site together: the one place where its parts meet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from kb.cache import default_folder, folder_of
from kb.endpoint import LARGEST_ANSWER, MEMORY, WORKERS
from kb.knowledge import Knowledge, open_knowledge
from kb.releases import RELEASES
from kb.remote_store import StoreWatch, open_store
from kb.replay import Replays
from kb.store import DATA, ONTOLOGY
from web import (
    about,
    advice_api,
    api,
    assets,
    carried,
    changes,
    cite,
    compare,
    contexts,
    data,
    errors,
    examples,
    feeds,
    gone,
    headers,
    interface,
    journey,
    library,
    linked,
    links,
    page_cache,
    pages,
    reconcile,
    register,
    search,
    shelves,
    sparql,
    sparql_terms,
    suggest,
    timeline,
    vocabulary,
)

DEFAULTS: dict[str, Any] = {
    "CACHE": str(default_folder()),
    "DATA": str(DATA),
    "ONTOLOGY": str(ONTOLOGY),
    "PAGE_CACHE_BYTES": 64 * 2**20,
    "RELEASES": str(RELEASES),
    "REPORT_ADDRESS": "https://w3id.org/whichlaw/report",
    "SPARQL_ANSWER_BYTES": LARGEST_ANSWER,
    "SPARQL_MEMORY_BYTES": MEMORY,
    "SPARQL_SECONDS": 10,
    "SPARQL_WORKERS": WORKERS,
    "STORE": "",
}
BLUEPRINTS = (
    pages.blueprint,
    journey.blueprint,
    library.blueprint,
    api.blueprint,
    search.blueprint,
    reconcile.blueprint,
    suggest.blueprint,
    sparql.blueprint,
    sparql_terms.blueprint,
    timeline.blueprint,
    changes.blueprint,
    compare.blueprint,
    cite.blueprint,
    feeds.blueprint,
    shelves.blueprint,
    register.blueprint,
    advice_api.blueprint,
    about.blueprint,
    contexts.blueprint,
    data.blueprint,
    examples.blueprint,
    linked.blueprint,
    vocabulary.blueprint,
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
    app.extensions["knowledge"] = _opened(app, cache=cache, releases=releases)
    app.extensions["replays"] = Replays(
        releases, ontology=Path(app.config["ONTOLOGY"]), cache=cache
    )
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.register(app)
    assets.register(app)
    gone.register(app)
    headers.register(app)
    page_cache.register(app)  # before what mounts the site elsewhere, which goes around it
    carried.register(app)
    interface.register(app)
    pages.register(app)
    links.register(app)
    return app


def _opened(app: Flask, *, cache: Path | None, releases: Path) -> Knowledge:
    """The knowledge of the store that is set, which is then watched, or else of the files."""
    data, ontology = Path(app.config["DATA"]), Path(app.config["ONTOLOGY"])
    if not (store := app.config["STORE"]):
        return open_knowledge(data, ontology, cache=cache, releases=releases)
    known = open_store(store, data=data, ontology=ontology, cache=cache, releases=releases)
    app.extensions["store"] = StoreWatch(store, sha256=known.release.sha256)
    return known
