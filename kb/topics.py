"""The topics that each offence, provision and rule is in: looked up in what each topic covers."""

from collections import defaultdict
from functools import lru_cache

from kb.catalogue import CAST, Catalogue
from kb.model import Concept
from kb.schemes import Schemes

SCHEME = "topics"
Topics = dict[str, frozenset[str]]


def topics_of(catalogue: Catalogue, schemes: Schemes, *things: str) -> tuple[str, ...]:
    """The topics (slugs, in their order) that any of some things or words (addresses) is in.

    An offence is in a topic if it ever had a conduct or material that the topic covers, a rule if
    its kind is covered; a provision is where the offences are that it creates or that rest on it.
    """
    found = _by_thing(catalogue, schemes)
    there = {topic for thing in things for topic in found.get(thing, ())}
    return tuple(slug for slug in schemes.slugs(SCHEME) if slug in there)


def topics_with_offences(catalogue: Catalogue, schemes: Schemes) -> tuple[Concept, ...]:
    """The topics that at least one offence is in, in their order."""
    there = topics_of(catalogue, schemes, *catalogue.offences)
    return tuple(topic for topic in schemes.scheme(SCHEME) if topic.slug in there)


@lru_cache(maxsize=4)
def _by_thing(catalogue: Catalogue, schemes: Schemes) -> Topics:
    """The topics of every word, offence, rule and provision, by its address."""
    words = _by_word(schemes)
    offences = {offence: _of_offence(catalogue, words, offence) for offence in catalogue.offences}
    rules = {rule: words.get(row.kind, frozenset()) for rule, row in catalogue.rules.items()}
    return words | offences | rules | _by_provision(catalogue, offences)


def _by_word(schemes: Schemes) -> Topics:
    """The topics that cover a word, or one that is broader."""
    covering: defaultdict[str, set[str]] = defaultdict(set)
    for topic in schemes.scheme(SCHEME):
        for word in topic.covers:
            covering[word].add(topic.slug)
    return {
        concept.address: frozenset().union(*(covering[one] for one in _line(schemes, concept)))
        for concept in schemes.by_address.values()
    }


def _line(schemes: Schemes, concept: Concept) -> tuple[str, ...]:
    """The addresses of a word, its broader one, and so on."""
    line: dict[str, None] = {concept.address: None}
    while concept.broader:
        concept = schemes.concept(concept.scheme, concept.broader, parameter=concept.scheme)
        if concept.address in line:
            break
        line[concept.address] = None
    return tuple(line)


def _of_offence(catalogue: Catalogue, words: Topics, offence: str) -> frozenset[str]:
    rows = [row for kind in CAST for row in catalogue.facts[kind].get(offence, ())]
    return frozenset().union(*(words.get(row.concept, frozenset()) for row in rows))


def _by_provision(catalogue: Catalogue, offences: Topics) -> Topics:
    """Of each provision that creates an offence, or that a fact of one rests on, the topics."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for offence, row in catalogue.offences.items():
        found[row.provision] |= offences[offence]
    for by_offence in catalogue.facts.values():
        for offence, rows in by_offence.items():
            for row in rows:
                if resting := getattr(row, "provision", None):
                    found[resting] |= offences.get(offence, frozenset())
    return {provision: frozenset(topics) for provision, topics in found.items()}
