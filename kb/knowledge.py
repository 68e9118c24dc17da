"""All that is known, loaded and ready to be asked: what the rest of the program holds on to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.answers import LawAnswer, Release
from kb.asked import parse_asked
from kb.catalogue import Catalogue, load_catalogue
from kb.engine import Engine
from kb.law import LawContext, which_law
from kb.library import Library
from kb.model import Asked
from kb.schemes import Schemes, load_schemes
from kb.store import DATA, ONTOLOGY, load

UNRELEASED = "unreleased"


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """The engine, the catalogue and the words, and which data they were read from."""

    engine: Engine
    catalogue: Catalogue
    schemes: Schemes
    release: Release

    @property
    def library(self) -> Library:
        """Offences, provisions, instruments, rules, doubts and services as a reader sees them."""
        return Library(engine=self.engine, catalogue=self.catalogue, schemes=self.schemes)

    @property
    def checked_on(self) -> date:
        """The day on which the law was last checked: the earliest of the files' days."""
        return self.catalogue.checked_on

    def ask(self, stated: Mapping[str, Sequence[str]]) -> LawAnswer:
        """Which law applies, from parameters as a query string gives them."""
        return self.which_law(parse_asked(stated, schemes=self.schemes))

    def which_law(self, asked: Asked) -> LawAnswer:
        """Which law applies in these nations, on this day, to these facts?"""
        context = LawContext(
            engine=self.engine,
            catalogue=self.catalogue,
            schemes=self.schemes,
            release=self.release,
        )
        return which_law(context, asked)


def open_knowledge(data: Path = DATA, ontology: Path = ONTOLOGY) -> Knowledge:
    """Load everything; raises DataError naming the file that cannot be read."""
    loaded = load(data, ontology)
    return Knowledge(
        engine=loaded.engine,
        catalogue=load_catalogue(loaded.engine),
        schemes=load_schemes(loaded.engine),
        release=Release(id=UNRELEASED, sha256=loaded.sha256),
    )
