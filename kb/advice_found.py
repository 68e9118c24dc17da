"""What of the shelves fits a filter: None keeps to nothing; words are slugs of their schemes."""

from datetime import date

from kb.advice import Advice, Standing, standing_on
from kb.advice_model import Practice
from kb.claim_model import Claim, Misconception


def guidance_found(
    advice: Advice,
    *,
    on: date,
    nations: tuple[str, ...],
    audience: str | None = None,
    kind: str | None = None,
    body: str | None = None,
    topic: str | None = None,
    state: str | None = None,
) -> tuple[Standing, ...]:
    """The documents for any of some nations, as they stand there on a day."""
    kept = (
        document
        for document in advice.guidance.values()
        if (audience is None or audience in document.audiences)
        and (kind is None or kind == document.kind)
        and (body is None or body in document.bodies)
        and (topic is None or topic in document.topics)
    )
    return _in_state(standing_on(kept, on=on, nations=nations), state)


def services_found(
    advice: Advice,
    *,
    on: date,
    nations: tuple[str, ...],
    audience: str | None = None,
    kind: str | None = None,
    state: str | None = None,
) -> tuple[Standing, ...]:
    """The services for any of some nations, as they stand there on a day, most urgent first."""
    kept = (
        service
        for service in advice.services.values()
        if (audience is None or audience in service.audiences)
        and (kind is None or kind in service.kinds)
    )
    return _in_state(standing_on(kept, on=on, nations=nations), state)


def _in_state(found: tuple[Standing, ...], state: str | None) -> tuple[Standing, ...]:
    """Those that are in a state in any of the nations."""
    if state is None:
        return found
    return tuple(one for one in found if any(each.state == state for each in one.states))


def practice_found(
    advice: Advice,
    *,
    nation: str | None = None,
    audience: str | None = None,
    kind: str | None = None,
    topic: str | None = None,
) -> tuple[Practice, ...]:
    """The points of practice, in a nation those that any document gives there."""
    return tuple(
        point
        for point in advice.practice.values()
        if (nation is None or any(nation in said.nations for said in point.said_by))
        and (audience is None or audience in point.audiences)
        and (kind is None or kind == point.kind)
        and (topic is None or topic in point.topics)
    )


def claims_found(
    advice: Advice,
    *,
    page: str | None = None,
    kind: str | None = None,
    verdict: str | None = None,
    nation: str | None = None,
    element: str | None = None,
    about: tuple[str, str] | None = None,
) -> tuple[Claim, ...]:
    """The claims of published pages; ``nation``: as stated, or implied by who reads the page.

    ``about`` is a kind and an id (slug or path) of what a claim is about or mentions.
    """
    return tuple(
        claim
        for claim in advice.claims.values()
        if (page is None or page == claim.page.id)
        and (kind is None or kind == claim.kind)
        and (verdict is None or (claim.verdict and verdict in claim.verdict.verdicts))
        and (nation is None or nation in (claim.nations or claim.implied))
        and (element is None or element == claim.element)
        and (about is None or about in {(one.kind, one.id) for one in claim.about + claim.mentions})
    )


def misconceptions_found(
    advice: Advice, *, nation: str | None = None, topic: str | None = None
) -> tuple[Misconception, ...]:
    """The mistaken beliefs that mislead in a nation, or under a topic."""
    return tuple(
        one
        for one in advice.misconceptions.values()
        if (nation is None or nation in one.nations) and (topic is None or topic in one.topics)
    )
