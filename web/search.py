"""/search, for people, for feed readers and for tools: words in, what is known of them out."""

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from kb.asked import today
from kb.cache import folder_of
from kb.errors import QuestionError
from kb.search import LazyIndex, SearchIndex, search
from kb.search_above import above, goes_to
from kb.search_asked import parse_search
from kb.search_model import SearchAsked
from web.carried import NATION
from web.contract import enclose
from web.edition import edition
from web.openapi import Call
from web.search_contract import SearchContract, search_content
from web.search_feed import MEDIA_TYPE, search_feed
from web.search_page import called, search_page
from web.search_params import SEARCH
from web.state import knowledge

blueprint = Blueprint("search", __name__)


class NothingAsked(QuestionError):
    """A search for nothing."""

    def __init__(self) -> None:
        self.parameter = "q"
        super().__init__("q is missing: say what to search for, for example q=sexting.")


@blueprint.record
def _prepare(state: BlueprintSetupState) -> None:
    known, cache = state.app.extensions["knowledge"], folder_of(state.app.config["CACHE"])
    state.app.extensions["search"] = LazyIndex(known, cache=cache)


@blueprint.get("/search")
def page() -> str | AnyResponse:
    """The search page, with its results if something is asked; a citation goes to its provision."""
    asked = _asked()
    if not asked.words:
        return render_template("search.html", page=search_page(asked), called=called)
    if _asks_for_words(asked) and (there := goes_to(_index(), asked.words)):
        return redirect(_carrying(there), 303)
    answer = search(_index(), asked)
    shown = search_page(asked, answer, above(knowledge(), _index(), answer))
    return render_template("search.html", page=shown, called=called)


@blueprint.get("/search.atom")
def feed() -> Response:
    """The results of any search as an Atom feed, unless the reader has this very one."""
    asked = _asked()
    if not asked.words:
        raise NothingAsked
    known = knowledge()
    tag = edition(known.release.sha256, today().isoformat(), request.url)
    response = Response(content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    if tag in request.if_none_match.as_set():
        response.status_code = 304
        return response
    response.data = search_feed(search(_index(), asked), checked_on=known.checked_on)
    return response


@blueprint.get("/api/v1/search")
def search_api() -> Response:
    """Search law, guidance, practice, services and claims by words or by citation."""
    asked = _asked()
    if not asked.words:
        raise NothingAsked
    known = knowledge()
    answer = search(_index(), asked)
    document = enclose(
        SearchContract,
        search_content(answer, above(known, _index(), answer)),
        checked_on=known.checked_on,
        release=known.release,
    )
    return Response(document.model_dump_json(), mimetype="application/json")


# What /openapi.json reads of a view.
search_api.call = Call(document=SearchContract, takes=SEARCH, places={})  # type: ignore[attr-defined]


def _asks_for_words(asked: SearchAsked) -> bool:
    """Is nothing asked but words, and the nation and the day that all pages carry along?"""
    place = {name: values for name, values in asked.filters.items() if name == NATION}
    return asked == SearchAsked(words=asked.words, filters=place, on=asked.on)


def _carrying(there: str) -> str:
    """An address of ours, made again: what this search is asked about goes along."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None or "?" in there or "#" in there:
        return request.script_root + there
    endpoint, values = adapter.match(there)
    return url_for(endpoint, **values)


def _asked() -> SearchAsked:
    known = knowledge()
    return parse_search(
        request.args.to_dict(flat=False),
        schemes=known.schemes,
        instruments=tuple(row.path for row in known.catalogue.instruments.values()),
    )


def _index() -> SearchIndex:
    index: LazyIndex = current_app.extensions["search"]
    return index.get()
