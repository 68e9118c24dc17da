"""Where a reader can go from every page."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere on this site, by the view that answers there."""

    label: LazyString
    endpoint: str

    @property
    def address(self) -> str:
        """The path as a browser needs it: what the page is asked about is carried along."""
        return url_for(self.endpoint)

    @property
    def current(self) -> bool:
        """Is this the page that the request asks for?"""
        return request.endpoint == self.endpoint


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Places that belong together, at the foot of a page."""

    label: LazyString
    places: tuple[Place, ...]


HOME = Place(label=_("Which law applies?"), endpoint="pages.home")
SEARCH = Place(label=_("Search"), endpoint="search.page")
PRACTICE = Place(label=_("What to do"), endpoint="shelves.practice")
GUIDANCE = Place(label=_("Guidance"), endpoint="shelves.guidance")
SERVICES = Place(label=_("Who can help"), endpoint="shelves.services")
COMPARE = Place(label=_("Compare"), endpoint="compare.page")
CHANGES = Place(label=_("Changes"), endpoint="changes.page")

MAIN = (COMPARE, PRACTICE, GUIDANCE, SERVICES, CHANGES, SEARCH)
SHELVES = (
    Shelf(
        label=_("The law"),
        places=(
            HOME,
            Place(label=_("All questions on one page"), endpoint="pages.form"),
            COMPARE,
            CHANGES,
            Place(label=_("Timeline"), endpoint="timeline.page"),
            SEARCH,
        ),
    ),
    Shelf(
        label=_("Using it"),
        places=(
            PRACTICE,
            GUIDANCE,
            SERVICES,
            Place(label=_("Often got wrong"), endpoint="register.misconceptions"),
        ),
    ),
    Shelf(
        label=_("On whose word"),
        places=(
            Place(label=_("Sources"), endpoint="register.sources"),
            Place(label=_("Claims"), endpoint="register.claims"),
            Place(label=_("Coverage"), endpoint="pages.coverage"),
        ),
    ),
    Shelf(
        label=_("For other tools"),
        places=(
            Place(label=_("API description"), endpoint="api.openapi"),
            Place(label=_("SPARQL"), endpoint="sparql.sparql"),
            Place(label=_("Data"), endpoint="data.described"),
            Place(label=_("Ontology"), endpoint="vocabulary.ontology"),
        ),
    ),
    Shelf(
        label=_("About this site"),
        places=(
            Place(label=_("About"), endpoint="about.about"),
            Place(label=_("Glossary"), endpoint="about.glossary"),
            Place(label=_("Accessibility"), endpoint="about.accessibility"),
        ),
    ),
)
