"""What a request works with: the knowledge of the application, or of the release it asks about."""

from collections.abc import Mapping, Sequence

from flask import current_app, g

from kb.asked import AskedTwice
from kb.knowledge import Knowledge
from kb.releases import PARAMETER
from kb.replay import Replays


def knowledge() -> Knowledge:
    """The knowledge base that answers this request."""
    loaded: Knowledge = g.get("replayed") or current_app.extensions["knowledge"]
    return loaded


def replay(given: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Let the release that the parameters name, if any, answer this request; what else they ask.

    Raises UnknownValue with the ids of the releases there are.
    """
    names = {name.strip() for name in given.get(PARAMETER, ()) if name.strip()}
    if len(names) > 1:
        raise AskedTwice(PARAMETER)
    replays: Replays = current_app.extensions["replays"]
    for name in names:
        g.replayed = replays.get(name)
    return {name: values for name, values in given.items() if name != PARAMETER}
