"""The shelves: one offence, one provision, one instrument; on a day first, then on all days."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kb.errors import NotFound
from kb.views import InstrumentView
from web.legislation_page import instrument_page, provision_page
from web.offence_page import offence_page
from web.params import read_place
from web.state import knowledge

blueprint = Blueprint("library", __name__)


@dataclass(frozen=True, kw_only=True)
class AbsentPage:
    """A path that is not here, and the instrument it would belong to if that is."""

    path: str
    nearest: InstrumentView | None


@blueprint.get("/offence/<slug>")
def offence(slug: str) -> str:
    """Everything about one offence: on a day in some nations first, then on all days."""
    known = knowledge()
    asked = read_place(request.args.to_dict(flat=False), schemes=known.schemes)
    return render_template("offence.html", page=offence_page(slug, asked, known=known))


@blueprint.get("/legislation/<path:path>")
def legislation(path: str) -> str | tuple[str, int]:
    """Everything about one provision, on a day first; or about one instrument."""
    known = knowledge()
    asked = read_place(request.args.to_dict(flat=False), schemes=known.schemes)
    try:
        found = known.library.provision(path)
    except NotFound:
        return _instrument(path)
    return render_template("provision.html", page=provision_page(found, asked, known=known))


def _instrument(path: str) -> str | tuple[str, int]:
    known = knowledge()
    try:
        found = known.library.instrument(path)
    except NotFound:
        page = AbsentPage(path=path, nearest=_nearest(path))
        return render_template("absent.html", page=page), 404
    return render_template("instrument.html", page=instrument_page(found, known=known))


def _nearest(path: str) -> InstrumentView | None:
    """The instrument whose path this one begins with."""
    found = knowledge().library.instruments()
    return next((i for i in found if path.startswith(f"{i.id}/")), None)
