"""The mapping of DESIGN.md 5, written a second time and as simply as it can be.

No graph, no query, nothing of ``kb``: a law is a dict, its facts are lists of dicts, and every
question walks through the whole list. It is slow and says the same thing in other words, which is
what makes it worth comparing with.

A law:       nations, offences {slug: status or None}, rules [slug], parents {word: broader word},
             meets_any {word}, also_meets {word: (word, age)}, negated {need},
             facts {offence or rule: [fact]}
A fact:      id, kind, of, nations, and as it needs them: start, end, certainty, not_before,
             known_by, word, at_least, below, responsibility, youngest_shown, relationships,
             consents, covers [{word, start, end}]
A question:  nations, on, conduct [word], material [word], depicted, accused, recipient
             ((low, high) or None), consent, relationship (word or None)
"""

ORDER_OF_STATES = ["law", "unknown", "not-yet-in-force", "ended"]
AGES = [("depicted-age", "depicted"), ("recipient-age", "recipient"), ("accused-age", "accused")]


def blank_fact(**said):
    """A fact with everything that was not said left empty."""
    names = (
        "id kind of nations start end certainty not_before known_by word at_least below"
        " responsibility youngest_shown relationships consents covers"
    )
    return dict.fromkeys(names.split()) | {"certainty": "exact"} | said


def answers(law, question):
    """Every answer: {(offence, nation): (state, window id, ids that decided)}, and who is left out.

    The second value is {nation: how many offences the question leaves out there}.
    """
    found, left_out = {}, {}
    for nation in question["nations"]:
        here = {offence: answer(law, question, offence, nation) for offence in law["offences"]}
        left_out[nation] = list(here.values()).count(None)
        found |= {(offence, nation): one for offence, one in here.items() if one}
    return found, left_out


def answer(law, question, offence, nation):
    """One answer; None where what was asked is not met (step 0)."""
    window, standing = window_that_speaks(law, offence, nation, question["on"])
    start_in_doubt = []
    for kind in ("conduct", "material"):
        if not question[kind]:
            continue
        rows = [row for row in facts(law, kind, offence) if is_met(law, question, kind, row)]
        if standing in ("law", "unknown"):
            rows = [row for row in rows if nation in row["nations"]]
            sure = [row for row in rows if standing_of(row, question["on"]) == "law"]
            doubtful = [row for row in rows if standing_of(row, question["on"]) == "unknown"]
        else:
            sure, doubtful = rows, []
        if not sure and not doubtful:
            return None
        if not sure:
            start_in_doubt += doubtful
    if window is None:
        return "does-not-extend", None, []
    if standing != "law":
        return standing, window["id"], [window["id"]]
    against = ruled_out_by(law, question, offence, nation)
    if against:
        return "ruled-out", window["id"], ids(window, *against)
    if start_in_doubt:
        return "unknown", window["id"], ids(window, *start_in_doubt)
    return "applies", window["id"], [window["id"]]


def window_that_speaks(law, owner, nation, day):
    """Of several windows: law, then unknown, then not yet, then ended.

    Within a state the one that starts first (no start: last); of those that ended, the last to go.
    """
    by_state = {}
    for window in facts(law, "window", owner):
        if nation in window["nations"]:
            standing = standing_of(window, day)
            if law["offences"].get(owner) == "not-shown-to-be-enacted":
                standing = "unknown"
            by_state.setdefault(standing, []).append(window)
    for state in ORDER_OF_STATES:
        if state == "ended" and "ended" in by_state:
            return sorted(by_state["ended"], key=lambda w: (w["end"], w["id"]))[-1], "ended"
        if state in by_state:
            dated = [window for window in by_state[state] if window["start"]]
            if dated:
                return sorted(dated, key=lambda w: (w["start"], w["id"]))[0], state
            return sorted(by_state[state], key=lambda w: w["id"])[0], state
    return None, None


def standing_of(fact, day):
    """Step 2, for a window or for a row with a certainty of its own."""
    start, not_before, known_by = fact["start"], fact["not_before"], fact["known_by"]
    if fact["end"] and day >= fact["end"]:
        return "ended"
    if fact["certainty"] == "exact":
        return "not-yet-in-force" if start and day < start else "law"
    if fact["certainty"] == "latest-possible":
        if day >= start:
            return "law"
        return "not-yet-in-force" if not_before and day < not_before else "unknown"
    if fact["certainty"] == "made-date":
        if day < start:
            return "not-yet-in-force"
        return "law" if known_by and day >= known_by else "unknown"
    if fact["certainty"] == "not-established":
        if known_by and day >= known_by:
            return "law"
        return "not-yet-in-force" if not_before and day < not_before else "unknown"
    raise ValueError(fact["certainty"])


def is_met(law, question, kind, row):
    """Step 0: the same word, its parent or its child; ``none``; or the word it also meets."""
    word = row["word"]
    for asked in question[kind]:
        if word == asked or law["parents"].get(asked) == word or law["parents"].get(word) == asked:
            return True
        if kind == "material" and word in law["meets_any"]:
            return True
        if kind == "material" and asked in law["also_meets"] and question["depicted"]:
            other, limit = law["also_meets"][asked]
            if word == other and question["depicted"][0] < limit:
                return True
    return False


def ruled_out_by(law, question, offence, nation):
    """Step 3: every fact that takes the case outside the offence."""

    def there(kind):
        rows = facts(law, kind, offence)
        return [r for r in rows if nation in r["nations"] and in_effect(r, question["on"])]

    against = []
    for kind, name in AGES:
        rows = there(kind)
        if question[name] and rows and not any(admits(row, question[name]) for row in rows):
            against += rows
    if question["consent"] == "yes":
        against += [row for row in there("need") if row["word"] in law["negated"]]
    against += [row for row in there("defence") if is_a_defence(law, question, row)]
    limit = age_of_responsibility(law, nation, question["on"])
    if limit and question["accused"] and question["accused"][1] < limit["responsibility"]:
        against.append(limit)
    return against


def admits(row, ages):
    """Is there any age of a stated range that a row takes in?"""
    low, high = ages
    at_least = row["at_least"] if row["at_least"] is not None else 0
    below = row["below"] if row["below"] is not None else 1000
    return any(at_least <= age < below for age in range(low, high + 1))


def is_a_defence(law, question, row):
    """Every condition stated and met, and all the stated materials covered."""
    conditions = (row["youngest_shown"], row["relationships"], row["consents"])
    if conditions == (None, None, None):
        return False
    shown = question["depicted"]
    if row["youngest_shown"] is not None and not (shown and shown[0] >= row["youngest_shown"]):
        return False
    if row["relationships"] and question["relationship"] not in row["relationships"]:
        return False
    if row["consents"] and question["consent"] not in row["consents"]:
        return False
    if row["covers"]:
        covered = [c["word"] for c in row["covers"] if in_effect(c, question["on"])]
        asked = question["material"]
        return bool(asked) and all(is_covered(law, shown, one, covered) for one in asked)
    return True


def is_covered(law, shown, asked, covered):
    """A narrower word is covered by its broader; one that also meets another, if surely so."""
    if asked in covered or law["parents"].get(asked) in covered:
        return True
    other, limit = law["also_meets"].get(asked, (None, 0))
    return other in covered and shown is not None and shown[1] < limit


def age_of_responsibility(law, nation, day):
    """The window of a rule on the age of responsibility that is law there that day."""
    for rule in law["rules"]:
        for window in facts(law, "window", rule):
            speaks = nation in window["nations"] and window["responsibility"] is not None
            if speaks and standing_of(window, day) == "law":
                return window
    return None


def in_effect(row, day):
    """Half-open; no start or end means as long as what it belongs to."""
    start, end = row.get("start"), row.get("end")
    return not (start and day < start) and not (end and day >= end)


def facts(law, kind, owner):
    """The facts of a kind about an offence or a rule."""
    return [fact for fact in law["facts"][owner] if fact["kind"] == kind]


def ids(*found):
    """The identifiers of facts, in order, each once."""
    return sorted({fact["id"] for fact in found})
