"""How provisions and instruments are cited in print: short for a page, OSCOLA 4, in plain words.

OSCOLA (4th edn) cites an Act of any of the legislatures by its short title with the year, other
instruments by title, year and serial number, and then the provision: ``s 1(1)(a)``, without stops.
The 5th edition is not offered: its rule on legislation was not to be read in any source we have.
A form of its own would be one more function here, and one more entry in ``kb.citation.printed``.
"""

import re
from dataclasses import dataclass

from kb.catalogue import Catalogue
from kb.citation_numbers import PARAGRAPH, SCHEDULE, Pointer, pointers_at
from kb.citation_text import tokens
from kb.terms import LEGISLATION, legal_path, slug_of

OFFICIAL = "https://www.legislation.gov.uk/"
UNSEEN = "(title not seen)"
SHORT = {"section": "s", "article": "art", "regulation": "reg", "rule": "r", "schedule": "sch"}
_LIMB = re.compile(r"(\(\w+\))+((,\s?| and | or |-)(\(\w+\))+)*")


@dataclass(frozen=True, kw_only=True)
class Cited:
    """What is to be cited: an instrument, or a provision of it, or a limb of that.

    ``title`` is None where we have not seen it; ``serial`` (``SI 1999/1``) is for the instruments
    that are cited by one. ``name`` is what a provision without a number is called.
    """

    path: str
    address: str
    title: str | None
    serial: str | None
    pointers: tuple[Pointer, ...]
    pinpoint: str
    name: str


def citation(title: str, number: str, limb: str | None = None) -> str:
    """A provision as pages cite it, e.g. ``Protection of Children Act 1978, s 1(1)(a)``."""
    pinpoint = re.sub(r"\b(ss?|arts?|regs?|paras?|sch)\.\s", r"\1 ", number)
    return f"{title}, {pinpoint}{pinpoint_of(limb)}"


def citation_of_part(title: str, number: str, part: str) -> str:
    """The same for a part that somebody cited, which may not be the one our row is about."""
    pointers = numbers_of(number)
    if len(pointers) != 1 or pointers[0].high:
        return citation(title, number)
    own = pointers[0].pinpoint
    bare = number.removesuffix(own) if part and own else number
    said = citation(title, bare, part)
    return said if said.endswith(part) else f"{said} {part}"


def pinpoint_of(limb: str | None) -> str:
    """The bracketed parts that a limb begins with, if it does."""
    match = _LIMB.match(limb or "")
    return match[0] if match else ""


def cited(catalogue: Catalogue, address: str, limb: str | None = None) -> Cited:
    """What is to be cited, by the address of a provision or an instrument."""
    part = catalogue.provisions.get(address)
    whole = catalogue.instruments[part.instrument if part else address]
    pointers = numbers_of(part.number) if part else ()
    return Cited(
        path=legal_path(address),
        address=public_address(address),
        title=None if whole.title.endswith(UNSEEN) else whole.title,
        serial=serial_of(catalogue, whole.instrument),
        pointers=pointers,
        pinpoint=pinpoint_of(limb),
        name=slug_of(address).replace("-", " ") if part and not pointers else "",
    )


def numbers_of(number: str) -> tuple[Pointer, ...]:
    """What the number that a row carries says, e.g. ``s. 5 and Schedule``."""
    return pointers_at(tokens(number), 0)[0]


def public_address(address: str) -> str:
    """Where a reader finds it: the official text, or for what has none our own address."""
    if address.startswith(LEGISLATION):
        return OFFICIAL + legal_path(address)
    return address


def series_name(catalogue: Catalogue, instrument: str) -> str | None:
    """The shortest name of the series that an instrument is numbered in, if it has one."""
    names = catalogue.other_names.get(catalogue.instruments[instrument].type, ())
    return min((other.name for other in names), key=lambda name: (len(name), name), default=None)


def serial_of(catalogue: Catalogue, instrument: str) -> str | None:
    """The serial number by which an instrument is cited, e.g. ``SI 1999/1``; Acts have none.

    A series whose short name is in capitals is cited by it; one in small letters (chapters) is not.
    """
    series = series_name(catalogue, instrument)
    if not series or not series.isupper():
        return None
    return f"{series} {'/'.join(legal_path(instrument).split('/')[1:])}"


def oscola(thing: Cited) -> str:
    """As OSCOLA 4 cites it, with the pinpoint, e.g. ``Theft Act 1968, s 21(1)``."""
    named = [part for part in (thing.title, thing.serial) if part] or [thing.path]
    return ", ".join((*named, section(thing)) if section(thing) else named)


def section(thing: Cited) -> str:
    """The provision alone, as OSCOLA writes it: ``s 1(1)(a)``; empty for an instrument."""
    found = [_short(pointer, thing.pinpoint) for pointer in thing.pointers]
    return " and ".join(found) or thing.name


def plain(thing: Cited) -> str:
    """In plain words: the section, written out, of the named instrument."""
    named = thing.title or thing.serial or thing.path
    if thing.title and thing.serial and not thing.pointers:
        return f"{named} ({thing.serial})"
    if thing.pointers:
        said = " and ".join(_long(pointer, thing.pinpoint) for pointer in thing.pointers)
        return f"{said} {'to' if thing.pointers[-1].kind == SCHEDULE else 'of'} the {named}"
    return f"{thing.name} ({named})" if thing.name else named


def _short(pointer: Pointer, pinpoint: str) -> str:
    word = SHORT.get(pointer.kind or "", pointer.kind or "")
    if pointer.high:
        return f"{word}{word[-1:]} {pointer.number.upper()}–{pointer.high.upper()}"
    said = f"{word} {pointer.number.upper()}".rstrip()
    if pointer.paragraph:
        said += f" para {pointer.paragraph.upper()}"
    return said + (pinpoint or pointer.pinpoint)


def _long(pointer: Pointer, pinpoint: str) -> str:
    kind = pointer.kind or ""
    if pointer.high:
        return f"{kind}s {pointer.number.upper()} to {pointer.high.upper()}"
    parts = pinpoint or pointer.pinpoint
    if kind != SCHEDULE:
        return f"{kind} {pointer.number.upper()}{parts}"
    whole = f"{kind.capitalize()} {pointer.number.upper()}" if pointer.number else "the Schedule"
    if pointer.paragraph:
        return f"{PARAGRAPH} {pointer.paragraph.upper()}{parts} of {whole}"
    return whole + parts
