"""The documents of the reconciliation service: the Reconciliation Service API, version 0.2."""

from typing import Any

from pydantic import ConfigDict, Field

from web.contract_parts import Published
from web.params import Parameter

QUERIES = Parameter(
    name="queries",
    description="A batch of queries as JSON: by any key, each with its `query` and, if wanted,"
    " `type`, `limit` and `properties`. Without it the service says what it is.",
    examples=('{"q0": {"query": "revenge porn", "type": "offence"}}',),
    written={},
)
PREFIX = Parameter(
    name="prefix",
    description="What was typed so far.",
    examples=("upskirt",),
    written={},
)
CURSOR = Parameter(
    name="cursor",
    description="How many suggestions to pass over.",
    examples=("0",),
    written={"pattern": "^[0-9]{0,3}$"},
)
TYPE = Parameter(
    name="type",
    description="Only things of this type.",
    repeats=True,
    examples=("offence",),
    written={},
)


class ReconcileType(Published):
    """A type of thing."""

    id: str
    name: str


class SuggestService(Published):
    """Where a service for suggestions is."""

    service_url: str
    service_path: str


class SuggestServices(Published):
    """The services for suggestions."""

    entity: SuggestService
    type: SuggestService
    property: SuggestService


class ReconcileView(Published):
    """Where the page about a thing is."""

    url: str


class ReconcileManifest(Published):
    """What the reconciliation service is."""

    versions: tuple[str, ...]
    name: str
    identifierSpace: str  # noqa: N815
    schemaSpace: str  # noqa: N815
    documentation: str
    defaultTypes: tuple[ReconcileType, ...]  # noqa: N815
    view: ReconcileView
    suggest: SuggestServices


class ReconcileCandidate(Published):
    """Something that a name may stand for."""

    id: str
    """Its identifier, the whole of it."""
    name: str
    description: str
    type: tuple[ReconcileType, ...]
    score: float
    """Up to 100."""
    match: bool
    """Whether the name is, in full, a name or citation of this and of nothing else."""


class ReconcileResult(Published):
    """The candidates for one query."""

    result: tuple[ReconcileCandidate, ...]


class ReconcileResults(Published):
    """The candidates for every query of a batch, by its key."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, ReconcileResult] = Field(init=False)


class SuggestedEntity(Published):
    """Something to choose."""

    id: str
    name: str
    description: str
    notable: tuple[ReconcileType, ...]


class SuggestedEntities(Published):
    """Things to choose, the best first."""

    result: tuple[SuggestedEntity, ...]


class SuggestedTypes(Published):
    """Types, or properties, to choose."""

    result: tuple[ReconcileType, ...]


def results(found: dict[str, Any]) -> ReconcileResults:
    """The answer to a batch, by the keys of its queries."""
    return ReconcileResults.model_validate({key: {"result": each} for key, each in found.items()})
