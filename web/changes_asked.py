"""What is asked of the changes: a period, and what they are kept to; read for pages and tools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

from kb.asked import BadDay, parse_asked, parse_day, today
from kb.changes_between import changes_between
from kb.errors import NotFound, QuestionError, UnknownValue
from kb.knowledge import Knowledge
from kb.model import Asked
from kb.releases import PARAMETER
from web.params import DAY_EXAMPLE, BadParameter, Parameter, refuse_others
from web.period_page import LAST

YEAR = timedelta(days=365)
DAY = timedelta(days=1)
NOT_ASKED_AGAIN = ("on", "from", "to", LAST, PARAMETER)
ANSWERS = ("/law", "/api/v1/law")


def _day(name: str, description: str, *, needed: bool = False) -> Parameter:
    return Parameter(
        name=name,
        description=f"{description}, year-month-day.",
        needed=needed,
        examples=(DAY_EXAMPLE,),
        written={"format": "date"},
    )


CHANGES = (
    _day(
        "from",
        "The first day. If none is stated a year before `to`; for one offence or provision,"
        " the day of its first change",
    ),
    _day("to", "The first day that is not meant any more. Tomorrow in London if none is stated"),
    Parameter(name="nation", scheme="nations", description="Only what changes there.", written={}),
    Parameter(
        name="kind", scheme="change-kinds", description="Only changes of this kind.", written={}
    ),
    Parameter(name="topic", scheme="topics", description="Only what is in this topic.", written={}),
    Parameter(
        name="offence",
        description="Only what changes about this offence (its id: they are at /api/v1/offences).",
        examples=("pca-1978-s1-1-a",),
        written={},
    ),
    Parameter(
        name="provision",
        description="Only what changes about this provision or instrument (its path).",
        examples=("ukpga/1978/37/section/1",),
        written={},
    ),
)
SINCE = (
    Parameter(
        name="answer",
        description="The address of an answer, from /law on: its parameters are asked again for"
        " both days; its own day does not count.",
        needed=True,
        examples=("/law?consent=no",),
        written={},
    ),
    _day("taught", "The day on which the answer was used", needed=True),
    _day("on", "The day to compare with. Today in London if none is stated"),
)


class BadAnswer(QuestionError):
    """Not the address of an answer of this site."""

    def __init__(self, value: str) -> None:
        self.parameter, self.value = "answer", value
        self.valid = tuple(f"{path}?…" for path in ANSWERS)
        super().__init__(
            f"answer cannot be {value!r}. It is the address of an answer here: /law? and the"
            " parameters of the question."
        )


@dataclass(frozen=True, kw_only=True)
class ChangesAsked:
    """From ``start`` up to and without ``end``; None keeps to nothing."""

    start: date
    end: date
    nation: str | None = None
    kind: str | None = None
    topic: str | None = None
    offence: str | None = None
    provision: str | None = None


@dataclass(frozen=True, kw_only=True)
class SinceAsked:
    """The question of an answer, as on the day it was used and as on a later day."""

    answer: str
    taught: Asked
    now: Asked


def read_changes(given: Mapping[str, Sequence[str]], *, known: Knowledge) -> ChangesAsked:
    """The period and the rest that a query string names; raises a QuestionError."""
    refuse_others(given, CHANGES, schemes=known.schemes)
    stated = {name: values[0].strip() for name, values in given.items() if values[0].strip()}
    offence = _offence(stated.get("offence"), known=known)
    provision = _provision(stated.get("provision"), known=known)
    end = _read_day(stated, "to") or today() + DAY
    start = _read_day(stated, "from") or _first_day(known, end, offence, provision)
    if start > end:
        raise BadParameter(
            f"from cannot be {str(start)!r}: it is after to, {end}.",
            parameter="from",
            value=str(start),
            valid=(DAY_EXAMPLE,),
        )
    return ChangesAsked(
        start=start,
        end=end,
        nation=_word(stated, "nation", "nations", known=known),
        kind=_word(stated, "kind", "change-kinds", known=known),
        topic=_word(stated, "topic", "topics", known=known),
        offence=offence,
        provision=provision,
    )


def read_since(given: Mapping[str, Sequence[str]], *, known: Knowledge) -> SinceAsked:
    """The answer and the two days that a query string names; raises a QuestionError."""
    refuse_others(given, SINCE, schemes=known.schemes)
    stated = {name: values[0].strip() for name, values in given.items() if values[0].strip()}
    for parameter in SINCE:
        if parameter.needed and parameter.name not in stated:
            raise BadParameter(
                f"{parameter.name} is missing. {parameter.description}",
                parameter=parameter.name,
                value="",
                valid=parameter.examples,
            )
    question = read_answer(stated["answer"])
    taught, on = _read_day(stated, "taught"), _read_day(stated, "on") or today()
    now, then = (
        parse_asked({**question, "on": [str(day)]}, schemes=known.schemes) for day in (on, taught)
    )
    return SinceAsked(answer=stated["answer"], taught=then, now=now)


def read_answer(address: str) -> dict[str, list[str]]:
    """The parameters of an answer's address but for its days and release; nothing is fetched."""
    try:
        found = urlsplit(address)
    except ValueError as error:
        raise BadAnswer(address) from error
    if not found.path.endswith(ANSWERS) or found.scheme not in ("", "http", "https"):
        raise BadAnswer(address)
    stated = parse_qs(found.query, max_num_fields=200)
    return {name: values for name, values in stated.items() if name not in NOT_ASKED_AGAIN}


def day_of_answer(address: str) -> date | None:
    """The day, or first day, that an answer's address is about, if it states one."""
    stated = parse_qs(urlsplit(address).query)
    try:
        return parse_day((stated.get("on") or stated.get("from") or [""])[0])
    except BadDay:
        return None


def _read_day(stated: Mapping[str, str], name: str) -> date | None:
    if name not in stated:
        return None
    try:
        return parse_day(stated[name], parameter=name)
    except BadDay as error:
        raise BadParameter(
            str(error), parameter=name, value=stated[name], valid=(DAY_EXAMPLE,)
        ) from error


def _first_day(known: Knowledge, end: date, offence: str | None, provision: str | None) -> date:
    """A year before the end; for one offence or provision, the day of its first change."""
    if offence or provision:
        about = {"offence": offence, "provision": provision}
        found = changes_between(
            known.catalogue, known.schemes, known.advice, start=date.min, end=end, **about
        )
        if found:
            return found[0].on
    return end - YEAR if end.toordinal() > YEAR.days else date.min


def _word(stated: Mapping[str, str], name: str, scheme: str, *, known: Knowledge) -> str | None:
    """A word of a scheme; raises UnknownValue, which names the words there are."""
    value = stated.get(name)
    return known.schemes.concept(scheme, value, parameter=name).slug if value else None


def _offence(slug: str | None, *, known: Knowledge) -> str | None:
    ids = tuple(offence.id for offence in known.library.offences())
    if slug and slug not in ids:
        raise UnknownValue("offence", slug, ids)
    return slug


def _provision(path: str | None, *, known: Knowledge) -> str | None:
    if path is None:
        return None
    try:
        return known.library.provision(path).id
    except NotFound:
        pass
    try:
        return known.library.instrument(path).id
    except NotFound as error:
        paths = tuple(instrument.id for instrument in known.library.instruments())
        raise BadParameter(
            f"provision cannot be {path!r}: it is the path of a provision or instrument here.",
            parameter="provision",
            value=path,
            valid=paths,
        ) from error
