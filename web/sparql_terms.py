"""/sparql/terms.json: the prefixes and words that an editor of queries offers."""

import json
from dataclasses import asdict
from hashlib import sha256

from flask import Blueprint, Response, current_app, request, url_for

from kb.description import store_of
from kb.offered_terms import offered_terms
from web.assets import KEPT
from web.open_data import open_to_all
from web.state import knowledge

blueprint = Blueprint("sparql_terms", __name__)


@blueprint.get("/sparql/terms.json")
def terms() -> Response:
    """Every word; under the address that the page names, it may be kept for ever."""
    response = Response(_document(), content_type="application/json")
    response.set_etag(_digest())
    kept = request.args.get("v") == _digest()
    response.headers["Cache-Control"] = KEPT if kept else "no-cache"
    return open_to_all(response.make_conditional(request))  # type: ignore[arg-type]


def terms_address() -> str:
    """The address of the words as they are now."""
    return url_for("sparql_terms.terms", v=_digest())


def _document() -> bytes:
    """The words as JSON, read once."""
    known = current_app.extensions
    if "sparql_terms" not in known:
        found = offered_terms(store_of(knowledge().engine))
        document = {
            "prefixes": dict(found.prefixes),
            "terms": [asdict(term) for term in found.terms],
        }
        known["sparql_terms"] = (json.dumps(document, ensure_ascii=False) + "\n").encode()
    body: bytes = known["sparql_terms"]
    return body


def _digest() -> str:
    return sha256(_document()).hexdigest()[:16]
