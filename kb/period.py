"""Which law applies to what was done over a period: cut where the answer changes, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kb import naming, wording
from kb.answers import LawAnswer, NationAnswer
from kb.boundaries import boundaries
from kb.catalogue import Catalogue
from kb.law import LawContext, which_law
from kb.library_rows import ExpressionRow
from kb.model import AskedPeriod
from kb.part_changes import part_changes
from kb.period_model import (
    LawyerQuestion,
    NationOver,
    OffenceOver,
    Part,
    PeriodAnswer,
    Saving,
    Stretch,
    VersionThen,
)
from kb.savings import NOT_RECORDED, savings_over
from kb.standing import OPEN, NationStanding, standing
from kb.terms import identifier, slug_of

ELSEWHERE = "does-not-extend"
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class _Cut:
    """A stretch in which the answer is the same, and the answer on its first day."""

    start: date
    answer: LawAnswer
    stands: dict[str, NationStanding]


def law_over(context: LawContext, asked: AskedPeriod) -> PeriodAnswer:
    """Answer for a period: parts of one answer each, that together are the period exactly."""
    cuts = tuple(_merged(_cuts(context, asked)))
    parts = tuple(_parts(context, cuts, end=asked.end))
    nations = tuple(
        _over(context.catalogue, parts, place=place) for place in range(len(asked.facts.nations))
    )
    late = asked.end - DAY > context.catalogue.checked_on
    checked = context.catalogue.checked_on
    return PeriodAnswer(
        asked=asked,
        parts=parts,
        nations=nations,
        savings=tuple(_savings(context.catalogue, parts, nations)),
        for_a_lawyer=tuple(_for_a_lawyer(parts)),
        checked_on=checked,
        warnings=(wording.after_checked(asked.end - DAY, checked),) if late else (),
        release=context.release,
    )


def _cuts(context: LawContext, asked: AskedPeriod) -> Iterator[_Cut]:
    """The answer on the first day, and on every day on which it might be another."""
    within = boundaries(
        context.catalogue, context.schemes, asked.facts, start=asked.start, end=asked.end
    )
    for day in (asked.start, *within):
        on_day = asked.on_day(day)
        answer = which_law(context, on_day, advised=False)
        stands = {
            nation.nation: standing(context.catalogue, context.schemes, nation, asked=on_day)
            for nation in answer.nations
        }
        yield _Cut(start=day, answer=answer, stands=stands)


def _merged(cuts: Iterator[_Cut]) -> Iterator[_Cut]:
    """Only the cuts at which the answer is another than before."""
    last: _Cut | None = None
    for cut in cuts:
        if last is None or cut.stands != last.stands:
            yield cut
            last = cut


def _parts(context: LawContext, cuts: tuple[_Cut, ...], *, end: date) -> Iterator[Part]:
    ends = (*(cut.start for cut in cuts[1:]), end)
    for before, cut, until in zip((None, *cuts), cuts, ends, strict=False):
        changes = [
            change
            for nation in cut.answer.nations
            if before
            for change in part_changes(
                before.stands[nation.nation],
                cut.stands[nation.nation],
                answer=nation,
                catalogue=context.catalogue,
                schemes=context.schemes,
            )
        ]
        yield Part(start=cut.start, end=until, nations=cut.answer.nations, changes=tuple(changes))


def _over(catalogue: Catalogue, parts: tuple[Part, ...], *, place: int) -> NationOver:
    """The offences of the nation in this place of the question, those that govern first."""
    answers = [part.nations[place] for part in parts]
    listed = dict.fromkeys(offence.id for answer in answers for offence in answer.offences)
    found = [_offence_over(catalogue, parts, slug, place=place) for slug in listed]
    order = ("whole", "part", "unknown", "none")
    return NationOver(
        nation=answers[0].nation,
        label=answers[0].label,
        offences=tuple(
            sorted(
                (over for over in found if {s.state for s in over.stretches} - {None, ELSEWHERE}),
                key=lambda over: order.index(over.governs),
            )
        ),
    )


def _offence_over(
    catalogue: Catalogue, parts: tuple[Part, ...], slug: str, *, place: int
) -> OffenceOver:
    nation = parts[0].nations[place].nation
    states = [_state_in(part.nations[place], slug) for part in parts]
    stretches: list[Stretch] = []
    for part, state in zip(parts, states, strict=True):
        if stretches and stretches[-1].state == state:
            stretches[-1] = Stretch(start=stretches[-1].start, end=part.end, state=state)
        else:
            stretches.append(Stretch(start=part.start, end=part.end, state=state))
    address = identifier("offence", slug)
    row = catalogue.offences[address]
    return OffenceOver(
        id=slug,
        label=row.label,
        provision=naming.offence_provision(catalogue, address),
        confidence=slug_of(row.confidence),
        governs=_governs(states),
        stretches=tuple(stretches),
        versions=tuple(
            version
            for stretch in stretches
            if stretch.state in OPEN
            for version in _versions(catalogue, row.provision, stretch, nation=nation)
        ),
    )


def _governs(states: list[str | None]) -> str:
    if "applies" in states:
        return "whole" if set(states) == {"applies"} else "part"
    return "unknown" if "unknown" in states else "none"


def _state_in(answer: NationAnswer, slug: str) -> str | None:
    return next((offence.state for offence in answer.offences if offence.id == slug), None)


def _versions(
    catalogue: Catalogue, provision: str, stretch: Stretch, *, nation: str
) -> Iterator[VersionThen]:
    """The versions of a provision that overlap with a stretch, each cut to it."""
    for row in catalogue.expressions.get(provision, ()):
        start, end = max(row.start or stretch.start, stretch.start), _end(row, stretch)
        if row.nation == identifier("nation", nation) and start < end:
            yield VersionThen(
                id=slug_of(row.expression),
                text=row.note,
                start=start,
                end=end,
                changed_by=naming.legal_reference(catalogue, row.changed_by),
                confidence=slug_of(row.confidence),
            )


def _end(row: ExpressionRow, stretch: Stretch) -> date:
    return min(row.end or stretch.end, stretch.end)


def _savings(
    catalogue: Catalogue, parts: tuple[Part, ...], nations: tuple[NationOver, ...]
) -> Iterator[Saving]:
    """What is saved of the offences that govern, or may, and of the rules in effect then."""
    start, end = parts[0].start, parts[-1].end
    for place, over in enumerate(nations):
        rules = dict.fromkeys(rule.id for part in parts for rule in part.nations[place].rules)
        owners = [identifier("offence", o.id) for o in over.offences if o.governs != "none"]
        for owner in owners + [identifier("rule", rule) for rule in rules]:
            nation = identifier("nation", over.nation)
            yield from savings_over(catalogue, owner, nation=nation, start=start, end=end)


def _for_a_lawyer(parts: tuple[Part, ...]) -> Iterator[LawyerQuestion]:
    """What goes on across a boundary, and what ended of which nothing was recorded."""
    for part in parts[1:]:
        yield LawyerQuestion(
            text=wording.goes_on_across(part.start),
            on=part.start,
            nations=tuple(dict.fromkeys(change.nation for change in part.changes)),
            offences=tuple(dict.fromkeys(c.offence for c in part.changes if c.offence)),
        )
        for nation in part.nations:
            ended = tuple(
                offence.id
                for offence in nation.offences
                if offence.end == part.start
                and offence.still_chargeable
                and offence.still_chargeable.saving is None
            )
            if ended:
                yield LawyerQuestion(
                    text=NOT_RECORDED, on=part.start, nations=(nation.nation,), offences=ended
                )
