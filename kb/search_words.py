"""What is searched besides things: rules that cut across offences, and the controlled words."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlencode

from kb import naming
from kb.model import Concept
from kb.search_document import SURE, SearchDocument, Stand, always, as_law
from kb.search_making import Facets, Making
from kb.search_model import CONCEPT, RULE
from kb.search_text import passages
from kb.terms import ID, legal_path, slug_of
from kb.timeline_days import Days
from kb.topics import topics_of

# The schemes whose words have results of their own, and the list that each word leads to.
LISTS = {
    "conducts": ("/law", "conduct"),
    "materials": ("/law", "material"),
    "topics": ("/guidance", "topic"),
}
_SENTENCE = re.compile(r"(?<=[.:;])\s")


def word_documents(made: Making) -> Iterator[SearchDocument]:
    """A document for every rule, and for every word of some schemes."""
    yield from (_rule(made, address) for address in made.known.catalogue.rules)
    for scheme, (path, parameter) in LISTS.items():
        for concept in made.schemes.scheme(scheme):
            yield _concept(made, concept, path=path, parameter=parameter)


def _rule(made: Making, address: str) -> SearchDocument:
    catalogue = made.known.catalogue
    row = catalogue.rules[address]
    windows = catalogue.windows.get(address, ())
    stands = as_law(windows, made.nations)
    places = tuple(n for n in made.nations if any(slug_of(w.nation) == n for w in windows))
    rests = [rests.provision for rests in catalogue.rule_provisions.get(address, ())]
    acts = [catalogue.provisions[provision].instrument for provision in rests]
    facets = {
        "topic": topics_of(catalogue, made.schemes, address),
        "instrument": tuple(dict.fromkeys(legal_path(act) for act in acts)),
    }
    nation, on = _day_of_law(stands, places, made.known.checked_on)
    return SearchDocument(
        kind=RULE,
        id=row.slug,
        address=address,
        title=_SENTENCE.split(row.text, maxsplit=1)[0],
        provision=None,
        url=f"/law?{urlencode({'nation': nation, 'on': on})}#{nation}-rule-{row.slug}",
        **made.named(address),
        cited=(row.slug,),
        passages=passages(
            row.text,
            made.schemes.label(row.kind),
            *(naming.provision_reference(catalogue, part).citation for part in rests),
            row.note,
        ),
        facets=facets,
        tags=made.tags(facets, places),
        stands=stands,
        places=places,
        on=min((window.start for window in windows if window.start), default=None),
    )


def _day_of_law(
    stands: Mapping[str, Days[Stand]], places: tuple[str, ...], today: date
) -> tuple[str, str]:
    """A nation and a day on which a rule is law: today, or else the last day on which it was."""
    for nation in places:
        if stands[nation].at(today.toordinal()).there:
            return nation, today.isoformat()
    for nation in places:
        held = stands[nation]
        for number in range(len(held.changes) - 1, -1, -1):
            if held.values[number].there == SURE:
                return nation, date.fromordinal(held.changes[number] - 1).isoformat()
    return places[0], today.isoformat()


def _concept(made: Making, concept: Concept, *, path: str, parameter: str) -> SearchDocument:
    facets: Facets = {parameter: (concept.slug,)}
    return SearchDocument(
        kind=CONCEPT,
        id=concept.slug,
        address=concept.address,
        title=concept.label,
        provision=None,
        url=f"{path}?{urlencode({parameter: concept.slug})}",
        names=concept.other_names,
        hidden=concept.hidden_names,
        welsh=tuple(name for name in concept.names if name in made.foreign),
        cited=(concept.slug, concept.address.removeprefix(ID)),
        passages=passages(concept.definition),
        facets=facets,
        tags=made.tags(facets, ()),
        stands=always(made.nations),
        places=made.nations,
    )
