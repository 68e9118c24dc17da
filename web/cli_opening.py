"""What the commands share: opening the knowledge base, and answering as JSON or as a table."""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import click

from kb.errors import DataError, NotFound
from kb.knowledge import Knowledge, open_knowledge
from web.cli import Folders

as_json = click.option(
    "--json", "wants_json", is_flag=True, help="Answer as the JSON API does, for other programs."
)


def opened(ctx: click.Context) -> Knowledge:
    """The knowledge base; a file that cannot be read is named."""
    folders: Folders = ctx.find_root().obj
    try:
        return open_knowledge(**folders.given())
    except DataError as error:
        raise click.ClickException(f"The data cannot be read: {error}") from error


def contract() -> ModuleType:
    """The published contract: loaded only where JSON is asked for, which makes tables quicker."""
    return import_module("web.contract")


@contextmanager
def finding(known: Iterable[str]) -> Iterator[None]:
    """Turns a thing that is not found into a message with the nearest of those that are known."""
    try:
        yield
    except NotFound as error:
        near = difflib.get_close_matches(error.slug, list(known), n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        message = f"There is no {error.kind} {error.slug!r} here.{hint}"
        raise click.ClickException(message) from error
