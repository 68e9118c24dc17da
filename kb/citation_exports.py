"""Citations as reference managers read them: BibTeX, RIS, CSL-JSON; and as plain text."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kb import citation_printing as printing
from kb.catalogue import Catalogue
from kb.terms import legal_path

# What (La)TeX reads as a command.
_TEX = {letter: f"\\{letter}" for letter in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What is known of a provision, a limb of one or an instrument, as a reference has it.

    ``number`` is the serial or chapter number; ``made`` the day of the instrument, or its year.
    """

    key: str
    title: str
    number: str
    section: str
    made: date | int | None
    address: str
    accessed: date
    oscola: str
    plain: str

    @property
    def year(self) -> int | None:
        """The year of the instrument."""
        return self.made.year if isinstance(self.made, date) else self.made


@dataclass(frozen=True)
class Format:
    """A form in which references are handed out: its media type and what writes it."""

    media: str
    write: Callable[[Reference], str]

    @property
    def content_type(self) -> str:
        """The media type with the character set."""
        return f"{self.media}; charset=utf-8"


def reference(
    catalogue: Catalogue, address: str, limb: str | None = None, *, year: int | None = None
) -> Reference:
    """The reference to a provision, a limb or an instrument (address), read on the day checked."""
    thing = printing.cited(catalogue, address, limb)
    part = catalogue.provisions.get(address)
    whole = catalogue.instruments[part.instrument if part else address]
    numbers = legal_path(whole.instrument).split("/")[1:]
    series = printing.series_name(catalogue, whole.instrument)
    return Reference(
        key=re.sub(r"\W+", "-", f"{thing.path}{thing.pinpoint}").strip("-"),
        title=thing.title or thing.serial or thing.path,
        number=thing.serial or (f"{series.split()[0]} {numbers[-1]}" if series else ""),
        section=printing.section(thing),
        made=whole.made or year,
        address=thing.address,
        accessed=catalogue.checked_on,
        oscola=printing.oscola(thing),
        plain=printing.plain(thing),
    )


def bibtex(one: Reference) -> str:
    """As BibTeX and BibLaTeX read it: a ``@legislation``."""
    made = one.made.isoformat() if isinstance(one.made, date) else one.made
    fields = {
        "title": _tex(one.title),
        "number": _tex(one.number),
        "pages": _tex(one.section),
        "pagination": "section" if one.section else "",
        "date": made,
        "year": one.year,
        "url": one.address,
        "urldate": one.accessed.isoformat(),
        "note": _tex(one.oscola),
    }
    said = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@legislation{{{one.key},\n{said}\n}}\n"


def ris(one: Reference) -> str:
    """As RIS: a statute, lines ending in CR LF."""
    made = one.made.strftime("%Y/%m/%d") if isinstance(one.made, date) else ""
    lines = {
        "TY": "STAT",
        "ID": one.key,
        "TI": one.title,
        "M1": one.number,
        "SE": one.section,
        "PY": one.year,
        "DA": made,
        "UR": one.address,
        "Y2": one.accessed.strftime("%Y/%m/%d"),
        "N1": one.oscola,
    }
    said = [f"{tag}  - {value}" for tag, value in lines.items() if value]
    return "\r\n".join([*said, "ER  - ", ""])


def csl(one: Reference) -> str:
    """As CSL-JSON: an array of one item, which is what Zotero and pandoc read."""
    made = one.made
    parts = [made.year, made.month, made.day] if isinstance(made, date) else [made]
    item: dict[str, object] = {
        "id": one.key,
        "type": "legislation",
        "title": one.title,
        "number": one.number,
        "section": one.section,
        "issued": {"date-parts": [parts]} if made else None,
        "URL": one.address,
        "accessed": {"date-parts": [[one.accessed.year, one.accessed.month, one.accessed.day]]},
        "note": one.oscola,
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=1) + "\n"


def text(one: Reference) -> str:
    """As lines of text: OSCOLA, plain words, and the address with the day."""
    return f"{one.oscola}\n{one.plain}\n{one.address} accessed {one.accessed.isoformat()}\n"


def _tex(said: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in said)


FORMATS = {
    "bib": Format("application/x-bibtex", bibtex),
    "ris": Format("application/x-research-info-systems", ris),
    "json": Format("application/vnd.citationstyles.csl+json", csl),
    "txt": Format("text/plain", text),
}
