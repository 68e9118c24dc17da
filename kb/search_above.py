"""What stands above the results of a search: the law it cites, the question it asks, whom to call.

Where nothing was found it is what is not covered here, and who can be asked instead.
"""

from dataclasses import dataclass
from datetime import date

from kb.advice_answer_model import ServiceAnswer
from kb.advice_answers import urgent_services
from kb.advice_model import Service
from kb.citation_model import AMBIGUOUS, NOT_HELD, ONE, Citation
from kb.knowledge import Knowledge
from kb.schemes import Schemes
from kb.search_index import SearchIndex
from kb.search_model import SearchAnswer
from kb.search_question import QuestionRead
from kb.terms import slug_of
from kb.views import CoverageView
from kb.wording import day, first_lower, stated_age

HELP, FIRST, MOST = "service", 3, 4


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question about the law that a search asks: as parameters of ``/law``, and in words."""

    parameters: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class Above:
    """What stands above the results.

    ``citation`` is the whole search read as one, unless it names nothing for sure; ``service`` is
    among the first results. Where there are none, ``coverage`` says what is not covered and
    ``instead`` who can be asked.
    """

    citation: Citation | None
    question: Question | None
    service: Service | None
    coverage: tuple[CoverageView, ...]
    instead: tuple[ServiceAnswer, ...]


def goes_to(index: SearchIndex, words: str) -> str | None:
    """The page of what a search names by nothing but its citation or its address, if it does."""
    number = index.addresses.get(words.strip())
    if number is not None:
        return index.documents[number].url
    meant = index.meaning.read(words) if index.meaning else None
    if meant and meant.whole and meant.whole.status == ONE:
        return f"/legislation/{meant.whole.matches[0].ref.id}"
    return None


def above(known: Knowledge, index: SearchIndex, answer: SearchAnswer) -> Above:
    """What stands above the results of an answer."""
    words = answer.asked.words
    meant = index.meaning.read(words) if index.meaning else None
    whole = meant.whole if meant else None
    nations = answer.asked.kept_to("nation") or known.schemes.slugs("nations")
    return Above(
        citation=whole if whole and whole.status in (ONE, AMBIGUOUS, NOT_HELD) else None,
        question=_question(meant.question, known.schemes) if meant and not whole else None,
        service=_service(known, answer),
        coverage=tuple(c for c in known.library.coverage() if c.nation in nations)
        if answer.no_result
        else (),
        instead=urgent_services(known.advice, nations, on=known.checked_on, most=MOST)
        if answer.no_result
        else (),
    )


def _service(known: Knowledge, answer: SearchAnswer) -> Service | None:
    """The service that is among the first results, if it runs anywhere on the day."""
    if answer.asked.page > 1:
        return None
    for hit in answer.hits[:FIRST]:
        if hit.kind == HELP and hit.nations:
            return known.advice.services[hit.id]
    return None


def _question(read: QuestionRead, schemes: Schemes) -> Question | None:
    """The question that a search asks, if it says enough for an answer."""
    if not read.worth_asking:
        return None
    where = [_label(schemes, "nations", slug) for slug in read.nations]
    ages = {
        "the person shown": read.depicted_age,
        "the one who did it": read.accused_age,
        "the other person": read.recipient_age,
    }
    facts = [
        *(first_lower(_label(schemes, "conducts", slug)) for slug in read.conducts),
        *(first_lower(_label(schemes, "materials", slug)) for slug in read.materials),
        *(f"age of {whose}: {stated_age(age)}" for whose, age in ages.items() if age),
    ]
    place = ", ".join((" and ".join(where) or "All nations", _when(read)))
    said = f"{place}: {'; '.join(facts)}" if facts else place
    return Question(parameters=read.parameters, words=said)


def _when(read: QuestionRead) -> str:
    if read.on:
        return day(read.on)
    if read.start and read.end:
        last = date.fromordinal(read.end.toordinal() - 1)
        return f"{day(read.start)} to {day(last)}"
    return "today"


def _label(schemes: Schemes, scheme: str, slug: str) -> str:
    return next(c.label for c in schemes.scheme(scheme) if slug_of(c.address) == slug)
