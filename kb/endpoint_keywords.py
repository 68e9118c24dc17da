"""Whether a query uses a keyword, as the engine's own grammar reads it, never by ours.

The engine tells nobody how it read a query, but whether it can. So each place where the letters of
the keyword stand is overwritten with letters that are no keyword and stand nowhere else in the
text. In a string, a comment, an address or a name one word is as good as another, and the query
still parses. Where the letters were the keyword nothing else can stand, and it does not. It is
parsed over an empty store, and without the keyword there is nothing in it that asks elsewhere.
"""

import re
from collections.abc import Iterator
from itertools import product

import pyoxigraph

FILLING = "GHJKLMNPQRSTVWXZ"  # no keyword is made of these
HEXADECIMAL = (
    "ABCDEF"  # such a letter may be part of %AF in an address: another such takes its place
)
EXHAUSTED = "there is no word left to put in its place"


def complaint(word: str, text: str, *, base: str | None) -> str | None:
    """What the engine has against a query without this keyword: None if it parses all the same."""
    if not re.search(word, text, re.IGNORECASE):
        return None
    masked = without(word, text)
    if masked is None:
        return EXHAUSTED
    try:
        pyoxigraph.Store().query(masked, base_iri=base)
    except SyntaxError as error:
        return str(error)
    except (ValueError, RuntimeError, OSError):  # it could be read, and that is all that is asked
        return None
    return None


def without(word: str, text: str) -> str | None:
    """The text with another word of the same length wherever the letters of ``word`` stand.

    The same spelling has the same substitute, so that names stay the same names. None if the text
    has every substitute in it already, as only a hostile one has.
    """
    lowered, candidates = text.lower(), _candidates(word)
    filled = dict[str, str]()
    for spelling in sorted(set(re.findall(word, text, re.IGNORECASE))):
        found = next((one for one in candidates if one.lower() not in lowered), None)
        if found is None:
            return None
        filled[spelling] = found
    return re.sub(word, lambda match: filled[match[0]], text, flags=re.IGNORECASE)


def _candidates(word: str) -> Iterator[str]:
    letters = ["BD" if letter in HEXADECIMAL else FILLING for letter in word.upper()]
    return ("".join(one) for one in product(*letters))
