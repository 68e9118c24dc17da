"""The first sentence of an answer, in the words of the interface: what applies, how surely."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from kb.answers import NationAnswer, OffenceAnswer
from web.spoken import day

FEW = 4


@dataclass(frozen=True, kw_only=True)
class Said:
    """The sentence; the offences that it names; what is said apart from it.

    ``likely`` counts what rests on general knowledge, which no sentence names.
    """

    lead: str
    named: tuple[OffenceAnswer, ...]
    more: int
    apart: tuple[str, ...]
    likely: int


def said(nation: NationAnswer, *, on: date, facts: bool) -> Said:
    """What is said first of a nation; ``facts``: any fact was stated."""
    if nation.responsibility.under and nation.responsibility.age is not None:
        return Said(lead=nation.summary, named=(), more=0, apart=(), likely=0)
    applying = nation.in_state("applies")
    sure = tuple(offence for offence in applying if not offence.likely_only)
    likely = len(applying) - len(sure)
    few = sure if len(sure) <= FEW else sure[: FEW - 1]
    return Said(
        lead=_lead(nation.label, day(on), len(sure), facts=facts),
        named=few,
        more=len(sure) - len(few),
        apart=tuple(_apart(nation, sure=bool(sure), likely=likely)),
        likely=likely,
    )


def _lead(place: str, on: str, number: int, *, facts: bool) -> str:
    """The sentence up to the names."""
    if not number:
        none = (
            _(
                "In %(place)s, on %(on)s, no offence that we could confirm applies to these facts.",
                place=place,
                on=on,
            )
            if facts
            else _(
                "In %(place)s, on %(on)s, no offence that we could confirm applies.",
                place=place,
                on=on,
            )
        )
        return str(none)
    if facts:
        return str(
            ngettext(
                "In %(place)s, on %(on)s, %(num)d offence applies to these facts",
                "In %(place)s, on %(on)s, %(num)d offences apply to these facts",
                number,
                place=place,
                on=on,
            )
        )
    return str(
        ngettext(
            "In %(place)s, on %(on)s, %(num)d offence applies",
            "In %(place)s, on %(on)s, %(num)d offences apply",
            number,
            place=place,
            on=on,
        )
    )


def _apart(nation: NationAnswer, *, sure: bool, likely: int) -> list[str]:
    """What is likely only, what cannot be said, and, where nothing applies, what is ruled out."""
    found = []
    out = [o for o in nation.in_state("ruled-out") if not o.likely_only]
    if out and not sure:
        names = "; ".join(offence.provision.citation for offence in out[:FEW])
        more = f" (+{len(out) - FEW})" if len(out) > FEW else ""
        found.append(_("What is stated rules out %(names)s.", names=names + more))
    if likely:
        found.append(
            ngettext(
                "%(num)d more is likely, not confirmed by us from an official source.",
                "%(num)d more are likely, not confirmed by us from an official source.",
                likely,
            )
        )
    if unknown := len(nation.in_state("unknown")):
        found.append(
            ngettext(
                "%(num)d more is unknown: the reason is given below.",
                "%(num)d more are unknown: the reasons are given below.",
                unknown,
            )
        )
    return [str(one) for one in found]
