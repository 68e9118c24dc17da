"""Which known word a mistyped one may have been meant for: by how few slips, then how common."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHORTEST = 4
ONE_SLIP = 7  # up to this length a word may differ by one slip, a longer one by two
LIKE = 2


@dataclass(frozen=True, kw_only=True)
class Speller:
    """The words there are by their length, each with its letters (as bits) and how common it is."""

    by_length: Mapping[int, tuple[tuple[str, int, int], ...]]

    def nearest(self, word: str) -> str | None:
        """The known word that most likely was meant; None if none is near."""
        if len(word) < SHORTEST or not word.isalpha():
            return None
        most = 1 if len(word) <= ONE_SLIP else LIKE
        letters = _letters(word)
        best: tuple[int, bool, int, str] | None = None
        for size in range(len(word) - most, len(word) + most + 1):
            for known, its, often in self.by_length.get(size, ()):
                # Each slip changes at most two letters of the set.
                if (letters ^ its).bit_count() > 2 * most:
                    continue
                slips = distance(word, known, most=most)
                if slips > most:
                    continue
                rank = (slips, known[0] != word[0], -often, known)
                best = min(best, rank) if best else rank
        return best[3] if best else None


def speller(words: Mapping[str, int]) -> Speller:
    """A speller that knows some words, each with how common it is."""
    found: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for word, often in words.items():
        if len(word) >= SHORTEST - 1 and word.isalpha():
            found[len(word)].append((word, _letters(word), often))
    return Speller(by_length={size: tuple(known) for size, known in found.items()})


def counted(texts: Iterable[Iterable[str]]) -> dict[str, int]:
    """In how many texts (each some words) every word stands."""
    return dict(Counter(word for words in texts for word in set(words)))


def distance(one: str, other: str, *, most: int) -> int:
    """How many letters were added, lost, changed or swapped with the next (Damerau-Levenshtein).

    As soon as it is sure to be more than ``most``, it is said to be one more than that.
    """
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, its in enumerate(other, start=1):
            cost = min(now[-1] + 1, last[column] + 1, last[column - 1] + (letter != its))
            swapped = row > 1 and column > 1 and letter == other[column - 2]
            if swapped and one[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most and min(last) > most:
            return most + 1
        before, last = last, now
    return last[-1]


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
