"""Citations: downloads for reference managers, and the reader of citations for tools."""

from flask import Blueprint, Response, request

from kb.citation import find, reference_of, resolve
from kb.citation_exports import FORMATS
from kb.errors import NotFound
from kb.terms import identifier, legal_address
from web.cite_contract import CITATIONS, CitationsDocument, citations_content, read_text
from web.contract import enclose
from web.openapi import Call
from web.params import refuse_others
from web.state import knowledge

blueprint = Blueprint("cite", __name__)


@blueprint.get(f"/cite/<path:thing>.<any({','.join(FORMATS)}):form>")
def export(thing: str, form: str) -> Response:
    """The citation of an offence (by its id), or of a provision or instrument (by its path)."""
    known = knowledge()
    refuse_others(request.args.to_dict(flat=False), (), schemes=known.schemes)
    catalogue = known.catalogue
    offence = catalogue.offences.get(identifier("offence", thing))
    address, limb = (offence.provision, offence.limb) if offence else (legal_address(thing), None)
    if address not in catalogue.provisions and address not in catalogue.instruments:
        raise NotFound("offence, provision or instrument", thing)
    written = reference_of(catalogue, address, limb)
    response = Response(FORMATS[form].write(written), content_type=FORMATS[form].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{written.key}.{form}"'
    return response


@blueprint.get("/api/v1/citations")
def citations_api() -> Response:
    """What a text cites: every citation in it, and which provision or instrument each may name."""
    known = knowledge()
    text = read_text(request.args.to_dict(flat=False), known=known)
    found, whole = find(known.catalogue, text), resolve(known.catalogue, text)
    document = enclose(
        CitationsDocument,
        citations_content(text, found, whole),
        checked_on=known.checked_on,
        release=known.release,
    )
    return Response(document.model_dump_json(), mimetype="application/json")


# What /openapi.json reads of a view.
citations_api.call = Call(  # type: ignore[attr-defined]
    document=CitationsDocument, takes=CITATIONS, places={}
)
