"""/context.jsonld: how our JSON-LD is to be read, at one stable address and at one for each state.

Documents name the stable address: a copy kept for years finds the context of the day, in which a
name never changes what it means, and not an address that only an older program answered.
"""

from hashlib import sha256

from flask import Blueprint, Response, current_app, request, url_for

from kb.description import store_of
from kb.errors import NotFound
from kb.json_ld import Context, read_context, written
from web.assets import KEPT
from web.open_data import open_to_all
from web.state import knowledge

blueprint = Blueprint("contexts", __name__)
MEDIA_TYPE = "application/ld+json"
A_DAY = "public, max-age=86400"


def context() -> Context:
    """The context of the data of this site."""
    known = current_app.extensions
    if "context" not in known:
        known["context"] = read_context(store_of(knowledge().engine))
    found: Context = known["context"]
    return found


def context_address(*, external: bool = False) -> str:
    """The stable address of the context."""
    return url_for("contexts.stable", _external=external)


@blueprint.get("/context.jsonld")
def stable() -> Response:
    """The context as it is today."""
    response = _answer()
    response.headers["Cache-Control"] = A_DAY
    own = url_for("contexts.immutable", digest=_digest())
    response.headers["Link"] = f'<{own}>; rel="alternate"; type="{MEDIA_TYPE}"'
    return response


@blueprint.get("/context/<digest>.jsonld")
def immutable(digest: str) -> Response:
    """The context in one state for ever, under the digest of its content."""
    if digest != _digest():
        raise NotFound("context", digest, hint=f"The one of today is {_digest()}.")
    response = _answer()
    response.headers["Cache-Control"] = KEPT
    return response


@blueprint.after_request
def _open(response: Response) -> Response:
    return open_to_all(response)


def _answer() -> Response:
    response = Response(written(context().document), content_type=MEDIA_TYPE)
    response.set_etag(_digest())
    return response.make_conditional(request)  # type: ignore[return-value]


def _digest() -> str:
    return sha256(written(context().document)).hexdigest()[:16]
