"""The API about guidance, practice, services and what published pages claim."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Blueprint, Response, request

from kb.advice import one_of
from kb.advice_answers import practice_given
from kb.advice_found import misconceptions_found, practice_found
from web import advice_contract as contract
from web.advice_asked import (
    CLAIMS,
    GUIDANCE,
    MISCONCEPTIONS,
    NONE_FOUND,
    ONE,
    PRACTICE,
    SERVICES,
    AdviceAsked,
    read_advice,
)
from web.api import PREFIX
from web.claim_order import claims_of, omissions_near
from web.claims_page import claims_kept
from web.contract import enclose, fields_of
from web.contract_parts import Envelope
from web.guidance_page import cited_answer, documents_found, none_found
from web.openapi import Call
from web.params import Parameter
from web.services_page import services_kept
from web.state import knowledge

blueprint = Blueprint("advice_api", __name__)
Find = Callable[..., Mapping[str, Any]]
Registered = TypeVar("Registered", bound=Find)
Content = dict[str, Any]


def answers(
    rule: str, /, document: type[Envelope], *, takes: tuple[Parameter, ...] = (), **places: str
) -> Callable[[Registered], Registered]:
    """Answer an address below the prefix with the content that a function finds.

    It is asked with what the parameters say and with the variable parts of the path.
    """

    def register(find: Registered) -> Registered:
        def view(**parts: str) -> Response:
            asked = read_advice(request.args.to_dict(flat=False), takes, known=knowledge())
            return _enclosed(document, find(asked, **parts), asked)

        view.__name__, view.__doc__ = find.__name__, find.__doc__
        view.call = Call(document=document, takes=takes, places=places)  # type: ignore[attr-defined]
        blueprint.add_url_rule(PREFIX + rule, view_func=view)
        return find

    return register


def _enclosed(document: type[Envelope], content: Mapping[str, Any], asked: AdviceAsked) -> Response:
    known = knowledge()
    said = {"asked": asked.stated()} if issubclass(document, contract.Listing) else {}
    made = enclose(
        document, said | dict(content), checked_on=known.checked_on, release=known.release
    )
    return Response(made.model_dump_json(), mimetype="application/json")


@answers("/guidance", contract.GuidanceListDocument, takes=GUIDANCE)
def guidance_list(asked: AdviceAsked) -> Content:
    """Documents as they stand on a day; which were not found; what an old citation means."""
    known = knowledge()
    _, found = documents_found(asked, known=known)
    return {
        "guidance": contract.standing_contents(found),
        "none_found": none_found(asked, known=known),
        "cited": contract.citation_content(cited_answer(asked, known=known), asked),
    }


@answers(
    "/guidance/<slug>", contract.GuidanceDocument, takes=ONE, slug="The id of a guidance document."
)
def guidance_document(asked: AdviceAsked, slug: str) -> Content:
    """Everything about one document, and what it is on a day."""
    shelf = knowledge().advice.guidance
    found = one_of(shelf, slug, kind="guidance", listed=f"{PREFIX}/guidance")
    return contract.thing_content(found, asked)


@answers("/none-found", contract.NoneFoundDocument, takes=NONE_FOUND)
def guidance_not_found(asked: AdviceAsked) -> Content:
    """Which guidance was searched for and not found, and on which day."""
    return {"none_found": none_found(asked, known=knowledge())}


@answers("/practice", contract.PracticeListDocument, takes=PRACTICE)
def practice_list(asked: AdviceAsked) -> Content:
    """Points of practice by kind, the most urgent first, and the names of the roles in them."""
    advice = knowledge().advice
    found = practice_found(advice, **asked.kept_to("nation", "audience", "kind", "topic"))
    if asked.dated:
        given = practice_given(advice, asked.nations, on=asked.on)
        found = tuple(point for point in found if point.id in given)
    roles = tuple(role for role in advice.roles if role.nation in asked.nations)
    return {"practice": found, "roles": roles}


@answers("/practice/<slug>", contract.PracticeDocument, slug="The id of a point of practice.")
def practice_point(asked: AdviceAsked, slug: str) -> Content:
    """Everything about one point of practice, and the names of the roles in it."""
    advice = knowledge().advice
    found = one_of(advice.practice, slug, kind="practice", listed=f"{PREFIX}/practice")
    return contract.practice_content(found, advice)


@answers("/services", contract.ServicesDocument, takes=SERVICES)
def service_list(asked: AdviceAsked) -> Content:
    """Services as they stand on a day, the most urgent first."""
    _, found = services_kept(asked, known=knowledge())
    return {"services": contract.standing_contents(found)}


@answers("/services/<slug>", contract.ServiceDocument, takes=ONE, slug="The id of a service.")
def service(asked: AdviceAsked, slug: str) -> Content:
    """Everything about one service, and what it is on a day."""
    shelf = knowledge().advice.services
    found = one_of(shelf, slug, kind="service", listed=f"{PREFIX}/services")
    return contract.thing_content(found, asked)


@answers("/sources", contract.SourcesDocument)
def source_list(asked: AdviceAsked) -> Content:
    """The published pages whose claims were read."""
    return {"sources": tuple(knowledge().advice.pages.values())}


@answers("/sources/<slug>", contract.SourceDocument, slug="The id of a published page.")
def source(asked: AdviceAsked, slug: str) -> Content:
    """One published page: its claims in the order of its lines, and what it leaves out."""
    known = knowledge()
    page = one_of(known.advice.pages, slug, kind="source", listed=f"{PREFIX}/sources")
    claims = claims_of(page, known=known)
    return contract.source_content(page, claims, omissions_near(claims, known=known))


@answers("/claims", contract.ClaimsDocument, takes=CLAIMS)
def claim_list(asked: AdviceAsked) -> Content:
    """Claims of published pages, and how those that were audited stand."""
    return {"claims": claims_kept(asked, known=knowledge())}


@answers("/claims/<slug>", contract.ClaimDocument, slug="The id of a claim.")
def claim(asked: AdviceAsked, slug: str) -> Content:
    """One claim of a published page, and how it stands."""
    shelf = knowledge().advice.claims
    found = one_of(shelf, slug.lower(), kind="claim", listed=f"{PREFIX}/claims")
    return fields_of(found)


@answers("/misconceptions", contract.MisconceptionsDocument, takes=MISCONCEPTIONS)
def misconception_list(asked: AdviceAsked) -> Content:
    """What people get wrong, each with its correction."""
    kept = asked.kept_to("nation", "topic")
    return {"misconceptions": misconceptions_found(knowledge().advice, **kept)}


@answers(
    "/misconceptions/<slug>", contract.MisconceptionDocument, slug="The id of a mistaken belief."
)
def misconception(asked: AdviceAsked, slug: str) -> Content:
    """One mistaken belief, and the correction."""
    shelf = knowledge().advice.misconceptions
    found = one_of(shelf, slug, kind="misconception", listed=f"{PREFIX}/misconceptions")
    return fields_of(found)
