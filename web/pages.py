"""The first pages: the question, its answer, and what is covered."""

from urllib.parse import urlencode

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from kb.asked import parse_asked, parse_question
from kb.model import AskedPeriod
from kb.releases import PARAMETER
from kb.remote_store import StoreWatch
from web import site
from web.answer_role import read_role
from web.carried import BOTH
from web.coverage_page import coverage_page
from web.form import question_form
from web.home_page import home_page
from web.now_page import now_page, one_nation
from web.period_page import LAST, half_open, period_page
from web.reading import law_page
from web.state import knowledge, replay

blueprint = Blueprint("pages", __name__)


def register(app: Flask) -> None:
    """Give an application's templates what all pages share."""
    site.register(app)


@blueprint.get("/")
def home() -> str | WerkzeugResponse:
    """Where everybody starts; an address that states facts, as old ones did, is for the form."""
    given, schemes = request.args.to_dict(flat=False), knowledge().schemes
    if any(name not in BOTH for name in given):
        return redirect(site.form_address(), code=303)
    parse_asked(given, schemes=schemes)
    return render_template("home.html", page=home_page(schemes))


@blueprint.get("/form")
def form() -> str | tuple[str, int]:
    """All questions on one page, in the words of the law, filled in from the address."""
    page = question_form(request.args, schemes=knowledge().schemes)
    return render_template("form.html", page=page), 400 if page.wrong else 200


@blueprint.get("/law")
def law() -> str | WerkzeugResponse:
    """Which law applies, in this nation, on this day or over this period, to these facts?"""
    given = request.args.to_dict(flat=False)
    if period := half_open(given):
        return redirect(f"{request.script_root}/law?{urlencode(period, doseq=True)}", code=303)
    stated = replay({name: values for name, values in given.items() if name != LAST})
    known = knowledge()
    also = {PARAMETER: known.release.id} if known.said else {}
    role, stated = read_role(stated, schemes=known.schemes)
    asked = parse_question(stated, schemes=known.schemes)
    if isinstance(asked, AskedPeriod):
        over = period_page(known.law_over(asked), schemes=known.schemes, also=also, role=role)
        return render_template("period.html", page=over)
    page = law_page(known.which_law(asked), known=known, also=also, role=role)
    return render_template("law.html", page=page)


@blueprint.get("/law/now")
def now() -> str:
    """What to do now in one nation, on one sheet of paper."""
    stated = replay(request.args.to_dict(flat=False))
    known = knowledge()
    also = {PARAMETER: known.release.id} if known.said else {}
    role, stated = read_role(stated, schemes=known.schemes)
    answer = known.which_law(one_nation(stated, schemes=known.schemes))
    return render_template("now.html", page=now_page(answer, known=known, also=also, role=role))


@blueprint.get("/coverage")
def coverage() -> str:
    """What is known here, from which day, and what is not."""
    return render_template("coverage.html", page=coverage_page(knowledge()))


@blueprint.get("/healthz")
def healthz() -> Response:
    """Is the site up, with which data, and does the store that it came from still have it?"""
    watch: StoreWatch | None = current_app.extensions.get("store")
    store = f"store: {watch.state()}\n" if watch else ""
    said = f"ok {knowledge().release.sha256}\n{store}"
    return Response(said, content_type="text/plain; charset=utf-8")
