"""Parts of pages that are the same for many questions: made once, and then kept.

A piece is kept under everything that it is made from, besides what the application has fixed: the
data, the language of the interface and where the site is mounted are part of every key.
"""

from collections.abc import Callable, Hashable
from typing import Any

from flask import current_app, g, render_template, request
from markupsafe import Markup

from web.language import language
from web.state import knowledge

KEPT = "pieces"
MOST = 8_000


def piece(template: str, *key: Hashable, **context: Any) -> Markup:
    """A template made with a context, kept under the key, which has to say all of the context."""
    made: Markup = kept((template, *key), lambda: _rendered(template, context))
    return made


def kept(key: Hashable, make: Callable[[], Any]) -> Any:
    """What was made for a key, or is made now; all of it is dropped when there is much."""
    shelf: dict[Hashable, Any] = current_app.extensions.setdefault(KEPT, {})
    full = (knowledge().release.sha256, language(), request.script_root, key)
    found = shelf.get(full)
    if found is None:
        if len(shelf) >= MOST:
            shelf.clear()
        found = shelf[full] = make()
    return found


def _rendered(template: str, context: dict[str, Any]) -> Markup:
    """A template whose links say nothing of the question that happened to need it first."""
    g.carries_nothing = True
    try:
        return Markup(render_template(template, **context))
    finally:
        g.carries_nothing = False
