"""The first pages: the question, its answer, and what is covered."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from kb.answers import DoubtAnswer, Release
from kb.asked import parse_question
from kb.library import Library
from kb.model import AskedPeriod
from kb.releases import PARAMETER
from kb.remote_store import StoreWatch
from kb.views import CoverageView
from web import site
from web.form import question_form
from web.now_page import now_page, one_nation
from web.period_page import LAST, half_open, period_page
from web.reading import law_page
from web.state import knowledge, replay
from web.timeline_pictures import answer_figures

blueprint = Blueprint("pages", __name__)


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """What an open doubt stands in the way of."""

    label: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class OpenDoubt:
    """A doubt, with links to what it is about."""

    doubt: DoubtAnswer
    blocks: tuple[Blocked, ...]


@dataclass(frozen=True, kw_only=True)
class CoveragePage:
    """What is covered, nation by nation, what is in doubt, and which data says so."""

    nations: tuple[CoverageView, ...]
    offences: int
    instruments: int
    doubts: tuple[OpenDoubt, ...]
    release: Release


def register(app: Flask) -> None:
    """Give an application's templates what all pages share."""
    site.register(app)


@blueprint.get("/")
def home() -> str:
    """The question form, filled in from the address if it says anything."""
    form = question_form(request.args, schemes=knowledge().schemes)
    return render_template("home.html", page=form)


@blueprint.get("/law")
def law() -> str | WerkzeugResponse:
    """Which law applies, in this nation, on this day or over this period, to these facts?"""
    given = request.args.to_dict(flat=False)
    if period := half_open(given):
        return redirect(f"{url_for('pages.law')}?{urlencode(period, doseq=True)}", code=303)
    stated = replay({name: values for name, values in given.items() if name != LAST})
    known = knowledge()
    also = {PARAMETER: known.release.id} if known.said else {}
    asked = parse_question(stated, schemes=known.schemes)
    if isinstance(asked, AskedPeriod):
        over = period_page(known.law_over(asked), schemes=known.schemes, also=also)
        return render_template("period.html", page=over)
    answer = known.which_law(asked)
    page = law_page(answer, schemes=known.schemes, also=also)
    pictures = answer_figures(known.library, answer)
    return render_template("law.html", page=page, pictures=pictures)


@blueprint.get("/law/now")
def now() -> str:
    """What to do now in one nation, on one sheet of paper."""
    stated = replay(request.args.to_dict(flat=False))
    known = knowledge()
    also = {PARAMETER: known.release.id} if known.said else {}
    answer = known.which_law(one_nation(stated, schemes=known.schemes))
    return render_template("now.html", page=now_page(answer, schemes=known.schemes, also=also))


@blueprint.get("/coverage")
def coverage() -> str:
    """What is known here, from which day, and what is not."""
    known = knowledge()
    library = known.library
    titles = _titles(library)
    page = CoveragePage(
        nations=library.coverage(),
        offences=len(library.offences()),
        instruments=len(library.instruments()),
        doubts=tuple(
            OpenDoubt(doubt=doubt, blocks=tuple(_blocked(b, titles) for b in doubt.blocks))
            for doubt in library.doubts()
        ),
        release=known.release,
    )
    return render_template("coverage.html", page=page)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Is the site up, with which data, and does the store that it came from still have it?"""
    watch: StoreWatch | None = current_app.extensions.get("store")
    store = f"store: {watch.state()}\n" if watch else ""
    said = f"ok {knowledge().release.sha256}\n{store}"
    return Response(said, content_type="text/plain; charset=utf-8")


def _titles(library: Library) -> dict[str, Blocked]:
    """Everything a doubt can be about, by its slug or path."""
    found = {
        offence.id: Blocked(
            label=offence.provision.citation, address=url_for("library.offence", slug=offence.id)
        )
        for offence in library.offences()
    }
    found |= {
        rule.id: Blocked(label=f"the rule: {rule.text}", address=None) for rule in library.rules()
    }
    for instrument in library.instruments():
        for path, label in (
            (instrument.id, instrument.title),
            *((part.id, part.citation) for part in instrument.provisions),
        ):
            found[path] = Blocked(label=label, address=url_for("library.legislation", path=path))
    return found


def _blocked(slug: str, titles: dict[str, Blocked]) -> Blocked:
    return titles.get(slug) or Blocked(label=slug, address=None)
