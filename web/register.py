"""The register of what published pages claim: the pages, their claims, and mistaken beliefs."""

from flask import Blueprint, render_template, request, url_for

from kb.advice import one_of
from web.advice_asked import CLAIMS, MISCONCEPTIONS, AdviceAsked, read_advice
from web.claim_order import PART
from web.claims_page import (
    claim_page,
    claims_page,
    misconception_page,
    misconceptions_page,
    source_page,
    sources_page,
)
from web.paging import read_part
from web.params import Parameter
from web.state import knowledge

blueprint = Blueprint("register", __name__)


@blueprint.get("/sources")
def sources() -> str:
    """The pages whose claims were read, with their claims counted."""
    _asked(())
    return render_template("advice/sources.html", page=sources_page(known=knowledge()))


@blueprint.get("/sources/<slug>")
def source(slug: str) -> str:
    """One page, claim by claim, to be read beside the original."""
    part, _ = _parted(())
    known, listed = knowledge(), url_for("register.sources")
    found = one_of(known.advice.pages, slug, kind="source", listed=listed)
    return render_template("advice/source.html", page=source_page(found, part=part, known=known))


@blueprint.get("/claims")
def claims() -> str:
    """The claims that fit, page by page."""
    part, asked = _parted(CLAIMS)
    page = claims_page(asked, part=part, known=knowledge())
    return render_template("advice/claims.html", page=page)


@blueprint.get("/claims/<slug>")
def claim(slug: str) -> str:
    """Everything about one claim."""
    _asked(())
    known, listed = knowledge(), url_for("register.claims")
    found = one_of(known.advice.claims, slug.lower(), kind="claim", listed=listed)
    return render_template("advice/claim.html", page=claim_page(found, known=known))


@blueprint.get("/misconceptions")
def misconceptions() -> str:
    """What people get wrong, each with its correction."""
    page = misconceptions_page(_asked(MISCONCEPTIONS), known=knowledge())
    return render_template("advice/misconceptions.html", page=page)


@blueprint.get("/misconceptions/<slug>")
def misconception(slug: str) -> str:
    """One mistaken belief and its correction."""
    _asked(())
    known, listed = knowledge(), url_for("register.misconceptions")
    found = one_of(known.advice.misconceptions, slug, kind="misconception", listed=listed)
    page = misconception_page(found, known=known)
    return render_template("advice/misconception.html", page=page)


def _asked(takes: tuple[Parameter, ...]) -> AdviceAsked:
    return read_advice(request.args.to_dict(flat=False), takes, known=knowledge())


def _parted(takes: tuple[Parameter, ...]) -> tuple[int, AdviceAsked]:
    """Which part of a long list is asked for, and what else is."""
    part, rest = read_part(request.args.to_dict(flat=False), name=PART)
    return part, read_advice(rest, takes, known=knowledge())
