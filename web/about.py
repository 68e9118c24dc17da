"""The pages about this site: what its words mean, whom it is for, how it can be used by all."""

from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, request

from kb.catalogue import grouped
from kb.knowledge import Knowledge
from kb.model import Concept
from web.glossary import GlossaryPage, glossary_page
from web.params import refuse_others
from web.state import knowledge
from web.vocabulary import every_term

blueprint = Blueprint("about", __name__)


@dataclass(frozen=True, kw_only=True)
class Confidence:
    """How closely facts were read, and how many offences and documents rest on such a reading."""

    word: Concept
    offences: int
    documents: int


@dataclass(frozen=True, kw_only=True)
class AboutPage:
    """This site in numbers: counted, never written down."""

    offences: int
    provisions: int
    instruments: int
    rules: int
    guidance: int
    practice: int
    services: int
    pages: int
    claims: int
    doubts: int
    confidences: tuple[Confidence, ...]


@blueprint.get("/glossary")
def glossary() -> str:
    """Every controlled word with what it means, and the everyday names that lead to them."""
    _takes_nothing()
    return render_template("about/glossary.html", page=_glossary())


@blueprint.get("/about")
def about() -> str:
    """Whom this site is for, how its facts are checked, and what it does not cover."""
    _takes_nothing()
    return render_template("about/about.html", page=_about(knowledge()))


@blueprint.get("/accessibility")
def accessibility() -> str:
    """How everybody can use this site, how that is tested, and what is known not to work."""
    _takes_nothing()
    return render_template("about/accessibility.html")


def _takes_nothing() -> None:
    refuse_others(request.args.to_dict(flat=False), (), schemes=knowledge().schemes)


def _glossary() -> GlossaryPage:
    """The glossary, put together once."""
    kept = current_app.extensions
    if "glossary" not in kept:
        kept["glossary"] = glossary_page(knowledge().schemes, every_term().schemes)
    found: GlossaryPage = kept["glossary"]
    return found


def _about(known: Knowledge) -> AboutPage:
    catalogue, advice = known.catalogue, known.advice
    return AboutPage(
        offences=len(catalogue.offences),
        provisions=len(catalogue.provisions),
        instruments=len(catalogue.instruments),
        rules=len(catalogue.rules),
        guidance=len(advice.guidance),
        practice=len(advice.practice),
        services=len(advice.services),
        pages=len(advice.pages),
        claims=len(advice.claims),
        doubts=len(catalogue.doubts),
        confidences=_confidences(known),
    )


def _confidences(known: Knowledge) -> tuple[Confidence, ...]:
    offences = grouped(known.catalogue.offences.values(), lambda row: row.confidence)
    documents = grouped(known.advice.guidance.values(), lambda document: document.confidence)
    return tuple(
        Confidence(
            word=word,
            offences=len(offences.get(word.address, ())),
            documents=len(documents.get(word.slug, ())),
        )
        for word in known.schemes.scheme("confidences")
    )
