"""Citations that are addresses: of legislation.gov.uk in all their forms, paths, our own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import unquote

from kb.citation_names import Names
from kb.citation_numbers import KINDS, PARAGRAPH, PART, SCHEDULE, Pointer
from kb.citation_printing import pinpoint_of
from kb.terms import identifier

HOST = "legislation.gov.uk/"
MOST = 24  # parts of a path that are looked at
DEEPEST = 6  # parts before the one that names the type
_CHUNK = re.compile(r"""[^\s<>"'“”‘’|\\^`{}*,;]+""")
_NUMBER = re.compile(r"(\d{1,4}[a-z]{0,2}|[a-z]\d{1,3})((?:\(\w{1,4}\)){0,6})")
_PART = re.compile(r"\d{1,3}[a-z]{0,2}|[a-z]{1,2}|[ivxlc]{1,5}")
_YEAR = re.compile(r"1[789]\d\d|20\d\d")
_REIGN = re.compile(r"[a-z]+\d?")


@dataclass(frozen=True)
class Address:
    """An address from ``start`` to ``end`` of a text: what it names, and the provision asked for.

    ``thing`` is an instrument or, where no number says which, a provision; None: it is not here.
    """

    start: int
    end: int
    thing: str | None
    pointer: Pointer | None = None


def addresses_in(names: Names, text: str) -> Iterator[Address]:
    """Every address in a text that names legislation, in order."""
    for match in _CHUNK.finditer(text):
        said = match[0].lstrip("([").rstrip(".:!?]")
        while said.endswith(")") and said.count("(") < said.count(")"):
            said = said[:-1].rstrip(".:!?]")
        start = match.end() - len(match[0].lstrip("(["))
        found = _read(names, said, start) if said else None
        if found:
            yield found


def _read(names: Names, said: str, start: int) -> Address | None:
    end = start + len(said)
    offence = identifier("offence", said.rstrip("/").rsplit("/", 1)[-1].lower())
    if offence in names.catalogue.offences:
        row = names.catalogue.offences[offence]
        limb = Pointer(kind=None, number="", pinpoint=pinpoint_of(row.limb))
        return Address(start, end, row.provision, limb)
    if "/" not in said:
        return None
    official = HOST in said.lower()
    path, _, fragment = said.partition("#")
    path = path.partition("?")[0]
    parts = [unquote(part).lower() for part in path.split("/", MOST)[:MOST] if part]
    at = next((i for i, part in enumerate(parts[:DEEPEST]) if part in names.types), None)
    if at is None:
        return Address(start, end, None) if official and _is_item(parts) else None
    thing, rest = _instrument(names, parts[at:])
    if thing is None:
        return Address(start, end, None) if official or _is_item(["", *parts[at:]]) else None
    if thing in names.catalogue.provisions:
        return Address(start, end, thing)
    pointer = _pointer(rest) or _pointer(fragment.lower().split("-", MOST))
    return Address(start, end, thing, pointer)


def _is_item(parts: list[str]) -> bool:
    """Does a path go on with a year and a number, or with a reign?"""
    parts = [part for part in parts if part not in ("id", "https:", "http:")][2:]
    if len(parts) < 2:
        return False
    by_year = _YEAR.fullmatch(parts[0]) and parts[1].isdecimal()
    return bool(by_year or (_REIGN.fullmatch(parts[0]) and parts[1][:1].isdigit()))


def _instrument(names: Names, parts: list[str]) -> tuple[str | None, list[str]]:
    """What the beginning of a path names, and the rest of the path.

    That is an instrument, or a provision that has a path but no number.
    """
    for length in (4, 3, 2):
        thing = names.things.get("/".join(parts[:length]))
        if thing in names.catalogue.instruments or thing in names.unnumbered:
            return thing, parts[length:]
    if len(parts) > 2 and _YEAR.fullmatch(parts[1]):
        return names.numbered.get((parts[0], int(parts[1]), parts[2])), parts[3:]
    return None, []


def _pointer(parts: list[str]) -> Pointer | None:
    """The provision that the rest of a path names; what is no number of one is passed over."""
    kind = KINDS.get(parts[0]) if parts else None
    after = parts[1:] if kind else parts
    match = _NUMBER.fullmatch(after[0]) if after else None
    if kind == SCHEDULE:
        return _schedule(match[0] if match else "", after[1:] if match else after)
    if not match or (not kind and not parts[0][0].isdigit()):
        return Pointer(kind=PART, number="") if kind or parts[:1] == ["crossheading"] else None
    within = takewhile(_PART.fullmatch, after[1:])
    return Pointer(
        kind=kind,
        number=match[1],
        pinpoint=match[2] + "".join(f"({part})" for part in within),
    )


def _schedule(number: str, rest: list[str]) -> Pointer:
    """A schedule, with the paragraph of it that a path goes on to."""
    at = rest.index(PARAGRAPH) if PARAGRAPH in rest else len(rest)
    match = _NUMBER.fullmatch(rest[at + 1]) if at + 1 < len(rest) else None
    within = takewhile(_PART.fullmatch, rest[at + 2 :])
    return Pointer(
        kind=SCHEDULE,
        number=number,
        paragraph=match[1] if match else None,
        pinpoint="".join(f"({part})" for part in within) if match else "",
    )
