"""The prose of a change: what was and what is now, in sentences. No law stands here."""

from datetime import date, timedelta

from kb.wording import NOT_YET, WHO, day, first_lower

AGED = {
    "DepictedAge": WHO["depicted_age"],
    "RecipientAge": WHO["recipient_age"],
    "AccusedAge": WHO["accused_age"],
}
UNFOUND = "the day on which it started was not found"


def starts(what: str, scope: str | None) -> str:
    """That an offence or provision becomes law."""
    return f"{what} starts{_limited(scope)}."


def goes_on(what: str, scope: str | None) -> str:
    """That a stretch of law follows another one without a break."""
    return f"{what} goes on, from this day{_limited(scope) or ' for all purposes'}."


def ends(what: str, on: date, *, successors: tuple[str, ...], note: str | None) -> str:
    """That something stops being law, with its last day and what replaced it."""
    last = day(on - timedelta(days=1))
    after = f" Replaced by {'; '.join(successors)}." if successors else ""
    return f"{what} ends: its last day is {last}.{after}{_remark(note)}"


def law_by(what: str, on: date, not_before: date | None) -> str:
    """That something was law by a day at the latest."""
    limit = f" {NOT_YET.format(not_before=day(not_before))}" if not_before else ""
    return f"{what} was law by {day(on)} at the latest: {UNFOUND}.{limit}"


def may_start(what: str, on: date, law_by: date | None) -> str:
    """That something may have become law from a day on."""
    limit = f" It was law by {day(law_by)}." if law_by else ""
    return f"{what} may be law from this day, and certainly was not before: {UNFOUND}.{limit}"


def was_made(what: str, on: date, law_by: date | None) -> str:
    """That something was made on a day, and may have started then or later."""
    limit = f" It was law by {day(law_by)}." if law_by else ""
    return f"{what} was made on {day(on)}; {UNFOUND}.{limit}"


def first_version(note: str) -> str:
    """What is noted of the version of a provision that it starts with."""
    return f"Noted of its first version: {_closed(note)}"


def version(now: str, before: str | None) -> str:
    """What a version of a provision says, and what the one before it said."""
    was = f" Before: {_closed(before)}" if before else ""
    return f"Now: {_closed(now)}{was}"


def maximum(tried: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """How a maximum penalty changes, for one way of being tried."""
    where = f"Tried {first_lower(tried)}"
    if before and after:
        return f"{where}, the maximum goes from {_all(before)} to {_all(after)}."
    if after:
        return (
            f"{where}, the maximum from this day is {_all(after)};"
            " before, none is recorded for a case tried that way."
        )
    return f"{where}, the maximum {_all(before)} ends, and none is recorded after it."


def aged(who: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """How an age changes: from what to what."""
    if before and after:
        return (
            f"{AGED[who]} now has to be {' or '.join(after)}; before, it was {' or '.join(before)}."
        )
    if after:
        return f"{AGED[who]} now has to be {' or '.join(after)}; before, no age was set."
    return f"{AGED[who]} no longer has to be {' or '.join(before)}: no age is set."


def tried(_: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """How the mode of trial changes."""
    if before and after:
        return f"The mode of trial goes from {_all(before)} to {_all(after)}."
    if after:
        return f"The mode of trial from this day is {_all(after)}; before, none is recorded."
    return f"The mode of trial {_all(before)} ends, and none is recorded after it."


def items(added: str, dropped: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """What comes and what goes, each list with its own words before it."""
    said = []
    if after:
        said.append(f"{added}: {_closed('; '.join(after))}")
    if before:
        said.append(f"{dropped}: {_closed('; '.join(before))}")
    return " ".join(said)


def rule_starts(text: str, value: str, scope: str | None) -> str:
    """That a rule becomes law, with what it sets."""
    return f"The rule starts{_limited(scope)}: {_closed(text)}{value and f' It sets: {value}.'}"


def rule_changes(text: str, before: str, after: str) -> str:
    """That a rule sets something else from a day on."""
    moved = f"from {before} to {after}" if before and after else f"to {after or 'none'}"
    return f"What the rule sets goes {moved}. The rule: {_closed(text)}"


def rule_value(age: int | None, below: int | None, months: int | None) -> str:
    """What a rule sets, in a few words; nothing if it sets no number."""
    said = []
    if age is not None:
        said.append(f"age {age}")
    if below is not None:
        said.append(f"a child is anybody under {below}")
    if months is not None:
        said.append(f"{months} {'month' if months == 1 else 'months'}")
    return ", ".join(said)


def state_changed(before: str | None, after: str | None) -> str:
    """How the state of an offence differs between two days; None: it is not listed."""
    unlisted = "not among those that these facts meet"
    was, now = (first_lower(state) if state else unlisted for state in (before, after))
    return f"Then: {was}. Now: {now}."


def rule_differs(text: str, *, before: str | None, after: str | None, sets: list[str]) -> str:
    """How a rule differs between two days: its states (None: it was not there), what it sets."""
    rule = _closed(text)
    match before, after:
        case None, "unknown":
            return f"This may have become a rule since then, on a day that was not found: {rule}"
        case None, _:
            return f"This rule is new since then: {rule}"
        case _, None:
            return f"This rule has ended since then: {rule}"
        case "unknown", "applies":
            return f"Whether this was a rule then is not known; it is one now: {rule}"
        case "applies", "unknown":
            return f"This was a rule then; whether it is one now is not known: {rule}"
    return rule_changes(text, *sets)


def on_day(on: date, text: str) -> str:
    """What happened on a day between."""
    return f"On {day(on)}. {text}"


def not_recorded(beside: str | None) -> str:
    """That nothing says what made a change; and what happened beside it, if that is known."""
    also = f" {beside}" if beside else ""
    return f"It is not recorded here what made this change.{also}"


def same_day(cited: str, amended_by: str) -> str:
    """That a provision of the same instrument was amended on the same day."""
    return f"On the same day {cited} was amended by {amended_by}."


def _limited(scope: str | None) -> str:
    return f", for some purposes only ({scope})" if scope else ""


def _remark(note: str | None) -> str:
    return f" {_closed(note[:1].upper() + note[1:])}" if note else ""


def _closed(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _all(found: tuple[str, ...]) -> str:
    return " and ".join(f"“{one}”" for one in found)


def document_starts(note: str | None) -> str:
    """That a document takes effect."""
    return f"The document takes effect.{_remark(note)}"


def document_may_start(by: date | None, note: str | None) -> str:
    """That a document may take effect from a day on."""
    limit = f" It was in effect by {day(by)}." if by else ""
    return (
        "The document may be in effect from this day, and certainly was not before: the day"
        f" itself was not found.{limit}{_remark(note)}"
    )


def document_by(on: date, not_before: date | None, note: str | None) -> str:
    """That a document was in effect by a day at the latest."""
    limit = f" It certainly was not before {day(not_before)}." if not_before else ""
    return (
        f"The document was in effect by {day(on)} at the latest: the day itself was not"
        f" found.{limit}{_remark(note)}"
    )


def document_may_end(
    on: date, by: date | None, successors: tuple[str, ...], note: str | None
) -> str:
    """That a document may be over from a day on."""
    limit = f" It was over by {day(by)}." if by else ""
    return (
        f"Until {day(on - timedelta(days=1))} the document was certainly in effect; from this day"
        f" it may not be.{limit}{_after(successors)}{_remark(note)}"
    )


def document_ends(on: date, successors: tuple[str, ...], *, sure: bool, note: str | None) -> str:
    """That a document is over, with its last day if that is known, and what replaced it."""
    last = f"its last day is {day(on - timedelta(days=1))}" if sure else "by this day at the latest"
    return f"The document is no longer in effect: {last}.{_after(successors)}{_remark(note)}"


def document_changed(on: date) -> str:
    """That a document was last changed on a day."""
    return f"The document was changed: the latest edition known here is of {day(on)}."


def published_by(bodies: tuple[str, ...]) -> str:
    """Who publishes a document."""
    return f"Published by {', '.join(bodies)}."


def _after(successors: tuple[str, ...]) -> str:
    return f" Replaced by {'; '.join(successors)}." if successors else ""
