"""The numbers of provisions as people write them: ``s.``, ``sections``, ``sch 2 para 3``, lists.

One grammar reads the citations of readers and the numbers that our own rows carry.
"""

from dataclasses import dataclass, replace

from kb.citation_text import Tokens, is_number, word_at

PLAIN = ("section", "article", "regulation", "rule")
SCHEDULE, PARAGRAPH, PART = "schedule", "paragraph", "part"
WORDS = {
    "section": "section sec sect s §",
    "article": "article art",
    "regulation": "regulation reg",
    "rule": "rule r",
    SCHEDULE: "schedule sched sch",
    PARAGRAPH: "paragraph para",
    PART: "part pt",
}
SEVERAL = {
    "section": "sections secs sects ss",
    "article": "articles arts",
    "regulation": "regulations regs",
    "rule": "rules rr",
    SCHEDULE: "schedules scheds schs",
    PARAGRAPH: "paragraphs paras",
    PART: "parts pts",
}
KINDS = {word: kind for table in (WORDS, SEVERAL) for kind in table for word in table[kind].split()}
PLURAL = frozenset(word for said in SEVERAL.values() for word in said.split())
JOINS = {",": ", ", "and": " and ", "&": " and ", "or": " or "}
TO = ("-", "to")
ROMAN = frozenset("ivxlc")


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """A provision as it is cited, without its instrument, and which tokens say so.

    ``number`` is in small letters, and empty for the only schedule there is; ``high`` ends a
    range; ``kind`` is None where no word says what the number is of. ``said`` is the place of the
    word for its kind, which several pointers may share.
    """

    kind: str | None
    number: str
    high: str | None = None
    paragraph: str | None = None
    pinpoint: str = ""
    said: int = 0
    first: int = 0
    end: int = 0


def pointers_at(found: Tokens, at: int) -> tuple[tuple[Pointer, ...], int]:
    """The provisions cited from a place on, with the place after them; none if none is."""
    more, end = _group(found, at)
    pointers = list(more)
    while more:
        after = _after_join(found, end)
        more, stop = _group(found, after) if after > end else ((), end)
        end = stop if more else end
        pointers += more
    return tuple(pointers), end


def number_at(found: Tokens, at: int) -> tuple[str, int]:
    """The number of a provision at a place, with the place after it; empty if there is none."""
    word = word_at(found, at)
    after = found[at + 1] if at + 1 < len(found) else None
    if is_number(word) and len(word) <= 4 and not found[at].year:
        if after and after.glued and after.word.isalpha() and len(after.word) <= 2:
            return word + after.word, at + 2
        return word, at + 1
    if len(word) == 1 and word.isalpha() and after and after.glued and is_number(after.word):
        return (word + after.word, at + 2) if len(after.word) <= 3 else ("", at)
    return "", at


def pinpoint_at(found: Tokens, at: int) -> tuple[str, int]:
    """The bracketed parts from a place on, e.g. ``(1)(a)-(c)``, with the place after them."""
    said, at = _brackets(found, at)
    while said:
        join, after = _join(found, at)
        more, end = _brackets(found, after) if join else ("", at)
        if not more:
            break
        said, at = said + join + more, end
    return said, at


def _brackets(found: Tokens, at: int) -> tuple[str, int]:
    said = ""
    while word_at(found, at) == "(":
        end = at + 1
        while end < at + 4 and word_at(found, end).isalnum():
            end += 1
        inner = "".join(token.raw for token in found[at + 1 : end])
        if word_at(found, end) != ")" or not _is_part(inner, glued=found[at].glued):
            break
        said, at = f"{said}({inner})", end + 1
    return said, at


def _is_part(inner: str, *, glued: bool) -> bool:
    """Is what stands in brackets the number of a part, and not a word?"""
    if not inner.isascii():
        return False
    letters = inner.lower().lstrip("0123456789")
    if len(letters) < len(inner):
        return len(inner) <= 4 and len(letters) <= 2
    alike = len(set(letters)) == 1 and len(letters) <= 3
    return bool(letters) and (alike or ROMAN.issuperset(letters) or (glued and len(letters) == 2))


def _join(found: Tokens, at: int) -> tuple[str, int]:
    """What joins two numbers, as it is printed; empty if nothing does."""
    word = word_at(found, at)
    if word in TO:
        return "-", at + 1
    if word in JOINS:
        second = JOINS.get(word_at(found, at + 1), "") if word == "," else ""
        return (second, at + 2) if second.isalpha() else (JOINS[word], at + 1)
    return "", at


def _after_join(found: Tokens, at: int) -> int:
    """The place after a comma, an ``and`` or both, and the article before a schedule."""
    end = at
    while end < at + 2 and word_at(found, end) in JOINS:
        end += 1
    return end + 1 if end > at and word_at(found, end) == "the" else end


def _group(found: Tokens, at: int) -> tuple[tuple[Pointer, ...], int]:
    """One word for a kind, and the numbers after it."""
    part, start = _subsection(found, at)
    kind = KINDS.get(word_at(found, start))
    if kind is None or (found[start].glued and word_at(found, start - 1) == "'"):
        return (), at
    plural = word_at(found, start) in PLURAL
    after = start + 1
    while word_at(found, after) in ("§", "."):
        after += 1
    numbers, end = _numbers(found, after, plural=plural)
    pointers = tuple(
        Pointer(
            kind=kind, number=low, high=high, pinpoint=pin or part, said=at, first=first, end=stop
        )
        for low, high, pin, first, stop in numbers
    )
    if kind == PARAGRAPH:
        return _of_schedule(found, pointers, end)
    if kind == SCHEDULE:
        return _with_paragraphs(found, at, pointers, end=end, after=start + 1)
    return pointers, end


def _subsection(found: Tokens, at: int) -> tuple[str, int]:
    """``subsection (1)(a) of``: the part that it names, and where the section comes."""
    start = at
    if word_at(found, at) == "sub" and word_at(found, at + 1) == "-":
        at += 2
    elif word_at(found, at) not in ("subsection", "subsections", "subs", "subss"):
        return "", at
    end = at + 2 if word_at(found, at + 1) == "." else at + 1
    said, end = pinpoint_at(found, end)
    if said and word_at(found, end) in ("of", ","):
        return said, end + 1
    return "", start


Numbered = tuple[str, str | None, str, int, int]


def _numbers(found: Tokens, at: int, *, plural: bool) -> tuple[list[Numbered], int]:
    """Numbers with their parts, as a list and with ranges, from a place on."""
    numbers = list[Numbered]()
    number, end = number_at(found, at)
    first = at
    while number:
        pin, end = pinpoint_at(found, end)
        high = None
        if word_at(found, end) in TO:
            high, stop = number_at(found, end + 1)
            _, end = pinpoint_at(found, stop) if high else ("", end)
        numbers.append((number, high or None, pin, first, end))
        join, first = _join(found, end)
        if not join or join == "-":
            break
        number, stop = number_at(found, first)
        if join == ", " and not plural and number.isdecimal():
            break  # "s 1, 10 years"
        end = stop if number else end
    return numbers, end


def _of_schedule(
    found: Tokens, paragraphs: tuple[Pointer, ...], end: int
) -> tuple[tuple[Pointer, ...], int]:
    """Paragraphs, with the schedule that is named after them if there is one."""
    after = end
    while after < end + 2 and word_at(found, after) in ("of", "to", "in", ",", "the"):
        after += 1
    if not paragraphs or KINDS.get(word_at(found, after)) != SCHEDULE:
        return paragraphs, end
    start = after + 2 if word_at(found, after + 1) == "." else after + 1
    number, stop = number_at(found, start)
    stop = stop if number else after + 1
    named = [replace(one, kind=SCHEDULE, number=number, paragraph=one.number) for one in paragraphs]
    return (*named[:-1], replace(named[-1], end=stop)), stop


def _with_paragraphs(
    found: Tokens, at: int, schedules: tuple[Pointer, ...], *, end: int, after: int
) -> tuple[tuple[Pointer, ...], int]:
    """Schedules, the last one with its paragraphs if they are named; or the only schedule."""
    if not schedules:
        end = after + 1 if word_at(found, after) == "." else after
        schedules = (Pointer(kind=SCHEDULE, number="", said=at, first=at, end=end),)
    start = end + 1 if word_at(found, end) == "," else end
    if KINDS.get(word_at(found, start)) != PARAGRAPH:
        return schedules, end
    mark = start + 2 if word_at(found, start + 1) == "." else start + 1
    plural = word_at(found, start) in PLURAL
    numbers, stop = _numbers(found, mark, plural=plural)
    if not numbers:
        return schedules, end
    last = schedules[-1]
    within = tuple(
        replace(
            last,
            paragraph=number,
            pinpoint=pin,
            first=first if place else last.first,
            end=ending,
        )
        for place, (number, _, pin, first, ending) in enumerate(numbers)
    )
    return schedules[:-1] + within, stop
