"""/api/v1/suggest: what to suggest while somebody types into the search box."""

from functools import cache

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from kb.asked import AskedTwice, UnknownParameter
from kb.errors import QuestionError
from kb.search_suggest import Suggester, suggest, suggester
from web.contract import enclose
from web.contract_parts import Envelope, Published
from web.openapi import Call
from web.params import Parameter
from web.state import knowledge

LONGEST = 200
SUGGEST = (
    Parameter(
        name="q",
        description=f"What was typed so far, at most {LONGEST} characters. Nothing is suggested for"
        " nothing.",
        examples=("upsk", "cjca 2015"),
        written={"pattern": rf"^[\s\S]{{0,{LONGEST}}}$"},
    ),
)

blueprint = Blueprint("suggest", __name__)


class TooMuchTyped(QuestionError):
    """More text than anything that is suggested has."""

    def __init__(self) -> None:
        self.parameter = "q"
        super().__init__(f"q is too long: it can have {LONGEST} characters.")


class SuggestedItem(Published):
    """Something to choose."""

    text: str
    kind: str
    """What it is: `word` for an everyday word, else a kind of result as in a search."""
    url: str | None
    """The page about it on this site; null for words to search for."""


class SuggestContract(Envelope):
    """What is suggested, the best first."""

    q: str
    """What was typed, without the space round it."""
    suggestions: tuple[SuggestedItem, ...]


@blueprint.record
def _prepare(state: BlueprintSetupState) -> None:
    found = state.app.extensions

    @cache
    def known() -> Suggester:
        return suggester(found["search"].get().documents, found["knowledge"].schemes)

    found["suggest"] = known


@blueprint.get("/api/v1/suggest")
def suggest_api() -> Response:
    """Suggest what to search for, or where to go, while somebody types."""
    typed = _typed()
    known: Suggester = current_app.extensions["suggest"]()
    document = enclose(
        SuggestContract,
        {"q": typed, "suggestions": suggest(known, typed)},
        checked_on=knowledge().checked_on,
        release=knowledge().release,
    )
    return Response(document.model_dump_json(), mimetype="application/json")


# What /openapi.json reads of a view.
suggest_api.call = Call(  # type: ignore[attr-defined]
    document=SuggestContract, takes=SUGGEST, places={}
)


def _typed() -> str:
    for name in request.args:
        if name != "q":
            raise UnknownParameter(name, ("q",))
    values = {value.strip() for value in request.args.getlist("q") if value.strip()}
    if len(values) > 1:
        raise AskedTwice("q")
    typed = values.pop() if values else ""
    if len(typed) > LONGEST:
        raise TooMuchTyped
    return typed
