"""A page of the journey as it was sent: its fields, what they say, and what is wrong with them."""

from dataclasses import dataclass, replace

from web.journey_asked import Given, Journey
from web.wrong import Wrong


@dataclass(frozen=True, kw_only=True)
class Entered:
    """The journey with the answers of one more page, as far as they can be read."""

    journey: Journey
    wrong: tuple[Wrong, ...] = ()


def one(name: str, entered: Given) -> str:
    """What was entered in a field; nothing if it was left empty."""
    values = entered.get(name, ())
    return values[0].strip() if values else ""


def stating(before: Journey, **facts: str) -> Journey:
    """The journey with more facts stated."""
    said = {name.rstrip("_"): value for name, value in facts.items() if value}
    return replace(before, stated={**before.stated, **said})
