"""What is different about the guidance of an answer on a later day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kb import change_words as words
from kb.advice import Advice
from kb.advice_model import Thing
from kb.answers import NationAnswer
from kb.catalogue import Catalogue
from kb.changes_between import changes_between
from kb.document_events import OF_GUIDANCE
from kb.model import ProvisionRef, Successor
from kb.schemes import Schemes


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What is different about an offence or a rule in one nation; ``kind`` is ``state``, or a
    word of the scheme ``change-kinds``. ``before`` and ``after`` are states (None: not listed)."""

    kind: str
    title: str
    offence: Successor | None
    rule: str | None
    provisions: tuple[ProvisionRef, ...]
    before: str | None
    after: str | None
    text: str
    confidence: str
    facts: tuple[str, ...]
    document: Thing | None = None


def guidance_since(
    catalogue: Catalogue,
    schemes: Schemes,
    advice: Advice,
    old: NationAnswer,
    new: NationAnswer,
    *,
    days: tuple[date, date],
) -> Iterator[Difference]:
    """What happened, between two days, to the documents that the answer of either day names."""
    named = {document.id for document in (*old.guidance, *new.guidance)}
    start, end = (day + timedelta(days=1) for day in days)
    for event in changes_between(
        catalogue, schemes, advice, start=start, end=end, nation=new.nation, kind=OF_GUIDANCE
    ):
        if event.document and event.document.id in named:
            yield Difference(
                kind=OF_GUIDANCE,
                title=event.title,
                offence=None,
                rule=None,
                provisions=(),
                before=None,
                after=None,
                text=words.on_day(event.on, event.text),
                confidence=event.confidence,
                facts=event.facts,
                document=event.document,
            )
