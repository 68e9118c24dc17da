"""Which law applies, in this nation, on this day, to these facts, and says who?"""

from dataclasses import dataclass, replace
from typing import Any

from kb import wording
from kb.advice import Advice
from kb.advice_answers import (
    bearing,
    guidance_answers,
    misconceptions_in,
    nation_help,
    none_found_in,
)
from kb.ages import AgeRange
from kb.answer_parts import AnswerParts
from kb.answers import (
    Coverage,
    LawAnswer,
    NationAnswer,
    OffenceAnswer,
    Release,
    Responsibility,
    WouldAdd,
)
from kb.catalogue import Catalogue
from kb.changes import changes_near
from kb.decisions import Decisions
from kb.doubts import doubts_about
from kb.model import Asked
from kb.offence_answers import OffenceWriter
from kb.schemes import Schemes
from kb.terms import identifier, slug_of
from kb.timeline import Timeline
from kb.timeline_deciding import decide
from kb.word_rows import CoverageRow

NOT_ADVISED: dict[str, Any] = {
    "guidance": (),
    "guidance_note": wording.ASK_FOR_A_DAY,
    "none_found": (),
    "misconceptions": (),
    "help": None,
}
STATES_WITH_DOUBTS = ("applies", "ruled-out", "unknown", "not-yet-in-force")


@dataclass(frozen=True, kw_only=True)
class LawContext:
    """What an answer is made from."""

    timeline: Timeline
    parts: AnswerParts
    catalogue: Catalogue
    schemes: Schemes
    advice: Advice
    release: Release


def which_law(context: LawContext, asked: Asked, *, advised: bool = True) -> LawAnswer:
    """Answer for every nation of the question; see DESIGN.md 5.

    ``advised``: with the guidance, what to do, whom to call, and what people get wrong.
    """
    catalogue = context.catalogue
    decisions = decide(context.timeline, asked)
    late = asked.on > catalogue.checked_on
    warnings = (wording.after_checked(asked.on, catalogue.checked_on),) if late else ()
    added = _added_if_young(context, asked, decisions)
    return LawAnswer(
        asked=asked,
        nations=tuple(
            _nation(context, asked, decisions, nation=nation, added=added, advised=advised)
            for nation in (identifier("nation", slug) for slug in asked.nations)
        ),
        checked_on=catalogue.checked_on,
        warnings=warnings,
        release=context.release,
    )


def _nation(
    context: LawContext,
    asked: Asked,
    decisions: Decisions,
    *,
    nation: str,
    added: "_Added | None",
    advised: bool,
) -> NationAnswer:
    catalogue, schemes = context.catalogue, context.schemes
    writer = _writer(context, asked, decisions)
    here = sorted(
        (decision for decision in decisions.made if decision.nation == nation),
        key=lambda decision: (context.parts.breadths[decision.offence], decision.offence),
    )
    offences = tuple(writer.write(decision) for decision in here)
    addresses = tuple(identifier("offence", offence.id) for offence in offences)
    doubtful = tuple(identifier("offence", o.id) for o in offences if o.state in STATES_WITH_DOUBTS)
    responsibility = _responsibility(asked, decisions, catalogue, nation=nation)
    return NationAnswer(
        nation=slug_of(nation),
        label=schemes.label(nation),
        summary=_summary(asked, offences, responsibility, place=schemes.label(nation)),
        offences=offences,
        left_out=decisions.left_out[nation],
        responsibility=responsibility,
        would_add=added.in_nation(nation) if added else None,
        rules=tuple(context.parts.rules[w] for w in context.timeline.rules_on(nation, asked.on)),
        **_advice(context, asked, offences, nation=slug_of(nation), advised=advised),
        coverage=_coverage(asked, catalogue.coverage[nation], catalogue),
        doubts=doubts_about(catalogue, doubtful, nation=nation),
        changes=changes_near(catalogue, schemes, addresses, nation=nation, on=asked.on),
    )


def _advice(
    context: LawContext,
    asked: Asked,
    offences: tuple[OffenceAnswer, ...],
    *,
    nation: str,
    advised: bool,
) -> dict[str, Any]:
    """The fields of an answer that are not law, for a nation (slug)."""
    if not advised:
        return NOT_ADVISED
    advice = context.advice
    listed = frozenset(o.id for o in offences if o.state in STATES_WITH_DOUBTS)
    about = bearing(context.catalogue, context.schemes, asked, offences=listed)
    guidance = guidance_answers(advice, about, nation=nation, on=asked.on)
    return {
        "guidance": guidance,
        "guidance_note": wording.guidance_note(
            asked.on, bool(guidance), recorded=bool(advice.guidance)
        ),
        "none_found": none_found_in(advice, nation),
        "misconceptions": misconceptions_in(advice, about, nation=nation),
        "help": nation_help(advice, nation, on=context.catalogue.checked_on),
    }


def _writer(context: LawContext, asked: Asked, decisions: Decisions) -> OffenceWriter:
    return OffenceWriter(
        catalogue=context.catalogue,
        schemes=context.schemes,
        parts=context.parts,
        asked=asked,
        decisions=decisions,
    )


def _summary(
    asked: Asked,
    offences: tuple[OffenceAnswer, ...],
    responsibility: Responsibility,
    *,
    place: str,
) -> str:
    """The first sentence; offences resting on general knowledge are counted apart, never named."""
    if responsibility.under and responsibility.age is not None:
        return wording.nobody_that_young(place, asked.on, responsibility.age)
    names = {
        state: [o.provision.citation for o in offences if o.state == state and not o.likely_only]
        for state in ("applies", "ruled-out")
    }
    unknown = sum(offence.state == "unknown" for offence in offences)
    likely = sum(o.likely_only and o.state == "applies" for o in offences)
    facts = (asked.conduct, asked.material, asked.depicted_age, asked.accused_age)
    stated = any((*facts, asked.recipient_age, asked.consent, asked.relationship))
    return wording.summary(
        place, asked.on, names=names, likely=likely, unknown=unknown, facts=stated
    )


def _responsibility(
    asked: Asked, decisions: Decisions, catalogue: Catalogue, *, nation: str
) -> Responsibility:
    """The age of criminal responsibility on the day, and whether the accused is surely under it."""
    row = decisions.responsibility.get(nation)
    age = row.age if row else None
    accused = asked.accused_age
    return Responsibility(
        age=age,
        text=wording.responsibility_text(age),
        rule=slug_of(row.rule) if row else None,
        fact=row.fact if row else None,
        confidence=slug_of(catalogue.rules[row.rule].confidence) if row else None,
        under=bool(accused and age is not None and accused.high < age),
    )


def _coverage(asked: Asked, cover: CoverageRow, catalogue: Catalogue) -> Coverage:
    return Coverage(
        nation=slug_of(cover.nation),
        checked_on=catalogue.checked_on,
        seen_until=cover.seen_until,
        earliest=cover.earliest,
        covers=cover.covers,
        left_out=cover.left_out,
        before_earliest=asked.on < cover.earliest,
        after_checked=asked.on > catalogue.checked_on,
    )


@dataclass(frozen=True, kw_only=True)
class _Added:
    """What would be met as well if the person shown were under the age of a scheme's alias."""

    age: AgeRange
    decisions: Decisions
    writer: OffenceWriter
    already: frozenset[tuple[str, str]]

    def in_nation(self, nation: str) -> WouldAdd | None:
        """The offences that would be added in a nation (address); None if there are none."""
        new = [
            self.writer.write(decision)
            for decision in self.decisions.made
            if decision.nation == nation
            and (decision.offence, nation) not in self.already
            and decision.state in ("applies", "unknown", "ruled-out")
        ]
        text = wording.would_add(self.age)
        return WouldAdd(depicted_age=self.age.text, text=text, offences=tuple(new)) if new else None


def _added_if_young(context: LawContext, asked: Asked, decisions: Decisions) -> _Added | None:
    """Ask again as if the person shown were a child, where no age is stated and it could matter."""
    if asked.depicted_age or not asked.material:
        return None
    limit = context.timeline.meanings.limit(asked.material)
    if limit is None:
        return None
    age = AgeRange(low=0, high=limit - 1, text=f"under-{limit}")
    young = replace(asked, depicted_age=age)
    again = decide(context.timeline, young)
    return _Added(
        age=age,
        decisions=again,
        writer=_writer(context, young, again),
        already=frozenset((d.offence, d.nation) for d in decisions.made),
    )
