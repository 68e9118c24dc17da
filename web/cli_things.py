"""One offence or provision for a terminal, on all days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.knowledge import Knowledge
from kb.model import Mode, NotKnown, Penalty, Provided, ProvisionRef, Source, Successor
from kb.views import DatedSlug, OffenceView, ProvisionView, WindowView
from kb.wording import first_lower
from web.cli_layout import bullet, details, heading, item, sentence, span, title, wrapped
from web.cli_tables import about_the_data


@dataclass(frozen=True, kw_only=True)
class ThingTable:
    """Lays one thing out, line by line."""

    known: Knowledge

    def offence(self, view: OffenceView) -> Iterator[str]:
        """Everything about one offence."""
        yield title(view.provision.citation)
        yield wrapped(view.label)
        yield wrapped(f"Offence {view.id}; provision {view.provision.id}.")
        if view.note:
            yield wrapped(sentence(view.note))
        yield from self._windows(view.windows)
        yield from self._words("Conduct", view.conduct)
        yield from self._words("Material", view.material)
        yield from self._words("Ages", view.ages)
        yield from self._words("What has to be shown", view.needs)
        yield from _section("Mental element", (_provided(row) for row in view.mental_element))
        yield from _section("Maximum penalty", (self._penalty(row) for row in view.penalties))
        yield from _section("Mode of trial", (self._mode(row) for row in view.modes))
        yield from _section("Defences", (_provided(row) for row in view.defences))
        yield from _section("Consent to prosecute", (row.who for row in view.consent_to_prosecute))
        yield from _section("Time limits", (_provided(row) for row in view.time_limits))
        yield from _section("Reach abroad", (row.text for row in view.reach))
        yield from _section("Replaced by", map(_cited, view.replaced_by))
        yield from _section("Replaces", map(_cited, view.replaces))
        yield from self._counterparts(view.counterparts)
        yield from self._recorded(view)

    def provision(self, view: ProvisionView) -> Iterator[str]:
        """Everything about one provision."""
        yield title(view.citation)
        yield wrapped(sentence(view.about))
        yield wrapped(f"Provision {view.id}, of {view.instrument_title} ({view.instrument}).")
        yield wrapped(f"Law of: {', '.join(map(self._nation, view.extent))}.")
        if view.note:
            yield wrapped(sentence(view.note))
        yield from self._windows(view.windows)
        versions = (f"{span(v.start, v.end)}: {v.text}".lstrip(": ") for v in view.versions)
        yield from _section("Versions", versions)
        yield from _section("Offences", map(_cited, view.offences))
        yield from _section("Rules that rest on it", view.rules)
        yield from _section("Replaced by", map(_named, view.replaced_by))
        yield from self._counterparts(view.counterparts)
        yield from self._recorded(view)

    def _nation(self, slug: str) -> str:
        return self.known.schemes.concept("nations", slug, parameter="nation").label

    def _windows(self, windows: tuple[WindowView, ...]) -> Iterator[str]:
        if windows:
            yield ""
            yield heading("Law in")
        for window in windows:
            stretch = span(window.start, window.end) or "from a day that is not established"
            yield item(f"{self._nation(window.nation)}: {stretch}")
            certainty = self.known.schemes.concept(
                "start-certainties", window.certainty, parameter="certainty"
            )
            yield from details("Certainty", [first_lower(certainty.label)])
            started, ended = window.started_by, window.ended_by
            yield from details("Started by", [started.citation] if started else [])
            yield from details("Ended by", [ended.citation] if ended else [])
            yield from details("Limited", [window.scope] if window.scope else [])
            yield from details("Note", [sentence(window.note)] if window.note else [])

    def _words(self, name: str, words: tuple[DatedSlug, ...]) -> Iterator[str]:
        def shown(word: DatedSlug) -> str:
            places = ", ".join(map(self._nation, word.nations))
            text = word.label if name != "Ages" else f"{word.label}: {word.slug}"
            return f"{text} ({'; '.join(filter(None, (places, span(word.start, word.end))))})"

        yield from _section(name, map(shown, words))

    def _penalty(self, row: Penalty) -> str:
        tried = self.known.schemes.concept("ways-tried", row.tried, parameter="tried").label
        return _dated(f"{first_lower(tried)}: {row.text}", row, case=row.case)

    def _mode(self, row: Mode) -> str:
        mode = self.known.schemes.concept("modes-of-trial", row.mode, parameter="mode").label
        return _dated(first_lower(mode), row, case=row.case)

    def _counterparts(
        self, others: dict[str, tuple[Successor, ...]] | dict[str, tuple[ProvisionRef, ...]]
    ) -> Iterator[str]:
        texts = [
            f"{self._nation(nation)}: {_cited(o) if isinstance(o, Successor) else _named(o)}"
            for nation, found in others.items()
            for o in found
        ]
        yield from _section("Nearest in other nations", texts)

    def _recorded(self, view: OffenceView | ProvisionView) -> Iterator[str]:
        """How it was read, what is doubtful, and what to know of the data."""
        yield from _section("Not known", map(_not_known, view.not_known))
        doubts = (f"{sentence(doubt.about)} [{doubt.id}]" for doubt in view.doubts)
        yield from _section("Open doubts", doubts)
        confidence = self.known.schemes.concept(
            "confidences", view.confidence, parameter="confidence"
        )
        sources = [_source(source) for source in view.sources]
        yield from _section(f"Sources ({first_lower(confidence.label)})", sources)
        yield from _section("No source", [view.no_source] if view.no_source else [])
        yield ""
        yield about_the_data(self.known.checked_on, release=self.known.release)


def _section(name: str, texts: Iterable[str]) -> Iterator[str]:
    found = list(texts)
    if found:
        yield ""
        yield heading(name)
        yield from map(bullet, found)


def _provided(row: Provided) -> str:
    return _dated(row.text, row, case=None)


def _dated(text: str, row: Penalty | Mode | Provided, *, case: str | None) -> str:
    """A text with its case and its days, where there are any."""
    more = "; ".join(filter(None, (case, span(row.start, row.end))))
    return f"{text} ({more})" if more else text


def _cited(other: Successor) -> str:
    return f"{other.provision.citation} [{other.id}]"


def _named(other: ProvisionRef) -> str:
    return f"{other.citation} [{other.id}]"


def _not_known(row: NotKnown) -> str:
    return f"{row.label}: {sentence(row.why)}"


def _source(source: Source) -> str:
    note = f" ({source.note})" if source.note and source.note not in source.label else ""
    address = source.address if source.address and source.address not in source.label else None
    return f"{source.label}{note}" + (f" <{address}>" if address else "")
