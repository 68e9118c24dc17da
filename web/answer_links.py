"""Where an answer leads: the same question asked again, of another view or otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request

from kb.model import Asked
from kb.schemes import Schemes
from kb.terms import PREFIXES
from web.answer_role import ROLE
from web.form import parameters


@dataclass(frozen=True, kw_only=True)
class Links:
    """Where an answer leads: each address asks the same again, of another view or otherwise."""

    here: dict[str, Any]
    encoded: dict[str, str]
    root: str

    def ask(self, **other: Any) -> str:
        """The same question with something else stated; None states nothing."""
        return f"{self.root}/law?{self._with(other)}"

    def sheet(self, nation: str, **other: Any) -> str:
        """What to do now in a nation, on one page."""
        return f"{self.root}/law/now?{self._with(other | {'nation': nation})}"

    def since(self) -> str:
        """What has changed in this answer since it was first given."""
        address = f"{self.root}/law?{self.plain}"
        return f"{self.root}/changes/since?{urlencode({'answer': address})}"

    def form(self) -> str:
        """The question, to be changed."""
        return f"{self.root}/form?{self._with({})}"

    def offence(self, slug: str, nation: str) -> str:
        """All about an offence, for the nation and day asked about."""
        return f"{self.root}/offence/{slug}?nation={nation}&{self.encoded['on']}"

    def compare(self, **other: Any) -> str:
        """The nations compared, on the day and by the conduct asked about."""
        kept_to = {name: self.here.get(name) for name in ("nation", "on", "conduct")}
        return f"{self.root}/compare?{_query(kept_to | other)}"

    def turtle(self, offences: tuple[str, ...]) -> str:
        """Everything the graph says of some offences (addresses), as Turtle."""
        values, part = " ".join(f"<{one}>" for one in offences), f"<{PREFIXES['law']}factOf>"
        query = (
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ VALUES ?s {{ {values} }} }} UNION"
            f" {{ VALUES ?offence {{ {values} }} ?s {part} ?offence }} ?s ?p ?o }}"
        )
        return f"{self.root}/sparql?{urlencode({'query': query, 'format': 'turtle'})}"

    @property
    def plain(self) -> str:
        """The query that asks the same of whoever knows no roles, such as the API."""
        return self._with({ROLE: None})

    def _with(self, other: Mapping[str, Any]) -> str:
        """The query with something else stated; what is None is left out."""
        found = self.encoded
        if other:
            found = found | {
                n: urlencode({n: v}, doseq=True) if v else "" for n, v in other.items()
            }
        return "&".join(filter(None, found.values()))


def links_of(asked: Asked, *, schemes: Schemes, also: Mapping[str, str], role: str | None) -> Links:
    """The links of an answer; ``also`` is what was stated besides the question itself."""
    stated = parameters(asked, schemes=schemes) | dict(also) | ({ROLE: role} if role else {})
    encoded = {name: urlencode({name: value}, doseq=True) for name, value in stated.items()}
    return Links(here=stated, encoded=encoded, root=request.script_root)


def _query(stated: Mapping[str, Any]) -> str:
    return urlencode({name: value for name, value in stated.items() if value}, doseq=True)
