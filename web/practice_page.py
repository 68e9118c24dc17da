"""What the pages about practice show: points by kind, in a nation's words or in neutral ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.advice import standing_on
from kb.advice_answer_model import PracticeAnswer
from kb.advice_answers import practice_given, practice_in
from kb.advice_found import practice_found
from kb.advice_model import Practice, RoleName, SaidBy, Thing
from kb.catalogue import grouped
from kb.claim_model import Claim
from kb.knowledge import Knowledge
from kb.wording import first_lower
from web.advice_asked import AdviceAsked
from web.advice_standing import StateLine, shown

FILTERS = ("nation", "audience", "kind", "topic")


@dataclass(frozen=True, kw_only=True)
class Saying:
    """A document that gives a point, in which nations, how it stands there, and how it differs."""

    document: Thing
    nations: tuple[str, ...]
    states: tuple[StateLine, ...]
    text: str | None
    confidence: str


@dataclass(frozen=True, kw_only=True)
class PointShown:
    """A point of practice as it is worded for the reader, who says it, and for which nations."""

    id: str
    label: str
    text: str
    said_by: tuple[Saying, ...]
    nations: tuple[str, ...]

    @property
    def confidence(self) -> str | None:
        """How the document was read that was read most closely; None if no document says it."""
        return self.said_by[0].confidence if self.said_by else None


@dataclass(frozen=True, kw_only=True)
class KindOfPractice:
    """The points of one kind, the most urgent first."""

    kind: str
    points: tuple[PointShown, ...]


@dataclass(frozen=True, kw_only=True)
class PracticePage:
    """The list: what comes ``first``, and ``more`` that is folded where nothing narrows the list.

    ``left_out`` counts the points that no document in use gives there on the day; where no nation
    is chosen they are ``gone``.
    """

    asked: AdviceAsked
    first: tuple[KindOfPractice, ...]
    more: tuple[KindOfPractice, ...]
    total: int
    left_out: int
    gone: tuple[PointShown, ...]
    roles: tuple[RoleName, ...]
    past: bool


@dataclass(frozen=True, kw_only=True)
class InNation:
    """A point in the words of a nation; None where no document gives it there."""

    nation: str
    point: PracticeAnswer | None


@dataclass(frozen=True, kw_only=True)
class PointPage:
    """One point: in neutral words, in those of each nation, and with every document.

    ``there`` is the nation of the reader, if one is chosen.
    """

    asked: AdviceAsked
    practice: Practice
    point: PointShown
    nations: tuple[InNation, ...]
    there: InNation | None
    claims: tuple[Claim, ...]
    past: bool


def practice_page(asked: AdviceAsked, *, known: Knowledge) -> PracticePage:
    """Arrange the points that a question keeps to, as on its day."""
    found = practice_found(known.advice, **asked.kept_to(*FILTERS))
    given = practice_given(known.advice, asked.nations, on=asked.on)
    in_use = tuple(practice for practice in found if practice.id in given)
    points = tuple(_worded(in_use, asked, known=known))
    elsewhere = practice_found(known.advice, **asked.kept_to(*FILTERS) | {"nation": None})
    by_kind = grouped(points, lambda point: known.advice.practice[point.id].kind)
    kinds = tuple(
        KindOfPractice(kind=kind, points=by_kind[kind])
        for kind in known.schemes.slugs("practice-kinds")
        if kind in by_kind
    )
    first = known.advice.shown if not (asked.kind or asked.topic) else frozenset(by_kind)
    return PracticePage(
        asked=asked,
        first=tuple(group for group in kinds if group.kind in first),
        more=tuple(group for group in kinds if group.kind not in first),
        total=len(points),
        left_out=len(elsewhere) - len(points),
        gone=()
        if asked.nation
        else tuple(_neutral(one, asked, known=known) for one in found if one.id not in given),
        roles=known.advice.roles_in(asked.nation) if asked.nation else (),
        past=asked.on < known.checked_on,
    )


def point_page(practice: Practice, asked: AdviceAsked, *, known: Knowledge) -> PointPage:
    """Arrange one point for reading, as on a day."""
    nations = tuple(
        InNation(nation=nation, point=_in_words_of(nation, asked, known=known).get(practice.id))
        for nation in known.schemes.slugs("nations")
    )
    return PointPage(
        asked=asked,
        practice=practice,
        point=_neutral(practice, asked, known=known),
        nations=nations,
        there=next((one for one in nations if one.nation == asked.nation), None),
        claims=tuple(known.advice.claims[thing.id] for thing in practice.claims),
        past=asked.on < known.checked_on,
    )


def neutral_text(text: str, *, known: Knowledge) -> str:
    """A text with roles named by no nation's word: as the scheme of audiences calls them."""
    for role in known.schemes.scheme("audiences"):
        text = text.replace(f"{{{role.slug}}}", first_lower(role.label))
    return text


def _worded(
    found: Iterable[Practice], asked: AdviceAsked, *, known: Knowledge
) -> Iterable[PointShown]:
    if not asked.nation:
        yield from (_neutral(practice, asked, known=known) for practice in found)
        return
    there = _in_words_of(asked.nation, asked, known=known)
    for practice in found:
        answer = there[practice.id]
        yield PointShown(
            id=answer.id,
            label=answer.label,
            text=answer.text,
            said_by=_sayings(practice, (asked.nation,), asked, known=known),
            nations=(asked.nation,),
        )


def _in_words_of(nation: str, asked: AdviceAsked, *, known: Knowledge) -> dict[str, PracticeAnswer]:
    answers = practice_in(known.advice, nation, on=asked.on)
    return {answer.id: answer for answer in answers}


def _neutral(practice: Practice, asked: AdviceAsked, *, known: Knowledge) -> PointShown:
    nations = known.schemes.slugs("nations")
    said_by = _sayings(practice, nations, asked, known=known)
    there = {nation for one in said_by for nation in one.nations}
    return PointShown(
        id=practice.id,
        label=neutral_text(practice.label, known=known),
        text=neutral_text(practice.text, known=known),
        said_by=said_by,
        nations=tuple(nation for nation in nations if nation in there),
    )


def _sayings(
    practice: Practice, nations: tuple[str, ...], asked: AdviceAsked, *, known: Knowledge
) -> tuple[Saying, ...]:
    """The documents that give a point in some nations; what holds no longer is left out."""
    on = asked.on
    found = (
        _saying(one, tuple(n for n in nations if n in one.nations), on=on, known=known)
        for one in practice.said_by
        if set(nations) & set(one.nations)
        and (one.start is None or one.start <= on)
        and (one.end is None or on < one.end)
    )
    confidences = known.schemes.slugs("confidences")
    return tuple(sorted(found, key=lambda one: confidences.index(one.confidence)))


def _saying(one: SaidBy, nations: tuple[str, ...], *, on: date, known: Knowledge) -> Saying:
    document = known.advice.guidance.get(one.document.id)
    states: tuple[StateLine, ...] = ()
    if document and one.document.kind == "guidance":
        (standing,) = standing_on((document,), on=on, nations=nations)
        states = shown(standing).lines
    return Saying(
        document=one.document,
        nations=nations,
        states=states,
        text=one.text,
        confidence=one.confidence,
    )
