"""Every path of this site that was ever published: identifiers, their pages, and all other pages.

The list is kept in ``tests/inventory.txt``; ``scripts/inventory.py`` adds what is new. What is on
it and no longer answered has to be marked as deprecated in the data. Changes and feeds are not on
it: a change is computed from facts, and its identifier is that of a fact.
"""

import re

from flask import Flask

from kb.dataset import count
from kb.description import deprecated, identifiers, store_of
from kb.releases import Frozen, engine_of, read_quads
from kb.terms import OWN_WORDS
from web.examples import EXAMPLE_KIND, examples
from web.gone import retired_pages
from web.ids import page_address, path_of
from web.state import knowledge


def published(app: Flask) -> set[str]:
    """Every path that an application answers: fixed, of things, and of the identifiers of things.

    A path with a variable part stands with a star for it: ``/offence/*``.
    """
    with app.test_request_context():
        store = store_of(knowledge().engine)
        named = [*identifiers(store), *(graph.address for graph in count(store).graphs)]
        found = {
            re.sub(r"<[^>]+>", "*", rule.rule)
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
        }
        found |= {path for address in named for path in paths_of(address)}
        return found | {f"/id/{EXAMPLE_KIND}/{one.id}" for one in examples()}


def released(app: Flask, release: Frozen) -> set[str]:
    """The paths of every identifier of a release."""
    with app.test_request_context():
        store = store_of(engine_of(read_quads(release)))
        return {path for address in identifiers(store) for path in paths_of(address)}


def retired(app: Flask) -> set[str]:
    """Every path that is marked as gone."""
    with app.test_request_context():
        store = store_of(knowledge().engine)
        found = {path for address in deprecated(store) for path in paths_of(address)}
        return found | set(retired_pages())


def paths_of(address: str) -> tuple[str, ...]:
    """The paths on this site of an address of the data: its identifier, and the page about it."""
    if address.startswith(OWN_WORDS):
        return (f"/ontology#{address.removeprefix(OWN_WORDS)}",)
    if (path := path_of(address)) is None:
        return ()
    page = page_address(address)
    return (f"/id/{path}", page) if page else (f"/id/{path}",)
