"""The records of a change of law: what happens on a day, where, to what, and on whose word."""

from dataclasses import dataclass
from datetime import date

from kb.advice_model import Thing
from kb.model import ProvisionRef, Source, Successor

STARTS, ENDS, MAY, MADE, BY = "starts", "ends", "possible", "made", "latest"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """A change in one nation, by addresses: from alike ones of several nations an event is made.

    ``fact`` is the fact that tells it from all others, ``turn`` what that fact does on the day.
    """

    on: date
    kind: str
    turn: str
    owner: str
    nation: str
    text: str
    fact: str
    facts: tuple[str, ...]
    confidence: str
    authorities: tuple[str, ...] = ()
    beside: str | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """A change of law on a day, in every nation in which it is the same.

    ``id`` is made from the identifier of a fact, so it stays as long as that fact does. ``kind``
    is a word of the scheme ``change-kinds``. ``authority`` is what made the change; where none is
    recorded, ``authority_note`` says so. Sources that the facts do not carry themselves are those
    of the row that they belong to (``inherited``). ``topics`` are those that it is in (slugs).
    ``document`` is the guidance that it is about, if it is about that and not about law.
    """

    id: str
    on: date
    kind: str
    nations: tuple[str, ...]
    offence: Successor | None
    rule: str | None
    provisions: tuple[ProvisionRef, ...]
    title: str
    text: str
    authority: tuple[ProvisionRef, ...]
    authority_note: str | None
    sources: tuple[Source, ...]
    inherited: bool
    no_source: str | None
    confidence: str
    facts: tuple[str, ...]
    topics: tuple[str, ...]
    document: Thing | None = None

    @property
    def slug(self) -> str:
        """The last part of its id: a name for it on a page."""
        return self.id.rsplit("/", 1)[-1]

    def is_about(self, path: str) -> bool:
        """Is it about a provision (path), or about part of that provision or instrument?"""
        return any(ref.id == path or ref.id.startswith(f"{path}/") for ref in self.provisions)
