"""In which language the site speaks: English, or one with a catalogue, named first in the path.

``/cy/law?…`` is ``/law?…`` with the words of the interface in Welsh. The prefix becomes part of
where the site is mounted, so that every address made for such a page keeps it. What is law is shown
as the data has it, and says in which language that is.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel

ENGLISH = "en"
CATALOGUES = Path(__file__).parent / "translations"
SPOKEN = "whichlaw.language"  # in the environment of a request


def register(app: Flask) -> None:
    """Let an application speak every language that has a catalogue."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CATALOGUES)
    Babel(app, locale_selector=language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue(language()).gettext(text),
        lambda one, several, number: _catalogue(language()).ngettext(one, several, number),
        newstyle=True,
    )
    app.wsgi_app = Prefixed(app.wsgi_app, languages())  # type: ignore[method-assign]


@cache
def _catalogue(tag: str) -> NullTranslations:
    """The words of a language, looked for once: a page asks for a hundred of them."""
    return Translations.load(str(CATALOGUES), [tag])


def languages() -> tuple[str, ...]:
    """The languages besides English, by their tag."""
    return tuple(sorted(folder.name for folder in CATALOGUES.glob("*/") if folder.is_dir()))


def language() -> str:
    """The language of this request."""
    spoken: str = request.environ.get(SPOKEN, ENGLISH)
    return spoken


class Prefixed:
    """A WSGI application under a prefix for each language."""

    def __init__(
        self, application: Callable[..., Iterable[bytes]], others: tuple[str, ...]
    ) -> None:
        self.application = application
        self.others = frozenset(others)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request; one whose path begins with a language is answered in it."""
        first, _, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if first in self.others:
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
            environ[SPOKEN] = first
        return self.application(environ, start_response)
