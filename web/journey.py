"""/ask: the journey to an answer, one question a page; each address has all that was answered."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.errors import QuestionError
from web.journey_answers import FIELDS, WHAT, WHEN, WHERE, WHO, following, read_answer
from web.journey_asked import CHECK, Journey, read_journey
from web.journey_check import check_page
from web.journey_pages import step_address, step_page
from web.state import knowledge

ANSWERED = "answered"  # names the page that a form was sent from

blueprint = Blueprint("journey", __name__, url_prefix="/ask")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
def what() -> Answer:
    """What happened, in everyday words?"""
    return _step(WHAT)


@blueprint.get("/where")
def where() -> Answer:
    """In which nation?"""
    return _step(WHERE)


@blueprint.get("/when")
def when() -> Answer:
    """On which day, or between which days?"""
    return _step(WHEN)


@blueprint.get("/who")
def who() -> Answer:
    """How old were the people, and what else of them bears on the law?"""
    return _step(WHO)


@blueprint.get("/check")
def check() -> Answer:
    """Every answer in words, before the question is asked."""
    journey, wrong = read_journey(request.args.to_dict(flat=False), schemes=knowledge().schemes)
    if wrong:
        return _refused(CHECK, journey, wrong)
    try:
        page = check_page(journey, knowledge())
    except QuestionError as error:
        return _refused(WHEN, journey, (error,))
    return render_template("journey/check.html", page=page)


def _step(step: str) -> Answer:
    """A page that asks; what was entered on it leads on, or back to it with what is wrong."""
    known, given = knowledge(), request.args.to_dict(flat=False)
    sent = given.pop(ANSWERED, None) == [step]
    entered = {name: given.pop(name) for name in FIELDS[step] if sent and name in given}
    before, refused = read_journey(given, schemes=known.schemes)
    try:
        if refused:
            return _refused(step, before, refused)
        if not sent:
            page = step_page(step, journey=before, known=known)
            return render_template(f"journey/{step}.html", page=page)
        read = read_answer(step, entered, before=before, schemes=known.schemes)
        if not read.wrong:
            return redirect(_onward(step, read.journey), 303)
        page = step_page(step, journey=before, known=known, entered=entered, wrong=read.wrong)
    except QuestionError as error:
        return _refused(step if sent else WHEN, before, (error,))
    return render_template(f"journey/{step}.html", page=page), 400


def _onward(step: str, journey: Journey) -> str:
    """The next page: the one that checks the answers, where one of them was changed from there."""
    if "then" not in journey.stated:
        return step_address(following(step), journey)
    said = {name: value for name, value in journey.stated.items() if name != "then"}
    changed = Journey(situations=journey.situations, nations=journey.nations, stated=said)
    return step_address(CHECK, changed)


def _refused(step: str, journey: Journey, wrong: tuple[QuestionError, ...]) -> tuple[str, int]:
    """That an address cannot be read, what would be right, and the way back with the rest of it."""
    back = step_address(step, journey)
    page = render_template("journey/refused.html", wrong=wrong, back=back)
    return page, 400
