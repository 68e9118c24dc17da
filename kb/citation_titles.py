"""What instruments are called: their titles in every order and spelling, and their initials.

All of it is derived from the titles and from other names in the data. A form that leaves out where
the instrument is law, or initials too short or too common to be one Act's, are never sure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from kb.citation_text import tokens, words

PASSED_OVER = ("the", "etc")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A way to name an instrument: its words without the year.

    ``alone``: sure without a year. ``dated``: sure with it. ``short``: initials or the like.
    """

    words: Words
    alone: bool
    dated: bool
    short: bool


@dataclass(frozen=True)
class _Word:
    word: str
    capital: bool
    bracket: int  # which pair of brackets it stands in; 0 is none


@dataclass(frozen=True)
class Place:
    """A nation as titles name it in brackets, and as it is abbreviated there."""

    name: Words
    others: tuple[Words, ...]


def year_of(title: str) -> int | None:
    """The year that a title ends in."""
    found = tokens(title)
    return found[-1].year if found else None


def forms(title: str, places: Iterable[Place]) -> Iterator[Form]:
    """Every way to name an instrument that follows from its title."""
    spelt = _spelt(title)
    if not spelt:
        return
    before, place, after = _parted(spelt, places)
    rest = before + after
    sure = place is None
    for said in _spellings(tuple(one.word for one in rest)):
        yield Form(said, alone=sure, dated=sure, short=False)
    if place:
        whole = tuple(one.word for one in rest)
        here = tuple(one.word for one in before)
        for name in (place.name, *place.others):
            for said in (
                here + name + whole[len(here) :],
                whole[:-1] + name + whole[-1:],
                whole + name,
            ):
                yield from (
                    Form(one, alone=True, dated=True, short=False) for one in _spellings(said)
                )
    if not any(one.word.isdecimal() for one in rest):
        yield from _initials(before, place, after)


def other_form(name: str) -> tuple[Form, int | None]:
    """Another name from the data, and the year that it has, without which it is not sure."""
    year = year_of(name)
    said = words(name)[: -1 if year else None]
    short = len(name.split()) - bool(year) < 2
    return Form(said, alone=year is None, dated=True, short=short), year


def _spelt(title: str) -> list[_Word]:
    """The words of a title but the year, each with the brackets that it stands in."""
    found, bracket, open_now = list[_Word](), 0, False
    for token in tokens(title):
        if token.word in "()":
            bracket, open_now = bracket + (token.word == "("), token.word == "("
        elif token.word.isalnum() and token.word not in PASSED_OVER:
            found.append(_Word(token.word, token.capital, bracket if open_now else 0))
    return found[:-1] if year_of(title) else found


def _parted(
    spelt: list[_Word], places: Iterable[Place]
) -> tuple[list[_Word], Place | None, list[_Word]]:
    """A title before and after the nation that it names in brackets, if it names one."""
    for at, word in enumerate(spelt):
        inside = [one for one in spelt if word.bracket and one.bracket == word.bracket]
        for place in places:
            if tuple(one.word for one in inside) == place.name:
                return spelt[:at], place, spelt[at + len(inside) :]
    return spelt, None, []


def _spellings(said: Words) -> Iterator[Words]:
    """The words, and again with the s of a genitive joined on."""
    yield said
    joined = list[str]()
    for word in said:
        if word == "s" and joined:
            joined[-1] += "s"
        else:
            joined.append(word)
    if len(joined) < len(said):
        yield tuple(joined)


def _initials(before: list[_Word], place: Place | None, after: list[_Word]) -> Iterator[Form]:
    """The initials, of all words or of those with capitals, with and without brackets."""
    rest = [one for one in before + after if one.word != "s"]
    where = "".join(word[0] for word in place.name) if place else ""
    for every in (False, True):
        runs = _runs([one for one in before if one.word != "s"], every=every)
        last = _runs([one for one in after if one.word != "s"], every=every)
        bare = _runs([one for one in rest if not one.bracket], every=every)
        full = [*runs, where, *last] if place else runs
        if place:
            if len(where) > 1:  # not "CJA, s 1"
                yield from _written([*runs, *last, where], sure=not every)
            yield from _written([*runs, *last], sure=False, dated=False)
        if any(one.bracket for one in rest) and bare and len(bare[0]) > 2:
            yield from _written(bare[:1], sure=False, dated=False)
        yield from _written(full, sure=not every)
    halves = _halves(before) if not place else []
    if len(halves) > 1 and all(halves):
        said = tuple(chain.from_iterable((half, "and") for half in halves))[:-1]
        yield Form(said, alone=True, dated=True, short=True)


def _halves(spelt: list[_Word]) -> list[str]:
    """The initials before and after each "and" of a title: CJ and CA."""
    halves = [""]
    for one in spelt:
        if one.word == "and":
            halves.append("")
        elif one.word != "s" and one.capital:
            halves[-1] += one.word[0]
    return halves


def _runs(spelt: list[_Word], *, every: bool) -> list[str]:
    """The initials of a title, one run for each stretch in or out of brackets."""
    runs, bracket = list[str](), -1
    for one in spelt:
        if one.bracket != bracket:
            runs.append("")
            bracket = one.bracket
        runs[-1] += one.word[0] if every or one.capital else ""
    return [run for run in runs if run]


def _written(runs: list[str], *, sure: bool, dated: bool = True) -> Iterator[Form]:
    """Initials in one word, run by run, and letter by letter."""
    runs = [run for run in runs if run]
    letters = "".join(runs)
    if len(letters) < 2:
        return
    for said in dict.fromkeys(((letters,), tuple(runs), tuple(chain.from_iterable(runs)))):
        yield Form(said, alone=sure and len(letters) > 2, dated=dated, short=True)
