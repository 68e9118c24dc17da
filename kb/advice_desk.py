"""What is known of guidance, practice, services and claims, by address, and how they are tied."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from kb import advice_rows as rows
from kb import naming
from kb.advice_model import InEffect, Point, Thing
from kb.catalogue import Catalogue, grouped
from kb.engine import Engine
from kb.model import Source
from kb.query import ask
from kb.schemes import Schemes
from kb.terms import ID, OWN_WORDS, PREFIXES, legal_path, slug_of

THINGS: dict[str, type[Any]] = {
    "guidance": rows.GuidanceRow,
    "services": rows.ServiceRow,
    "practices": rows.PracticeRow,
    "source_pages": rows.SourcePageRow,
    "claims": rows.ClaimRow,
    "omissions": rows.OmissionRow,
    "misconceptions": rows.MisconceptionRow,
    "none_found": rows.NoneFoundRow,
    "role_names": rows.RoleRow,
}
OWNED: dict[str, tuple[type[Any], str]] = {
    "contact_points": (rows.ContactRow, "service"),
    "in_effect": (rows.InEffectRow, "owner"),
    "points": (rows.PointRow, "owner"),
    "advice": (rows.AdviceRow, "practice"),
    "claim_words": (rows.ClaimWords, "claim"),
    "verdicts": (rows.VerdictRow, "claim"),
}
TITLES = {"guidance": "title", "services": "title", "source_pages": "title"}
NAMED = ("guidance", "services", "practices", "source_pages", "claims", "misconceptions")
ABOUT = ("law:about", "law:mentions")


@dataclass(frozen=True, kw_only=True, eq=False)
class Desk:
    """The rows, the ties between them, and how each thing is named. Made once, to write from."""

    catalogue: Catalogue
    schemes: Schemes
    found: dict[str, tuple[Any, ...]]
    owned: dict[str, dict[str, tuple[Any, ...]]]
    ties: dict[tuple[str, str], tuple[str, ...]]
    back: dict[tuple[str, str], tuple[str, ...]]
    things: dict[str, Thing]

    def tied(self, owner: str, relation: str) -> tuple[str, ...]:
        """The addresses that a thing names by a relation such as ``law:nation``."""
        return self.ties.get((owner, relation), ())

    def words(self, owner: str, relation: str, scheme: str) -> tuple[str, ...]:
        """The slugs of the concepts that a thing names, in the order of their scheme."""
        found = {slug_of(address) for address in self.tied(owner, relation)}
        return tuple(slug for slug in self.schemes.slugs(scheme) if slug in found)

    def named(self, owner: str, *relations: str) -> tuple[Thing, ...]:
        """The things that a thing names, each once."""
        found = dict.fromkeys(a for relation in relations for a in self.tied(owner, relation))
        return tuple(self.things[address] for address in found)

    def claims_on(self, address: str) -> tuple[Thing, ...]:
        """The claims that are about a thing, or mention it."""
        found = sorted({claim for r in ABOUT for claim in self.back.get((address, r), ())})
        return tuple(self.things[a] for a in found if self.things.get(a, _NOTHING).kind == "claim")

    def sources(self, owner: str, inherits: str | None = None) -> tuple[Source, ...]:
        """Where a thing was read; if it says nothing, where that was from which it inherits."""
        own = naming.sources(self.catalogue, owner)
        return own or (naming.sources(self.catalogue, inherits) if inherits else ())

    def periods(self, owner: str) -> tuple[InEffect, ...]:
        """The days of a document or service; one record for what is the same in all nations."""
        found = grouped(self.owned["in_effect"].get(owner, ()), lambda row: row.fact)
        return tuple(self._period(group) for group in found.values())

    def _period(self, group: tuple[rows.InEffectRow, ...]) -> InEffect:
        first = group[0]
        there = {slug_of(row.nation) for row in group}
        return InEffect(
            nations=tuple(n for n in self.schemes.slugs("nations") if n in there),
            certainty=slug_of(first.certainty),
            start=first.start,
            not_before=first.not_before,
            known_by=first.known_by,
            end_not_before=first.end_not_before,
            end=first.end,
            ended_as=slug_of(first.ended_as) if first.ended_as else None,
            note=first.note,
            confidence=slug_of(first.confidence),
            fact=first.fact,
        )

    def points(self, owner: str) -> tuple[Point, ...]:
        """What a document says, or is known of a service."""
        return tuple(
            Point(text=row.text, confidence=slug_of(row.confidence), fact=row.fact)
            for row in self.owned["points"].get(owner, ())
        )


_NOTHING = Thing(kind="", id="", label="")


def read_desk(engine: Engine, catalogue: Catalogue, schemes: Schemes) -> Desk:
    """Ask every question about guidance, practice, services and claims."""
    found = {name: tuple(ask(engine, name, record)) for name, record in THINGS.items()}
    owned = {
        name: grouped(ask(engine, name, record), lambda row, key=key: getattr(row, key))  # type: ignore[misc]
        for name, (record, key) in OWNED.items()
    }
    ties: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    back: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for link in ask(engine, "links", rows.LinkRow):
        relation = _short(link.relation)
        ties[link.owner, relation].append(link.target)
        back[link.target, relation].append(link.owner)
    return Desk(
        catalogue=catalogue,
        schemes=schemes,
        found=found,
        owned=owned,
        ties={key: tuple(targets) for key, targets in ties.items()},
        back={key: tuple(owners) for key, owners in back.items()},
        things=_things(catalogue, schemes, found),
    )


def _short(relation: str) -> str:
    """A property as the data writes it, e.g. ``law:nation``."""
    for prefix in ("law", "dcterms"):
        if relation.startswith(PREFIXES[prefix]):
            return f"{prefix}:{relation.removeprefix(PREFIXES[prefix])}"
    return relation


def _things(
    catalogue: Catalogue, schemes: Schemes, found: dict[str, tuple[Any, ...]]
) -> dict[str, Thing]:
    """How everything that can be referred to is named, by address."""
    named: dict[str, Thing] = {
        address: Thing(kind=_kind(address), id=concept.slug, label=concept.label)
        for address, concept in schemes.by_address.items()
    }
    for row in catalogue.offences.values():
        named[row.offence] = Thing(kind="offence", id=row.slug, label=row.label)
    for rule in catalogue.rules.values():
        named[rule.rule] = Thing(kind="rule", id=rule.slug, label=rule.text)
    for part in catalogue.provisions.values():
        cited = naming.citation(part.title, part.number)
        named[part.provision] = Thing(kind="provision", id=part.path, label=cited)
    for whole in catalogue.instruments.values():
        address, path = whole.instrument, legal_path(whole.instrument)
        named[address] = Thing(kind="instrument", id=path, label=whole.title)
    for name in NAMED:
        for one in found[name]:
            address, label = _named(name, one)
            named[address] = Thing(kind=_kind(address), id=one.slug, label=label)
    return named


def _named(name: str, row: Any) -> tuple[str, str]:
    """The address of a row's thing (its first column), and what it is called."""
    address = next(iter(vars(row).values()))
    return address, row.text if name == "claims" else getattr(row, TITLES.get(name, "label"))


def _kind(address: str) -> str:
    """The kind in an identifier of ours: ``guidance`` of ``…/id/guidance/x``."""
    return address.removeprefix(ID).removeprefix(OWN_WORDS).rsplit("/", 1)[0]
