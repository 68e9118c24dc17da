"""The prose of an answer, made once from what decided it. No law stands here, only sentences."""

from datetime import date

from kb import rows
from kb.ages import AgeRange
from kb.terms import slug_of

WHO = {
    "depicted_age": "The person shown",
    "recipient_age": "The person it was sent to, said to or asked of",
    "accused_age": "The accused",
}
FEW = 4
RESPONSIBILITY = "Age of criminal responsibility"
ANOTHER_ROW = "The same state, for another reason or by another row."
ASK_FOR_A_DAY = (
    "Guidance, what to do and whom to call are left out of the parts of a period:"
    " ask about one day."
)
NONE_RECORDED = (
    "Guidance is not in this data yet, so none is listed. That is not to say that there is none:"
    " ask the prosecution service and the police of the nation."
)
NOT_YET = "It certainly was not law before {not_before}."


def day(on: date) -> str:
    """A day as people write it: 2 July 2017."""
    return f"{on.day} {on:%B %Y}"


def years(at_least: int | None, below: int | None) -> str:
    """A span of ages in words: ``under 16``, ``18 or over``, ``13 to 15``."""
    if at_least is None:
        return f"under {below}"
    if below is None:
        return f"{at_least} or over"
    return str(at_least) if at_least == below - 1 else f"{at_least} to {below - 1}"


def stated_age(age: AgeRange) -> str:
    """An age as it was stated: ``17``, ``13 to 15``, ``under 16``."""
    if age.low == age.high:
        return str(age.low)
    if age.text[0].isdigit() and "or" not in age.text:
        return f"{age.low} to {age.high}"
    return age.text.replace("-", " ")


def age_reason(name: str, *, at_least: int | None, below: int | None, age: AgeRange) -> str:
    """Why a stated age rules an offence out."""
    span = years(at_least, below)
    return f"{WHO[name]} has to be {span} on that day; the age stated is {stated_age(age)}."


def consent_reason(label: str) -> str:
    """Why agreement rules an offence out."""
    return f"This has to be shown: {first_lower(label)}. It is said that the person agreed."


def defence_reason(text: str) -> str:
    """Why a defence whose conditions are all stated rules an offence out."""
    return f"What is stated meets a defence: {text}."


def responsibility_reason(age: int, accused: AgeRange | None) -> str:
    """Why nobody that young can commit an offence there."""
    stated = f" The accused is said to be {stated_age(accused)}." if accused else ""
    return f"Nobody under {age} can commit an offence there on that day.{stated}"


def responsibility_text(age: int | None) -> str:
    """The age of criminal responsibility on the day, or that none was found."""
    if age is None:
        return (
            "No rule on the age of criminal responsibility was found for this day,"
            " so age alone rules nothing out."
        )
    return f"The age of criminal responsibility on this day is {age}."


def uncertain_start(window: rows.Window) -> str:
    """Why it is not known whether an offence was law yet on the day."""
    parts = []
    certainty = slug_of(window.certainty)
    if certainty == "latest-possible" and window.start:
        parts.append(f"The first day was not found; it was law by {day(window.start)}.")
    elif certainty == "made-date" and window.start:
        made = day(window.start)
        parts.append(f"It was made on {made}; the day on which it started was not found.")
    else:
        parts.append("The day on which it starts is not established.")
    if window.not_before:
        parts.append(NOT_YET.format(not_before=day(window.not_before)))
    if window.known_by:
        parts.append(f"It was law by {day(window.known_by)}.")
    return " ".join(parts)


def unsettled_row(label: str) -> str:
    """Why an offence may or may not have covered what was asked on the day."""
    return (
        f"It is not established that on this day the offence already covered: {first_lower(label)}."
    )


def summary(
    place: str,
    on: date,
    *,
    names: dict[str, list[str]],
    likely: int,
    unknown: int,
    facts: bool,
) -> str:
    """The first words of the answer for a nation.

    ``names`` are the citations of the offences by state, those confirmed only; ``likely`` counts
    those that rest on general knowledge, ``unknown`` those that cannot be settled; ``facts`` says
    whether any fact was stated.
    """
    to_what = " to these facts" if facts else ""
    applying, ruled_out = names["applies"], names["ruled-out"]
    if not applying:
        said = f"no offence that we could confirm applies{to_what}"
    elif len(applying) == 1:
        said = f"1 offence applies{to_what}: {applying[0]}"
    else:
        said = f"{len(applying)} offences apply{to_what}{_listed(applying)}"
    more = []
    if ruled_out and not applying:
        more.append(f"What is stated rules out {_some(ruled_out)}.")
    if likely:
        more.append(f"{_count(likely)} likely, not confirmed by us from an official source.")
    if unknown:
        more.append(f"{_count(unknown)} unknown: the reason is given below.")
    return " ".join([f"In {place}, on {day(on)}, {said}.", *more])


def _listed(names: list[str]) -> str:
    """Names after a count: all of a few, some of many."""
    few = len(names) <= FEW
    return f": {'; '.join(names)}" if few else f", among them {'; '.join(names[: FEW - 1])}"


def _some(names: list[str]) -> str:
    """A few names, and how many more there are."""
    more = len(names) - FEW
    return "; ".join(names[:FEW]) + (f" and {more} more" if more > 0 else "")


def _count(number: int) -> str:
    return f"{number} more {'is' if number == 1 else 'are'}"


def nobody_that_young(place: str, on: date, age: int) -> str:
    """The first sentence where the accused is under the age of criminal responsibility."""
    return (
        f"In {place}, on {day(on)}, nobody under {age} can commit an offence, so none applies."
        " The rules below say what else there is."
    )


def would_add(age: AgeRange) -> str:
    """What stating a young age would add to the answer."""
    return (
        f"No age of the person shown was stated. If that person is {stated_age(age)},"
        " these are met as well."
    )


def after_checked(on: date, checked_on: date) -> str:
    """The warning that the day asked about is later than the day the data was checked."""
    return (
        f"{day(on)} is after the day on which the law was last checked here, {day(checked_on)}."
        " The answer is the law as it stood when last checked: it may have changed since."
    )


def from_to(was: object, now: object) -> str:
    """A change in a few words; None is nothing."""
    if was is None:
        return f"From this day: {now}."
    return f"No longer: {was}." if now is None else f"Before: {was}. From this day: {now}."


def goes_on_across(on: date) -> str:
    """What is said of conduct that does not stop at a boundary."""
    return (
        f"Conduct that goes on across {day(on)}, such as a course of conduct or something that is"
        " still kept, spans two versions of the law. Which of them governs the whole depends on"
        " the charge. That is a question for a lawyer, and is not decided here."
    )


def first_lower(text: str) -> str:
    """A label for the middle of a sentence; abbreviations keep their capitals."""
    return text if len(text) > 1 and text[:2].isupper() else text[:1].lower() + text[1:]


def guidance_note(on: date, found: bool, *, recorded: bool = True) -> str:
    """How to read the guidance of an answer, or what it means that there is none.

    ``recorded``: the data that answers has guidance at all, in any nation on any day.
    """
    if not recorded:
        return NONE_RECORDED
    if not found:
        return (
            f"No guidance that was in effect on {day(on)} is recorded here. That is not to say that"
            " there was none: ask the prosecution service and the police of the nation."
        )
    return (
        f"As on {day(on)}. Where a document is marked unknown, it may or may not have been in"
        " effect, and the reason is given."
    )
