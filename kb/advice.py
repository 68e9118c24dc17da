"""Guidance, practice, services and published claims: everything of each, and what fits a filter."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kb.advice_desk import Desk, read_desk
from kb.advice_model import (
    DocumentState,
    Guidance,
    NoneFound,
    Practice,
    RoleName,
    Service,
)
from kb.advice_records import (
    guidance_record,
    none_found_record,
    practice_record,
    role_record,
    service_record,
)
from kb.advice_rows import ShownRow
from kb.catalogue import Catalogue
from kb.claim_model import Claim, Misconception, Omission, SourcePage
from kb.claim_records import claim_record, misconception_record, omission_record, page_record
from kb.document_states import state_on
from kb.engine import Engine
from kb.errors import NotFound
from kb.query import ask
from kb.schemes import Schemes
from kb.terms import slug_of

Record = TypeVar("Record")


@dataclass(frozen=True, kw_only=True, eq=False)
class Advice:
    """The shelves, by slug, each in the order in which it is read."""

    guidance: dict[str, Guidance]
    none_found: tuple[NoneFound, ...]
    practice: dict[str, Practice]
    roles: tuple[RoleName, ...]
    services: dict[str, Service]
    pages: dict[str, SourcePage]
    claims: dict[str, Claim]
    omissions: tuple[Omission, ...]
    misconceptions: dict[str, Misconception]
    shown: frozenset[str]

    def roles_in(self, nation: str) -> tuple[RoleName, ...]:
        """What the people in each role are called in a nation (slug)."""
        return tuple(role for role in self.roles if role.nation == nation)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A document or service as it stands on a day, in each nation that it is for."""

    thing: Guidance | Service
    states: tuple[DocumentState, ...]


def load_advice(engine: Engine, catalogue: Catalogue, schemes: Schemes) -> Advice:
    """Read every shelf from the graph."""
    desk = read_desk(engine, catalogue, schemes)
    shown = ask(engine, "shown_in_answers", ShownRow)
    return Advice(
        guidance=_written(desk, "guidance", guidance_record),
        none_found=tuple(none_found_record(desk, row) for row in desk.found["none_found"]),
        practice=_written(desk, "practices", practice_record),
        roles=tuple(role_record(desk, row) for row in desk.found["role_names"]),
        services=_written(desk, "services", service_record),
        pages=_written(desk, "source_pages", page_record),
        claims=_written(desk, "claims", claim_record),
        omissions=tuple(omission_record(desk, row) for row in desk.found["omissions"]),
        misconceptions=_written(desk, "misconceptions", misconception_record),
        shown=frozenset(slug_of(row.concept) for row in shown),
    )


def _written(
    desk: Desk, rows: str, write: Callable[[Desk, object], Record] | Callable[..., Record]
) -> dict[str, Record]:
    return {row.slug: write(desk, row) for row in desk.found[rows]}


def one_of(shelf: dict[str, Record], slug: str, *, kind: str, listed: str) -> Record:
    """The thing of a shelf with this slug; raises NotFound, which says where all are listed."""
    if slug not in shelf:
        raise NotFound(kind, slug, hint=f"All are listed at {listed}.")
    return shelf[slug]


def standing_on(
    things: Iterable[Guidance | Service], *, on: date, nations: tuple[str, ...]
) -> tuple[Standing, ...]:
    """Documents or services as they stand on a day, in those of some nations they are for."""
    return tuple(
        Standing(
            thing=thing,
            states=tuple(
                state_on(thing.periods, nation, on) for nation in nations if nation in thing.nations
            ),
        )
        for thing in things
        if set(thing.nations) & set(nations)
    )
