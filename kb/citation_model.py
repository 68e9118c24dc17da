"""The records of citations: what one names, and how sure that is."""

from dataclasses import dataclass

from kb.model import ProvisionRef

ONE, AMBIGUOUS, NOT_HELD, UNKNOWN = "one", "ambiguous", "not-held", "unknown"


@dataclass(frozen=True, kw_only=True)
class CitedMatch:
    """A provision or an instrument that is here; ``pinpoint`` is the part that was cited of it."""

    kind: str
    ref: ProvisionRef
    pinpoint: str | None


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A citation found in a text, from ``start`` to ``end``, and what it may name.

    ``one``: it names the one match. ``ambiguous``: it may mean any of the matches, or, where its
    instrument is not named, something else. ``not-held``: what it names is not here; the matches
    are the nearest that is (the instrument, or one of that name). ``unknown``: it does not say of
    what instrument, and nothing of that number is here. ``reason`` says so to a reader.
    """

    text: str
    start: int
    end: int
    status: str
    matches: tuple[CitedMatch, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A citation in each form: as text, and the id under which its exports are found."""

    id: str
    oscola: str
    plain: str
    short: str | None
    address: str
