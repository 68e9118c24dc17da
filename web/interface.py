"""Lets an application speak every language that has a catalogue."""

from typing import Any

from flask import Flask, Response, request
from flask_babel import Babel
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.utils import cached_property

from web.catalogue import catalogue
from web.language import (
    COMMON,
    Prefixed,
    alternates,
    here_in,
    language,
    languages,
    mounted,
    other_languages,
)
from web.marked import ENGLISH, plain
from web.spoken import Words
from web.woven import woven

_WORDS = Words()


class Interface(Babel):
    """Flask-Babel with words that say in which language they are."""

    @cached_property
    def domain_instance(self) -> Words:
        """The messages, in Python as in templates."""
        return _WORDS


def register(app: Flask) -> None:
    """Let an application speak every language that has a catalogue, under its prefix."""
    Interface(app, locale_selector=language)
    speaking = {"gettext": _gettext, "_": _gettext, "ngettext": _ngettext}
    app.jinja_env.globals.update(speaking)
    for answer in (alternates, here_in, other_languages, unreviewed):
        app.add_template_global(answer)
    app.after_request(_put_together)
    for tag in languages():
        catalogue(tag)  # read before the workers are forked
    app.wsgi_app = Prefixed(app.wsgi_app, languages())  # type: ignore[method-assign]


def unreviewed() -> bool:
    """Are the words of this page's language not reviewed by a speaker of it yet?"""
    spoken = language()
    return spoken != ENGLISH and not catalogue(spoken).reviewed


@pass_eval_context
def _gettext(context: EvalContext, message: str, /, **variables: Any) -> str:
    said = _WORDS.pattern(message)
    found = Markup(said) if context.autoescape else said
    return found % _WORDS.values(said, variables)


@pass_eval_context
def _ngettext(
    context: EvalContext, one: str, several: str, number: int, /, **variables: Any
) -> str:
    said = _WORDS.pattern_of_number(one, several, number)
    found = Markup(said) if context.autoescape else said
    return found % _WORDS.values(said, {"num": number, **variables})


def _put_together(response: Response) -> Response:
    """Say of every text of a page in which language it is, if that is not English alone."""
    if language() == ENGLISH or response.direct_passthrough or response.is_streamed:
        return response
    if response.mimetype == "text/html":
        page = woven(response.get_data(as_text=True))
        for folder in COMMON:
            page = page.replace(f'="{request.script_root}{folder}', f'="{mounted()}{folder}')
        response.set_data(page)
    elif (response.mimetype or "").startswith("text/"):
        response.set_data(plain(response.get_data(as_text=True)))
    return response
