"""The records that cross from the knowledge base to its readers: frozen, plain, no RDF.

Slugs and paths are str (``scotland``, ``asp/2016/22/section/2``), days are date, ages are years.
"""

from dataclasses import dataclass, replace
from datetime import date

from kb.ages import AgeRange


@dataclass(frozen=True, kw_only=True)
class Concept:
    """A word of a scheme; a topic covers words of other schemes, a situation suggests some.

    ``other_names`` are shown; ``hidden_names`` (misspellings, slang) are searched for only.
    ``related`` are near it without being broader or narrower. All but names are addresses.
    ``labels`` are what it is called in other languages, each with the tag of its language.
    """

    scheme: str
    address: str
    slug: str
    label: str
    definition: str
    broader: str | None
    other_names: tuple[str, ...]
    covers: tuple[str, ...] = ()
    hidden_names: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything by which it is found, shown or not, in every language."""
        others = (label for _, label in self.labels)
        return self.label, *others, *self.other_names, *self.hidden_names


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a row was read: the words it was recorded in, its public address, a remark."""

    label: str
    address: str | None
    note: str | None


@dataclass(frozen=True, kw_only=True)
class ProvisionRef:
    """A provision as it is named in an answer; ``citation`` includes the limb, if there is one."""

    id: str
    uri: str
    citation: str
    limb: str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question: nations and a day, and whatever facts were stated."""

    nations: tuple[str, ...]
    on: date
    conduct: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    depicted_age: AgeRange | None = None
    accused_age: AgeRange | None = None
    recipient_age: AgeRange | None = None
    consent: str | None = None
    relationship: str | None = None


@dataclass(frozen=True, kw_only=True)
class AskedPeriod:
    """The same question over a stretch of days: ``end`` is the first day after it."""

    facts: Asked
    start: date
    end: date

    def on_day(self, day: date) -> Asked:
        """The question as of one day."""
        return replace(self.facts, on=day)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a state was given: in words, and by which fact (its identifier; None if by none)."""

    text: str
    fact: str | None


@dataclass(frozen=True, kw_only=True)
class Element:
    """Something that still has to be shown; of those with the same ``one_of`` one is enough."""

    element: str
    label: str
    text: str
    one_of: str | None
    fact: str | None


@dataclass(frozen=True, kw_only=True)
class Counterpart:
    """The nearest offence of another nation, with its state there on the day asked about.

    ``met`` is False where its conduct or material is not the one asked about.
    """

    id: str
    label: str
    provision: ProvisionRef
    state: str
    start: date | None
    met: bool


@dataclass(frozen=True, kw_only=True)
class Successor:
    """What replaced an offence."""

    id: str
    label: str
    provision: ProvisionRef


@dataclass(frozen=True, kw_only=True)
class StillChargeable:
    """Whether what was done before an offence ended can still be charged, as far as was recorded.

    ``saving`` is the fact that says so; None, like the rest, where nothing was recorded.
    """

    text: str
    before: date | None
    saving: str | None
    provision: ProvisionRef | None
    rule: str | None
    doubt: str | None
    confidence: str | None


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """A maximum penalty: ``months`` of custody (0: a fine only; None: life, or as a rule says)."""

    tried: str
    text: str
    months: int | None
    months_rule: str | None
    life: bool
    fine: bool | None
    case: str | None
    provision: str | None
    start: date | None
    end: date | None
    note: str | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Mode:
    """A mode of trial, and the case it is for, if there are cases."""

    mode: str
    case: str | None
    start: date | None
    end: date | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Provided:
    """A defence, a time limit or a mental element: words, and what provides them."""

    text: str
    provision: str | None
    start: date | None
    end: date | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whether an offence reaches what is done abroad."""

    reach: str
    text: str
    provision: str | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class ProsecutionConsent:
    """Who has to agree to a prosecution; ``accused_below`` limits it to younger accused (years)."""

    who: str
    provision: str | None
    accused_below: int | None
    confidence: str
    fact: str


@dataclass(frozen=True, kw_only=True)
class NotKnown:
    """A field of a row that is doubtful, or (``missing``) empty, and why."""

    field: str
    label: str
    why: str
    doubt: str | None
    missing: bool
