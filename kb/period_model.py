"""The answer for a period: its parts, what changed between them, and what is left to a lawyer."""

from dataclasses import dataclass
from datetime import date

from kb.answers import NationAnswer, Release
from kb.model import AskedPeriod, ProvisionRef, Source


@dataclass(frozen=True, kw_only=True)
class Saving:
    """What is saved of an offence or rule (``kind``): ``before`` and ``since`` are days of conduct.

    What was done before ``before`` stays under the old law; what is new holds from ``since``.
    """

    nation: str
    kind: str
    of: str
    label: str
    text: str
    before: date | None
    since: date | None
    provision: ProvisionRef | None
    rule: str | None
    doubt: str | None
    sources: tuple[Source, ...]
    no_source: str | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class PartChange:
    """Something that is not the same on the first day of a part as on the day before.

    ``what`` names it; ``was`` and ``now`` are in words, None where there was, or is, nothing.
    """

    nation: str
    offence: str | None
    rule: str | None
    label: str
    citation: str | None
    what: str
    was: str | None
    now: str | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of the period with one answer, which is given as on its first day."""

    start: date
    end: date
    nations: tuple[NationAnswer, ...]
    changes: tuple[PartChange, ...]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A stretch of days in which an offence is in one state; None where it is not listed."""

    start: date
    end: date
    state: str | None


@dataclass(frozen=True, kw_only=True)
class VersionThen:
    """A version of a provision, and the days of the period on which it governs."""

    id: str
    text: str
    start: date
    end: date
    changed_by: ProvisionRef | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class OffenceOver:
    """One offence in one nation over the whole period; ``governs``: whole, part, unknown, none."""

    id: str
    label: str
    provision: ProvisionRef
    confidence: str
    governs: str
    stretches: tuple[Stretch, ...]
    versions: tuple[VersionThen, ...]


@dataclass(frozen=True, kw_only=True)
class NationOver:
    """The offences of one nation over the whole period."""

    nation: str
    label: str
    offences: tuple[OffenceOver, ...]


@dataclass(frozen=True, kw_only=True)
class LawyerQuestion:
    """What this data does not decide, on which boundary, in which nations, for which offences."""

    text: str
    on: date | None
    nations: tuple[str, ...]
    offences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PeriodAnswer:
    """Which law applies to what was done over a period."""

    asked: AskedPeriod
    parts: tuple[Part, ...]
    nations: tuple[NationOver, ...]
    savings: tuple[Saving, ...]
    for_a_lawyer: tuple[LawyerQuestion, ...]
    checked_on: date
    warnings: tuple[str, ...]
    release: Release
