"""The records of published pages: what they claim, how that stands, and what people get wrong.

Slugs are str, days are date. A ``confidence`` is the row's own word.
"""

from dataclasses import dataclass
from datetime import date

from kb.advice_model import Thing
from kb.model import ProvisionRef, Source


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a claim stands on a day: the words of ``verdicts``, why, and what would be right."""

    verdicts: tuple[str, ...]
    why: str
    right_position: str
    provisions: tuple[ProvisionRef, ...]
    about: tuple[Thing, ...]
    as_of: date
    scope: str | None
    sources: tuple[Source, ...]
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One thing that a published page says, restated; ``verdict`` is None if it was not audited.

    ``nations`` are those that it names; ``implied`` those of its readers, where it names none.
    """

    id: str
    page: Thing
    lines: str
    kind: str
    element: str | None
    text: str
    nations: tuple[str, ...]
    implied: tuple[str, ...]
    names: tuple[str, ...]
    printed_contacts: tuple[str, ...]
    removal_route: bool
    mentions: tuple[Thing, ...]
    about: tuple[Thing, ...]
    verdict: Verdict | None
    misconceptions: tuple[Thing, ...]


@dataclass(frozen=True, kw_only=True)
class SourcePage:
    """A published page whose claims were read: who published it, when, and where it stands."""

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
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Omission:
    """What the pages leave out that a reader would need."""

    id: str
    label: str
    right_position: str
    nations: tuple[str, ...]
    provisions: tuple[ProvisionRef, ...]
    near: tuple[Thing, ...]
    as_of: date
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Misconception:
    """A mistaken belief that is about, and the correction, as of a day."""

    id: str
    label: str
    other_words: tuple[str, ...]
    correction: str
    verdict: str
    nations: tuple[str, ...]
    provisions: tuple[ProvisionRef, ...]
    about: tuple[Thing, ...]
    topics: tuple[str, ...]
    claims: tuple[Thing, ...]
    as_of: date
    note: str | None
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: str
