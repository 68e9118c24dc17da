"""A search read as a question about the law: the nation, the day and the facts that it names.

Every word of law is a label of the schemes: their own, the other names that are shown, and the
hidden ones. A label wins over a shorter one in the same place. Names of Acts, documents and
services are passed over, so that what they are called is not taken for what somebody did.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.ages import AgeRange
from kb.asked import LONGEST
from kb.knowledge import Knowledge
from kb.schemes import Schemes
from kb.search_ages import Around, SaidAge, ages_in, with_roles
from kb.search_days import Days, days_in
from kb.search_labels import (
    Labels,
    Place,
    Stems,
    Word,
    is_in,
    labels_of,
    longest_in,
    stems_of,
    words_of,
)
from kb.search_text import short_titles
from kb.terms import identifier

SCHEMES = ("nations", "conducts", "materials")
ROLES = ("depicted", "accused", "recipient")
_SMALL = (
    "a about am an and any are as at be by can could did do does for from had has have he her his"
    " how i if illegal in is it its law laws legal me my of offence on or our she should that the"
    " their them there they this to under uk was we were what when where which who will with you"
    " against allowed crime criminal somebody someone"
)
SMALL = frozenset(_SMALL.split())
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, kw_only=True)
class QuestionRead:
    """What a search asks about, as far as it says so clearly; ``rest`` is what else it says.

    ``on`` is a day; a month, a year or a stretch is ``start`` up to ``end``, the first day after
    it. ``ages`` are those said of nobody clear.
    """

    nations: tuple[str, ...] = ()
    on: date | None = None
    start: date | None = None
    end: date | None = None
    conducts: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    depicted_age: AgeRange | None = None
    accused_age: AgeRange | None = None
    recipient_age: AgeRange | None = None
    ages: tuple[AgeRange, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def worth_asking(self) -> bool:
        """Does it say enough for an answer about the law to be offered?"""
        said_ages = (self.depicted_age, self.accused_age, self.recipient_age, *self.ages)
        parts = (self.nations, self.on or self.start, self.conducts, self.materials, any(said_ages))
        if not (self.conducts or self.materials):
            return bool(self.nations and self.on)
        return sum(map(bool, parts)) > 1 or not set(self.rest) - SMALL

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The question as the parameters of ``/law``, in their order."""
        days = {"on": self.on, "from": self.start, "to": self.end}
        ages = {f"{role}_age": getattr(self, f"{role}_age") for role in ROLES}
        return (
            *(("nation", slug) for slug in self.nations),
            *((name, day.isoformat()) for name, day in days.items() if day),
            *(("conduct", slug) for slug in self.conducts),
            *(("material", slug) for slug in self.materials),
            *((name, age.text) for name, age in ages.items() if age),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class QuestionReader:
    """The labels that are read, by scheme; the names that are passed over; their longest.

    ``dated`` are the words beside which a year is part of a name.
    """

    schemes: Schemes
    labels: dict[str, Labels]
    names: frozenset[Stems]
    dated: frozenset[str]
    longest: int

    def read(self, text: str) -> QuestionRead:
        """Read a search; any text at all can be read."""
        words = tuple(words_of(text))
        passed = tuple(self._named(words))
        days = days_in(text, readable=lambda low, high: self._is_day(words, passed, low, high))
        if days and days.end.year - days.start.year > LONGEST:
            days = None
        ages = ages_in(text)
        taken = [*passed, *(Place(one.low, one.high) for one in (days, *ages) if one)]
        free = tuple(word for word in words if not is_in(word, taken))
        places = {scheme: tuple(self._places(scheme, free)) for scheme in SCHEMES}
        around = Around(*(tuple(p[:2] for p in places[name]) for name in SCHEMES[1:]))
        return self._answer(text, words, days, with_roles(text, ages, around=around), places)

    def _answer(
        self,
        text: str,
        words: tuple[Word, ...],
        days: Days | None,
        ages: tuple[SaidAge, ...],
        places: dict[str, tuple[Place, ...]],
    ) -> QuestionRead:
        read = [place for found in places.values() for place in found]
        read += [Place(one.low, one.high) for one in (days, *ages) if one]
        whose = {said.role: said.age for said in ages if said.role}
        day, stretch = (days, None) if days and days.one else (None, days)
        return QuestionRead(
            nations=self._slugs("nations", places),
            conducts=self._slugs("conducts", places),
            materials=self._slugs("materials", places),
            depicted_age=whose.get("depicted"),
            accused_age=whose.get("accused"),
            recipient_age=whose.get("recipient"),
            on=day.start if day else None,
            start=stretch.start if stretch else None,
            end=stretch.end if stretch else None,
            ages=tuple(dict.fromkeys(said.age for said in ages if not said.role)),
            rest=tuple(text[w.low : w.high].lower() for w in words if not is_in(w, read)),
        )

    def _named(self, words: tuple[Word, ...]) -> Iterable[Place]:
        """Where names stand, with the year after one."""
        for place in longest_in(words, dict.fromkeys(self.names, ()), most=self.longest):
            after = next((w for w in words if w.low >= place.high), None)
            year = after and _YEAR.fullmatch(after.stem)
            yield Place(place.low, after.high if after and year else place.high)

    def _is_day(
        self, words: tuple[Word, ...], passed: tuple[Place, ...], low: int, high: int
    ) -> bool:
        """Is what looks like a day one, and not part of a name?"""
        before = next((w for w in reversed(words) if w.high <= low), None)
        after = next((w for w in words if w.low >= high), None)
        beside = {word.stem for word in (before, after) if word}
        return not any(p.low < high and low < p.high for p in passed) and not beside & self.dated

    def _places(self, scheme: str, words: tuple[Word, ...]) -> Iterable[Place]:
        return longest_in(words, self.labels[scheme], most=self.longest)

    def _slugs(self, scheme: str, places: dict[str, tuple[Place, ...]]) -> tuple[str, ...]:
        """The words read, in the order of their scheme; a narrower one says more."""
        found = {slug for place in places[scheme] for slug in place.slugs}
        concepts = [c for c in self.schemes.scheme(scheme) if c.slug in found]
        broader = {concept.broader for concept in concepts}
        return tuple(concept.slug for concept in concepts if concept.slug not in broader)


def question_reader(known: Knowledge) -> QuestionReader:
    """The reader of searches in all that is known; it is made once."""
    titles = [row.title for row in known.catalogue.instruments.values()]
    advice, catalogue = known.advice, known.catalogue
    addresses = [identifier("guidance", slug) for slug in advice.guidance]
    others = [n.name for address in addresses for n in catalogue.other_names.get(address, ())]
    services = [name for one in advice.services.values() for name in (one.title, *one.other_names)]
    shown = [document.title for document in advice.guidance.values()]
    short = [short for title in titles for short in short_titles(title)]
    names = [*titles, *short, *shown, *others, *services]
    return reader_of(known.schemes, names=names, dated=_dated(known.schemes, titles))


def reader_of(
    schemes: Schemes, *, names: Iterable[str] = (), dated: Iterable[str] = ()
) -> QuestionReader:
    """A reader of the schemes' labels that passes over some names."""
    labels = {scheme: labels_of(schemes.scheme(scheme)) for scheme in SCHEMES}
    read = {stems for found in labels.values() for stems in found}
    passed = frozenset(stems_of(name) for name in names) - read - {()}
    return QuestionReader(
        schemes=schemes,
        labels=labels,
        names=passed,
        dated=frozenset(stem for word in dated for stem in stems_of(word)),
        longest=max(map(len, (*read, *passed)), default=0),
    )


def _dated(schemes: Schemes, titles: Iterable[str]) -> set[str]:
    """The words that stand before the year of a title, and those of types of instrument."""
    nations = {stem for nation in schemes.scheme("nations") for stem in stems_of(nation.label)}
    every = [stems for title in titles if len(stems := stems_of(title)) > 1]
    before = {stems[-2] for stems in every if _YEAR.fullmatch(stems[-1])}
    return (before - nations) | {
        slug for slug in schemes.slugs("instrument-types") if slug.isalpha()
    }
