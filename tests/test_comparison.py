"""Nations and days compared: the cells are those of the answers, and every sentence is true."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from random import Random

import pytest

from kb.comparison_model import AskedComparison, Side
from kb.knowledge import Knowledge
from kb.terms import identifier

DAY = timedelta(days=1)
OPEN = ("applies", "unknown")
TODAY = date(2026, 11, 22)


def compared(known: Knowledge, *sides: tuple[str, date], **kept):
    """The comparison of some sides; with no side, of all nations today."""
    found = sides or tuple((nation, TODAY) for nation in known.schemes.slugs("nations"))
    return known.compare(
        AskedComparison(sides=tuple(Side(nation=nation, on=on) for nation, on in found), **kept)
    )


def open_in(known: Knowledge, nation: str, on: date, **facts):
    """The offences that an answer says apply, or may, by id."""
    stated = {name: list(v) if isinstance(v, tuple) else [str(v)] for name, v in facts.items()}
    (found,) = known.ask({"nation": [nation], "on": [on.isoformat()], **stated}).nations
    return {one.id: one for one in found.offences if one.state in OPEN}


def applying(known: Knowledge, nation: str, on: date, **facts) -> set[str]:
    return {i for i, o in open_in(known, nation, on, **facts).items() if o.state == "applies"}


def boundary_days(known: Knowledge) -> list[date]:
    """Every day on which anything may change, with the days before and after."""
    turning = {row.day for rows in known.catalogue.boundaries.values() for row in rows}
    return sorted({day + DAY * n for day in turning for n in (-1, 0, 1)})


# ---- cells ---------------------------------------------------------------------------------------


def check_cells(known: Knowledge, found) -> None:
    """Every cell has what the answer for its nation, day and conduct has, in the same state."""
    material = {"material": found.asked.material} if found.asked.material else {}
    listed = {row.conduct: row for row in found.rows}
    for concept in known.schemes.scheme("conducts"):
        row = listed.get(concept.slug)
        for n, column in enumerate(found.columns):
            asked = open_in(known, column.nation, column.on, conduct=concept.slug, **material)
            cell = row.cells[n].offences if row else ()
            said = {one.offence.id: one.state for one in cell}
            assert said == {i: o.state for i, o in asked.items()}, (concept.slug, column)
            for one in cell:
                answer = asked[one.offence.id]
                assert one.why == answer.why
                assert one.offence.max_penalty == answer.max_penalty
                assert (one.offence.start, one.offence.end) == (answer.start, answer.end)
                assert one.offence.scope == answer.scope
                assert one.offence.likely_only == answer.likely_only


@pytest.mark.parametrize("seed", range(8))
def test_cells_are_the_answers_on_boundary_days_of_our_law(knowledge, seed):
    choose = Random(seed)
    nations = knowledge.schemes.slugs("nations")
    day = choose.choice(boundary_days(knowledge))
    material = choose.choice([None, *knowledge.schemes.slugs("materials")])
    check_cells(knowledge, compared(knowledge, *((n, day) for n in nations), material=material))


def test_cells_are_the_answers_on_every_boundary_day_of_invented_law(sample):
    nations = sample.schemes.slugs("nations")
    for day in boundary_days(sample):
        check_cells(sample, compared(sample, *((nation, day) for nation in nations)))


def test_cells_kept_to_a_material_are_the_answers_too(sample):
    nations = sample.schemes.slugs("nations")
    for material in sample.schemes.slugs("materials"):
        sides = ((nation, date(2016, 1, 1)) for nation in nations)
        check_cells(sample, compared(sample, *sides, material=material))


def test_ages_are_those_that_rule_an_answer_out(knowledge):
    """An age outside every limit is ruled out, and one inside is not, in the answer itself."""
    for row in compared(knowledge).rows:
        for column, cell in zip(compared(knowledge).columns, row.cells, strict=True):
            for one in cell.offences[:2]:
                limits = one.offence.depicted_age
                if one.state != "applies" or not limits or limits[0].below is None:
                    continue
                oldest = max(limit.below or 0 for limit in limits)
                asked = {"conduct": row.conduct}
                inside, outside = (
                    applying(knowledge, column.nation, column.on, **asked, depicted_age=age)
                    for age in (oldest - 1, oldest)
                )
                assert one.offence.id in inside - outside


def test_a_comparison_of_a_day_is_the_same_until_something_changes(knowledge):
    """What is kept from one day to the next is what would be made anew."""
    choose = Random(7)
    first, last = date(1978, 1, 1).toordinal(), TODAY.toordinal()
    comparer = knowledge._comparer
    for _ in range(12):
        day = date.fromordinal(choose.randint(first, last))
        asked = AskedComparison(
            sides=tuple(Side(nation=n, on=day) for n in knowledge.schemes.slugs("nations"))
        )
        settled = comparer._settled(asked)
        assert settled.sides[0].on <= day
        check_cells(knowledge, knowledge.compare(asked))


# ---- rows ----------------------------------------------------------------------------------------


def test_all_four_columns_are_there_in_the_order_of_the_scheme(knowledge):
    found = compared(knowledge)
    assert tuple(column.nation for column in found.columns) == knowledge.schemes.slugs("nations")
    assert all(len(row.cells) == len(found.columns) for row in found.rows)
    assert found.differences is None


def test_narrower_conduct_stands_below_its_broader_one(knowledge):
    rows = [row.conduct for row in compared(knowledge).rows]
    for row in compared(knowledge).rows:
        if row.broader:
            assert rows.index(row.broader) < rows.index(row.conduct)
    every = {row.conduct for row in compared(knowledge, conduct=("share",)).rows}
    assert every == {"share", "send-unsolicited"}


def test_an_offence_is_shown_in_the_row_that_names_it(knowledge):
    rows = {row.conduct: row for row in compared(knowledge).rows}
    for row in rows.values():
        for n, cell in enumerate(row.cells):
            for one in cell.offences:
                if one.shown_at:
                    there = rows[one.shown_at].cells[n].offences
                    (same,) = [o for o in there if o.offence.id == one.offence.id]
                    assert same.shown_at is None


def test_cells_that_say_the_same_refer_to_the_first(knowledge):
    for row in compared(knowledge).rows:
        for cell in row.cells:
            if cell.same_as is not None:
                first = row.cells[cell.same_as]
                said = [
                    [(o.offence.id, o.state, o.offence.look) for o in c.offences]
                    for c in (cell, first)
                ]
                assert said[0] == said[1]
    england, wales = compared(knowledge).rows[0].cells[:2]
    assert england.same_as is None
    assert wales.same_as == 0


def substance(cell, person: str):
    """What a cell says of one thing: plain values, read from the records anew."""
    if person == "maximum":
        rows = [one.offence.maximum and one.offence.maximum.penalty for one in cell.offences]
        return {
            row
            and (
                row.life,
                row.months,
                None
                if row.months is not None
                else None
                if row.life
                else row.months_rule or row.text,
            )
            for row in rows
        }
    return {
        frozenset((limit.at_least, limit.below) for limit in getattr(one.offence, person))
        for one in cell.offences
    }


@pytest.mark.parametrize("on", [TODAY, date(2017, 7, 3), date(2004, 4, 30), date(1990, 1, 1)])
def test_only_differences_leaves_out_exactly_the_rows_that_are_alike(knowledge, on):
    sides = [(nation, on) for nation in knowledge.schemes.slugs("nations")]
    whole, only = compared(knowledge, *sides), compared(knowledge, *sides, only=True)
    assert [r.conduct for r in only.rows] == [r.conduct for r in whole.rows if r.differs]
    assert only.alike == len(whole.rows) - len(only.rows)
    for row in whole.rows:
        some = [cell for cell in row.cells if cell.offences]
        for person in ("depicted_age", "recipient_age", "accused_age", "maximum"):
            values = [substance(cell, person) for cell in some]
            assert (person in row.differs) == any(v != values[0] for v in values), row.conduct
        if len(some) < len(row.cells):
            assert "law" in row.differs


def test_an_offence_that_begins_makes_its_row_differ_between_two_days(knowledge):
    sides = ("scotland", date(2017, 7, 2)), ("scotland", date(2017, 7, 3))
    rows = {row.conduct: row.differs for row in compared(knowledge, *sides).rows}
    assert "law" in rows["share"]
    assert not rows["take"]


def test_a_cell_without_any_says_why_as_far_as_that_is_recorded(knowledge):
    rows = {row.conduct: row for row in compared(knowledge).rows}
    empty = rows["expose"].cells[3]
    assert not empty.offences
    assert any("not covered" in reason for reason in empty.none)
    early = compared(knowledge, *((n, date(1979, 1, 1)) for n in ("england", "scotland")))
    reasons = {reason for row in early.rows for reason in row.cells[1].none}
    assert reasons == {"Not covered: what is recorded of Scotland begins on 28 October 1982."}


def test_a_topic_keeps_to_its_words(knowledge):
    rows = compared(knowledge, topic="fakes-and-ai").rows
    named = {identifier("conduct", r.conduct) for r in rows}
    (topic,) = [t for t in knowledge.schemes.scheme("topics") if t.slug == "fakes-and-ai"]
    assert named & set(topic.covers)
    whole = {row.conduct: row for row in compared(knowledge).rows}
    for row in rows:
        for cell, full in zip(row.cells, whole[row.conduct].cells, strict=True):
            assert {o.offence.id for o in cell.offences} <= {o.offence.id for o in full.offences}


def test_a_day_after_the_data_was_checked_is_warned_of(knowledge):
    found = compared(knowledge, ("england", TODAY), ("england", date(2030, 1, 1)))
    assert "after the day on which the law was last checked" in found.warnings[0]


# ---- differences ---------------------------------------------------------------------------------


def check_differences(known: Knowledge, found) -> int:
    """Every sentence, checked against the two answers; how many there were."""
    checks = {"gap": check_gap, "state": check_state, "rule": check_rule}
    for one in found.differences:
        checks.get(one.kind, check_terms)(known, found.columns, one)
        assert one.facts, one
        told = [column.where in one.text for column in found.columns]
        assert any(told) if one.kind == "need" else all(told), one
    return len(found.differences)


def check_gap(known, columns, one):
    """Something applies here at each age and to each material, and nothing there."""
    here, there = columns if _applies_on(known, columns[0], one, one.left) else columns[::-1]
    cited = one.left if here is columns[0] else one.right
    perhaps = one.right if here is columns[0] else one.left
    ages = sorted({age for low, high in one.ages for age in (low, high)})
    for material, age in product(one.materials or (None,), ages if one.person else [None]):
        facts = {"conduct": one.conduct}
        facts |= {"material": material} if material else {}
        facts |= {one.person: age} if one.person else {}
        assert set(cited) == applying(known, here.nation, here.on, **facts), one
        missing = open_in(known, there.nation, there.on, **facts)
        assert {o.state for o in missing.values()} <= {"unknown"}, one
        assert set(perhaps) == set(missing), one
    assert "nothing recorded does" in one.text


def _applies_on(known, column, one, ids) -> bool:
    everything = applying(known, column.nation, column.on, conduct=one.conduct)
    return bool(ids) and set(ids) <= everything and f"{column.where}, and" in one.text


def check_state(known, columns, one):
    sides = [
        {i: o.state for i, o in open_in(known, column.nation, column.on).items()}
        for column in columns
    ]
    (slug,) = set(one.left) | set(one.right)
    states = [side.get(slug) for side in sides]
    assert states.count("applies") == 1, one
    other = states[1 - states.index("applies")]
    assert other == ("unknown" if "not known" in one.text else None)


def check_rule(known, columns, one):
    for column in columns:
        (answer,) = known.ask({"nation": [column.nation], "on": [str(column.on)]}).nations
        age = answer.responsibility.age
        assert f"{'not recorded' if age is None else age} {column.where}" in one.text


def check_terms(known, columns, one):
    """The maxima, ages or needs that are named are those of the two answers, and differ."""
    sides = [
        [o for i, o in open_in(known, column.nation, column.on).items() if i in ids]
        for column, ids in zip(columns, (one.left, one.right), strict=True)
    ]
    assert all(sides), one
    if one.kind == "penalty":
        highest = [{months_of(o.max_penalty) for o in side} for side in sides]
        assert highest[0] != highest[1], one
        for values in highest:
            for value in values:
                assert value is None or value in one.text, (value, one)
    if one.kind == "need":
        needs = [{need.element for o in side for need in o.needs or ()} for side in sides]
        assert needs[0] != needs[1], one
    if one.kind == "age":
        check_ages(known, columns, one)


def months_of(rows) -> str | None:
    """The highest maximum of an answer in words, made here from its months alone."""
    if any(row.life for row in rows):
        return "life"
    months = max((row.months for row in rows if row.months is not None), default=None)
    if not months:
        return None
    whole, rest = divmod(months, 12)
    return f"{months} month" if rest or whole == 1 else f"{whole} years"


def check_ages(known, columns, one):
    """At some age one of these applies on one side, and none on the other."""
    person = next(
        name
        for name, said in (
            ("depicted_age", "The person shown"),
            ("recipient_age", "The person it was sent to"),
            ("accused_age", "The accused"),
        )
        if one.text.startswith(said)
    )
    ages = sorted({int(n) + d for n in re.findall(r"\b\d{1,2}\b", one.text) for d in (-1, 0, 1)})
    admitted = [
        {
            age
            for age in range(121)
            if age in ages
            and any(i in ids for i in open_in(known, column.nation, column.on, **{person: age}))
        }
        for column, ids in zip(columns, (one.left, one.right), strict=True)
    ]
    assert admitted[0] != admitted[1], one


def test_every_sentence_about_two_nations_of_invented_law_is_true(sample):
    days = boundary_days(sample)
    told = 0
    for first, second in combinations(sample.schemes.slugs("nations"), 2):
        for day in days[::5]:
            told += check_differences(sample, compared(sample, (first, day), (second, day)))
    assert told


def test_every_sentence_about_two_days_of_invented_law_is_true(sample):
    days = boundary_days(sample)
    told = 0
    for nation in sample.schemes.slugs("nations"):
        for first, second in zip(days[::4], days[2::4], strict=False):
            told += check_differences(sample, compared(sample, (nation, first), (nation, second)))
    assert told


@pytest.mark.parametrize("seed", range(4))
def test_every_sentence_about_our_law_is_true(knowledge, seed):
    choose = Random(seed)
    nations, days = knowledge.schemes.slugs("nations"), boundary_days(knowledge)
    day = choose.choice(days)
    sides = [(nation, day) for nation in choose.sample(nations, 2)]
    if seed % 2:
        sides[1] = choose.choice(nations), choose.choice(days)
    if sides[0] != sides[1]:
        check_differences(knowledge, compared(knowledge, *sides))


def test_no_difference_goes_untold_where_the_answers_differ(sample):
    """For a conduct and material that something meets on one side alone, a gap is told."""
    nations = sample.schemes.slugs("nations")
    day = date(2016, 1, 1)
    found = compared(sample, (nations[0], day), (nations[1], day))
    told = {
        (gap.conduct, material)
        for gap in found.differences
        if gap.kind == "gap" and not gap.person
        for material in gap.materials or sample.schemes.slugs("materials")
    }
    broader = {c.slug: c.broader for c in sample.schemes.scheme("conducts")}
    for conduct, material in product(broader, sample.schemes.slugs("materials")):
        facts = {"conduct": conduct, "material": material}
        sides = [applying(sample, nation, day, **facts) for nation in nations[:2]]
        young = [applying(sample, n, day, **facts, depicted_age="under-18") for n in nations[:2]]
        if bool(sides[0]) != bool(sides[1]) and bool(young[0]) != bool(young[1]):
            known = {(conduct, material), (broader[conduct], material)}
            assert known & told, facts


def test_turning_the_sides_round_tells_the_same(knowledge):
    there, back = (
        compared(knowledge, *((nation, TODAY) for nation in pair))
        for pair in (("wales", "scotland"), ("scotland", "wales"))
    )
    for kind in ("gap", "state", "rule"):
        said = [
            sorted((one.text if kind != "rule" else "", one.left, one.right) for one in side)
            for side in (
                [d for d in there.differences if d.kind == kind],
                [
                    replace(d, left=d.right, right=d.left)
                    for d in back.differences
                    if d.kind == kind
                ],
            )
        ]
        assert said[0] == said[1]


# ---- what must be said of our law ----------------------------------------------------------------


def texts(found, kind: str) -> list[str]:
    return [one.text for one in found.differences if one.kind == kind]


def test_the_day_before_section_2_commenced_and_the_day_itself(knowledge):
    found = compared(knowledge, ("scotland", date(2017, 7, 2)), ("scotland", date(2017, 7, 3)))
    (said,) = texts(found, "state")
    assert said.startswith("Abusive Behaviour and Sexual Harm (Scotland) Act 2016, s 2(1) was not")
    assert "was not law on 2 July 2017: its first day was 3 July 2017." in said


def test_at_17_one_nation_has_law_and_another_has_not(knowledge):
    day = date(2005, 1, 1)
    found = compared(knowledge, ("england", day), ("scotland", day), material="indecent-photograph")
    said = [t for t in texts(found, "gap") if t.startswith("Where the person shown is 16 to 17")]
    assert any("Protection of Children Act 1978, s 1(1)(a) applies in England" in t for t in said)


def test_maxima_are_told_side_by_side(knowledge):
    found = compared(knowledge, ("england", TODAY), ("scotland", TODAY))
    assert any(
        "6 months (Sexual Offences Act 2003, s 66B(1)) in England, and 5 years" in text
        for text in texts(found, "penalty")
    )


def test_nations_that_share_their_law_do_not_differ(knowledge):
    found = compared(knowledge, ("england", TODAY), ("wales", TODAY))
    assert found.differences == ()
    assert found.alike == len(found.rows)
