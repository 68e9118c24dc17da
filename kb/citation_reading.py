"""Goes through a text and joins what it names: provisions with the instruments they are of."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.citation_addresses import Address, addresses_in
from kb.citation_mention import Mention
from kb.citation_named import letters_after, named_at
from kb.citation_names import Names
from kb.citation_numbers import PARAGRAPH, PART, Pointer, pointers_at
from kb.citation_series import series_at
from kb.citation_text import Tokens, tokens

QUOTES = frozenset("'\"“”«»*_")
OF = QUOTES | {"of", "to", "in", "the", "under", "from", "(", "[", "-"}
AT = QUOTES | {",", "(", ")", "-", ":", "at", "in", "under", "by", "s", "["}
BESIDE = QUOTES | {",", "(", ")", "[", "]", "=", "-", "the", "or"}
AND = frozenset((",", "and", "&", "or", ";", "with"))
FURTHEST = 5  # tokens between a provision and its instrument
NOT_ALONE = (PARAGRAPH, PART, "rule")  # too common in other texts to be cited without an instrument


@dataclass(frozen=True)
class Pointed:
    """The provisions of a list in a text."""

    pointers: tuple[Pointer, ...]
    first: int
    end: int


@dataclass(frozen=True)
class Claim:
    """One provision, one instrument, or one of the other, as a text cites it.

    Those of one list have the same number for it.
    """

    listed: int
    mention: Mention | None
    pointer: Pointer | None
    start: int
    end: int


Element = Mention | Pointed
Pair = tuple[Pointed | None, Mention | None, bool]  # and whether the two stand together


def claims_in(names: Names, text: str) -> list[Claim]:
    """Every citation of a text, in order."""
    found = tokens(text)
    elements = _parted(found, _elements(names, found, text))
    return list(_claims(names, found, _joined(found, elements)))


def _elements(names: Names, found: Tokens, text: str) -> list[Element]:
    """The provisions and instruments that a text names, each by itself."""
    elements, at = list[Element](), 0
    waiting = list(_address_mentions(found, addresses_in(names, text)))[::-1]
    while at < len(found):
        while waiting and waiting[-1].first < at:
            waiting.pop()
        limit = waiting[-1].first if waiting else len(found)
        floor = elements[-1].end if elements else 0
        element: Element | None
        if limit == at:
            element = waiting.pop()
        else:
            element = _element(names, found, at, floor=floor)
            if element is None and elements and isinstance(elements[-1], Pointed):
                element = _letters(names, found, at, elements[-1])
            element = element if element and element.end <= limit else None
        if isinstance(element, Mention):
            element = _merged(found, elements, element)
        if element:
            elements.append(element)
        at = element.end if element else at + 1
    return elements


def _element(names: Names, found: Tokens, at: int, *, floor: int) -> Element | None:
    """What a text names from a place on, if it names anything."""
    mention = series_at(names, found, at)
    if mention:
        return mention
    pointers, end = pointers_at(found, at)
    if pointers:
        return Pointed(pointers, at, end)
    return named_at(names, found, at, floor=floor)


def _letters(names: Names, found: Tokens, at: int, before: Pointed) -> Mention | None:
    """Initials of an instrument that is not here, right after a provision."""
    if not _between(found, before.end, at, OF):
        return None
    return letters_after(names, found, at, said=before.pointers[-1].said)


def _address_mentions(found: Tokens, addresses: Iterator[Address]) -> Iterator[Mention]:
    starts = [token.start for token in found]
    for address in addresses:
        first, end = bisect_left(starts, address.start), bisect_left(starts, address.end)
        if first < end:
            yield Mention(
                first=first,
                end=end,
                sure=(address.thing,) if address.thing else (),
                dated=True,
                pointers=(address.pointer,) if address.pointer else (),
            )


def _merged(found: Tokens, elements: list[Element], mention: Mention) -> Mention:
    """A mention with the one just before it, if both name the same instrument."""
    before = elements[-1] if elements else None
    if not isinstance(before, Mention) or before.pointers or mention.pointers:
        return mention
    things = tuple(thing for thing in before.things if thing in mention.things)
    if not things or not _between(found, before.end, mention.first, BESIDE):
        return mention
    elements.pop()
    sure = before.sure or mention.sure
    return replace(
        mention,
        first=before.first,
        sure=things if sure else (),
        loose=() if sure else things,
        near=(),
        dated=before.dated or mention.dated,
        weak=before.weak and mention.weak,
    )


def _between(found: Tokens, start: int, end: int, allowed: frozenset[str]) -> bool:
    gap = found[start:end]
    return len(gap) <= FURTHEST and all(token.word in allowed for token in gap)


def _joined(found: Tokens, elements: list[Element]) -> Iterator[Pair]:
    """Each list of provisions with its instrument, as far as the text says which that is."""
    at, last, last_end = 0, None, 0  # what a further "and s 2" would go with
    while at < len(elements):
        one, after, third = (elements[i] if i < len(elements) else None for i in range(at, at + 3))
        pointed, mention = (one, None) if isinstance(one, Pointed) else (None, one)
        used, together = 1, True
        if mention and isinstance(after, Pointed):
            if _takes(found, mention, after, third):
                pointed, used = after, 2
                if isinstance(third, Mention) and _again(found, mention, after, third):
                    pointed, used = replace(after, end=third.end), 3
        elif pointed and isinstance(after, Mention) and _leads_to(found, pointed, after, third):
            mention, used = after, 2
        elif pointed and last and _between(found, last_end, pointed.first, AND):
            mention, together = last, False
        yield pointed, mention, together
        at += used
        last, last_end = mention, elements[at - 1].end


def _takes(found: Tokens, mention: Mention, pointed: Pointed, after: Element | None) -> bool:
    """Do provisions belong to the instrument before them, and not to one right after them?"""
    if mention.pointers or not _between(found, mention.end, pointed.first, AT):
        return False
    others = isinstance(after, Mention) and _between(found, pointed.end, after.first, OF)
    if isinstance(after, Mention) and after.things == mention.things:
        return True
    return not others or mention.end == pointed.first


def _again(found: Tokens, mention: Mention, pointed: Pointed, after: Mention) -> bool:
    """Does the name of the same instrument stand again behind its provision?"""
    same = after.things == mention.things and not after.pointers
    return same and _between(found, pointed.end, after.first, frozenset("(,"))


def _leads_to(found: Tokens, pointed: Pointed, mention: Mention, after: Element | None) -> bool:
    """Do provisions belong to the instrument after them?"""
    if mention.pointers:
        return False
    if _between(found, pointed.end, mention.first, OF):
        return True
    own = isinstance(after, Pointed) and _between(found, mention.end, after.first, AT)
    return not own and _between(found, pointed.end, mention.first, OF | {","})


def _parted(found: Tokens, elements: list[Element]) -> list[Element]:
    """Lists of provisions between two instruments, parted where the last goes with the second."""
    parted = list[Element]()
    for at, one in enumerate(elements):
        before = elements[at - 1] if at else None
        after = elements[at + 1] if at + 1 < len(elements) else None
        between = isinstance(before, Mention) and isinstance(after, Mention)
        if isinstance(one, Pointed) and between and after:
            last = [pointer for pointer in one.pointers if pointer.said == one.pointers[-1].said]
            rest = one.pointers[: -len(last)]
            if rest and _between(found, one.end, after.first, OF):
                parted.append(Pointed(rest, one.first, rest[-1].end))
                one = Pointed(tuple(last), last[0].said, one.end)
        parted.append(one)
    return parted


def _claims(names: Names, found: Tokens, pairs: Iterator[Pair]) -> Iterator[Claim]:
    """Each provision, or the instrument alone, with where the text says so."""
    total = len([token for token in found if token.word.isalnum()])
    for listed, (pointed, mention, together) in enumerate(pairs):
        if pointed is None:
            if mention and _stands_alone(found, mention, total=total):
                pointer = mention.pointers[0] if mention.pointers else None
                start, end = found[mention.first].start, found[mention.end - 1].end
                yield Claim(listed, mention, pointer, start, end)
            continue
        every = tuple(_expanded(names, pointed.pointers, mention))
        for place, pointer in enumerate(every):
            if mention is None and (pointer.kind in NOT_ALONE or not pointer.number):
                continue
            same_word = place and every[place - 1].said == pointer.said
            first = pointer.first if same_word else pointer.said
            end = pointer.end if place < len(every) - 1 else pointed.end
            if mention and together and mention.end <= pointed.first and not place:
                first = mention.first
            if mention and mention.first >= pointed.end and place == len(every) - 1:
                end = mention.end
            yield Claim(listed, mention, pointer, found[first].start, found[end - 1].end)


def _stands_alone(found: Tokens, mention: Mention, *, total: int) -> bool:
    """Is an instrument named well enough without a provision: or is it all that the text says?"""
    own = len([token for token in found[mention.first : mention.end] if token.word.isalnum()])
    return not mention.weak or own == total


def _expanded(
    names: Names, pointers: tuple[Pointer, ...], mention: Mention | None
) -> Iterator[Pointer]:
    """The provisions of a list, with those that are here of each range in it."""
    for pointer in pointers:
        if not pointer.high:
            yield pointer
            continue
        numbers = [pointer.number, pointer.high]
        if mention and len(mention.sure) == 1:
            numbers[1:1] = names.between(mention.sure[0], pointer)
        for number in dict.fromkeys(numbers):
            yield replace(pointer, number=number, high=None)
