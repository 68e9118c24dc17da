"""Citations of law: :func:`find` reads them in any text, :func:`printed` writes them.

Nothing is guessed. A citation names one thing for sure, or is ambiguous and offers the choices, or
names something that is not here; ``resolve`` says of a whole text whether it is one citation.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from kb import citation_printing as printing
from kb.catalogue import Catalogue
from kb.citation_exports import Reference, reference
from kb.citation_mention import Mention
from kb.citation_model import AMBIGUOUS, NOT_HELD, ONE, UNKNOWN, Citation, CitedMatch, Printed
from kb.citation_names import Names, names_of
from kb.citation_numbers import Pointer
from kb.citation_reading import Claim, claims_in
from kb.citation_text import tokens
from kb.citation_titles import PASSED_OVER
from kb.model import ProvisionRef
from kb.terms import legal_path

REASONS = {
    ONE: "",
    "several": "Several things here may be meant: choose.",
    "loose": "It does not say for sure which instrument is meant: this may be it.",
    "bare": "No instrument is named: one with this number that is here may be meant.",
    "no-provision": "The instrument is here, but not this provision of it.",
    "other-year": "No instrument of this name and year is here; of this name there is another.",
    "like-name": "No instrument of just this name is here; the nearest is one for one nation.",
    "no-instrument": "The instrument is not here.",
    "no-number": "No instrument is named, and no provision here has this number.",
}
Found = tuple[str, str, tuple[str, ...]]  # the status, why, and the addresses of the matches


def find(catalogue: Catalogue, text: str) -> tuple[Citation, ...]:
    """Every citation in a text, in order; any text at all will do."""
    names = names_of(catalogue)
    made = [(claim.listed, _citation(names, text, claim)) for claim in claims_in(names, text)]
    alike = groupby(made, key=lambda pair: (pair[0], pair[1].status, pair[1].matches))
    return tuple(_joined(text, [one for _, one in group]) for _, group in alike)


def resolve(catalogue: Catalogue, text: str) -> Citation | None:
    """The citation that a whole text is: None if it is none, or several, or has other words too."""
    found = find(catalogue, text)
    if len(found) != 1:
        return None
    outside = text[: found[0].start] + " " + text[found[0].end :]
    said = (one.word for one in tokens(outside) if one.word not in PASSED_OVER)
    return None if any(word.isalnum() for word in said) else found[0]


def printed(catalogue: Catalogue, address: str, limb: str | None = None) -> Printed:
    """A provision, a limb of it, or an instrument (address) cited in each form of words."""
    thing = printing.cited(catalogue, address, limb)
    return Printed(
        id=thing.path,
        oscola=printing.oscola(thing),
        plain=printing.plain(thing),
        short=abbreviated(catalogue, address, limb),
        address=thing.address,
    )


def abbreviated(catalogue: Catalogue, address: str, limb: str | None = None) -> str | None:
    """By initials and year, where they name nothing else, e.g. ``TA 1968 s 21``."""
    names = names_of(catalogue)
    part = catalogue.provisions.get(address)
    instrument = part.instrument if part else address
    thing = printing.cited(catalogue, address, limb)
    for letters in names.initials.get(instrument, ()):
        said = f"{letters} {names.years[instrument]} {printing.section(thing)}".strip()
        named = resolve(catalogue, said)
        if named and named.status == ONE and named.matches[0].ref.uri == address:
            return said
    return None


def reference_of(catalogue: Catalogue, address: str, limb: str | None = None) -> Reference:
    """The reference to a provision, a limb of it or an instrument, for the exports."""
    part = catalogue.provisions.get(address)
    year = names_of(catalogue).years[part.instrument if part else address]
    return reference(catalogue, address, limb, year=year)


def _joined(text: str, alike: list[Citation]) -> Citation:
    """What several parts of a list name together, where each names the same."""
    first, last = alike[0], alike[-1]
    return Citation(
        text=text[first.start : last.end],
        start=first.start,
        end=last.end,
        status=first.status,
        matches=first.matches,
        reason=first.reason,
    )


def _citation(names: Names, text: str, claim: Claim) -> Citation:
    if claim.mention is None and claim.pointer:
        status, reason, things = _bare(names, claim.pointer)
    else:
        status, reason, things = _named(names, claim.mention or Mention(first=0, end=0), claim)
    return Citation(
        text=text[claim.start : claim.end],
        start=claim.start,
        end=claim.end,
        status=status,
        matches=tuple(_matches(names, things, claim.pointer)),
        reason=REASONS[reason],
    )


def _bare(names: Names, pointer: Pointer) -> Found:
    """What a provision may be whose instrument is not named."""
    things = _anywhere(names, pointer.kind, pointer.number, pointer.paragraph)
    return (AMBIGUOUS, "bare", things) if things else (UNKNOWN, "no-number", ())


@lru_cache(maxsize=2_000)
def _anywhere(
    names: Names, kind: str | None, number: str, paragraph: str | None
) -> tuple[str, ...]:
    """The provisions of all instruments that have a number."""
    pointer = Pointer(kind=kind, number=number, paragraph=paragraph)
    held = (names.provision(instrument, pointer) for instrument in names.held)
    return _newest(names, (one for one in held if one))


def _named(names: Names, mention: Mention, claim: Claim) -> Found:
    """What a named instrument, or a provision of it, is."""
    if not mention.things:
        reason = "other-year" if mention.near else "no-instrument"
        return NOT_HELD, reason, _newest(names, mention.near)
    pointer = claim.pointer
    if pointer is None or not (pointer.kind or pointer.number):
        if not mention.sure and not mention.short:
            return NOT_HELD, "like-name", _newest(names, mention.loose)
        things = mention.things if mention.short and not mention.dated else mention.sure
        return _chosen(names, things or mention.loose, sure=bool(mention.sure))
    held = _provisions(names, mention.sure, pointer)
    if not mention.sure or (not held and not mention.dated):
        held |= _provisions(names, mention.loose, pointer)
    if not held:
        reason = "no-provision" if mention.sure or mention.short else "like-name"
        return NOT_HELD, reason, _newest(names, mention.sure or mention.loose)
    others = [thing for thing in mention.sure or mention.loose if thing not in held]
    named = [*_newest(names, held.values()), *_newest(names, others)]
    return _chosen(names, named, sure=bool(held.keys() & set(mention.sure)), ordered=True)


def _provisions(names: Names, instruments: Iterable[str], pointer: Pointer) -> dict[str, str]:
    found = {one: names.provision(one, pointer) for one in instruments}
    return {instrument: address for instrument, address in found.items() if address}


def _chosen(names: Names, things: Iterable[str], *, sure: bool, ordered: bool = False) -> Found:
    things = tuple(dict.fromkeys(things if ordered else _newest(names, things)))
    if len(things) > 1:
        return AMBIGUOUS, "several", things
    return (ONE, ONE, things) if sure else (AMBIGUOUS, "loose", things)


def _newest(names: Names, things: Iterable[str]) -> tuple[str, ...]:
    """Instruments or provisions, those of the newest instrument first."""
    provisions, years = names.catalogue.provisions, names.years

    def age(thing: str) -> tuple[int, str]:
        part = provisions.get(thing)
        return -(years.get(part.instrument if part else thing) or 0), thing

    return tuple(sorted(dict.fromkeys(things), key=age))


def _matches(
    names: Names, things: tuple[str, ...], pointer: Pointer | None
) -> Iterator[CitedMatch]:
    for thing in things:
        part = names.within(thing, pointer) if pointer else ""
        yield _match(names, thing, part if thing in names.catalogue.provisions else "")


@lru_cache(maxsize=5_000)
def _match(names: Names, thing: str, part: str) -> CitedMatch:
    row = names.catalogue.provisions.get(thing)
    if row:
        said = printing.citation_of_part(row.title, row.number, part)
    else:
        said = names.catalogue.instruments[thing].title
    ref = ProvisionRef(id=legal_path(thing), uri=thing, citation=said, limb=None)
    return CitedMatch(kind="provision" if row else "instrument", ref=ref, pinpoint=part or None)
