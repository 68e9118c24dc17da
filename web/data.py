"""/data: what the dataset holds, described for people and machines, and the files to take away."""

import json
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from kb.cache import folder_of
from kb.dataset import Dataset, GraphCounts, count
from kb.dataset_description import ABOUT, LICENCE, Edition, describe_dataset
from kb.description import store_of
from kb.dumps import Dump, Dumps
from kb.errors import NotFound
from kb.forms import BY_SUFFIX, FORMS, write
from kb.json_ld import Context
from kb.table_columns import COLUMNS, DATES, TITLES
from kb.tables import Tables
from kb.terms import EVERY_PREFIX
from web.contexts import context
from web.edition import edition
from web.negotiation import PAGE, wanted
from web.open_data import open_to_all
from web.state import knowledge

blueprint = Blueprint("data", __name__)
CSVW = ".csv-metadata.json"
RDF_FIRST = tuple(form.suffix for form in FORMS)
_LOCK = Lock()


@dataclass(frozen=True, kw_only=True)
class DataPage:
    """The dataset in numbers, its files and its licence."""

    about: str
    dataset: Dataset
    whole: tuple[Dump, ...]
    tables: tuple[tuple[Dump, str], ...]
    licence: str
    release: str


@dataclass(frozen=True, kw_only=True)
class FilesPage:
    """Every named graph as a file below ``folder``, with its SHA-256 by its name."""

    graphs: tuple[GraphCounts, ...]
    digests: dict[str, str]
    folder: str


@blueprint.get("/data")
def described() -> Response:
    """The dataset as a page, or as VoID and DCAT in the form that the request likes best."""
    suffix = wanted()
    if suffix is None:
        abort(406, f"There are the forms {PAGE}, {', '.join(RDF_FIRST)}: ask for one of them.")
    if suffix != PAGE:
        response = _description(suffix)
        response.headers["Content-Location"] = url_for("data.in_form", suffix=suffix)
        return response
    dumps = {dump.name: dump for dump in _dumps().all()}
    page = DataPage(
        about=ABOUT,
        dataset=_dataset(),
        whole=tuple(dump for name, dump in dumps.items() if "/" not in name),
        tables=tuple((dumps[f"tables/{name}.csv"], TITLES[name]) for name in COLUMNS),
        licence=LICENCE,
        release=knowledge().release.id,
    )
    return Response(render_template("data/data.html", page=page))


@blueprint.get("/data/files")
def files() -> str:
    """Every file of facts, with the day on which it was checked."""
    dumps = {dump.name: dump.sha256 for dump in _dumps().all()}
    graphs = _dataset().graphs
    page = FilesPage(
        graphs=graphs,
        digests={graph.name: dumps[f"graphs/{graph.name}.ttl"] for graph in graphs},
        folder=f"{url_for('data.described')}/graphs",
    )
    return render_template("data/files.html", page=page)


@blueprint.get("/data.<suffix>")
def in_form(suffix: str) -> Response:
    """The description of the dataset in one form."""
    if suffix not in BY_SUFFIX:
        raise NotFound("form", suffix, hint=f"There are: {', '.join(BY_SUFFIX)}.")
    return _description(suffix)


@blueprint.get("/.well-known/void")
def well_known() -> WerkzeugResponse:
    """Where machines look for the description of a dataset."""
    return redirect(url_for("data.in_form", suffix=wanted(RDF_FIRST) or RDF_FIRST[0]), code=303)


@blueprint.get("/data/<path:name>")
def file(name: str) -> Response:
    """A file to take away; of a table also what its columns hold."""
    if name.endswith(CSVW):
        return _columns(name.removeprefix("tables/").removesuffix(CSVW))
    found = _dumps().find(name)
    if found is None:
        raise NotFound("file", name, hint=f"Every file is listed at {url_for('data.described')}.")
    dump, path = found
    response = send_file(
        path,
        mimetype=dump.media_type,
        etag=dump.sha256,
        last_modified=None,
        max_age=None,
    )
    response.headers.pop("Last-Modified", None)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Repr-Digest"] = f"sha-256=:{_base64(dump.sha256)}:"
    links = [f'<{LICENCE}>; rel="license"', f'<{url_for("data.described")}>; rel="collection"']
    if name.startswith("tables/"):
        columns = url_for("data.file", name=name.removesuffix(".csv") + CSVW)
        links.append(f'<{columns}>; rel="describedby"; type="application/csvm+json"')
    response.headers["Link"] = ", ".join(links)
    return response


@blueprint.after_request
def _open(response: Response) -> Response:
    if request.endpoint in ("data.described", "data.well_known"):
        response.vary.add("Accept")
    return open_to_all(response)


def _description(suffix: str) -> Response:
    known = knowledge()
    form = BY_SUFFIX[suffix]
    response = Response(content_type=form.media_type)
    response.set_etag(edition(known.release.sha256, request.url_root, suffix))
    response.headers["Cache-Control"] = "no-cache"
    if request.if_none_match.contains(response.get_etag()[0] or ""):
        response.status_code = 304
        return response
    said = describe_dataset(_dataset(), _dumps().all(), edition=_edition())
    prefixed = Context(prefixes=EVERY_PREFIX, meant=context().meant)
    response.data = write(said, suffix, context=prefixed)
    return response


def _edition() -> Edition:
    known = knowledge()
    first = min(known.catalogue.offences)
    return Edition(
        root=request.url_root,
        release=known.release.id,
        nations=tuple(word.address for word in known.schemes.scheme("nations")),
        example=first,
        earliest=min(claim.earliest for claim in known.library.coverage()).isoformat(),
    )


def _columns(name: str) -> Response:
    """What the columns of a table hold, as CSV on the Web has it."""
    if name not in COLUMNS:
        raise NotFound("table", name, hint=f"There are: {', '.join(COLUMNS)}.")
    said = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url_for("data.file", name=f"tables/{name}.csv"),
        "dc:title": TITLES[name],
        "dc:license": {"@id": LICENCE},
        "tableSchema": {
            "columns": [
                {
                    "name": column,
                    "titles": column,
                    "dc:description": what,
                    "datatype": "date" if column in DATES else "string",
                }
                for column, what in COLUMNS[name]
            ]
        },
    }
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    return Response(text, content_type="application/csvm+json")


def _dataset() -> Dataset:
    """The dataset in numbers, counted once."""
    kept = current_app.extensions
    with _LOCK:
        if "dataset" not in kept:
            kept["dataset"] = count(store_of(knowledge().engine))
        found: Dataset = kept["dataset"]
        return found


def _dumps() -> Dumps:
    """The files of this dataset, made when the first is asked for."""
    kept = current_app.extensions
    with _LOCK:
        if "dumps" not in kept:
            known, setting = knowledge(), folder_of(current_app.config["CACHE"])
            kept["dumps"] = Dumps(
                store_of(known.engine),
                tables=Tables(catalogue=known.catalogue, advice=known.advice),
                context=context(),
                folder=Path(setting) if setting else None,
            )
        found: Dumps = kept["dumps"]
        return found


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()
