"""What of a text names an instrument, before it is known which provision is meant."""

from dataclasses import dataclass

from kb.citation_numbers import Pointer


@dataclass(frozen=True, kw_only=True)
class Mention:
    """An instrument named from one token to another, and which it may be.

    ``sure``: it has this name; ``loose``: it may be called so; ``near``: it has this name, but
    another year. None of them: it is not here. ``dated``: with its year or number; ``short``: by
    initials; ``weak``: too little to be a citation by itself. ``pointers``: where the provision is
    part of the name, as in an address.
    """

    first: int
    end: int
    sure: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    dated: bool = False
    short: bool = False
    weak: bool = False
    pointers: tuple[Pointer, ...] = ()

    @property
    def things(self) -> tuple[str, ...]:
        """All that it may name."""
        return tuple(dict.fromkeys((*self.sure, *self.loose)))
