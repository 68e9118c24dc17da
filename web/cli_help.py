"""What to do now and whom to call in a nation, and its guidance, in short, for a terminal."""

from collections.abc import Iterator

from kb.advice_answer_model import GuidanceAnswer, ServiceAnswer
from kb.advice_model import Contact
from kb.answers import NationAnswer
from kb.document_states import CURRENT
from kb.schemes import Schemes
from kb.wording import day, first_lower
from web.cli_layout import bullet, heading, sentence, wrapped

KINDS = ("now", "never", "refer-when")
SERVICES = 6
MORE = (
    "`--json` has all of it: who says so, exceptions, whom to report to, what documents say, and"
    " what people often get wrong."
)
ONE_NATION = "What to do now, whom to call and guidance: ask about one nation with --nation."


def help_lines(nations: tuple[NationAnswer, ...], *, schemes: Schemes) -> Iterator[str]:
    """The points of practice that matter most, services, titles of guidance: of one nation only."""
    if len(nations) > 1:
        yield ""
        yield wrapped(ONE_NATION)
        return
    (nation,) = nations
    if nation.help is None or not (nation.help.practice or nation.guidance):
        return
    yield ""
    yield heading(f"What to do now in {nation.label}")
    yield wrapped(f"As on {day(nation.help.on)}, whatever day is asked about.")
    for role in nation.help.roles:
        label = schemes.concept("audiences", role.role, parameter="role").label
        yield wrapped(f"{label}: here the {role.name}.")
    for kind in KINDS:
        found = [point.label for point in nation.help.practice if point.kind == kind]
        label = schemes.concept("practice-kinds", kind, parameter="kind").label
        yield from _listed(label, (sentence(text) for text in found))
    services = nation.help.services[:SERVICES]
    yield from _listed("Whom to call", (_service(one, schemes) for one in services))
    yield from _listed(
        "Guidance on the day asked about", (_document(one, schemes) for one in nation.guidance)
    )
    yield wrapped(MORE)


def _listed(name: str, texts: Iterator[str]) -> Iterator[str]:
    found = list(texts)
    if found:
        yield heading(name)
        yield from map(bullet, found)


def _service(one: ServiceAnswer, schemes: Schemes) -> str:
    """A service with each way to reach it, and what of that is to be checked."""
    ways = "; ".join(_contact(way, schemes) for way in one.contacts)
    unsure = f" [check: {one.verify}]" if one.verify and not _checked(one) else ""
    return f"{one.title}: {ways or one.address or one.contact}{unsure}"


def _checked(one: ServiceAnswer) -> bool:
    """Is it said of any way to reach a service what has to be checked?"""
    return any(way.verify for way in one.contacts)


def _contact(way: Contact, schemes: Schemes) -> str:
    channel = schemes.concept("channels", way.channel, parameter="channel").label
    unsure = f" [check: {way.verify}]" if way.verify else ""
    return f"{way.value} ({first_lower(channel)}){unsure}"


def _document(one: GuidanceAnswer, schemes: Schemes) -> str:
    """The title of a document, with its state unless it is current."""
    if one.state == CURRENT:
        return f"{one.title} [{one.id}]"
    state = schemes.concept("document-states", one.state, parameter="state").label
    return f"{one.title} [{one.id}]: {first_lower(state)} on the day"
