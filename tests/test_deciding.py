"""Which state an offence has: what ``kb.deciding`` says, against an oracle that shares nothing."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from invented import engine_of, turtle
from naive_oracle import answer, answers, blank_fact
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS

from kb.ages import AgeRange
from kb.deciding import decide
from kb.model import Asked
from kb.terms import ID, identifier, slug_of
from kb.vocabulary import LAW

ROOT = Path(__file__).parent.parent
DAY = timedelta(days=1)
NATIONS = ("norland", "sudland", "ostland")
CONDUCTS = ("wave", "wave-twice", "shout")
MATERIALS = ("kite", "red-kite", "portrait", "bell", "no-thing")
NEEDS = ("no-leave", "loudness")
COUPLES = ("wed", "steady", "strangers")
CHANGES = tuple(date(2000 + n, 3, 1 + n) for n in range(1, 6))
KINDS = {
    "Application": "window",
    "ConductFact": "conduct",
    "MaterialFact": "material",
    "DepictedAge": "depicted-age",
    "RecipientAge": "recipient-age",
    "AccusedAge": "accused-age",
    "Need": "need",
    "Defence": "defence",
}
EXAMPLES = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# ---- random invented law -------------------------------------------------------------------------
# Stretches of days are listed once and then drawn whole: few draws keep Hypothesis quick.

PAIRS = list(combinations(CHANGES, 2))
EXACT = [
    {"certainty": "exact", "start": start, "end": end}
    for first, last in PAIRS
    for start, end in ((first, None), (first, last))
]
SPANS = [{"start": None, "end": None}, *({"start": None, "end": day} for day in CHANGES), *EXACT]
UNSURE = [
    {"certainty": certainty, "end": end, name: first, other: last if both else None}
    for certainty, name, other in (
        ("latest-possible", "not_before", "start"),
        ("made-date", "start", "known_by"),
        ("not-established", "not_before", "known_by"),
        ("not-established", "known_by", "not_before"),
    )
    for first, last in PAIRS
    for both in (True, False)
    for end in (None, *(day for day in CHANGES if day > last))
]
UNSURE = [
    {**span, "start": span.get("start") or span["not_before"], "not_before": None}
    if span["certainty"] == "latest-possible" and not span["start"]
    else span
    for span in UNSURE
]
LIMITS = [(None, 13), (None, 18), (13, 16), (16, None), (18, None)]
ROW_SPANS = st.sampled_from(SPANS) | st.sampled_from(UNSURE)
WINDOWS = st.sampled_from(EXACT) | st.sampled_from(UNSURE)
COVERS = [{"word": word, **span} for word in MATERIALS[:4] for span in SPANS[:6]]
CONDITIONS = [
    {"youngest_shown": least, "relationships": couple, "consents": consent, "covers": covers}
    for least in (None, 16, 18)
    for couple in (None, ["wed"], ["wed", "steady"])
    for consent in (None, ["yes"])
    for covers in ([], *([cover] for cover in COVERS), COVERS[::7], COVERS[::3])
]


def kinds_of(nations):
    """For each kind of fact, how many there may be and what one of them is drawn from."""
    anywhere = [list(some) for n in (1, 2) for some in combinations(nations, n)] + [list(nations)]
    there, span = st.sampled_from(anywhere), st.sampled_from(SPANS)
    limits = st.sampled_from([{"at_least": low, "below": high} for low, high in LIMITS])

    def words(of):
        return st.sampled_from([{"word": word} for word in of])

    return {
        "window": (0, 4, st.tuples(st.sampled_from([[n] for n in nations]), WINDOWS)),
        "conduct": (1, 3, st.tuples(there, ROW_SPANS, words(CONDUCTS))),
        "material": (1, 3, st.tuples(there, ROW_SPANS, words(MATERIALS))),
        "depicted-age": (0, 2, st.tuples(there, span, limits)),
        "recipient-age": (0, 1, st.tuples(there, span, limits)),
        "accused-age": (0, 1, st.tuples(there, span, limits)),
        "need": (0, 2, st.tuples(there, span, words(NEEDS))),
        "defence": (0, 2, st.tuples(there, span, st.sampled_from(CONDITIONS))),
    }


def offences_in(nations):
    """Everything about one offence, as a dict of kind and what was drawn for it."""
    return st.fixed_dictionaries(
        {
            kind: st.lists(drawn, min_size=least, max_size=most)
            for kind, (least, most, drawn) in kinds_of(nations).items()
        }
    )


OFFENCES = {count: offences_in(NATIONS[:count]) for count in (2, 3)}
STATUSES = st.sampled_from([None, None, None, None, "not-shown-to-be-enacted", "made-up"])
RESPONSIBILITY = st.lists(st.sampled_from([8, 10, 12]), max_size=3)


@st.composite
def laws(draw):
    """Two or three nations, one to six offences, and a rule on responsibility in each nation."""
    nations = NATIONS[: draw(st.sampled_from([2, 3]))]
    drawn = draw(st.lists(st.tuples(STATUSES, OFFENCES[len(nations)]), min_size=1, max_size=6))
    facts = {
        f"o{number}": [
            _fact(f"o{number}", kind, n, row)
            for kind, rows in kinds.items()
            for n, row in enumerate(rows)
        ]
        for number, (_, kinds) in enumerate(drawn)
    }
    for nation in nations:
        rule = f"age-in-{nation}"
        facts[rule] = rule_facts(rule, nation, ages=draw(RESPONSIBILITY))
    return {
        "nations": nations,
        "offences": {f"o{number}": status for number, (status, _) in enumerate(drawn)},
        "rules": [f"age-in-{nation}" for nation in nations],
        "materials": MATERIALS,
        "parents": {"wave-twice": "wave", "red-kite": "kite"},
        "meets_any": {"no-thing"},
        "also_meets": {"portrait": ("kite", 18)},
        "negated": {"no-leave"},
        "facts": facts,
    }


def _fact(offence, kind, number, row):
    nations, *said = row
    named = {"id": f"{ID}fact/{offence}.{kind}.{number}", "kind": kind, "of": offence}
    every = {key: value for one in said for key, value in one.items()}
    return blank_fact(**named, nations=nations, **every)


def rule_facts(rule, nation, *, ages):
    """A rule on the age of responsibility: steps that follow each other; the first is unsure."""
    steps = [*CHANGES[1 : len(ages) + 1], None]
    return [
        blank_fact(
            id=f"{ID}fact/{rule}.window.{nation}.{number}",
            kind="window",
            of=rule,
            nations=[nation],
            start=steps[number],
            end=steps[number + 1],
            certainty="exact" if number else "latest-possible",
            responsibility=age,
        )
        for number, age in enumerate(ages)
    ]


RANGES = [(0, 15), (0, 17), (13, 15), (15, 17), (16, 20), (18, 120)]
AGE_RANGES = st.sampled_from(
    [None, None, *((n, n) for n in (7, 9, 11, 12, 13, 15, 16, 17, 18, 40)), *RANGES]
)
QUESTIONS = st.fixed_dictionaries(
    {
        "on": st.builds(
            lambda day, step: day + step * DAY,
            st.sampled_from(CHANGES),
            st.sampled_from([-1, 0, 1]),
        ),
        "conduct": st.lists(st.sampled_from(CONDUCTS), max_size=2, unique=True),
        "material": st.lists(st.sampled_from(MATERIALS), max_size=2, unique=True),
        "depicted": AGE_RANGES,
        "accused": AGE_RANGES,
        "recipient": AGE_RANGES,
        "consent": st.sampled_from([None, "yes", "yes", "no"]),
        "relationship": st.sampled_from([None, *COUPLES]),
    }
)


# ---- asking the program, in the oracle's words ---------------------------------------------------


def as_asked(question):
    def age(name):
        stated = question[name]
        return AgeRange(low=stated[0], high=stated[1], text=f"{stated}") if stated else None

    return Asked(
        nations=tuple(question["nations"]),
        on=question["on"],
        conduct=tuple(question["conduct"]),
        material=tuple(question["material"]),
        depicted_age=age("depicted"),
        accused_age=age("accused"),
        recipient_age=age("recipient"),
        consent=question["consent"],
        relationship=question["relationship"],
    )


def decided(engine, law, question):
    """What ``kb.deciding`` says, in the shape of the oracle's answer."""
    offences = tuple(identifier("offence", offence) for offence in law["offences"])
    found = decide(engine, as_asked(question), offences=offences)
    by_place = {
        (slug_of(one.offence), slug_of(one.nation)): (
            one.state,
            one.window.fact if one.window else None,
            list(one.decided_by),
        )
        for one in found.made
    }
    assert len(by_place) == len(found.made), "an offence has two states in one nation"
    return by_place, {slug_of(nation): count for nation, count in found.left_out.items()}


def same(engine, law, question):
    """Ask both; fail with what differs; give the answers back."""
    expected, left_out = answers(law, question)
    found, left = decided(engine, law, question)
    places = expected.keys() | found.keys()
    differ = {
        place: {"oracle": expected.get(place), "kb": found.get(place)}
        for place in places
        if expected.get(place) != found.get(place)
    }
    assert not differ, (question, differ)
    assert left == left_out
    return expected


@pytest.mark.no_cover
@EXAMPLES
@given(law=laws(), questions=st.lists(QUESTIONS, min_size=3, max_size=5))
def test_random_law_is_decided_as_the_oracle_decides_it(law, questions):
    engine = engine_of(turtle(law))
    for asked in questions:
        for state, _, _ in same(engine, law, {"nations": law["nations"], **asked}).values():
            event(state)


@pytest.mark.parametrize(
    ("shown", "state"),
    [((17, 17), "ruled-out"), ((0, 17), "ruled-out"), ((18, 18), "applies"), ((16, 18), "applies")],
)
def test_a_defence_covers_what_a_word_also_meets_only_if_the_age_is_surely_low(shown, state):
    said = {"of": "o0", "nations": ["norland"], "start": CHANGES[0]}
    defence = {"consents": ["yes"], "covers": [{"word": "kite"}]}
    facts = [
        blank_fact(id=f"{ID}fact/w", kind="window", **said),
        blank_fact(id=f"{ID}fact/m", kind="material", word="no-thing", **said),
        blank_fact(id=f"{ID}fact/d", kind="defence", **said, **defence),
    ]
    law = {
        "nations": ("norland",),
        "offences": {"o0": None},
        "rules": [],
        "materials": MATERIALS,
        "parents": {},
        "meets_any": {"no-thing"},
        "also_meets": {"portrait": ("kite", 18)},
        "negated": set(),
        "facts": {"o0": facts},
    }
    asked = no_facts(law, CHANGES[1])
    asked |= {"material": ["portrait"], "depicted": shown, "consent": "yes"}
    assert same(engine_of(turtle(law)), law, asked)["o0", "norland"][0] == state


# ---- the real law --------------------------------------------------------------------------------


def read_law():
    """The real law as the oracle reads it, straight from the Turtle files."""
    graph = Graph(bind_namespaces="none")
    for folder in (
        "kb/data/legislation",
        "kb/data/common-law",
        "kb/data/rules",
        "ontology/schemes",
    ):
        for path in sorted((ROOT / folder).glob("*.ttl")):
            graph.parse(path, format="turtle")

    def pairs(term):
        return [(slug_of(str(s)), o) for s, o in graph.subject_objects(term)]

    limits = dict(pairs(LAW.alsoMeetsBelow))
    status = dict(graph.subject_objects(LAW.status))
    offences = sorted(graph.subjects(RDF.type, LAW.Offence))
    rules = sorted(graph.subjects(RDF.type, LAW.Rule))
    nations = [str(one) for one in graph.subjects(SKOS.inScheme, URIRef(ID + "scheme/nations"))]
    return {
        "nations": sorted(slug_of(nation) for nation in nations),
        "offences": {slug_of(o): slug_of(status[o]) if o in status else None for o in offences},
        "rules": [slug_of(rule) for rule in rules],
        "parents": {word: slug_of(str(broader)) for word, broader in pairs(SKOS.broader)},
        "meets_any": {word for word, value in pairs(LAW.meetsAny) if value.toPython()},
        "also_meets": {
            word: (slug_of(str(other)), limits[word].toPython())
            for word, other in pairs(LAW.alsoMeets)
        },
        "negated": {word for word, value in pairs(LAW.negatedByConsent) if value.toPython()},
        "facts": {slug_of(str(owner)): read_facts(graph, owner) for owner in offences + rules},
    }


def read_facts(graph, owner):
    """All that the files say about an offence or a rule."""
    return [
        read_fact(graph, fact, kind=kind)
        for fact in graph.subjects(LAW.factOf, owner)
        for name, kind in KINDS.items()
        if (fact, RDF.type, LAW[name]) in graph
    ]


def read_fact(graph, fact, *, kind):
    def one(term):
        found = graph.value(fact, LAW[term])
        return slug_of(str(found)) if isinstance(found, URIRef) else found and found.toPython()

    def all_of(term):
        return [slug_of(str(value)) for value in graph.objects(fact, LAW[term])] or None

    covers = [
        read_fact(graph, cover, kind="covers")
        for cover in graph.subjects(LAW.factOf, fact)
        if (cover, RDF.type, LAW.CoveredMaterial) in graph
    ]
    return blank_fact(
        id=str(fact),
        kind=kind,
        of=one("factOf"),
        nations=all_of("nation"),
        start=one("startDate"),
        end=one("endDate"),
        certainty=one("startCertainty") or "exact",
        not_before=one("notBefore"),
        known_by=one("knownBy"),
        word=one("conduct") or one("material") or one("need"),
        at_least=one("atLeast"),
        below=one("below"),
        responsibility=one("ageOfResponsibility"),
        youngest_shown=one("whenDepictedAgeAtLeast"),
        relationships=all_of("whenRelationship"),
        consents=all_of("whenConsent"),
        covers=covers or None,
    )


@pytest.fixture(scope="module")
def real_law():
    return read_law()


def boundaries(law):
    """The day before, the day and the day after, for each day on which an offence turns."""
    names = ("start", "end", "not_before", "known_by")
    about = [fact for offence in law["offences"] for fact in law["facts"][offence]]
    days = {fact[name] for fact in about for name in names if fact[name]}
    return sorted({day + step * DAY for day in days for step in (-1, 0, 1)})


def no_facts(law, on):
    stated = dict.fromkeys(("depicted", "accused", "recipient", "consent", "relationship"))
    return {"nations": law["nations"], "on": on, "conduct": [], "material": [], **stated}


@pytest.fixture(scope="module")
def on_each_boundary(real_law, knowledge):
    """What ``kb.deciding`` says on every boundary day, no facts stated."""
    return {
        on: decided(knowledge.engine, real_law, no_facts(real_law, on))
        for on in boundaries(real_law)
    }


def test_the_real_law_is_read_whole(real_law, knowledge):
    assert {identifier("offence", one) for one in real_law["offences"]} == set(
        knowledge.catalogue.offences
    )
    assert set(real_law["nations"]) == set(knowledge.schemes.slugs("nations"))
    assert len(boundaries(real_law)) > 100


@pytest.mark.no_cover
def test_every_offence_nation_and_boundary_day_of_the_real_law(real_law, on_each_boundary):
    wrong, every = [], len(real_law["offences"]) * len(real_law["nations"])
    for on, (found, left_out) in on_each_boundary.items():
        assert len(found) == every, "each offence has exactly one state in each nation"
        assert not any(left_out.values())
        for (offence, nation), said in found.items():
            expected = answer(real_law, no_facts(real_law, on), offence, nation)
            if expected != said:
                wrong.append((on, offence, nation, said, expected))
    assert not wrong, wrong[:5]


def test_england_and_wales_never_differ(real_law, on_each_boundary):
    """They are one legal system: none of these offences is law in one and not in the other."""
    differ = [
        (on, offence, found[offence, "england"], found[offence, "wales"])
        for on, (found, _) in on_each_boundary.items()
        for offence in real_law["offences"]
        if found[offence, "england"][0] != found[offence, "wales"][0]
    ]
    assert not differ, differ[:5]


@pytest.fixture(scope="module")
def real_questions(real_law):
    """Questions with facts about the real law: fifty drawn from a fixed seed."""
    drawn = Random(20170703)
    facts = [fact for found in real_law["facts"].values() for fact in found]
    words = {kind: {f["word"] for f in facts if f["kind"] == kind} for kind in KINDS.values()}
    ages = [None, (9, 9), (11, 11), (15, 15), (17, 17), (18, 40), (0, 15), (13, 15), (16, 20)]
    couples = {word for fact in facts for word in fact["relationships"] or ()}
    return [
        {
            "nations": real_law["nations"],
            "on": drawn.choice(boundaries(real_law)),
            "conduct": drawn.sample(sorted(words["conduct"]), drawn.choice([0, 1, 1, 2])),
            "material": drawn.sample(sorted(words["material"]), drawn.choice([0, 1, 1, 2])),
            "depicted": drawn.choice(ages),
            "accused": drawn.choice(ages),
            "recipient": drawn.choice(ages),
            "consent": drawn.choice([None, "yes", "no"]),
            "relationship": drawn.choice([None, *sorted(couples)]),
        }
        for _ in range(50)
    ]


def test_questions_with_facts_about_the_real_law(real_law, real_questions, knowledge):
    states = {
        state
        for question in real_questions
        for state, _, _ in same(knowledge.engine, real_law, question).values()
    }
    assert len(states) == len(knowledge.schemes.slugs("states")), "some state was never reached"
