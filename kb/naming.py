"""How things are named in an answer: references, citations and sources, made from their rows."""

from kb.catalogue import Catalogue
from kb.citation_printing import citation as citation
from kb.model import NotKnown, ProvisionRef, Source, Successor
from kb.schemes import Schemes
from kb.terms import legal_path, slug_of


def offence_provision(catalogue: Catalogue, offence: str) -> ProvisionRef:
    """The provision, with its limb, that creates an offence (address)."""
    row = catalogue.offences[offence]
    return ProvisionRef(
        id=legal_path(row.provision),
        uri=row.provision,
        citation=citation(row.title, row.number, row.limb),
        limb=row.limb,
    )


def legal_reference(catalogue: Catalogue, address: str | None) -> ProvisionRef | None:
    """A provision or a whole instrument by its address; None for None."""
    if address is None:
        return None
    if row := catalogue.provisions.get(address):
        cited = citation(row.title, row.number)
    else:
        cited = catalogue.instruments[address].title
    return ProvisionRef(id=legal_path(address), uri=address, citation=cited, limb=None)


def provision_reference(catalogue: Catalogue, address: str) -> ProvisionRef:
    """A provision by its address, which has to be one that is here."""
    row = catalogue.provisions[address]
    cited = citation(row.title, row.number)
    return ProvisionRef(id=legal_path(address), uri=address, citation=cited, limb=None)


def successor(catalogue: Catalogue, offence: str) -> Successor:
    """An offence as another one refers to it."""
    row = catalogue.offences[offence]
    provision = offence_provision(catalogue, offence)
    return Successor(id=row.slug, label=row.label, provision=provision)


def sources(catalogue: Catalogue, owner: str) -> tuple[Source, ...]:
    """Where a row was read; official legislation first."""
    found = [
        Source(label=row.label, address=row.address, note=row.note)
        for row in catalogue.sources.get(owner, ())
    ]
    return tuple(sorted(found, key=lambda s: ("legislation.gov.uk" not in s.label, s.label)))


def not_known(catalogue: Catalogue, owner: str, *, schemes: Schemes) -> tuple[NotKnown, ...]:
    """What is doubtful or missing about a row."""
    return tuple(
        NotKnown(
            field=slug_of(row.field),
            label=schemes.label(row.field),
            why=row.why,
            doubt=slug_of(row.doubt) if row.doubt else None,
            missing=bool(row.missing),
        )
        for row in catalogue.not_known.get(owner, ())
    )
