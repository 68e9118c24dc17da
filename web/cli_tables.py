"""The answer to "which law applies?" for a terminal: the first sentence, then state by state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.answers import LawAnswer, NationAnswer, OffenceAnswer, Release, RuleAnswer
from kb.model import Asked, Counterpart, Element, Penalty, ProsecutionConsent, Provided
from kb.schemes import Schemes
from kb.wording import day, first_lower, stated_age
from web.cli_help import help_lines
from web.cli_layout import bullet, detail, details, heading, item, sentence, span, title, wrapped

COLOURS = {
    "applies": "green",
    "unknown": "yellow",
    "not-yet-in-force": "cyan",
}
LISTED_APART = "does-not-extend"
ADVICE = "Not legal advice."
SOURCES_HINT = "`whichlaw offence ID` says where each was read; the ID is in square brackets."


@dataclass(frozen=True, kw_only=True)
class LawTable:
    """Lays an answer out, line by line; ``with_rules`` lists those that cut across offences."""

    answer: LawAnswer
    schemes: Schemes
    with_rules: bool

    def lines(self) -> Iterator[str]:
        """Everything: warnings, what was understood, each nation, and what to know of the data."""
        for warning in self.answer.warnings:
            yield heading(f"Warning: {warning}", colour="red")
            yield ""
        yield wrapped(f"Asked: {asked_in_words(self.answer.asked, schemes=self.schemes)}")
        for nation in self.answer.nations:
            yield ""
            yield title(nation.label)
            yield wrapped(nation.summary)
            yield from self._nation(nation)
        yield from help_lines(self.answer.nations, schemes=self.schemes)
        yield ""
        yield wrapped(SOURCES_HINT)
        yield about_the_data(self.answer.checked_on, release=self.answer.release)

    def _nation(self, nation: NationAnswer) -> Iterator[str]:
        if nation.coverage.before_earliest:
            yield wrapped(
                f"Our coverage of this nation begins on {day(nation.coverage.earliest)}:"
                " before that day, law may be missing here."
            )
        for concept in self.schemes.scheme("states"):
            found = nation.in_state(concept.slug)
            if found:
                yield ""
                yield heading(f"{concept.label} ({len(found)})", colour=COLOURS.get(concept.slug))
                yield from self._in_state(concept.slug, found)
        yield from self._besides(nation)

    def _in_state(self, state: str, found: tuple[OffenceAnswer, ...]) -> Iterator[str]:
        asked = self.answer.asked
        if state == LISTED_APART and not (asked.conduct or asked.material):
            yield detail("Not listed, because neither a conduct nor a material was stated.")
            return
        for offence in found:
            yield item(f"{offence.provision.citation}  [{offence.id}]")
            if state != LISTED_APART:
                yield detail(offence.label)
            yield from self._carried(offence)

    def _carried(self, offence: OffenceAnswer) -> Iterator[str]:
        """What the state of an offence carries, and what applies with it."""
        yield from details("Because", (sentence(reason.text) for reason in offence.because or ()))
        instead = [self._counterpart(other) for other in offence.instead or ()]
        yield from details("Instead", instead)
        replaced = [f"{s.provision.citation} [{s.id}]" for s in offence.replaced_by or ()]
        yield from details("Replaced by", replaced)
        yield from details("Why", (sentence(reason.text) for reason in offence.why or ()))
        kept = offence.still_chargeable
        yield from details("Earlier conduct", [kept.text] if kept else [])
        if span(offence.start, offence.end) and offence.state != LISTED_APART:
            yield detail(self._stretch(offence), label="Law there")
        if offence.scope:
            yield detail(f"for some purposes only: {offence.scope}", label="Limited")
        if offence.state == "applies":
            yield from self._applying(offence)
        if offence.state != LISTED_APART:
            yield detail(self._confidence(offence.confidence), label="Confidence")

    def _stretch(self, offence: OffenceAnswer) -> str:
        """From when to when it is law there, and how sure that is where it is not certain."""
        stretch = span(offence.start, offence.end)
        certain, *_ = self.schemes.scheme("start-certainties")
        if offence.certainty in (None, certain.slug):
            return stretch
        word = self.schemes.concept(certain.scheme, offence.certainty, parameter="certainty")
        return f"{stretch} ({first_lower(word.label)})"

    def _applying(self, offence: OffenceAnswer) -> Iterator[str]:
        """What goes with law that applies: a fact read less closely than the rest says so."""

        def shown(text: str, row: Penalty | Provided | ProsecutionConsent) -> str:
            differs = row.confidence != offence.confidence
            return f"{text} [{self._confidence(row.confidence)}]" if differs else text

        yield from details("Still to be shown", needed(offence.needs or ()))
        maxima = (shown(maximum(row, schemes=self.schemes), row) for row in offence.max_penalty)
        yield from details("Maximum", maxima)
        yield from details("Defence", (shown(sentence(r.text), r) for r in offence.defences))
        consents = (shown(sentence(row.who), row) for row in offence.consent_to_prosecute)
        yield from details("Consent to prosecute", consents)
        limit = offence.time_limit
        yield from details("Time limit", [shown(sentence(limit.text), limit)] if limit else [])
        gaps = (f"{row.label}: {sentence(row.why)}" for row in offence.not_known)
        yield from details("Not known", gaps)

    def _confidence(self, word: str) -> str:
        concept = self.schemes.concept("confidences", word, parameter="confidence")
        return first_lower(concept.label)

    def _counterpart(self, other: Counterpart) -> str:
        state = self.schemes.concept("states", other.state, parameter="state").label
        since = f" (law there from {day(other.start)})" if other.start else ""
        which = "" if other.met else "; another conduct or material than asked"
        return f"{other.provision.citation} [{other.id}]: {first_lower(state)}{since}{which}"

    def _besides(self, nation: NationAnswer) -> Iterator[str]:
        """What else a reader of this nation's answer has to know."""
        if self.with_rules or nation.responsibility.under:
            yield from _listed("Rules that cut across offences", map(self._rule, nation.rules))
        doubts = (f"{sentence(doubt.about)} [{doubt.id}]" for doubt in nation.doubts)
        yield from _listed("Open doubts", doubts)
        changes = (f"{day(c.on)}, {c.label}: {sentence(c.text)}" for c in nation.changes)
        yield from _listed("Changes near the day", changes)
        added = nation.would_add
        yield from _listed("To know besides", [added.text] if added else [])
        for offence in added.offences if added else ():
            yield bullet(f"{offence.provision.citation} [{offence.id}]", indent=4)
        yield from _listed(
            "" if added else "To know besides",
            [
                nation.responsibility.text,
                f"Rules that cut across offences: {len(nation.rules)}; --rules lists them.",
                f"Offences left out, because they are about something else: {nation.left_out}.",
                nation.coverage.left_out,
                nation.guidance_note,
            ],
        )

    def _rule(self, rule: RuleAnswer) -> str:
        """A rule, with its state where it is not simply law."""
        states = self.schemes.scheme("states")
        state = self.schemes.concept("states", rule.state, parameter="state")
        return sentence(rule.text) + ("" if state == states[0] else f" [{state.label}]")


def maximum(row: Penalty, *, schemes: Schemes) -> str:
    """A maximum penalty: the way of trial, the words, and the case if there are cases."""
    tried = schemes.concept("ways-tried", row.tried, parameter="tried").label
    case = f" ({row.case})" if row.case else ""
    return f"{first_lower(tried)}: {row.text}{case}"


def _listed(name: str, texts: Iterable[str]) -> Iterator[str]:
    """A list below its heading; without a name, the list before goes on."""
    found = list(texts)
    if found and name:
        yield ""
        yield heading(name)
    yield from map(bullet, found)


def needed(needs: tuple[Element, ...]) -> Iterator[str]:
    """What still has to be shown; those of which one is enough stand together."""
    groups: dict[str, list[str]] = {}
    for need in needs:
        groups.setdefault(need.one_of or need.text, []).append(need.text)
    for texts in groups.values():
        yield sentence(texts[0] if len(texts) == 1 else f"either {', or '.join(texts)}")


def about_the_data(checked_on: date, *, release: Release) -> str:
    """What an answer says about itself, last."""
    return wrapped(
        f"{ADVICE} The law was last checked on {day(checked_on)}. Data: release {release.id},"
        f" sha256 {release.sha256[:12]}. The facts are under the Open Government Licence v3.0."
    )


def asked_in_words(asked: Asked, *, schemes: Schemes) -> str:
    """The question as it was understood."""
    parts = [", ".join(_labels(schemes, "nations", asked.nations)), day(asked.on)]
    words = {
        "conduct": _labels(schemes, "conducts", asked.conduct),
        "material": _labels(schemes, "materials", asked.material),
    }
    parts += [f"{name}: {', '.join(labels)}" for name, labels in words.items() if labels]
    ages = {
        "person shown": asked.depicted_age,
        "accused": asked.accused_age,
        "recipient": asked.recipient_age,
    }
    parts += [f"{name}: {stated_age(age)}" for name, age in ages.items() if age]
    if asked.consent:
        parts += [f"consent: {', '.join(_labels(schemes, 'consents', (asked.consent,)))}"]
    if asked.relationship:
        found = _labels(schemes, "relationships", (asked.relationship,))
        parts += [f"relationship: {', '.join(found)}"]
    return "; ".join(parts) + "."


def _labels(schemes: Schemes, name: str, slugs: tuple[str, ...]) -> list[str]:
    return [schemes.concept(name, slug, parameter=name).label for slug in slugs]
