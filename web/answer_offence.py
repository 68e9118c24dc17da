"""An offence on the answer page: a line, what it opens to, and a short form for long lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kb.answers import OffenceAnswer
from kb.model import Element, Penalty
from kb.terms import identifier
from kb.topics import topics_of
from kb.wording import first_lower
from web.answer_strip import strip
from web.pieces import kept, piece
from web.state import knowledge


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The line of an offence, and what it opens to."""

    line: Markup
    body: Markup


def opening(found: OffenceAnswer, *, nation: str, rules: frozenset[str]) -> Opening:
    """An offence that opens; ``rules`` are those (slugs) that the page shows."""
    linked = frozenset(p.months_rule for p in found.max_penalty if p.months_rule in rules)

    def make() -> Opening:
        return Opening(
            line=piece("law/offence_line.html", found, nation, found=found, **_brief(found)),
            body=piece(
                "law/offence_body.html",
                found,
                nation,
                linked,
                found=found,
                nation=nation,
                linked=linked,
                strip=strip(knowledge().catalogue, found.id, nation),
            ),
        )

    made: Opening = kept(("opening", found, nation, linked), make)
    return made


def row(found: OffenceAnswer, *, nation: str, short: bool = False) -> Markup:
    """An offence in a list: its name and what its state has to say; ``short``: the name alone."""
    context = {"found": found, "nation": nation, "short": short}
    return piece("law/offence_row.html", found, nation, short, **context, **_brief(found))


def topic(found: OffenceAnswer) -> str:
    """The first topic (slug) that an offence is in; empty if it is in none."""
    known = knowledge()
    there: str = kept(
        ("topic", found.id),
        lambda: next(
            iter(topics_of(known.catalogue, known.schemes, identifier("offence", found.id))), ""
        ),
    )
    return there


def _brief(found: OffenceAnswer) -> dict[str, object]:
    return {"maximum": maximum(found.max_penalty), "to_show": to_show(found.needs or ())}


def maximum(penalties: tuple[Penalty, ...]) -> Penalty | None:
    """The highest of the maxima on the day, however it is tried; None if none was found."""
    return max(penalties, key=lambda one: (one.life, one.months or 0), default=None)


def to_show(needs: Iterable[Element]) -> str:
    """What still has to be shown, in one line: alternatives are joined by "or"."""
    groups: dict[str, list[str]] = {}
    for need in needs:
        groups.setdefault(need.one_of or need.fact or need.label, []).append(
            first_lower(need.label)
        )
    return "; ".join(" or ".join(labels) for labels in groups.values())
