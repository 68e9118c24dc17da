"""What a SPARQL request may not do, and what is wrong with one that the engine cannot read.

Nothing here decides what runs: an update cannot be run by the workers at all, and they themselves
find what would ask elsewhere (:mod:`kb.endpoint_keywords`). Here it is told why.
"""

import re
from dataclasses import dataclass

from kb.errors import KnowledgeError

UPDATES = frozenset(
    ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
)
# Nothing here goes back over what it has read: a hostile query costs no more than its length.
_PROLOGUE = re.compile(
    r"""(?:\s++|\#[^\r\n]*+|BASE\s*+<[^<>]*+>|PREFIX\s++[^\s:<>]*+:\s*+<[^<>]*+>)*+""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]++")
_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|, )([A-Z][A-Za-z]+(?: \w+)+(?: \([^()]*\))?)(?=, |$)")
_KEYWORD = re.compile(r"(?:^|, )([A-Z_0-9]{2,})(?=, |$)")
_ASKING = re.compile(r"SERVICE(?:SILENT)?+:\S*+\s*+\{", re.IGNORECASE)
_SIGN = re.compile(r"""(?:^|, )"(\W{1,3})"(?=, |$)""")


class EndpointError(KnowledgeError):
    """A SPARQL request that cannot be answered; the message is for whoever asked."""


class UpdateRefused(EndpointError):
    """A query that would change the data."""


class ServiceRefused(EndpointError):
    """A query that would fetch from another place."""


class BadQuery(EndpointError):
    """Not a query: where it goes wrong, as line and column from 1, where that is known."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        self.line, self.column = line, column
        super().__init__(message)


def refuse_update(text: str) -> None:
    """Raises UpdateRefused if a query begins as an update does."""
    word = _WORD.match(text, _end_of_prologue(text))
    if word and word[0].upper() in UPDATES:
        raise UpdateRefused(
            f"The data is read-only: {word[0].upper()} would change it. SELECT, ASK, CONSTRUCT and"
            " DESCRIBE are answered. The whole of the data can be taken from /data, to be changed"
            " in a store of your own."
        )


def _end_of_prologue(text: str) -> int:
    match = _PROLOGUE.match(text)
    return match.end() if match else 0


@dataclass(frozen=True, kw_only=True)
class _Stop:
    """Where the engine stopped reading, and why.

    It says how far it looked, and it looks as far as the longest keyword that could stand there:
    ``starts`` are the places at which such a look began.
    """

    offset: int
    starts: tuple[int, ...]
    reasons: tuple[str, ...]
    signs: tuple[str, ...]


def bad_query(text: str, complaint: str) -> BadQuery:
    """The error for a query that the engine could not read, with the place where it stopped."""
    stop = _stop(text, complaint)
    if not stop:
        return BadQuery(complaint)
    offset = _place(text, stop)
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    near = text[offset : offset + 30].split("\n")[0].strip()
    expected = f"expected {' or '.join(stop.signs)}" if stop.signs else "this cannot stand here"
    return BadQuery(
        f"error at {line}:{column} (line {line}, column {column}"
        f"{f', near {near!r}' if near else ', at the end'}):"
        f" {'; '.join(stop.reasons) or expected}",
        line=line,
        column=column,
    )


def service_refused(text: str, complaint: str) -> EndpointError:
    """Why a query with the word SERVICE in it cannot run: for that, or for something else."""
    stop = _stop(text, complaint)
    words = {match.start() for match in re.finditer("SERVICE", text, re.IGNORECASE)}
    starts = (*stop.starts, _place(text, stop)) if stop else ()
    asking = [_ASKING.match(text, start) for start in words.intersection(starts)]
    if stop and (not asking or (stop.reasons and not any(asking))):
        return bad_query(text, complaint)
    return ServiceRefused(
        "SERVICE is not allowed: this endpoint never fetches from another place."
        " Ask that place itself, and join the two answers where you are."
    )


def _stop(text: str, complaint: str) -> _Stop | None:
    found = _PLACE.match(complaint)
    if not found:
        return None
    lines = text.split("\n")[: int(found[1]) - 1]
    offset = sum(len(line) + 1 for line in lines) + int(found[2]) - 1
    return _Stop(
        offset=min(offset, len(text.rstrip())),
        starts=tuple(offset - len(keyword) for keyword in _KEYWORD.findall(found[3])),
        reasons=tuple(_REASON.findall(found[3])),
        signs=tuple(_SIGN.findall(found[3])),
    )


def _place(text: str, stop: _Stop) -> int:
    """The place to show: the word at which the engine gave up."""
    if stop.reasons:
        return max(text.rfind(space, 0, stop.offset) for space in " \n\t") + 1
    return max((start for start in stop.starts if _begins_word(text, start)), default=stop.offset)


def _begins_word(text: str, place: int) -> bool:
    """Does a word, or a sign, begin here?"""
    if not 0 <= place < len(text) or text[place].isspace():
        return False
    return place == 0 or not (text[place].isalnum() and text[place - 1].isalnum())
