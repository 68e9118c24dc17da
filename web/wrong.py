"""What is wrong with what somebody entered, as an error summary lists it."""

from typing import NamedTuple


class Wrong(NamedTuple):
    """What is wrong with an answer, and the field (its id) to put it right in."""

    field: str
    message: str
