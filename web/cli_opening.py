"""What the commands share: opening the knowledge base, and answering as JSON or as a table."""

import difflib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from kb.cache import default_folder, folder_of
from kb.errors import DataError, NotFound, UnknownValue
from kb.knowledge import Knowledge, open_knowledge
from kb.releases import RELEASES
from kb.replay import open_release
from kb.store import ONTOLOGY
from web.cli import Folders

CACHE_SETTING = "KB_CACHE"
RELEASES_SETTING = "KB_RELEASES"
STORE_SETTING = "KB_STORE"

as_json = click.option(
    "--json", "wants_json", is_flag=True, help="Answer as the JSON API does, for other programs."
)


def opened(ctx: click.Context, *, as_known: Any = None) -> Knowledge:
    """The knowledge base, or that of a release by its id; a file that cannot be read is named."""
    folders: Folders = ctx.find_root().obj
    cache = folder_of(os.environ.get(CACHE_SETTING, str(default_folder())))
    releases = Path(os.environ.get(RELEASES_SETTING, RELEASES))
    try:
        if as_known:
            words = folders.ontology or ONTOLOGY
            return open_release(str(as_known), releases=releases, ontology=words, cache=cache)
        if store := os.environ.get(STORE_SETTING):
            return from_store(store, **folders.given(), cache=cache, releases=releases)
        return open_knowledge(**folders.given(), cache=cache, releases=releases)
    except UnknownValue as error:
        raise click.UsageError(str(error).replace("as_known", "--as-known", 1), ctx=ctx) from error
    except DataError as error:
        raise click.ClickException(f"The data cannot be read: {error}") from error


def from_store(store: str, **given: Any) -> Knowledge:
    """The knowledge of a SPARQL server, by a module that nobody else waits for."""
    known: Knowledge = import_module("kb.remote_store").open_store(store, **given)
    return known


def contract() -> ModuleType:
    """The published contract: loaded only where JSON is asked for, which makes tables quicker."""
    return import_module("web.contract")


def contract_period() -> ModuleType:
    """The published contract for a period, loaded in the same way."""
    return import_module("web.contract_period")


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
