"""What each column of each table holds: for the tables, their CSVW descriptions and their page."""

OFFENCE = (
    ("offence", "The offence, by the last part of its identifier."),
    ("label", "What the offence is."),
    ("provision", "The provision that creates it, as it is cited."),
    ("provision_address", "The official address of that provision."),
)
NATION = ("nation", "The nation in which it holds: a word of the scheme of nations.")
DAYS = (
    ("start", "The first day; empty: as long as the thing it is about, or not established."),
    ("end", "The first day on which it no longer holds; empty: it has not ended."),
)
BOUNDS = (
    ("start_certainty", "What the start is worth: a word of the scheme of start certainties."),
    ("not_before", "A day before which it certainly did not hold."),
    ("known_by", "A day on which it certainly held."),
)
READ = (
    ("confidence", "How it was read: a word of the scheme of confidences."),
    ("fact", "The identifier of the fact, where its sources are."),
)
NOTE = ("note", "What there is to add.")
REPLACED = ("replaced_by", "What took its place, by the last part of the identifier.")
STATUS = ("status", "What was seen of its state when the entry was made.")
ADDRESS = ("address", "Where it is published.")

Columns = tuple[tuple[str, str], ...]
COLUMNS: dict[str, Columns] = {
    "offence-windows": (
        *OFFENCE,
        NATION,
        *DAYS,
        *BOUNDS,
        ("scope", "That it is law for some purposes only, and for which."),
        ("commenced_by", "What brought it into force."),
        ("ended_by", "What ended it."),
        NOTE,
        *READ,
    ),
    "penalties": (
        *OFFENCE,
        NATION,
        *DAYS,
        ("tried", "The way of trial for which the maximum holds."),
        ("case", "For which cases it holds; empty: for all."),
        ("months", "The most custody in months; 0: none; empty: life, or set by a rule."),
        ("months_rule", "The rule that sets the months by the day of conviction."),
        ("life", "Whether it is custody for life."),
        ("fine", "Whether there can be a fine; empty: not recorded."),
        ("text", "The maximum in words."),
        ("penalty_provision", "The provision that sets it."),
        NOTE,
        *READ,
    ),
    "guidance": (
        ("guidance", "The document, by the last part of its identifier."),
        ("title", "Its title as published."),
        ("bodies", "Who published it."),
        ("kind", "What the document is for."),
        NATION,
        *DAYS,
        *BOUNDS,
        ("end_not_before", "A day before which it was certainly still in effect."),
        ("ended_as", "What it is once its days are over."),
        REPLACED,
        ("audiences", "Whom it is written for."),
        ("topics", "The headings under which it can be browsed."),
        STATUS,
        ADDRESS,
        NOTE,
        *READ,
    ),
    "services": (
        ("service", "The service, by the last part of its identifier."),
        ("title", "Its name."),
        ("run_by", "Who runs it."),
        ("kinds", "What it does."),
        ("audiences", "Whom it is for."),
        ("nations", "Where it can be reached in this way."),
        ("channel", "By which way it is reached."),
        ("contact", "The number, address or page."),
        ("hours", "When it is answered."),
        ("verify", "What is not confirmed and should be checked before use."),
        ("for_whom", "Whom it is for, in words."),
        STATUS,
        REPLACED,
        ADDRESS,
        ("checked_on", "The day on which the entry was checked."),
        *READ,
    ),
    "claims": (
        ("claim", "The claim, by the last part of its identifier."),
        ("page", "The published page that makes it."),
        ("lines", "On which lines of the copy that was read."),
        ("kind", "What the claim is about."),
        ("text", "The claim, restated in our own words."),
        ("nations", "The nations that it names."),
        ("implied_nations", "The nations of its readers, where it names none."),
        ("verdicts", "How it stands; empty: it was not checked against the law."),
        ("why", "Why the verdict is as it is."),
        ("right_position", "What is right instead, or as well."),
        ("provisions", "The provisions that this rests on."),
        ("as_of", "The day as of which the verdict holds."),
        *READ,
    ),
}
TITLES = {
    "offence-windows": "Offences, nation by nation: from when to when each is law",
    "penalties": "Maximum penalties, nation by nation and over time",
    "guidance": "Guidance documents, and when each is in effect in which nation",
    "services": "Services, and every way to reach them",
    "claims": "Claims of published pages, with verdicts",
}
DATES = ("start", "end", "not_before", "known_by", "end_not_before", "as_of", "checked_on")
