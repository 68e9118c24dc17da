"""Addresses as people write them in a query: by a prefix, where there is one for them."""

import re

from kb.json_ld import namespace
from kb.terms import EVERY_PREFIX

BY_START = {start: prefix for prefix, start in EVERY_PREFIX.items()}
LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")  # what may follow the colon without being escaped


def short_name(address: str) -> str:
    """An address with its prefix, such as ``law:Offence``; the address itself if it has none."""
    start = namespace(address)
    local = address.removeprefix(start)
    prefix = BY_START.get(start)
    return f"{prefix}:{local}" if prefix and LOCAL.fullmatch(local) else address
