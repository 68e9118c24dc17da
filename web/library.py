"""The shelves: one offence, one provision, one instrument, on all days."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from kb.citation import printed
from kb.citation_model import Printed
from kb.errors import NotFound
from kb.views import InstrumentView, OffenceView, ProvisionView, RuleView, WindowView
from web.state import knowledge
from web.timeline_pictures import Figure, offence_figure

blueprint = Blueprint("library", __name__)


@dataclass(frozen=True, kw_only=True)
class OffencePage:
    """An offence, its windows under every nation there is, and the picture of them."""

    offence: OffenceView
    picture: Figure
    cited: Printed
    windows: dict[str, tuple[WindowView, ...]]


@dataclass(frozen=True, kw_only=True)
class ProvisionPage:
    """A provision, its windows under every nation there is, and the rules that rest on it."""

    provision: ProvisionView
    cited: Printed
    windows: dict[str, tuple[WindowView, ...]]
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, kw_only=True)
class InstrumentPage:
    """An instrument with what is here of it."""

    instrument: InstrumentView
    cited: Printed


@dataclass(frozen=True, kw_only=True)
class AbsentPage:
    """A path that is not here, and the instrument it would belong to if that is."""

    path: str
    nearest: InstrumentView | None


@blueprint.get("/offence/<slug>")
def offence(slug: str) -> str:
    """Everything about one offence."""
    found = knowledge().library.offence(slug)
    picture = offence_figure(knowledge().library, found)
    cited = printed(knowledge().catalogue, found.provision.uri, found.provision.limb)
    windows = _by_nation(found.windows)
    page = OffencePage(offence=found, picture=picture, cited=cited, windows=windows)
    return render_template("offence.html", page=page)


@blueprint.get("/legislation/<path:path>")
def legislation(path: str) -> str | tuple[str, int]:
    """Everything about one provision, or one instrument."""
    library = knowledge().library
    try:
        found = library.provision(path)
    except NotFound:
        return _instrument(path)
    rules = tuple(rule for rule in library.rules() if rule.id in found.rules)
    cited = printed(knowledge().catalogue, found.uri)
    windows = _by_nation(found.windows)
    page = ProvisionPage(provision=found, cited=cited, windows=windows, rules=rules)
    return render_template("provision.html", page=page)


def _instrument(path: str) -> str | tuple[str, int]:
    try:
        found = knowledge().library.instrument(path)
    except NotFound:
        return render_template(
            "absent.html", page=AbsentPage(path=path, nearest=_nearest(path))
        ), 404
    page = InstrumentPage(instrument=found, cited=printed(knowledge().catalogue, found.uri))
    return render_template("instrument.html", page=page)


def _nearest(path: str) -> InstrumentView | None:
    """The instrument whose path this one begins with."""
    found = knowledge().library.instruments()
    return next((i for i in found if path.startswith(f"{i.id}/")), None)


def _by_nation(windows: tuple[WindowView, ...]) -> dict[str, tuple[WindowView, ...]]:
    nations = knowledge().schemes.slugs("nations")
    return {nation: tuple(w for w in windows if w.nation == nation) for nation in nations}
