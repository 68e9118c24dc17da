"""Nations, or days, side by side: the page, its table to take away, and the same for tools."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from kb.comparison_model import Comparison
from web.compare_asked import COMPARE, OTHER, read_comparison
from web.compare_contract import ComparisonDocument, comparison_content
from web.compare_csv import comparison_csv
from web.compare_page import compare_page
from web.contract import enclose
from web.openapi import Call
from web.state import knowledge, replay

blueprint = Blueprint("compare", __name__)


@blueprint.get("/compare")
def page() -> str | WerkzeugResponse:
    """What each nation has for each conduct on a day, or how two nations or days differ."""
    given = request.args.to_dict(flat=False)
    if "nation" in given and not any(given["nation"]) and any(map(given.get, OTHER)):
        # All nations were chosen in the frame: the second side goes with the first.
        rest = {n: v for n, v in given.items() if any(v) and n not in ("nation", *OTHER)}
        return redirect(
            f"{url_for('compare.page', nation=None, on=None)}?{urlencode(rest, True)}", 303
        )
    return render_template("compare.html", page=compare_page(_compared(), known=knowledge()))


@blueprint.get("/compare.csv")
def table() -> Response:
    """The same as a table for a spreadsheet."""
    found = _compared()
    days = "_".join(dict.fromkeys(side.on.isoformat() for side in found.asked.sides))
    nations = {side.nation for side in found.asked.sides}
    named = "_".join(("compare", *(sorted(nations) if found.asked.two else ()), days))
    response = Response(
        comparison_csv(found), content_type="text/csv; charset=utf-8; header=present"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{named}.csv"'
    return response


@blueprint.get("/api/v1/compare")
def compare_api() -> Response:
    """What does each nation have for each conduct, and how do two nations, or two days, differ?"""
    found = _compared()
    document = enclose(
        ComparisonDocument,
        comparison_content(found),
        checked_on=found.checked_on,
        release=found.release,
    )
    return Response(document.model_dump_json(), mimetype="application/json")


# What /openapi.json reads of the view.
compare_api.call = Call(document=ComparisonDocument, takes=COMPARE, places={})  # type: ignore[attr-defined]


def _compared() -> Comparison:
    stated = replay(request.args.to_dict(flat=False))
    return knowledge().compare(read_comparison(stated, known=knowledge()))
