"""What a text can name: every instrument by its names, every provision by its number.

Made once for a catalogue. Names are kept as a tree of words, so that the longest one that stands
at a place of a text is found in one walk.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kb.catalogue import Catalogue
from kb.citation_numbers import PARAGRAPH, PLAIN, Pointer
from kb.citation_printing import numbers_of
from kb.citation_text import AND, Tokens, words
from kb.citation_titles import PASSED_OVER, Form, Place, forms, other_form, year_of
from kb.library_rows import InstrumentRow
from kb.terms import legal_path, slug_of

SKIPPED = frozenset("()[],.'\"“”-") | frozenset(PASSED_OVER)
LONGEST_GAP = 6
Tree = dict[str, Any]
Key = tuple[str, str, str | None]  # kind, number, paragraph of a schedule
NAMES = ""  # where a branch of the tree keeps the names that end there


@dataclass(frozen=True)
class Name:
    """A thing that a form names; ``year``: it is only sure with this year."""

    thing: str
    form: Form
    year: int | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Names:
    """Everything that can be named, by each way to name it."""

    catalogue: Catalogue
    tree: Tree
    years: dict[str, int | None]
    held: dict[str, dict[Key, str]]
    unnumbered: frozenset[str]
    things: dict[str, str]
    types: frozenset[str]
    initials: dict[str, tuple[str, ...]]
    series: dict[tuple[str, ...], tuple[str, ...]]
    numbered: dict[tuple[str, int, str], str]
    regnal: dict[tuple[str, str, str], str]
    places: tuple[Place, ...]

    def walk(self, found: Tokens, at: int) -> list[tuple[int, tuple[Name, ...]]]:
        """The names that begin at a place: the end of each with what it names, shortest first."""
        branch, ends, gap = self.tree, list[tuple[int, tuple[Name, ...]]](), 0
        while at < len(found):
            word = AND.get(found[at].word, found[at].word)
            if word in branch:
                branch, gap = branch[word], 0
                if NAMES in branch:
                    ends.append((at + 1, tuple(branch[NAMES])))
            elif branch is self.tree or word not in SKIPPED or gap == LONGEST_GAP:
                break
            else:
                gap += 1
            at += 1
        return ends

    def provision(self, instrument: str, pointer: Pointer) -> str | None:
        """The provision of an instrument that a pointer means, if it is here."""
        held = self.held.get(instrument, {})
        if pointer.kind:
            whole = held.get((pointer.kind, pointer.number, None))
            part = held.get((pointer.kind, pointer.number, pointer.paragraph))
            return part or whole
        found = {held.get((kind, pointer.number, None)) for kind in PLAIN} - {None}
        return found.pop() if len(found) == 1 else None

    def within(self, provision: str, pointer: Pointer) -> str:
        """The part of a provision (address) that a pointer goes on to; empty if it is all of it."""
        if pointer.paragraph and f"/{PARAGRAPH}/" not in provision:
            return f"para {pointer.paragraph.upper()}{pointer.pinpoint}"
        return pointer.pinpoint

    def between(self, instrument: str, pointer: Pointer) -> list[str]:
        """The numbers between the ends of a range that an instrument has provisions of here."""
        low, high = order(pointer.number), order(pointer.high or pointer.number)
        held = {k[1] for k in self.held.get(instrument, ()) if k[0] == pointer.kind and not k[2]}
        return sorted((n for n in held if low < order(n) < high), key=order)


def order(number: str) -> tuple[int, str]:
    """Where a number comes among others: 66, 66A, 66AB, 66B."""
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    return (int(digits) if digits.isdecimal() else 0, number[len(digits) :])


@lru_cache(maxsize=8)
def names_of(catalogue: Catalogue) -> Names:
    """Everything that can be named of a catalogue."""
    instruments = catalogue.instruments.values()
    places = tuple(_places(catalogue))
    years = {row.instrument: _year(row) for row in instruments}
    held = {row.instrument: _held(catalogue, row.instrument) for row in instruments}
    tree: Tree = {}
    named = [name for row in instruments for name in _names(catalogue, row, places)]
    for name in named:
        _plant(tree, name)
    unnumbered = [p for p in catalogue.provisions.values() if not numbers_of(p.number)]
    for part in unnumbered:
        _plant_unnumbered(tree, part.provision, title=part.title, number=part.number)
    return Names(
        catalogue=catalogue,
        tree=tree,
        years=years,
        held=held,
        unnumbered=frozenset(part.provision for part in unnumbered),
        things={legal_path(a).lower(): a for a in (*catalogue.provisions, *catalogue.instruments)},
        types=frozenset(slug_of(row.type) for row in instruments),
        initials=_initials(named),
        series=_series(catalogue),
        numbered=_numbered(instruments, years),
        regnal=dict(_regnal(instruments)),
        places=places,
    )


def _places(catalogue: Catalogue) -> Iterator[Place]:
    """The nations there are, as titles may write them: in full, by initials, as the data says."""
    for nation in catalogue.coverage:
        name = tuple(slug_of(nation).split("-"))
        letters = tuple(word[0] for word in name)
        said = (other.name for other in catalogue.other_names.get(nation, ()))
        initials = [letters, ("".join(letters),)] if len(letters) > 1 else []
        others = [*initials, *(words(other) for other in said)]
        yield Place(name=name, others=tuple(dict.fromkeys(others)))


def _year(row: InstrumentRow) -> int | None:
    said = year_of(row.title)
    path = next((int(part) for part in row.path.split("/")[1:2] if part.isdecimal()), None)
    return said or path or (row.made.year if row.made else None)


def _names(catalogue: Catalogue, row: InstrumentRow, places: tuple[Place, ...]) -> Iterator[Name]:
    for form in forms(row.title, places):
        yield Name(row.instrument, form)
    for other in catalogue.other_names.get(row.instrument, ()):
        form, year = other_form(other.name)
        yield Name(row.instrument, form, year)


def _plant(tree: Tree, name: Name) -> None:
    for word in name.form.words:
        tree = tree.setdefault(word, {})
    tree.setdefault(NAMES, []).append(name)


def _plant_unnumbered(tree: Tree, address: str, *, title: str, number: str) -> None:
    """A provision without a number, by the name of its instrument and its own."""
    whole = words(title)
    for own in (words(number), words(slug_of(address))):
        for said in (own + whole, whole + own):
            _plant(tree, Name(address, Form(said, alone=True, dated=True, short=False)))


def _held(catalogue: Catalogue, instrument: str) -> dict[Key, str]:
    """The provisions of an instrument by each number that they have or stand for."""
    keys: dict[Key, str] = {}
    for row in catalogue.provisions.values():
        if row.instrument != instrument:
            continue
        keys |= {key: row.provision for key in _keys(row.number) if key not in keys}
        parts = legal_path(row.provision).removeprefix(legal_path(instrument)).split("/")[1:]
        if len(parts) in (2, 4):
            keys[parts[0], parts[1].lower(), parts[3].lower() if parts[3:] else None] = (
                row.provision
            )
    return keys


def _keys(number: str) -> Iterator[Key]:
    for pointer in numbers_of(number):
        low, high = pointer.number, pointer.high or pointer.number
        yield pointer.kind or "", low, pointer.paragraph
        if low.isdecimal() and high.isdecimal():
            for between in range(int(low) + 1, int(high) + 1):
                yield pointer.kind or "", str(between), pointer.paragraph


def _initials(named: list[Name]) -> dict[str, tuple[str, ...]]:
    """What each instrument is called for short: the surest first."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    short = [name for name in named if name.form.short and name.form.dated and not name.year]
    for name in sorted(short, key=lambda name: not name.form.alone):
        if len(name.form.words) == 1:
            found[name.thing][name.form.words[0].upper()] = None
    return {thing: tuple(letters) for thing, letters in found.items()}


def _series(catalogue: Catalogue) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The types of instrument by each name of the series that they are numbered in."""
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for kind in dict.fromkeys(row.type for row in catalogue.instruments.values()):
        others = (other.name for other in catalogue.other_names.get(kind, ()))
        for name in (slug_of(kind), *others):
            found[words(name)].append(slug_of(kind))
            if name.isupper():
                found[tuple(name.lower())].append(slug_of(kind))  # S.I.
    return {name: tuple(dict.fromkeys(kinds)) for name, kinds in found.items()}


def _numbered(
    instruments: Iterable[InstrumentRow], years: dict[str, int | None]
) -> dict[tuple[str, int, str], str]:
    """Instruments by type, year and number in the series of the year."""
    return {
        (slug_of(row.type), year, row.path.rsplit("/", 1)[-1]): row.instrument
        for row in instruments
        if (year := years[row.instrument]) and len(row.path.split("/")) > 2
    }


def _regnal(instruments: Iterable[InstrumentRow]) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Instruments by reign, years of it and chapter, where they are numbered so."""
    for row in instruments:
        parts = row.path.lower().split("/")
        if len(parts) == 4:
            yield (parts[1], parts[2], parts[3]), row.instrument
