"""One frozen record for a row of each question about guidance, practice, services and claims.

The fields are the columns, in order. Addresses (IRIs) are str; days are date; a column that may
be empty can be None.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GuidanceRow:
    """A row of ``guidance.rq``."""

    guidance: str
    slug: str
    title: str
    kind: str
    for_whom: str
    first_published: str | None
    last_updated: str | None
    updated_on: date | None
    status_words: str
    address: str | None
    no_address: str | None
    opened: bool | None
    note: str | None
    verify: str | None
    no_source: str | None
    confidence: str


@dataclass(frozen=True)
class ServiceRow:
    """A row of ``services.rq``."""

    service: str
    slug: str
    title: str
    run_by: str
    for_whom: str
    order: int
    checked_on: date
    status_words: str
    address: str | None
    no_address: str | None
    opened: bool | None
    note: str | None
    verify: str | None
    no_source: str | None
    confidence: str


@dataclass(frozen=True)
class ContactRow:
    """A row of ``contact_points.rq``."""

    service: str
    fact: str
    channel: str
    value: str
    hours: str | None
    verify: str | None
    order: int
    inherits: str | None
    confidence: str


@dataclass(frozen=True)
class InEffectRow:
    """A row of ``in_effect.rq``."""

    owner: str
    nation: str
    fact: str
    certainty: str
    start: date | None
    not_before: date | None
    known_by: date | None
    end_not_before: date | None
    end: date | None
    ended_as: str | None
    note: str | None
    confidence: str


@dataclass(frozen=True)
class PointRow:
    """A row of ``points.rq``."""

    owner: str
    fact: str
    text: str
    order: int
    confidence: str


@dataclass(frozen=True)
class PracticeRow:
    """A row of ``practices.rq``."""

    practice: str
    slug: str
    label: str
    text: str
    kind: str
    order: int


@dataclass(frozen=True)
class AdviceRow:
    """A row of ``advice.rq``."""

    practice: str
    fact: str
    nation: str
    said_by: str
    text: str | None
    start: date | None
    end: date | None
    inherits: str | None
    confidence: str


@dataclass(frozen=True)
class RoleRow:
    """A row of ``role_names.rq``."""

    role: str
    nation: str
    fact: str
    name: str
    no_source: str | None
    confidence: str


@dataclass(frozen=True)
class SourcePageRow:
    """A row of ``source_pages.rq``."""

    page: str
    slug: str
    title: str
    page_date: str
    issued: date | None
    lines: int
    order: int
    address: str | None
    no_address: str | None
    no_publisher: str | None
    note: str | None
    confidence: str


@dataclass(frozen=True)
class ClaimRow:
    """A row of ``claims.rq``."""

    claim: str
    slug: str
    page: str
    lines: str
    order: int
    kind: str
    element: str | None
    text: str
    removal: bool | None


@dataclass(frozen=True)
class ClaimWords:
    """A row of ``claim_words.rq``."""

    claim: str
    relation: str
    words: str


@dataclass(frozen=True)
class VerdictRow:
    """A row of ``verdicts.rq``."""

    claim: str
    fact: str
    verdict: str
    why: str
    right_position: str
    as_of: date
    scope: str | None
    confidence: str


@dataclass(frozen=True)
class OmissionRow:
    """A row of ``omissions.rq``."""

    omission: str
    slug: str
    label: str
    right_position: str
    as_of: date
    no_source: str | None
    confidence: str


@dataclass(frozen=True)
class MisconceptionRow:
    """A row of ``misconceptions.rq``."""

    misconception: str
    slug: str
    label: str
    correction: str
    verdict: str
    as_of: date
    note: str | None
    no_source: str | None
    confidence: str


@dataclass(frozen=True)
class NoneFoundRow:
    """A row of ``none_found.rq``."""

    owner: str
    slug: str
    nation: str
    kind: str
    text: str
    searched_on: date
    confidence: str


@dataclass(frozen=True)
class LinkRow:
    """A row of ``links.rq``."""

    owner: str
    relation: str
    target: str


@dataclass(frozen=True)
class ShownRow:
    """A row of ``shown_in_answers.rq``."""

    concept: str
