"""Instruments by their number: ``SI 1999/1``, ``1999 c 1``, ``asp 1 of 1999``, and by reign."""

from kb.citation_mention import Mention
from kb.citation_names import Names
from kb.citation_text import Tokens, is_number, word_at

OF_A_SERIES = 8  # words in the longest number of a series, brackets included
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
NUMBER_SIGNS = (".", "no", "number", "nr", ",")
Types = tuple[str, ...]


def series_at(names: Names, found: Tokens, at: int) -> Mention | None:
    """The instrument whose number in a series stands at a place, held or not."""
    if found[at].year:
        return _year_first(names, found, at)
    if is_number(found[at].word):
        return _regnal(names, found, at)
    types, end = _series(names, found, at)
    end = _after_signs(found, end) if types else at
    if types and end < len(found) and found[end].year:
        return _year_and_number(names, found, at, types=types, end=end)
    if types and is_number(word_at(found, end)) and word_at(found, end + 1) == "of":
        year = found[end + 2].year if end + 2 < len(found) else None
        if year:
            return _mention(names, types, year, found[end].word, first=at, end=end + 3)
    return None


def in_brackets(
    names: Names, found: Tokens, at: int, things: tuple[str, ...]
) -> tuple[tuple[str, ...], int]:
    """Those of some instruments that have the number in brackets here, with the place after it.

    All of them, and the same place, if no such number stands here or none of them has it.
    """
    types, end = _series(names, found, at + 1) if word_at(found, at) == "(" else ((), at)
    end = _after_signs(found, end)
    number = word_at(found, end)
    if not types or not is_number(number):
        return things, at
    _, end = _bracket(names, found, end + 1)
    fitting = tuple(thing for thing in things if thing.rsplit("/", 1)[-1] == number)
    return (fitting, end + 1) if fitting and word_at(found, end) == ")" else (things, at)


def _series(names: Names, found: Tokens, at: int) -> tuple[Types, int]:
    """The types of the series that is named at a place, by the longest name that fits."""
    said = list[str]()
    best: tuple[Types, int] = ((), at)
    while at < len(found) and len(said) < 4:
        word = found[at].word
        at += 1
        if word != ".":
            said.append(word)
            if not word.isalnum() and word != "-":
                break
            types = names.series.get(tuple(one for one in said if one != "-"))
            best = (types, at) if types else best
        elif not said:
            break
    return best


def _after_signs(found: Tokens, at: int) -> int:
    last = at + 3
    while at < last and word_at(found, at) in NUMBER_SIGNS:
        at += 1
    return at


def _year_first(names: Names, found: Tokens, at: int) -> Mention | None:
    """``1999 c 1``, ``1999 asp 1``."""
    start = at + 2 if word_at(found, at + 1) in (",", "(") else at + 1
    types, end = _series(names, found, start)
    end = _after_signs(found, end)
    number, year = word_at(found, end), found[at].year
    if not types or not year or not is_number(number):
        return None
    place, stop = _bracket(names, found, end + 1)
    said = tuple(one.word for one in found[start:end] if one.word.isalnum())
    types = names.series.get((*said, place), types) if place else types
    if start == at + 2 and word_at(found, at + 1) == "(":
        stop += word_at(found, stop) == ")"
    return _mention(names, types, year, number, first=at, end=stop)


def _year_and_number(
    names: Names, found: Tokens, at: int, *, types: Types, end: int
) -> Mention | None:
    """``1999/1``, ``1999 No. 1``, after the name of the series."""
    number_at = end + 2 if word_at(found, end + 1) == "/" else _after_signs(found, end + 1)
    if number_at == end + 1 or not is_number(word_at(found, number_at)):
        return None
    year, number = found[end].year, found[number_at].word
    _, stop = _bracket(names, found, number_at + 1)
    return _mention(names, types, year or 0, number, first=at, end=stop)


def _regnal(names: Names, found: Tokens, at: int) -> Mention | None:
    """``7 & 8 Eliz 2 c 66``: years of a reign, the reign, and the chapter."""
    years, end = found[at].word, at + 1
    if word_at(found, end) in ("&", "and", "-") and is_number(word_at(found, end + 1)):
        years, end = f"{years}-{found[end + 1].word}", end + 2
    reign = word_at(found, end)
    end += 2 if word_at(found, end + 1) == "." else 1
    which = ROMAN.get(word_at(found, end), word_at(found, end))
    if is_number(which):
        end += 1
    else:
        which = ""
    types, stop = _series(names, found, end + (word_at(found, end) == ","))
    stop = _after_signs(found, stop)
    if not types or not reign.isalpha() or not is_number(word_at(found, stop)):
        return None
    thing = names.regnal.get((reign + which, years, found[stop].word))
    return Mention(first=at, end=stop + 1, sure=(thing,) if thing else (), dated=True)


def _bracket(names: Names, found: Tokens, at: int) -> tuple[str, int]:
    """A nation, or a letter of a lesser series, in brackets: its initials, and what comes after."""
    end = at + 1
    while end < at + OF_A_SERIES and word_at(found, end) not in (")", ""):
        end += 1
    if word_at(found, at) != "(" or word_at(found, end) != ")":
        return "", at
    inside = tuple(one.word for one in found[at + 1 : end] if one.word.isalpha())
    for place in names.places:
        if inside in (place.name, *place.others):
            return "".join(word[0] for word in place.name), end + 1
    lesser = len("".join(inside)) <= 2 and any(is_number(one.word) for one in found[at + 1 : end])
    return "", end + 1 if lesser and inside else at


def _mention(
    names: Names, types: Types, year: int, number: str, *, first: int, end: int
) -> Mention:
    number = number.lstrip("0")
    found = (names.numbered.get((kind, year, number)) for kind in types)
    things = tuple(dict.fromkeys(thing for thing in found if thing))
    return Mention(first=first, end=end, sure=things, dated=True)
