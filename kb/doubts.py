"""The open doubts that bear on an answer."""

from functools import lru_cache

from kb.answers import DoubtAnswer
from kb.catalogue import Catalogue
from kb.errors import NotFound
from kb.terms import identifier, legal_path, slug_of


def doubts_about(
    catalogue: Catalogue, offences: tuple[str, ...], *, nation: str
) -> tuple[DoubtAnswer, ...]:
    """The doubts, open in a nation (address), that hold up an offence or its provision."""
    owners = set(offences) | {catalogue.offences[offence].provision for offence in offences}
    held = {row.doubt for owner in owners for row in catalogue.blocked.get(owner, ())}
    found = (doubt_answer(catalogue, doubt) for doubt in sorted(held))
    return tuple(doubt for doubt in found if slug_of(nation) in doubt.nations)


def doubts_of(catalogue: Catalogue, owner: str) -> tuple[DoubtAnswer, ...]:
    """The doubts that hold up one row (address)."""
    found = catalogue.blocked.get(owner, ())
    return tuple(doubt_answer(catalogue, row.doubt) for row in found)


def doubt_answer(catalogue: Catalogue, doubt: str) -> DoubtAnswer:
    """A doubt by its address; raises NotFound. It is written once."""
    kept = _kept(catalogue)
    if doubt not in kept:
        kept[doubt] = _written(catalogue, doubt)
    return kept[doubt]


@lru_cache(maxsize=4)
def _kept(catalogue: Catalogue) -> dict[str, DoubtAnswer]:
    """The doubts of a build that were written, by address."""
    return {}


def _written(catalogue: Catalogue, doubt: str) -> DoubtAnswer:
    found = catalogue.doubts.get(doubt)
    if not found:
        raise NotFound("doubt", slug_of(doubt))
    first = found[0]
    return DoubtAnswer(
        id=first.slug,
        about=first.about,
        what_is_missing=first.what_is_missing,
        where_to_look=first.where_to_look,
        nations=tuple(slug_of(row.nation) for row in found),
        blocks=tuple(_short(row.owner) for row in catalogue.blocks.get(doubt, ())),
    )


def all_doubts(catalogue: Catalogue) -> tuple[DoubtAnswer, ...]:
    """Every open doubt."""
    return tuple(doubt_answer(catalogue, doubt) for doubt in catalogue.doubts)


def _short(address: str) -> str:
    """The slug of an offence, rule or doubt; the path of an instrument or provision."""
    kinds = ("offence", "rule", "doubt")
    ours = any(address.startswith(identifier(kind, "")) for kind in kinds)
    return slug_of(address) if ours else legal_path(address)
