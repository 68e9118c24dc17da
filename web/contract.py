"""The documents of the JSON API: what each address answers, and how it is made from records."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, TypeVar

from kb.answers import LawAnswer as LawRecord
from kb.answers import Release as ReleaseRecord
from web.contract_law import LawAnswer
from web.contract_library import (
    Concept,
    CoverageClaim,
    Instrument,
    Offence,
    ProvisionHistory,
    Rule,
)
from web.contract_parts import LEFT_OUT_IF_NONE, Doubt, Envelope, Published, Successor

DISCLAIMER = "Not legal advice."
LICENCE = {
    "name": "Open Government Licence v3.0",
    "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
Document = TypeVar("Document", bound=Envelope)


class LawDocument(Envelope, LawAnswer):
    """Which law applies."""


class OffencesDocument(Envelope):
    """Every offence."""

    offences: tuple[Successor, ...]


class OffenceDocument(Envelope, Offence):
    """One offence."""


class ProvisionDocument(Envelope, ProvisionHistory):
    """One provision."""


class InstrumentsDocument(Envelope):
    """Every instrument."""

    instruments: tuple[Instrument, ...]


class InstrumentDocument(Envelope, Instrument):
    """One instrument."""


class NationsDocument(Envelope):
    """The nations."""

    nations: tuple[Concept, ...]


class SchemesDocument(Envelope):
    """The names of the schemes."""

    schemes: tuple[str, ...]


class SchemeDocument(Envelope):
    """The words of one scheme, in its order."""

    scheme: str
    concepts: tuple[Concept, ...]


class RulesDocument(Envelope):
    """Every rule that cuts across offences."""

    rules: tuple[Rule, ...]


class DoubtsDocument(Envelope):
    """Every open doubt about the law."""

    doubts: tuple[Doubt, ...]


class CoverageDocument(Envelope):
    """What is claimed of each nation's law."""

    coverage: tuple[CoverageClaim, ...]


class Problem(Published):
    """A problem (RFC 9457): what was wrong, and what would be right."""

    type: str
    title: str
    status: int
    detail: str
    parameter: Annotated[str | None, LEFT_OUT_IF_NONE] = None
    """The parameter that is wrong, in a bad question."""
    value: Annotated[str | tuple[str, ...] | None, LEFT_OUT_IF_NONE] = None
    """What was given."""
    valid: Annotated[tuple[str, ...] | None, LEFT_OUT_IF_NONE] = None
    """What could have been given: all the words, or how such a value is written."""


def enclose(
    document: type[Document],
    content: Mapping[str, Any],
    *,
    checked_on: date,
    release: ReleaseRecord,
) -> Document:
    """A document with its content and with what every answer says about itself."""
    return document.model_validate(
        {
            **content,
            "checked_on": checked_on,
            "release": release,
            "disclaimer": DISCLAIMER,
            "licence": LICENCE,
        }
    )


def fields_of(record: Any) -> dict[str, Any]:
    """The fields of a frozen record by name, to be the content of a document."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def law_document(answer: LawRecord) -> LawDocument:
    """The answer to "which law applies?" as it is published."""
    content = {
        "warnings": answer.warnings,
        "asked": answer.asked,
        "nations": {nation.nation: nation for nation in answer.nations},
    }
    return enclose(LawDocument, content, checked_on=answer.checked_on, release=answer.release)
