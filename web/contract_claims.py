"""The published answers about what published pages claim, and what people get wrong."""

from datetime import date

from web.contract_advice import Thing
from web.contract_parts import Confidence, Fact, Provision, Published, Source


class Verdict(Published):
    """How a claim stands, as of a day."""

    verdicts: tuple[str, ...]
    """Words of the scheme `verdicts`, the first being the one that counts most."""
    why: str
    right_position: str
    provisions: tuple[Provision, ...]
    about: tuple[Thing, ...]
    as_of: date
    scope: str | None
    sources: tuple[Source, ...]
    confidence: Confidence
    fact: Fact


class Claim(Published):
    """One thing that a published page says, restated."""

    id: str
    page: Thing
    lines: str
    kind: str
    element: str | None
    text: str
    nations: tuple[str, ...]
    """The nations that it names; `implied` are those of its readers, where it names none."""
    implied: tuple[str, ...]
    names: tuple[str, ...]
    printed_contacts: tuple[str, ...]
    removal_route: bool
    mentions: tuple[Thing, ...]
    about: tuple[Thing, ...]
    verdict: Verdict | None
    """Null if the claim was not audited."""
    misconceptions: tuple[Thing, ...]


class SourcePage(Published):
    """A published page whose claims were read."""

    id: str
    title: str
    bodies: tuple[str, ...]
    no_publisher: str | None
    nations: tuple[str, ...]
    page_date: str
    issued: date | None
    lines: int
    address: str | None
    no_address: str | None
    note: str | None
    claims: tuple[str, ...]
    confidence: Confidence


class Omission(Published):
    """What the pages leave out that a reader would need."""

    id: str
    label: str
    right_position: str
    nations: tuple[str, ...]
    provisions: tuple[Provision, ...]
    near: tuple[Thing, ...]
    as_of: date
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: Confidence


class Misconception(Published):
    """A mistaken belief that is about, and the correction."""

    id: str
    label: str
    other_words: tuple[str, ...]
    """Other wordings, as people type them."""
    correction: str
    verdict: str
    nations: tuple[str, ...]
    provisions: tuple[Provision, ...]
    about: tuple[Thing, ...]
    topics: tuple[str, ...]
    claims: tuple[Thing, ...]
    as_of: date
    note: str | None
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: Confidence
