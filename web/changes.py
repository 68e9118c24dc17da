"""What changed between two days, and since an answer was last used: for people and for tools."""

from dataclasses import asdict

from flask import Blueprint, Response, render_template, request

from kb.changes_between import changes_between
from kb.events import Event
from kb.since import Since, what_changed
from web.changes_asked import (
    CHANGES,
    SINCE,
    ChangesAsked,
    SinceAsked,
    day_of_answer,
    read_answer,
    read_changes,
    read_since,
)
from web.changes_contract import (
    ChangesDocument,
    SinceDocument,
    changes_content,
    since_content,
)
from web.changes_page import changes_page, since_form, since_page
from web.contract import enclose
from web.openapi import Call
from web.paging import read_part
from web.params import refuse_others
from web.state import knowledge

blueprint = Blueprint("changes", __name__)


@blueprint.get("/changes")
def page() -> str:
    """What changed in a period, day by day, the newest first."""
    part, given = read_part(request.args.to_dict(flat=False))
    asked = read_changes(given, known=knowledge())
    shown = changes_page(asked, _between(asked), part=part, known=knowledge())
    return render_template("changes.html", page=shown)


@blueprint.get("/changes/since")
def since() -> str:
    """What an answer says differently since it was used; the form, until both are named."""
    known = knowledge()
    given = request.args.to_dict(flat=False)
    if not request.args.get("answer") or not request.args.get("taught"):
        refuse_others(given, SINCE, schemes=known.schemes)
        address = request.args.get("answer", "")
        if address:
            read_answer(address)
        shown = since_form(request.args, day=day_of_answer(address))
    else:
        asked = read_since(given, known=known)
        shown = since_page(asked, _since(asked), known=known)
    return render_template("since.html", page=shown)


@blueprint.get("/api/v1/changes")
def changes_api() -> Response:
    """What changed between two days, in this nation, of this kind, about this."""
    known = knowledge()
    asked = read_changes(request.args.to_dict(flat=False), known=known)
    content = changes_content(asked, _between(asked))
    document = enclose(ChangesDocument, content, checked_on=known.checked_on, release=known.release)
    return Response(document.model_dump_json(), mimetype="application/json")


@blueprint.get("/api/v1/changes/since")
def since_api() -> Response:
    """What does an answer say differently on a later day?"""
    known = knowledge()
    asked = read_since(request.args.to_dict(flat=False), known=known)
    content = since_content(asked, _since(asked))
    document = enclose(SinceDocument, content, checked_on=known.checked_on, release=known.release)
    return Response(document.model_dump_json(), mimetype="application/json")


# What /openapi.json reads of a view.
changes_api.call = Call(document=ChangesDocument, takes=CHANGES, places={})  # type: ignore[attr-defined]
since_api.call = Call(document=SinceDocument, takes=SINCE, places={})  # type: ignore[attr-defined]


def _between(asked: ChangesAsked) -> tuple[Event, ...]:
    known = knowledge()
    return changes_between(known.catalogue, known.schemes, known.advice, **asdict(asked))


def _since(asked: SinceAsked) -> Since:
    known = knowledge()
    return what_changed(
        known.catalogue,
        known.schemes,
        known.advice,
        taught=known.which_law(asked.taught),
        now=known.which_law(asked.now),
    )
