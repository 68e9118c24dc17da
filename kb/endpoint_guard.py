"""What a visitor's SPARQL may not do, found before it runs: change the data, or ask elsewhere."""

import re
from dataclasses import dataclass

from kb.errors import KnowledgeError

UPDATES = frozenset(
    ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
)
# Nothing here goes back over what it has read: a hostile query costs no more than its length.
# A string that is not closed runs to the end (of its line, if it is a short one).
_TOKEN = re.compile(
    r"""(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    |(?P<comment>\#[^\r\n]*)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*+'''
        |(?!\"\"\"|''')(?:"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\\\r\n]|\\.)*+'))
    |(?P<unclosed>(?:\"\"\"|''').*|["'][^\r\n]*)
    |(?P<variable>[?$]\w+)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*+)
    |(?P<word>\w[\w.-]*+)(?P<prefixed>:(?:[\w:%-]|\\.|\.(?=[\w:%.\\-]))*+)?
    |(?P<local>:(?:[\w:%-]|\\.|\.(?=[\w:%.\\-]))*+)
    |(?P<space>\s+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


Token = tuple[str, str]


class EndpointError(KnowledgeError):
    """A SPARQL request that cannot be answered; the message is for whoever asked."""


class UpdateRefused(EndpointError):
    """A query that would change the data."""


class ServiceRefused(EndpointError):
    """A query that would fetch from another place."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a look at a query's words tells of it."""

    names_dataset: bool


def check(text: str) -> Seen:
    """Look at a query before it runs; raises UpdateRefused or ServiceRefused.

    It reads the words outside strings, addresses and comments, also with ``\\uXXXX`` resolved
    first as the standard has it. The worker that runs the query cannot open a connection anyway.
    """
    tokens = _tokens(text)
    words = _words(tokens)
    resolved = _unescaped(text)
    if _asks_elsewhere(tokens) or (resolved != text and _asks_elsewhere(_tokens(resolved))):
        raise ServiceRefused(
            "SERVICE is not allowed: this endpoint never fetches from another place."
            " Ask that place itself, and join the two answers where you are."
        )
    if words and words[0] in UPDATES:
        raise UpdateRefused(
            f"The data is read-only: {words[0]} would change it. SELECT, ASK, CONSTRUCT and"
            " DESCRIBE are answered."
        )
    return Seen(names_dataset="FROM" in words)


def _asks_elsewhere(tokens: list[Token]) -> bool:
    """Does a query use SERVICE? Keywords need no space round them: ``1SERVICE:a{}`` is one.

    ``service:childline`` is an address of ours; only before a brace could it be the keyword.
    """
    pairs = zip(tokens, [*tokens[1:], ("end", "")], strict=True)
    return any(
        "SERVICE" in token.upper()
        and (
            kind in ("word", "unclosed")
            or (kind == "prefixed" and following == "{" and _is_keyword(token))
        )
        for (kind, token), (_, following) in pairs
    )


def _is_keyword(token: str) -> bool:
    """Could what stands before the colon be the keyword, with or without another before it?"""
    return token.upper().split(":")[0].endswith(("SERVICE", "SERVICESILENT"))


def _tokens(text: str) -> list[Token]:
    """The pieces of a query that mean something: what each is, and its text."""
    return [
        (match.lastgroup or "", match[0])
        for match in _TOKEN.finditer(text)
        if match.lastgroup not in ("space", "comment")
    ]


def _words(tokens: list[Token]) -> list[str]:
    """The bare words of a query in capitals, without its BASE and PREFIX lines."""
    words = []
    for (kind, token), (following, _) in zip(tokens, [*tokens[1:], ("end", "")], strict=True):
        declares = token.upper() in ("BASE", "PREFIX", "VERSION") and following != "sign"
        if kind == "word" and not declares:
            words.append(token.upper())
    return words


def _unescaped(text: str) -> str:
    """The query with its numeric escapes resolved; what is no character stays as it is."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else match[0]

    return _ESCAPE.sub(character, text)
