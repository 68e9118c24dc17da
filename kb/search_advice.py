"""What is searched besides the law: guidance, practice, services, claims and misconceptions."""

import re
from collections.abc import Iterable, Iterator

from kb.advice_model import Guidance, Practice, Service, Thing
from kb.claim_model import Claim, Misconception
from kb.model import ProvisionRef
from kb.search_document import SearchDocument, always, as_document
from kb.search_making import Facets, Making
from kb.search_text import passages, short_titles
from kb.terms import identifier

FACET = "document_state"


def advice_documents(made: Making) -> Iterator[SearchDocument]:
    """A document for everything on the shelves, in their order."""
    advice = made.known.advice
    yield from (_guidance(made, one) for one in advice.guidance.values())
    yield from (_practice(made, one) for one in advice.practice.values())
    yield from (_service(made, one) for one in advice.services.values())
    yield from (_claim(made, one) for one in advice.claims.values())
    yield from (_misconception(made, one) for one in advice.misconceptions.values())


def _guidance(made: Making, one: Guidance) -> SearchDocument:
    facets = {
        **made.about(one.about),
        "topic": one.topics,
        "body": one.bodies,
        "audience": one.audiences,
        "instrument": made.instruments(one.about),
    }
    address = identifier("guidance", one.id)
    return SearchDocument(
        kind="guidance",
        id=one.id,
        address=address,
        title=one.title,
        provision=None,
        url=f"/guidance/{one.id}",
        **made.named(address),
        cited=(one.id, *short_titles(one.title)),
        passages=passages(
            *(point.text for point in one.says),
            one.for_whom,
            _bodies(made, one.bodies),
            one.last_updated,
            one.note,
        ),
        facets=facets,
        tags=made.tags(facets, one.nations),
        stands=as_document(one.periods, one.nations, facet=FACET),
        places=one.nations,
        on=one.updated_on or min((p.start for p in one.periods if p.start), default=None),
    )


def _practice(made: Making, one: Practice) -> SearchDocument:
    roles = {concept.slug: concept.label.lower() for concept in made.schemes.scheme("audiences")}
    texts = (one.text, *(said.text for said in one.said_by if said.text))
    there = {nation for said in one.said_by for nation in said.nations}
    places = tuple(nation for nation in made.nations if nation in there)
    facets = {"topic": one.topics, "audience": one.audiences}
    address = identifier("practice", one.id)
    return SearchDocument(
        kind="practice",
        id=one.id,
        address=address,
        title=one.label,
        provision=None,
        url=f"/practice/{one.id}",
        **made.named(address),
        cited=(one.id,),
        passages=passages(
            *(re.sub(r"\{([\w-]+)\}", lambda m: roles.get(m[1], m[1]), text) for text in texts)
        ),
        facets=facets,
        tags=made.tags(facets, places),
        stands=always(places),
        places=places,
    )


def _service(made: Making, one: Service) -> SearchDocument:
    facets = {"topic": one.topics, "body": one.bodies, "audience": one.audiences}
    address = identifier("service", one.id)
    return SearchDocument(
        kind="service",
        id=one.id,
        address=address,
        title=one.title,
        provision=None,
        url=f"/services/{one.id}",
        **{**made.named(address), "names": one.other_names},
        cited=(one.id,),
        passages=passages(
            one.for_whom, one.contact, *(point.text for point in one.says), one.run_by, one.note
        ),
        facets=facets,
        tags=made.tags(facets, one.nations),
        stands=as_document(one.periods, one.nations, facet=FACET),
        places=one.nations,
        on=one.checked_on,
    )


def _claim(made: Making, one: Claim) -> SearchDocument:
    verdict = one.verdict
    page = made.known.advice.pages[one.page.id]
    places = one.nations or one.implied
    provisions = _things(verdict.provisions) if verdict else ()
    facets = {
        **made.about((*one.about, *one.mentions)),
        "body": page.bodies,
        "verdict": verdict.verdicts if verdict else (),
        "instrument": made.instruments((*one.about, *one.mentions, *provisions)),
    }
    return SearchDocument(
        kind="claim",
        id=one.id,
        address=identifier("claim", one.id),
        title=one.text,
        provision=None,
        url=f"/claims/{one.id}",
        cited=(one.id,),
        passages=passages(
            verdict.right_position if verdict else None,
            verdict.why if verdict else None,
            "; ".join(one.names),
            "; ".join(one.printed_contacts),
            one.page.label,
        ),
        facets=facets,
        tags=made.tags(facets, places),
        stands=always(places),
        places=places,
        on=page.issued,
    )


def _misconception(made: Making, one: Misconception) -> SearchDocument:
    facets: Facets = {
        **made.about(one.about),
        "topic": one.topics,
        "verdict": (one.verdict,),
        "instrument": made.instruments((*one.about, *_things(one.provisions))),
    }
    address = identifier("misconception", one.id)
    return SearchDocument(
        kind="misconception",
        id=one.id,
        address=address,
        title=one.label,
        provision=None,
        url=f"/misconceptions/{one.id}",
        **{**made.named(address), "names": one.other_words},
        cited=(one.id,),
        passages=passages(one.correction, one.note),
        facets=facets,
        tags=made.tags(facets, one.nations),
        stands=always(one.nations),
        places=one.nations,
        on=one.as_of,
    )


def _things(provisions: Iterable[ProvisionRef]) -> tuple[Thing, ...]:
    return tuple(Thing(kind="provision", id=one.id, label=one.citation) for one in provisions)


def _bodies(made: Making, slugs: tuple[str, ...]) -> str:
    """Who published something, by all names."""
    concepts = (made.schemes.by_address.get(identifier("body", slug)) for slug in slugs)
    return ", ".join(name for body in concepts if body for name in (body.label, *body.other_names))
