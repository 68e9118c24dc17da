"""The pages about guidance, practice and services."""

from flask import Blueprint, render_template, request, url_for

from kb.advice import one_of
from web.advice_asked import GUIDANCE, HERE, PRACTICE, SERVICES, AdviceAsked, read_advice
from web.guidance_page import document_page, guidance_page
from web.params import Parameter
from web.practice_page import point_page, practice_page
from web.services_page import service_page, services_page
from web.state import knowledge

blueprint = Blueprint("shelves", __name__)


@blueprint.get("/guidance")
def guidance() -> str:
    """Every document that fits, as it stands on a day; and what an old citation means."""
    page = guidance_page(_asked(GUIDANCE), known=knowledge())
    return render_template("advice/guidance.html", page=page)


@blueprint.get("/guidance/<slug>")
def document(slug: str) -> str:
    """Everything about one document."""
    asked, known = _asked(HERE), knowledge()
    listed = url_for("shelves.guidance", nation=None, on=None)
    found = one_of(known.advice.guidance, slug, kind="guidance", listed=listed)
    page = document_page(found, asked, known=known)
    return render_template("advice/document.html", page=page)


@blueprint.get("/practice")
def practice() -> str:
    """What to do, by its kind, in the words of a nation if one is chosen."""
    page = practice_page(_asked(PRACTICE), known=knowledge())
    return render_template("advice/practice.html", page=page)


@blueprint.get("/practice/<slug>")
def point(slug: str) -> str:
    """Everything about one point of practice."""
    asked, known = _asked(HERE), knowledge()
    listed = url_for("shelves.practice", nation=None, on=None)
    found = one_of(known.advice.practice, slug, kind="practice", listed=listed)
    return render_template("advice/point.html", page=point_page(found, asked, known=known))


@blueprint.get("/services")
def services() -> str:
    """Whom to call or report to, the most urgent first, and what runs no longer apart."""
    page = services_page(_asked(SERVICES), known=knowledge())
    return render_template("advice/services.html", page=page)


@blueprint.get("/services/<slug>")
def service(slug: str) -> str:
    """Everything about one service."""
    asked, known = _asked(HERE), knowledge()
    listed = url_for("shelves.services", nation=None, on=None)
    found = one_of(known.advice.services, slug, kind="service", listed=listed)
    page = service_page(found, asked, known=known)
    return render_template("advice/service.html", page=page)


def _asked(takes: tuple[Parameter, ...]) -> AdviceAsked:
    return read_advice(request.args.to_dict(flat=False), takes, known=knowledge())
