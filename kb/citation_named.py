"""Instruments by their name: titles, initials, ``the 1978 Act``, and titles that are not here."""

from dataclasses import replace

from kb.citation_mention import Mention
from kb.citation_names import Name, Names
from kb.citation_printing import UNSEEN
from kb.citation_series import in_brackets
from kb.citation_text import Tokens, is_number, word_at

TYPE_WORDS = ("act", "order", "regulations", "rules", "measure")
INNER = frozenset(
    ("against", "and", "by", "etc", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
SIGNS = frozenset("(),'&-")
BEFORE = frozenset(
    ("a", "an", "are", "did", "does", "is", "see", "under", "was", "what", "which", "while")
)
LEADING = INNER | SIGNS | BEFORE
LONGEST = 25  # words of a title that is not here


def named_at(names: Names, found: Tokens, at: int, *, floor: int) -> Mention | None:
    """The instrument that is named from a place on; ``floor`` is where the last citation ended."""
    ends = names.walk(found, at)
    best = next(
        (m for end, here in reversed(ends) if (m := _fit(names, found, at, end, here))), None
    )
    if best is None and ends:
        best = _mismatched(names, found, at, *ends[-1])
    if best is None:
        return _described(names, found, at) or _not_here(found, at, floor=floor)
    return best if best.short else _in_a_longer_title(found, best, floor=floor)


def _fit(names: Names, found: Tokens, at: int, end: int, here: tuple[Name, ...]) -> Mention | None:
    """What a name means with the year after it, if it has one; nothing if no year fits."""
    short = all(name.form.short for name in here)
    year, stop = year_after(found, end, short=short)
    if year is None:
        sure = [name.thing for name in here if name.form.alone]
        loose = [name.thing for name in here if not name.form.alone]
        end, dated = end, False
    else:
        fitting = [name for name in here if _same_year(names, name, year)]
        sure = [name.thing for name in fitting if name.form.dated]
        loose = [] if sure else [name.thing for name in fitting]
        end, dated = stop, True
    if not sure and not loose:
        return None
    things, end = in_brackets(names, found, end, tuple(dict.fromkeys(sure)))
    weak = short and not dated and not found[at].capital
    return Mention(
        first=at,
        end=end,
        sure=things,
        loose=tuple(dict.fromkeys(thing for thing in loose if thing not in things)),
        dated=dated,
        short=short,
        weak=weak or (short and not things and not dated),
    )


def year_after(found: Tokens, at: int, *, short: bool) -> tuple[int | None, int]:
    """The year after a name, in four digits or, after initials, in two; and the place after it."""
    at += word_at(found, at) == ")" or (short and word_at(found, at) == ".")
    start = at + 1 if word_at(found, at) in (",", "(") else at
    if start < len(found) and (year := found[start].year):
        closed = start > at and word_at(found, at) == "(" and word_at(found, start + 1) == ")"
        if word_at(found, at) != "(" or closed:
            return year, start + 2 if closed else start + 1
    start = at + 1 if word_at(found, at) == "'" else at
    after = word_at(found, start + 1) if start + 1 < len(found) else ""
    part = after == "(" or (after.isalpha() and found[start + 1].glued and len(after) < 3)
    two_digits = is_number(word_at(found, start)) and len(found[start].word) == 2
    if short and two_digits and (not part or after in ("s", "ss")):
        return int(found[start].word), start + 1
    return None, at


def _same_year(names: Names, name: Name, year: int) -> bool:
    own = name.year or names.years.get(name.thing)
    return own is not None and own in (year, 1900 + year, 2000 + year)


def _mismatched(
    names: Names, found: Tokens, at: int, end: int, here: tuple[Name, ...]
) -> Mention | None:
    """A name that is known, with a year that is not its: the nearest is what has the name."""
    short = all(name.form.short for name in here)
    year, stop = year_after(found, end, short=short)
    if year is None or (year < 100 and not found[at].capital):
        return None
    near = tuple(dict.fromkeys(name.thing for name in here if name.form.alone))
    return Mention(
        first=at, end=stop, near=near, dated=True, short=short, weak=not found[at].capital
    )


def _described(names: Names, found: Tokens, at: int) -> Mention | None:
    """``the 1978 Act``: whatever of that year and kind is here, and never for sure."""
    year, kind = found[at].year, word_at(found, at + 1)
    if not year or kind not in TYPE_WORDS:
        return None
    rows = names.catalogue.instruments.items()
    fitting = [a for a, row in rows if names.years[a] == year and _kind(row.title) == kind]
    capital = found[at + 1].capital
    weak = not capital or not fitting
    return Mention(first=at, end=at + 2, loose=tuple(fitting), short=True, weak=weak)


def _kind(title: str) -> str:
    """The last word for a kind of instrument in a title; none if that is not its real title."""
    said = [] if title.endswith(UNSEEN) else title.lower().split()
    return next((word for word in reversed(said) if word in TYPE_WORDS), "")


def _not_here(found: Tokens, at: int, *, floor: int) -> Mention | None:
    """A title that is not here, known by the word for its kind and its year."""
    if word_at(found, at) not in TYPE_WORDS:
        return None
    end = at + 1
    if word_at(found, end) == "(":
        end = next((i + 1 for i in range(end, end + 7) if word_at(found, i) == ")"), end)
    year, stop = year_after(found, end, short=False)
    first = _begin(found, at, floor=floor)
    if first == at:
        return None
    return Mention(first=first, end=stop if year else at + 1, dated=bool(year), weak=not year)


def letters_after(names: Names, found: Tokens, at: int, *, said: int) -> Mention | None:
    """Initials that nothing here has, after a provision whose word is at ``said``."""
    token = found[at]
    year, stop = year_after(found, at + 1, short=True)
    shouted = found[said].raw.isupper() and year is None
    places = (word for place in names.places for words in place.others for word in words)
    if not token.raw.isupper() or not 2 <= len(token.word) <= 6 or shouted or token.word in places:
        return None
    return Mention(first=at, end=stop if year else at + 1, dated=bool(year), short=True)


def _begin(found: Tokens, at: int, *, floor: int) -> int:
    """Where a title begins that goes on until a place, as far as its capitals can show."""
    capital, start = found[at].capital, at
    while start > max(floor, at - LONGEST):
        token = found[start - 1]
        joined = token.glued and word_at(found, start - 2) == "-"
        inner = joined or token.word in INNER or token.word in SIGNS
        if capital and not (token.capital or inner):
            break
        if token.word == "," and word_at(found, start) == "the":
            break
        plain = token.word not in BEFORE and token.word != "the" and token.word.isalpha()
        if (not capital and not (plain or inner)) or token.word in ("s", "ss"):
            break
        start -= 1
    while start < at and found[start].word in LEADING:
        start += 1
    return start


def _in_a_longer_title(found: Tokens, mention: Mention, *, floor: int) -> Mention:
    """The mention, unless its words are part of the title of something else.

    After it brackets and another kind of instrument may follow; before it, if no year makes it
    sure, the beginning of a longer title.
    """
    end = _longer_end(found, mention.end)
    if end:
        return Mention(first=mention.first, end=end, dated=True)
    before = word_at(found, mention.first - 1)
    inside = before == "(" and mention.first - 1 >= floor
    if mention.near:
        return replace(mention, first=min(_begin(found, mention.first, floor=floor), mention.first))
    joined = before in ("and", ",") and mention.first - 2 >= floor
    if not mention.dated and found[mention.first].capital and mention.sure:
        opened = inside and ")" in (one.word for one in found[mention.first : mention.end])
        if opened or (joined and found[mention.first - 2].capital):
            return replace(mention, sure=(), loose=mention.things)
    return mention


def _longer_end(found: Tokens, at: int) -> int | None:
    """Where a longer title ends that goes on with brackets and a kind of instrument."""
    end = at
    while word_at(found, end) == "(" and end < at + LONGEST:
        closed = next((i for i in range(end, end + LONGEST) if word_at(found, i) == ")"), None)
        if closed is None:
            return None
        end = closed + 1
    if end > at and word_at(found, end) in TYPE_WORDS:
        year, stop = year_after(found, end + 1, short=False)
        return stop if year else None
    return None
