"""What happens when an offence, a provision or a rule becomes law somewhere, or stops being it."""

from collections.abc import Iterator

from kb import change_words as words
from kb import naming
from kb.catalogue import Catalogue
from kb.events import BY, ENDS, MADE, MAY, STARTS, Happening
from kb.library_rows import WindowEver
from kb.terms import slug_of
from kb.turns import Turn, turns_of

OFFENCE, PROVISION, RULE = "The offence", "The provision", "The rule"
BEGUN, ENDED, UNFOUND, OF_RULES = "commencement", "end", "start-not-found", "rule"
Told = tuple[str, str, str, object]


def window_happenings(catalogue: Catalogue) -> Iterator[Happening]:
    """Every turn of every window; what an offence says is not said again of its provision."""
    recorded = _recorded(catalogue)
    told: set[Told] = set()
    for offence, row in catalogue.offences.items():
        for turn in turns_of(catalogue, offence):
            key = (row.provision, turn.window.nation, turn.how, turn.on)
            told.add(key)
            authorities = turn.authorities or recorded.get(key, ())
            yield _happening(catalogue, turn, text=_said(catalogue, turn, OFFENCE), by=authorities)
    for provision in catalogue.provisions:
        for turn in turns_of(catalogue, provision):
            if (provision, turn.window.nation, turn.how, turn.on) not in told:
                text = _said(catalogue, turn, PROVISION) + _first_version(catalogue, turn)
                yield _happening(catalogue, turn, text=text, by=turn.authorities)
    for rule in catalogue.rules:
        for turn in turns_of(catalogue, rule):
            text = _said_of_rule(catalogue, turn)
            yield _happening(catalogue, turn, text=text, by=turn.authorities)


def _recorded(catalogue: Catalogue) -> dict[Told, tuple[str, ...]]:
    """What the windows of provisions say of who started and ended them."""
    return {
        (provision, turn.window.nation, turn.how, turn.on): turn.authorities
        for provision in catalogue.provisions
        for turn in turns_of(catalogue, provision)
    }


def _happening(catalogue: Catalogue, turn: Turn, *, text: str, by: tuple[str, ...]) -> Happening:
    window = turn.window
    kind = {STARTS: BEGUN, ENDS: ENDED}.get(turn.how, UNFOUND)
    facts = (window.fact, turn.before.fact) if turn.before else (window.fact,)
    return Happening(
        on=turn.on,
        kind=OF_RULES if window.owner in catalogue.rules and kind != UNFOUND else kind,
        turn=turn.how,
        owner=window.owner,
        nation=window.nation,
        text=text,
        fact=window.fact,
        facts=facts,
        confidence=window.confidence,
        authorities=by,
    )


def _said(catalogue: Catalogue, turn: Turn, what: str) -> str:
    window = turn.window
    if turn.how == STARTS:
        follow = words.goes_on if turn.before else words.starts
        return follow(what, window.scope)
    if turn.how == ENDS:
        successors = _successors(catalogue, window)
        return words.ends(what, turn.on, successors=successors, note=window.note)
    return _unsure(turn, what)


def _unsure(turn: Turn, what: str) -> str:
    """What can be said where the first day was not found."""
    if turn.how == BY:
        return words.law_by(what, turn.on, turn.window.not_before)
    say = {MAY: words.may_start, MADE: words.was_made}[turn.how]
    return say(what, turn.on, turn.law_by)


def _successors(catalogue: Catalogue, window: WindowEver) -> tuple[str, ...]:
    """What replaced it: as the window that ends says, or else as the thing itself does."""
    found = catalogue.replacements.get(window.owner, ())
    own = [row.successor for row in found if row.window == window.fact]
    general = [row.successor for row in found if row.window is None]
    there = [one for one in general if _is_law_in(catalogue, one, window.nation)]
    return tuple(dict.fromkeys(_cited(catalogue, one) for one in own or there))


def _is_law_in(catalogue: Catalogue, owner: str, nation: str) -> bool:
    return any(row.nation == nation for row in catalogue.windows.get(owner, ()))


def _cited(catalogue: Catalogue, owner: str) -> str:
    if owner in catalogue.offences:
        found = naming.successor(catalogue, owner)
        return f"{found.label} ({found.provision.citation})"
    return naming.provision_reference(catalogue, owner).citation


def _first_version(catalogue: Catalogue, turn: Turn) -> str:
    """What the version of a provision that starts with it says."""
    if turn.how != STARTS:
        return ""
    found = [
        row.note
        for row in catalogue.expressions.get(turn.window.owner, ())
        if row.nation == turn.window.nation and row.start == turn.on
    ]
    return f" {words.first_version(found[0])}" if found else ""


def _said_of_rule(catalogue: Catalogue, turn: Turn) -> str:
    text, value = catalogue.rules[turn.window.owner].text, _value(catalogue, turn.window)
    if turn.how == STARTS and turn.before:
        return words.rule_changes(text, _value(catalogue, turn.before), value)
    if turn.how == STARTS:
        return words.rule_starts(text, value, turn.window.scope)
    if turn.how == ENDS:
        note = turn.window.note or text
        return words.ends(RULE, turn.on, successors=(), note=note)
    return f"{_unsure(turn, RULE)} {text}"


def _value(catalogue: Catalogue, window: WindowEver) -> str:
    """What a rule sets in a window: the age, who is a child, or the months of custody."""
    found = catalogue.rule_values.get(window.fact)
    return words.rule_value(found.age, found.below, found.months) if found else ""


def provision_of(catalogue: Catalogue, owner: str) -> tuple[str, ...]:
    """The provisions (addresses) that an offence, provision or rule stands in or rests on."""
    if owner in catalogue.offences:
        return (catalogue.offences[owner].provision,)
    if owner in catalogue.rules:
        return tuple(row.provision for row in catalogue.rule_provisions.get(owner, ()))
    return (owner,)


def name_of(catalogue: Catalogue, owner: str) -> str:
    """What an offence or provision is called; of a rule, its slug."""
    if owner in catalogue.offences:
        return catalogue.offences[owner].label
    if owner in catalogue.provisions:
        return naming.provision_reference(catalogue, owner).citation
    return slug_of(owner)
