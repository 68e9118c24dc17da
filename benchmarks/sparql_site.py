"""The whole site as WSGI, its SPARQL endpoint over the N-Quads that ``BENCHMARK_DATA`` names."""

import os
from pathlib import Path

from kb.endpoint import Endpoint
from kb.engine import OxigraphEngine
from kb.store import store_of
from web.app import create_app

app = create_app()
app.extensions["sparql"] = Endpoint(
    OxigraphEngine(store_of(Path(os.environ["BENCHMARK_DATA"]).read_bytes())),
    seconds=float(app.config["SPARQL_SECONDS"]),
)
