"""What a search is written in: words, phrases, beginnings, fields, brackets, AND, OR, NOT and -.

Any text at all is a search: what cannot be read as an operator is read as words. OR joins its two
neighbours; everything else stands side by side, and all of it is asked for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MOST_CLAUSES = 48  # further words of a very long search are not asked for
DEEPEST = 12  # brackets within brackets; deeper ones are passed over
FIELDS = {"title": "title", "name": "names", "cited": "cited", "text": "body"}
_TOKEN = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?<![^\s(])(?P<minus>-)(?=[^\s)])"
    r'|(?:(?P<field>[a-z_]+):(?=[^\s():]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"()]+))'
    r"|(?P<odd>\S)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
Valid = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Word:
    """A word, in one field or in any."""

    text: str
    field: str | None = None


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other."""

    words: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True)
class Prefix:
    """The beginning of a word."""

    start: str
    field: str | None = None


@dataclass(frozen=True)
class Kept:
    """A value of a facet: it scores nothing."""

    facet: str
    value: str


@dataclass(frozen=True)
class Every:
    """Everything."""


@dataclass(frozen=True)
class All:
    """All of some parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    """Any of some parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """A part without what has another."""

    part: "Node"
    left_out: "Node"


Node = Word | Phrase | Prefix | Kept | Every | All | Any | Without


@dataclass(frozen=True)
class Clause:
    """A part of a search, what stands in the text from ``low`` to ``high``."""

    node: Node
    low: int
    high: int
    excluded: bool = False


@dataclass(frozen=True)
class Parsed:
    """What a search asks for; ``refused`` are fields and values that there are not."""

    clauses: tuple[Clause, ...]
    refused: tuple[str, ...] = ()


@dataclass
class _Reader:
    """The pieces of a text, and how far they have been read."""

    tokens: list[re.Match[str]]
    valid: Valid
    at: int = 0
    refused: dict[str, None] = field(default_factory=dict)

    def peek(self, *words: str) -> bool:
        """Is one of these operators next?"""
        return self.at < len(self.tokens) and self.tokens[self.at]["word"] in words

    def sequence(self, depth: int = 0) -> list[Clause]:
        """All clauses up to the end, or to the bracket that ends them."""
        found: list[Clause] = []
        while self.at < len(self.tokens):
            if self.tokens[self.at]["close"]:
                self.at += 1
                if depth:
                    break
                continue
            found += self._alternatives(depth)
        return found

    def _alternatives(self, depth: int) -> list[Clause]:
        first = self._one(depth)
        options = [first] if first else []
        while self.peek("OR"):
            self.at += 1
            if self.at < len(self.tokens) and not self.tokens[self.at]["close"]:
                other = self._one(depth)
                options += [other] if other else []
        if len(options) < 2:
            return first or (options[0] if options else [])
        low, high = options[0][0].low, options[-1][-1].high
        return [Clause(Any(tuple(_joined(one) for one in options)), low, high)]

    def _one(self, depth: int) -> list[Clause]:
        """One thing asked for, or left out; nothing where there is only an operator."""
        token = self.tokens[self.at]
        self.at += 1
        if token["minus"] or token["word"] == "NOT":
            if self.at == len(self.tokens) or self.tokens[self.at]["close"]:
                return []
            inner = self._one(depth)
            kept = [clause for clause in inner if not clause.excluded]
            node = _joined(kept) if kept else None
            return [Clause(node, kept[0].low, kept[-1].high, excluded=True)] if node else []
        if token["open"]:
            if depth >= DEEPEST:
                return []
            inside = self.sequence(depth + 1)
            joined = [Clause(_joined(inside), inside[0].low, inside[-1].high)] if inside else []
            return inside if len(inside) < 2 else joined
        if token["odd"] or token["word"] in ("AND", "OR"):
            return []
        return list(self._plain(token))

    def _plain(self, token: re.Match[str]) -> Iterator[Clause]:
        name = (token["field"] or "").lower()
        low, high = token.span()
        said = token["phrase"] if token["phrase"] is not None else token["word"]
        if name in self.valid:
            if said.lower() in self.valid[name]:
                yield Clause(Kept(name, said.lower()), low, high)
                return
            self.refused[f"{name}:{said}"] = None
        elif name and name not in FIELDS and not said.startswith("/"):
            self.refused[name] = None
        inside = FIELDS.get(name)
        start = token.start("phrase" if token["phrase"] is not None else "word")
        if name and not inside:
            yield from _words(token["field"], low, None)
        words = tuple(word.lower() for word in _WORD.findall(said))
        if token["phrase"] is not None and len(words) > 1:
            yield Clause(Phrase(words, inside), low, high)
        elif said == "*":
            yield Clause(Every(), low, high)
        elif said.endswith("*") and len(words) == 1 and len(words[0]) > 1:
            yield Clause(Prefix(words[0], inside), low, high)
        else:
            yield from _words(said, start, inside)


def parse(text: str, *, valid: Valid) -> Parsed:
    """What a text asks for; ``valid`` are the values of each facet that may be named in it."""
    reader = _Reader(list(_TOKEN.finditer(text)), valid)
    found: dict[tuple[Node, bool], Clause] = {}
    for clause in reader.sequence():
        if len(found) < MOST_CLAUSES:
            found.setdefault((clause.node, clause.excluded), clause)
    return Parsed(tuple(found.values()), tuple(reader.refused))


def words_in(node: Node) -> Iterator[Word | Phrase | Prefix]:
    """The words, phrases and beginnings that a part asks for."""
    if isinstance(node, Word | Phrase | Prefix):
        yield node
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from words_in(part)
    elif isinstance(node, Without):
        yield from words_in(node.part)


def _words(said: str, start: int, inside: str | None) -> Iterable[Clause]:
    for match in _WORD.finditer(said):
        low, high = start + match.start(), start + match.end()
        yield Clause(Word(match[0].lower(), inside), low, high)


def _joined(clauses: list[Clause]) -> Node:
    """Clauses side by side as one part."""
    wanted = tuple(clause.node for clause in clauses if not clause.excluded)
    unwanted = tuple(clause.node for clause in clauses if clause.excluded)
    part: Node = Every() if not wanted else wanted[0] if len(wanted) == 1 else All(wanted)
    if not unwanted:
        return part
    return Without(part, unwanted[0] if len(unwanted) == 1 else Any(unwanted))
