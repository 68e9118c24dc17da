"""What every page has: the frame's record, and the words and links that templates ask for."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, current_app, g, render_template, request, url_for
from markupsafe import Markup

from kb.advice_answer_model import ServiceAnswer
from kb.advice_answers import urgent_services
from kb.answers import Release
from kb.errors import NotFound
from kb.knowledge import Knowledge
from kb.library import Library
from kb.model import Concept
from kb.views import RuleView
from web.addresses import thing_address
from web.carried import carried, said_again
from web.language import language
from web.navigation import MAIN, SHELVES, Place, Shelf
from web.pieces import kept
from web.spoken import day, day_said, word_said, words_said
from web.state import knowledge

OFFICIAL = "legislation.gov.uk/"
HELP = 6  # services at the foot of every page


@dataclass(frozen=True, kw_only=True)
class Site:
    """The frame of a page; ``confirmed`` is the word for the closest reading, rules are by slug."""

    checked_on: date
    release: Release
    services: tuple[ServiceAnswer, ...]
    rules: dict[str, RuleView]
    confirmed: str
    report: str
    style: str
    main: tuple[Place, ...] = MAIN
    shelves: tuple[Shelf, ...] = SHELVES

    @property
    def language(self) -> str:
        """The tag of the language in which this request is answered."""
        return language()


def register(app: Flask) -> None:
    """Give the templates of an application their frame, filters and functions."""
    site = _site(app, app.extensions["knowledge"])
    app.extensions["site"] = site
    app.context_processor(lambda: {"site": frame()})
    for make in (capitalise, day, day_before, day_said, official_text):
        app.add_template_filter(make)
    for answer in (
        canonical,
        carried,
        cite,
        concept,
        counted,
        form_address,
        framed,
        report_address,
        rule,
        scheme,
        thing_address,
    ):
        app.add_template_global(answer)


def _site(app: Flask, known: Knowledge) -> Site:
    style = Path(app.static_folder or "") / "site.css"
    return Site(
        checked_on=known.checked_on,
        release=known.release,
        services=_services(known),
        rules={found.id: found for found in known.library.rules()},
        confirmed=known.schemes.slugs("confidences")[0],
        report=app.config["REPORT_ADDRESS"],
        style=sha256(style.read_bytes()).hexdigest()[:8],
    )


def _services(known: Knowledge) -> tuple[ServiceAnswer, ...]:
    nations = known.schemes.slugs("nations")
    return urgent_services(known.advice, nations, on=known.checked_on, most=HELP)


def frame() -> Site:
    """The frame of this request's page: what is said of the data is of the data that answers."""
    known = knowledge()
    site: Site = current_app.extensions["site"]
    if not known.said:
        return site
    if "site" not in g:
        rules = {found.id: found for found in known.library.rules()}
        g.site = replace(site, checked_on=known.checked_on, release=known.release, rules=rules)
    replayed: Site = g.site
    return replayed


def framed(template: str) -> Markup:
    """A part of the frame, which is made once for all pages with the same links."""
    made: Markup = kept(
        (template, request.endpoint, said_again()), lambda: Markup(render_template(template))
    )
    return made


def capitalise(text: str) -> str:
    """The text with a capital at its start, and the rest as it was."""
    return text[:1].upper() + text[1:]


def day_before(end: date) -> date:
    """The last day of a half-open window."""
    return end - timedelta(days=1)


def official_text(uri: str) -> str | None:
    """Where the official text of a provision or instrument is published; None if it has none."""
    if OFFICIAL not in uri:
        return None
    return "https://www." + OFFICIAL + uri.split(OFFICIAL, 1)[1].removeprefix("id/")


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: ``1 offence``, ``2 offences``."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def concept(name: str, slug: str) -> Concept:
    """A word of a scheme; a word that is in none stands for itself."""
    if found := knowledge().schemes.find(name, slug):
        return word_said(found)
    return Concept(
        scheme=name, address="", slug=slug, label=slug, definition="", broader=None, other_names=()
    )


def scheme(name: str) -> tuple[Concept, ...]:
    """All words of a scheme, in its order."""
    return words_said(knowledge().schemes.scheme(name))


def cite(path: str) -> str:
    """The citation of a provision, or the title of an instrument, by its path."""
    library = knowledge().library
    kept = _cited(library)
    if path not in kept:
        try:
            kept[path] = library.provision(path).citation
        except NotFound:
            kept[path] = library.instrument(path).title
    return kept[path]


@lru_cache(maxsize=4)
def _cited(library: Library) -> dict[str, str]:
    """How provisions and instruments are cited, by path, once it was looked up."""
    return {}


def rule(slug: str) -> RuleView | None:
    """A rule that cuts across offences, by its slug."""
    return frame().rules.get(slug)


def form_address() -> str:
    """The form on one page, filled in as this request was."""
    stated = urlencode([pair for pair in request.args.items(multi=True) if pair[1]])
    return url_for("pages.form") + (f"?{stated}" if stated else "")


def canonical() -> str:
    """The one address of this page, whatever order and empty fields it was asked with."""
    stated = sorted(pair for pair in request.args.items(multi=True) if pair[1])
    return request.base_url + (f"?{urlencode(stated)}" if stated else "")


def report_address(report: str) -> str:
    """Where an error is reported, told which page it is about."""
    page = request.full_path.rstrip("?")
    return f"{report}{'&' if '?' in report else '?'}{urlencode({'page': page})}"
