"""Turns a decision about an offence into the answer a reader gets: what its state must carry."""

from typing import Any

from kb import wording
from kb.answer_parts import AnswerParts
from kb.answers import OffenceAnswer
from kb.catalogue import Catalogue
from kb.decisions import Decision, Decisions, RuledOut, best_window
from kb.model import (
    Asked,
    Counterpart,
    Element,
    Reason,
    Successor,
)
from kb.savings import still_chargeable
from kb.schemes import Schemes
from kb.terms import slug_of


class OffenceWriter:
    """Writes the answers about offences for one question, from the catalogue and the decisions."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        schemes: Schemes,
        parts: AnswerParts,
        asked: Asked,
        decisions: Decisions,
    ) -> None:
        self.catalogue, self.schemes, self.parts, self.asked = catalogue, schemes, parts, asked
        self.windows = decisions.windows
        self.by_place = {(d.offence, d.nation): d for d in decisions.made}

    def write(self, decision: Decision) -> OffenceAnswer:
        """The answer for one decision."""
        window = decision.window
        on_day = self.parts.on_day(decision.offence, decision.nation, self.asked.on)
        return OffenceAnswer(
            state=decision.state,
            start=window.start if window else None,
            end=window.end if window else None,
            certainty=slug_of(window.certainty) if window else None,
            scope=window.scope if window else None,
            decided_by=decision.decided_by,
            **self.parts.offences[decision.offence],
            **on_day.facts,
            **self._carried(decision, on_day.needs),
        )

    def _carried(self, decision: Decision, needs: tuple[Element, ...]) -> dict[str, Any]:
        """What the state must carry: see the table of DESIGN.md 5."""
        if decision.state == "applies":
            return {"needs": needs}
        if decision.state == "ruled-out":
            return {"because": tuple(self._because(out) for out in decision.ruled_out)}
        if decision.state == "ended":
            replaced_by = self._successors(decision)
            return {
                "replaced_by": replaced_by,
                "why": None if replaced_by else self._ended_without(decision),
                "still_chargeable": still_chargeable(self.catalogue, decision),
            }
        if decision.state == "does-not-extend":
            return self._elsewhere(decision)
        if decision.state == "unknown":
            return {"why": self._why(decision), "needs": needs}
        return {}

    def _because(self, out: RuledOut) -> Reason:
        if out.by == "defence":
            return Reason(text=wording.defence_reason(out.text), fact=out.fact)
        if out.by == "consent":
            text = wording.consent_reason(self.schemes.label(out.text))
            return Reason(text=text, fact=out.fact)
        if out.by == "responsibility":
            text = wording.responsibility_reason(out.at_least or 0, self.asked.accused_age)
            return Reason(text=text, fact=out.fact)
        age = getattr(self.asked, out.by)
        text = wording.age_reason(out.by, at_least=out.at_least, below=out.below, age=age)
        return Reason(text=text, fact=out.fact)

    def _successors(self, decision: Decision) -> tuple[Successor, ...]:
        """What replaced it there: as the window that ended says, or else as the offence does."""
        found = self.catalogue.replacements.get(decision.offence, ())
        own = [r.successor for r in found if decision.window and r.window == decision.window.fact]
        general = [
            row.successor
            for row in found
            if row.window is None and (row.successor, decision.nation) in self.windows
        ]
        return tuple(self.parts.named[offence] for offence in own or general)

    def _ended_without(self, decision: Decision) -> tuple[Reason, ...]:
        fact = decision.window.fact if decision.window else None
        notes = {w.fact: w.note for w in self.catalogue.windows.get(decision.offence, ())}
        text = notes.get(fact or "") or "Nothing was recorded of what replaced it."
        return (Reason(text=text, fact=fact),)

    def _elsewhere(self, decision: Decision) -> dict[str, Any]:
        """The nearest thing in this nation, or why there is none."""
        rows = self.catalogue.counterparts.get(decision.offence, ())
        here = [row for row in rows if row.nation == decision.nation]
        instead = tuple(self._counterpart(r.nearest, decision) for r in here if r.nearest)
        notes = tuple(dict.fromkeys(row.note for row in here if row.note))
        place = self.schemes.label(decision.nation)
        if not instead and not notes:
            notes = (f"No counterpart is recorded for {place}.",)
        return {
            "instead": instead,
            "why": tuple(Reason(text=_sentence(note), fact=None) for note in notes) or None,
        }

    def _counterpart(self, offence: str, decision: Decision) -> Counterpart:
        other = self.by_place.get((offence, decision.nation))
        window = best_window(self.windows.get((offence, decision.nation), ()))
        state = window.state.replace("law", "applies") if window else "does-not-extend"
        named = self.parts.named[offence]
        return Counterpart(
            id=named.id,
            label=named.label,
            provision=named.provision,
            state=other.state if other else state,
            start=window.start if window else None,
            met=other is not None,
        )

    def _why(self, decision: Decision) -> tuple[Reason, ...]:
        """Why the state is unknown: the start of the offence, or of the row that it is met by."""
        if decision.unsettled:
            words = self._words_of(decision)
            return tuple(
                Reason(text=wording.unsettled_row(words[fact]), fact=fact)
                for fact in decision.unsettled
            )
        reasons = []
        status = self.catalogue.offences[decision.offence].status
        if status:
            concept = self.schemes.by_address[status]
            reasons.append(Reason(text=_sentence(concept.definition), fact=None))
        if decision.window:
            text = wording.uncertain_start(decision.window)
            reasons.append(Reason(text=text, fact=decision.window.fact))
        reasons += [
            Reason(text=_sentence(row.why), fact=row.fact)
            for row in self.catalogue.not_known.get(decision.offence, ())
            if slug_of(row.field) == "windows"
        ]
        return tuple(reasons)

    def _words_of(self, decision: Decision) -> dict[str, str]:
        kinds = ("conducts", "materials")
        found = (r for k in kinds for r in self.catalogue.facts[k].get(decision.offence, ()))
        return {row.fact: self.schemes.label(row.concept) for row in found}


def _sentence(text: str) -> str:
    """A note as a sentence of its own."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
