"""What the page of an offence shows: its state on a day first, then everything on all days."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from kb.advice_answer_model import GuidanceAnswer
from kb.answers import OffenceAnswer
from kb.catalogue import grouped, in_effect
from kb.citation import printed
from kb.citation_model import Printed
from kb.knowledge import Knowledge
from kb.model import Asked, Penalty
from kb.offence_day import OffenceThere
from kb.views import OffenceView, WindowView
from web.timeline_pictures import Figure, offence_figure

LIKELY = "likely"
# What is said of an offence or provision on a day, in the order of the sentence.
SAID: dict[str, LazyString] = {
    "applies": _("law in %(places)s"),
    LIKELY: _("likely law in %(places)s, not confirmed by us from an official source"),
    "not-yet-in-force": _("not yet law in %(places)s"),
    "ended": _("no longer law in %(places)s"),
    "does-not-extend": _("not law in %(places)s"),
    "unknown": _("in %(places)s we cannot say"),
}
AND = _("%(first)s and %(last)s")


@dataclass(frozen=True, kw_only=True)
class Discussing:
    """A document that discusses the offence, and the nations in which it is in effect that day."""

    document: GuidanceAnswer
    nations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Alike:
    """The nations of which the same is said on the day."""

    nations: tuple[str, ...]
    label: str
    answer: OffenceAnswer


@dataclass(frozen=True, kw_only=True)
class OffencePage:
    """An offence: ``said`` is its state on the day, ``alike`` the same in full.

    ``windows`` are under every nation there is, ``there`` is under those that were asked about.
    """

    offence: OffenceView
    on: date
    said: str
    there: tuple[OffenceThere, ...]
    alike: tuple[Alike, ...]
    guidance: tuple[Discussing, ...]
    picture: Figure
    cited: Printed
    windows: dict[str, tuple[WindowView, ...]]

    @property
    def nations(self) -> int:
        """In how many nations it ever is law."""
        return sum(bool(found) for found in self.windows.values())

    def holds(self, penalty: Penalty) -> bool:
        """Is it the maximum on the day, where the offence is law then and was asked about?"""
        law = {one.nation for one in self.there if one.answer.state in ("applies", "unknown")}
        return in_effect(penalty, self.on) and bool(law & set(self.offence.there[penalty.fact]))


def offence_page(slug: str, asked: Asked, *, known: Knowledge) -> OffencePage:
    """Everything about an offence, as of a day; raises NotFound."""
    found = known.library.offence(slug)
    there = known.offence_on(slug, asked)
    return OffencePage(
        offence=found,
        on=asked.on,
        said=state_said((_state(one), one.label) for one in there),
        there=there,
        alike=tuple(_alike(there)),
        guidance=_discussing(there),
        picture=offence_figure(known.library, found),
        cited=printed(known.catalogue, found.provision.uri, found.provision.limb),
        windows=windows_by_nation(found.windows, nations=known.schemes.slugs("nations")),
    )


def state_said(places: Iterable[tuple[str, str]]) -> str:
    """States with the places that they are in, as one phrase: ``law in A; not yet law in B``."""
    by_state = grouped(places, lambda place: place[0])
    return "; ".join(
        str(words) % {"places": listed([label for _, label in by_state[state]])}
        for state, words in SAID.items()
        if state in by_state
    )


def _state(there: OffenceThere) -> str:
    answer = there.answer
    return LIKELY if answer.state == "applies" and answer.likely_only else answer.state


def _alike(there: tuple[OffenceThere, ...]) -> Iterator[Alike]:
    """What is said of the nations, once for those of which it is the same."""
    for found in grouped(there, lambda one: _told(one.answer)).values():
        yield Alike(
            nations=tuple(one.nation for one in found),
            label=listed([one.label for one in found]),
            answer=found[0].answer,
        )


def _told(answer: OffenceAnswer) -> tuple[Hashable, ...]:
    """All that the page says of an offence on the day in one nation."""
    return (
        answer.state,
        answer.start,
        answer.end,
        answer.scope,
        tuple((other.id, other.state) for other in answer.instead or ()),
        tuple(other.id for other in answer.replaced_by or ()),
        tuple(reason.text for reason in answer.why or ()),
        answer.still_chargeable and answer.still_chargeable.text,
    )


def listed(names: list[str]) -> str:
    """Names in a sentence: ``A``, ``A and B``, ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return str(AND) % {"first": ", ".join(names[:-1]), "last": names[-1]}


def windows_by_nation(
    windows: tuple[WindowView, ...], *, nations: tuple[str, ...]
) -> dict[str, tuple[WindowView, ...]]:
    """The windows under every nation, those that have none included."""
    return {nation: tuple(w for w in windows if w.nation == nation) for nation in nations}


def _discussing(there: tuple[OffenceThere, ...]) -> tuple[Discussing, ...]:
    """The documents of all nations, each once."""
    found = [(one, document) for one in there for document in one.guidance]
    by_id = grouped(found, lambda pair: pair[1].id)
    return tuple(
        Discussing(document=pairs[0][1], nations=tuple(one.nation for one, _ in pairs))
        for pairs in by_id.values()
    )
