"""Sets of documents as the bits of a number: a document's number is the place of its bit."""

from collections.abc import Iterable

_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def bits_of(numbers: Iterable[int], count: int) -> int:
    """Some numbers, all below ``count``, as the bits of one."""
    held = bytearray(count // 8 + 1)
    for number in numbers:
        held[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(held, "little")


def numbers_of(bits: int) -> list[int]:
    """The numbers of the bits that are set, in order."""
    held = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return [at * 8 + bit for at, byte in enumerate(held) if byte for bit in _BITS[byte]]


def at_least(found: Iterable[int], least: int) -> int:
    """The documents that are in at least so many of some sets, each as bits; up to 3."""
    once = twice = thrice = 0
    for bits in found:
        thrice |= twice & bits
        twice |= once & bits
        once |= bits
    return (once, twice, thrice)[least - 1]
