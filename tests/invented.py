"""Invented law as Turtle: written from the dicts of :mod:`naive_oracle`, or by the dozen.

Norland and Sudland are no places, and their kites and bells are no offences. The invented country
of ``sample/``, Markland, is a whole; what stands here goes beside it.
"""

import pyoxigraph

from kb.engine import OxigraphEngine
from kb.terms import PREFIXES

HEAD = "".join(f"PREFIX {prefix}: <{address}>\n" for prefix, address in PREFIXES.items())
CLASSES = {
    "window": "Application",
    "conduct": "ConductFact",
    "material": "MaterialFact",
    "depicted-age": "DepictedAge",
    "recipient-age": "RecipientAge",
    "accused-age": "AccusedAge",
    "need": "Need",
    "defence": "Defence",
}
WORDS = {"conduct": "law:conduct", "material": "law:material", "need": "law:need"}


def offences(count: int, *, confidence: str = "primary", nation: str = "southmark") -> str:
    """So many offences of a Lamps Act, law in one nation from 3 May 1999 to 7 June 2009."""
    lines = [
        HEAD,
        'graph:lamps a law:DataFile ; law:checkedOn "2026-01-31"^^xsd:date .',
        f'<{LAMPS}> a eli:LegalResource ; dcterms:identifier "act/1999/9" ;'
        ' eli:title "Lamps Act 1999"@en ; law:instrumentType instrument-type:act ;'
        " law:confidence confidence:primary .",
    ]
    for n in range(1, count + 1):
        lines.append(_lamp(n, confidence=confidence, nation=nation))
    return "\n".join(lines) + "\n"


LAMPS = "http://www.legislation.gov.uk/id/act/1999/9"


def _lamp(number: int, *, confidence: str, nation: str) -> str:
    slug, provision = f"la-1999-s{number}", f"<{LAMPS}/section/{number}>"
    held = f"law:factOf offence:{slug} ; law:nation nation:{nation} ;"
    sure = f"law:confidence confidence:{confidence} ."
    return f"""
{provision} a eli:LegalResourceSubdivision ; dcterms:identifier "act/1999/9/section/{number}" ;
    eli:is_part_of <{LAMPS}> ; eli:number "s. {number}" ; dcterms:description "lamps"@en ; {sure}
offence:{slug} a law:Offence ; dcterms:identifier "{slug}" ; rdfs:label "Lamp {number}"@en ;
    law:createdBy {provision} ; law:limb "(1)" ; {sure}
fact:{slug}.window a law:Application ; {held} law:startDate "1999-05-03"^^xsd:date ;
    law:endDate "2009-06-07"^^xsd:date ; law:startCertainty start:exact ; {sure}
fact:{slug}.conduct a law:ConductFact ; {held} law:conduct conduct:expose ; {sure}
fact:{slug}.material a law:MaterialFact ; {held} law:material material:genital-image ; {sure}
"""


def turtle(law) -> str:
    """A law of the oracle as Turtle, with the words it uses."""
    lines = [HEAD]
    lines += [_word(word, law) for word in sorted({*law["parents"], *law["also_meets"]})]
    lines += [f"material:{word} law:meetsAny true ." for word in law["meets_any"]]
    lines += [f"need:{word} law:negatedByConsent true ." for word in law["negated"]]
    lines += [f"rule:{rule} a law:Rule ." for rule in law["rules"]]
    for offence, status in law["offences"].items():
        said = f" ; law:status status:{status}" if status else ""
        lines.append(f"offence:{offence} a law:Offence{said} .")
    lines += [_fact(fact, law) for found in law["facts"].values() for fact in found]
    return "\n".join(lines) + "\n"


def engine_of(text: str) -> OxigraphEngine:
    """An engine that knows one Turtle document and nothing else."""
    store = pyoxigraph.Store()
    graph = pyoxigraph.NamedNode(PREFIXES["graph"] + "invented")
    store.bulk_load(text.encode(), pyoxigraph.RdfFormat.TURTLE, to_graph=graph)
    return OxigraphEngine(store)


def _word(word: str, law) -> str:
    said = []
    kind = "material" if word in law["materials"] else "conduct"
    if word in law["parents"]:
        said.append(f"skos:broader {kind}:{law['parents'][word]}")
    if word in law["also_meets"]:
        other, limit = law["also_meets"][word]
        said.append(f"law:alsoMeets {kind}:{other} ; law:alsoMeetsBelow {limit}")
    return f"{kind}:{word} {' ; '.join(said)} ."


def _fact(fact, law) -> str:
    owner = "rule" if fact["of"] in law["rules"] else "offence"
    said = [f"a law:{CLASSES[fact['kind']]} ; law:factOf {owner}:{fact['of']}"]
    said += [f"law:nation nation:{nation}" for nation in fact["nations"]]
    said += [*_days(fact), "law:confidence confidence:primary"]
    if fact["kind"] == "window" or fact["certainty"] != "exact":
        said.append(f"law:startCertainty start:{fact['certainty']}")
    if fact["word"]:
        said.append(f"{WORDS[fact['kind']]} {fact['kind']}:{fact['word']}")
    numbers = {
        "at_least": "atLeast",
        "below": "below",
        "responsibility": "ageOfResponsibility",
        "youngest_shown": "whenDepictedAgeAtLeast",
    }
    said += [f"law:{term} {fact[k]}" for k, term in numbers.items() if fact[k] is not None]
    said += [f"law:whenRelationship relationship:{word}" for word in fact["relationships"] or ()]
    said += [f"law:whenConsent consent:{word}" for word in fact["consents"] or ()]
    if fact["kind"] == "defence":
        said.append('dcterms:description "a defence"@en')
    name = f"<{fact['id']}>"
    covers = [_covers(name, n, cover) for n, cover in enumerate(fact["covers"] or ())]
    return "\n".join([f"{name} {' ; '.join(said)} .", *covers])


def _covers(defence: str, number: int, cover) -> str:
    said = [f"a law:CoveredMaterial ; law:factOf {defence} ; law:material material:{cover['word']}"]
    return f"{defence[:-1]}.covers.{number}> {' ; '.join([*said, *_days(cover)])} ."


def _days(fact) -> list[str]:
    names = {
        "start": "startDate",
        "end": "endDate",
        "not_before": "notBefore",
        "known_by": "knownBy",
    }
    return [
        f'law:{term} "{fact[name]}"^^xsd:date' for name, term in names.items() if fact.get(name)
    ]
