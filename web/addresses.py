"""Where each thing that is known has its page."""

from typing import Any

from flask import url_for

from kb.advice_model import Thing
from web.state import knowledge

PAGES = {
    "offence": ("library.offence", "slug"),
    "provision": ("library.legislation", "path"),
    "instrument": ("library.legislation", "path"),
    "guidance": ("shelves.document", "slug"),
    "practice": ("shelves.point", "slug"),
    "service": ("shelves.service", "slug"),
    "source": ("register.source", "slug"),
    "claim": ("register.claim", "slug"),
    "misconception": ("register.misconception", "slug"),
}
LISTINGS = {
    "audience": ("shelves.practice", "audience"),
    "claim-kind": ("register.claims", "kind"),
    "conduct": ("pages.law", "conduct"),
    "document-state": ("shelves.guidance", "state"),
    "guidance-kind": ("shelves.guidance", "kind"),
    "material": ("pages.law", "material"),
    "practice-kind": ("shelves.practice", "kind"),
    "service-kind": ("shelves.services", "kind"),
    "topic": ("shelves.guidance", "topic"),
    "verdict": ("register.claims", "verdict"),
}
BODY = "body"


def thing_address(thing: Thing) -> str | None:
    """The page of a thing; of a word of a scheme, a list kept to it; None where there is neither.

    A body has a list if it published a document that is here.
    """
    if thing.kind in PAGES:
        endpoint, place = PAGES[thing.kind]
        named: dict[str, Any] = {place: thing.id}
        return url_for(endpoint, **named)
    if thing.kind == BODY and _has_published(thing.id):
        return url_for("shelves.guidance", body=thing.id)
    if thing.kind in LISTINGS:
        endpoint, parameter = LISTINGS[thing.kind]
        kept: dict[str, Any] = {parameter: thing.id}
        return url_for(endpoint, **kept)
    return None


def _has_published(body: str) -> bool:
    return any(body in document.bodies for document in knowledge().advice.guidance.values())
