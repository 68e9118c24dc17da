"""The JSON API: stable, versioned addresses, each answering with one published document."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, request

from kb.model import AskedPeriod
from web import contract
from web.contract_parts import Envelope
from web.contract_period import PeriodDocument, period_document
from web.edition import edition
from web.openapi import Call, describe
from web.params import LAW, PERIOD, Parameter, read_question, refuse_others
from web.state import knowledge, replay

PREFIX = "/api/v1"
TOOLS = (f"{PREFIX}/", "/openapi.json")

blueprint = Blueprint("api", __name__)
View = TypeVar("View", bound=Callable[..., Response])


def call(
    rule: str,
    /,
    *,
    answers: type[Envelope],
    otherwise: type[Envelope] | None = None,
    takes: tuple[Parameter, ...] = (),
    **places: str,
) -> Callable[[View], View]:
    """Answer an address below the prefix: registers the view, and describes it in /openapi.json.

    ``places`` says what each variable part of it is; what it names may not be found.
    """

    def register(view: View) -> View:
        made = Call(document=answers, otherwise=otherwise, takes=takes, places=places)
        view.call = made  # type: ignore[attr-defined]
        blueprint.add_url_rule(PREFIX + rule, view_func=view)
        return view

    return register


@call("/law", answers=contract.LawDocument, otherwise=PeriodDocument, takes=(*LAW, *PERIOD))
def law() -> Response:
    """Which law applies, in these nations, on this day or over this period, to these facts?"""
    stated = replay(request.args.to_dict(flat=False))
    asked = read_question(stated, schemes=knowledge().schemes)
    if isinstance(asked, AskedPeriod):
        over = asked
        return _answer(lambda: period_document(knowledge().law_over(over)), asked=repr(over))
    return _answer(lambda: contract.law_document(knowledge().which_law(asked)), asked=repr(asked))


@call("/offences", answers=contract.OffencesDocument)
def offences() -> Response:
    """Every offence, in the order of its id."""
    return _listing(contract.OffencesDocument, lambda: {"offences": knowledge().library.offences()})


@call("/offences/<slug>", answers=contract.OffenceDocument, slug="The id of an offence.")
def offence(slug: str) -> Response:
    """Everything about one offence, on all days."""
    return _thing(contract.OffenceDocument, lambda: knowledge().library.offence(slug))


@call(
    "/provisions/<path:path>",
    answers=contract.ProvisionDocument,
    path="The path of a provision; its slashes may stand as they are.",
)
def provision(path: str) -> Response:
    """Everything about one provision: extent, windows, versions, offences."""
    return _thing(contract.ProvisionDocument, lambda: knowledge().library.provision(path))


@call("/instruments", answers=contract.InstrumentsDocument)
def instruments() -> Response:
    """Every instrument, in the order of its path."""
    return _listing(
        contract.InstrumentsDocument, lambda: {"instruments": knowledge().library.instruments()}
    )


@call(
    "/instruments/<path:path>",
    answers=contract.InstrumentDocument,
    path="The path of an instrument; its slashes may stand as they are.",
)
def instrument(path: str) -> Response:
    """One instrument, and its provisions that are here."""
    return _thing(contract.InstrumentDocument, lambda: knowledge().library.instrument(path))


@call("/nations", answers=contract.NationsDocument)
def nations() -> Response:
    """The nations that can be asked about."""
    return _listing(
        contract.NationsDocument, lambda: {"nations": knowledge().schemes.scheme("nations")}
    )


@call("/schemes", answers=contract.SchemesDocument)
def schemes() -> Response:
    """The names of the schemes: the controlled words, by what they are about."""
    return _listing(
        contract.SchemesDocument, lambda: {"schemes": sorted(knowledge().schemes.by_name)}
    )


@call("/schemes/<name>", answers=contract.SchemeDocument, name="The name of a scheme.")
def scheme(name: str) -> Response:
    """The words of one scheme, in its order."""
    return _listing(
        contract.SchemeDocument,
        lambda: {"scheme": name, "concepts": knowledge().schemes.scheme(name)},
    )


@call("/rules", answers=contract.RulesDocument)
def rules() -> Response:
    """Every rule that cuts across offences, on all days."""
    return _listing(contract.RulesDocument, lambda: {"rules": knowledge().library.rules()})


@call("/doubts", answers=contract.DoubtsDocument)
def doubts() -> Response:
    """Every open doubt about the law, and where it might be settled."""
    return _listing(contract.DoubtsDocument, lambda: {"doubts": knowledge().library.doubts()})


@call("/coverage", answers=contract.CoverageDocument)
def coverage() -> Response:
    """For what we claim to know each nation's law, and what is left out."""
    return _listing(contract.CoverageDocument, lambda: {"coverage": knowledge().library.coverage()})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this API, as OpenAPI 3.1."""
    known = current_app.extensions
    if "openapi" not in known:
        described = describe(current_app, prefix=PREFIX, schemes=knowledge().schemes)
        known["openapi"] = json.dumps(described, ensure_ascii=False, indent=1)
    return _tagged(known["openapi"], tag=_tag())


@blueprint.after_app_request
def open_to_other_sites(response: Response) -> Response:
    """Let the scripts of other sites read what tools read, and let them keep it: all is public."""
    if request.path.startswith(TOOLS):
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            response.headers.setdefault("Cache-Control", "no-cache")
            response.add_etag()
            response.make_conditional(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    return response


def _thing(document: type[Envelope], find: Callable[[], Any]) -> Response:
    """One record as its document."""
    return _listing(document, lambda: contract.fields_of(find()))


def _listing(document: type[Envelope], find: Callable[[], dict[str, Any]]) -> Response:
    """The content of a document, for an address that takes no parameters."""
    known = knowledge()
    refuse_others(request.args.to_dict(flat=False), (), schemes=known.schemes)
    return _answer(
        lambda: contract.enclose(
            document, find(), checked_on=known.checked_on, release=known.release
        )
    )


def _answer(make: Callable[[], Envelope], *, asked: str = "") -> Response:
    """A document, made only if the reader does not have it already."""
    tag = _tag(asked)
    if tag in request.if_none_match.as_set():
        return _tagged("", tag=tag)  # the body of a 304
    return _tagged(make().model_dump_json(), tag=tag)


def _tag(asked: str = "") -> str:
    """What tells an answer from others: the data, the program, the address and the question."""
    release = knowledge().release
    return edition(release.id, release.sha256, request.path, asked)


def _tagged(text: str, *, tag: str) -> Response:
    response = Response(text, mimetype="application/json")
    response.set_etag(tag)
    return response
