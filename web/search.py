"""/search, for people and for tools: words in, what is known of them out."""

import threading
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState

from kb.cache import folder_of
from kb.errors import QuestionError
from kb.knowledge import Knowledge
from kb.search import SearchIndex, open_index, search
from kb.search_asked import parse_search
from kb.search_model import SearchAnswer, SearchAsked
from web.contract import enclose
from web.openapi import Call
from web.search_contract import SEARCH, SearchContract, search_content
from web.search_page import search_page
from web.state import knowledge

blueprint = Blueprint("search", __name__)


class NothingAsked(QuestionError):
    """A search for nothing."""

    def __init__(self) -> None:
        self.parameter = "q"
        super().__init__("q is missing: say what to search for, for example q=sexting.")


class LazyIndex:
    """The index of an application, opened when it is first needed: the site starts without it."""

    def __init__(self, known: Knowledge, *, cache: Path | None) -> None:
        self._known, self._cache = known, cache
        self._lock = threading.Lock()
        self._index: SearchIndex | None = None

    def get(self) -> SearchIndex:
        """The index; whoever asks while it is being opened waits for it."""
        with self._lock:
            if self._index is None:
                self._index = open_index(self._known, cache=self._cache)
            return self._index


@blueprint.record
def _prepare(state: BlueprintSetupState) -> None:
    known, cache = state.app.extensions["knowledge"], folder_of(state.app.config["CACHE"])
    state.app.extensions["search"] = LazyIndex(known, cache=cache)


@blueprint.get("/search")
def page() -> str:
    """The search page, with its results if something is asked."""
    asked = _asked()
    answer = _search(asked) if asked.words else None
    return render_template("search.html", page=search_page(asked, answer))


@blueprint.get("/api/v1/search")
def search_api() -> Response:
    """Search offences, provisions and instruments by words or by citation."""
    asked = _asked()
    if not asked.words:
        raise NothingAsked
    known = knowledge()
    document = enclose(
        SearchContract,
        search_content(_search(asked)),
        checked_on=known.checked_on,
        release=known.release,
    )
    return Response(document.model_dump_json(), mimetype="application/json")


# What /openapi.json reads of a view.
search_api.call = Call(document=SearchContract, takes=SEARCH, places={})  # type: ignore[attr-defined]


def _asked() -> SearchAsked:
    return parse_search(request.args.to_dict(flat=False), schemes=knowledge().schemes)


def _search(asked: SearchAsked) -> SearchAnswer:
    index: LazyIndex = current_app.extensions["search"]
    return search(index.get(), asked)
