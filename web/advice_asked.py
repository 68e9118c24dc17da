"""What is asked of guidance, practice, services and claims: filters and a day, for all alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb.asked import BadDay, parse_day, today
from kb.errors import UnknownValue
from kb.knowledge import Knowledge
from web.params import DAY_EXAMPLE, BadParameter, Parameter, refuse_others

LONGEST_CITATION = 500


def _kept_to(name: str, scheme: str, description: str) -> Parameter:
    return Parameter(name=name, scheme=scheme, description=description, written={})


ON = Parameter(
    name="on",
    description="The day, year-month-day. Today in London if none is stated.",
    examples=(DAY_EXAMPLE,),
    written={"format": "date"},
)
PAGE = Parameter(
    name="page",
    description="Only what this page claims (its id: they are at /api/v1/sources).",
    written={},
)
CITED = Parameter(
    name="cited",
    description="An old citation, as it was written: which document it may mean, and what has"
    " replaced that. Titles, ids, bodies and years of all documents are looked through.",
    written={},
)
AUDIENCE = _kept_to("audience", "audiences", "Only what is for these people.")
TOPIC = _kept_to("topic", "topics", "Only what is in this topic.")
STATE = _kept_to(
    "state", "document-states", "Only what is this on the day, in the nation or in any."
)
THERE = _kept_to("nation", "nations", "Only what is for this nation.")
GUIDANCE_KIND = _kept_to("kind", "guidance-kinds", "Only documents of this kind.")
CLAIM_KIND = _kept_to("kind", "claim-kinds", "Only claims of this kind.")
GUIDANCE = (
    THERE,
    AUDIENCE,
    GUIDANCE_KIND,
    _kept_to("body", "bodies", "Only what this body published."),
    TOPIC,
    STATE,
    ON,
    CITED,
)
PRACTICE = (
    _kept_to("nation", "nations", "Only what a document gives there, in the words used there."),
    AUDIENCE,
    _kept_to("kind", "practice-kinds", "Only points of this kind."),
    TOPIC,
    Parameter(
        name=ON.name,
        description="Only what a document that is or may be in use on this day gives.",
        examples=ON.examples,
        written=ON.written,
    ),
)
SERVICES = (
    THERE,
    AUDIENCE,
    _kept_to("kind", "service-kinds", "Only services of this kind."),
    STATE,
    ON,
)
CLAIMS = (
    _kept_to("verdict", "verdicts", "Only claims with this verdict, alone or beside another."),
    CLAIM_KIND,
    PAGE,
    _kept_to(
        "nation",
        "nations",
        "Only claims about this nation: as they state it, or as their readers imply it.",
    ),
)
MISCONCEPTIONS = (
    _kept_to("nation", "nations", "Only what misleads there."),
    TOPIC,
)
NONE_FOUND = (THERE, GUIDANCE_KIND)
ONE = (ON,)
# What a page about one thing reads besides: in which nation the reader is.
HERE = (THERE, ON)


@dataclass(frozen=True, kw_only=True)
class AdviceAsked:
    """A day, and what a list is kept to; None keeps to nothing. ``nations``: to be looked at.

    ``dated``: the day is stated, or what is listed turns on it anyway.
    """

    on: date
    nations: tuple[str, ...]
    dated: bool = False
    nation: str | None = None
    audience: str | None = None
    kind: str | None = None
    body: str | None = None
    topic: str | None = None
    state: str | None = None
    verdict: str | None = None
    page: str | None = None
    cited: str | None = None

    def kept_to(self, *names: str) -> dict[str, Any]:
        """Some of what it is kept to, by name."""
        return {name: getattr(self, name) for name in names}

    def stated(self) -> dict[str, str]:
        """The parameters that ask the same again, the day included if it is part of that."""
        names = ("nation", "audience", "kind", "body", "topic", "state", "verdict", "page", "cited")
        found = {name: value for name, value in self.kept_to(*names).items() if value}
        return found | ({"on": self.on.isoformat()} if self.dated else {})


def read_advice(
    given: Mapping[str, Sequence[str]], takes: tuple[Parameter, ...], *, known: Knowledge
) -> AdviceAsked:
    """What a query string asks of a list that takes these parameters; raises a QuestionError."""
    refuse_others(given, takes, schemes=known.schemes)
    stated = {name: values[0].strip() for name, values in given.items() if values[0].strip()}
    words = {
        parameter.name: known.schemes.concept(
            parameter.scheme, stated[parameter.name], parameter=parameter.name
        ).slug
        for parameter in takes
        if parameter.scheme and parameter.name in stated
    }
    nation = words.get("nation")
    return AdviceAsked(
        on=_day(stated.get(ON.name)) or today(),
        nations=(nation,) if nation else known.schemes.slugs("nations"),
        dated=ON in takes or ON.name in stated,
        page=_page(stated.get(PAGE.name), known=known),
        cited=_citation(stated.get(CITED.name)),
        **words,
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return parse_day(text, parameter=ON.name)
    except BadDay as error:
        raise BadParameter(
            str(error), parameter=ON.name, value=text, valid=(DAY_EXAMPLE,)
        ) from error


def _page(slug: str | None, *, known: Knowledge) -> str | None:
    if slug and slug not in known.advice.pages:
        raise UnknownValue(PAGE.name, slug, tuple(known.advice.pages))
    return slug


def _citation(text: str | None) -> str | None:
    if text and len(text) > LONGEST_CITATION:
        raise BadParameter(
            f"cited is too long: {len(text)} characters, and {LONGEST_CITATION} at most.",
            parameter=CITED.name,
            value=text[:60],
            valid=(f"up to {LONGEST_CITATION} characters",),
        )
    return text
