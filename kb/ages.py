"""Ages as people state them: a number of years, or a range."""

import re
from dataclasses import dataclass

from kb.errors import BadAge

OLDEST = 120


@dataclass(frozen=True, kw_only=True)
class AgeRange:
    """Whole years from ``low`` to ``high``, both included; ``text`` is what was stated."""

    low: int
    high: int
    text: str


def parse_age(text: str, *, parameter: str) -> AgeRange:
    """Read ``17``, ``13-15``, ``under-16``, ``over-17`` or ``18-or-over`` (years).

    Raises BadAge, naming ``parameter``, for anything else.
    """
    stated = text.strip().lower().replace(" ", "-")
    low, high = _bounds(stated)
    if not 0 <= low <= high <= OLDEST:
        raise BadAge(parameter, text)
    return AgeRange(low=low, high=high, text=stated)


def _bounds(stated: str) -> tuple[int, int]:
    """The youngest and the oldest age; (1, 0), which no check passes, if it is no age."""
    if match := re.fullmatch(r"([0-9]{1,3})", stated):
        return int(match[1]), int(match[1])
    if match := re.fullmatch(r"([0-9]{1,3})-([0-9]{1,3})", stated):
        return int(match[1]), int(match[2])
    if match := re.fullmatch(r"under-([0-9]{1,3})", stated):
        return 0, int(match[1]) - 1
    if match := re.fullmatch(r"over-([0-9]{1,3})", stated):
        return int(match[1]) + 1, OLDEST
    if match := re.fullmatch(r"([0-9]{1,3})-or-over", stated):
        return int(match[1]), OLDEST
    return 1, 0
