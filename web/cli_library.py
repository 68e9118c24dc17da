"""``whichlaw offence`` and ``whichlaw provision``: all that is known of one thing."""

import re
from collections.abc import Iterator

import click

from kb.knowledge import Knowledge
from web.cli_opening import as_json, contract, finding, opened
from web.cli_things import ThingTable

OFFICIAL = re.compile(r"^(https?://)?(www\.)?legislation\.gov\.uk/(id/)?")


@click.command()
@click.argument("slug")
@as_json
@click.pass_context
def offence(ctx: click.Context, slug: str, wants_json: bool) -> None:
    """All that is known of one offence, on all days.

    SLUG is the id that the other commands show in square brackets.
    """
    known = opened(ctx)
    with finding(found.id for found in known.library.offences()):
        view = known.library.offence(slug)
    if wants_json:
        _write_json(known, view, document="OffenceDocument")
    else:
        _write_table(ThingTable(known=known).offence(view))


@click.command()
@click.argument("path")
@as_json
@click.pass_context
def provision(ctx: click.Context, path: str, wants_json: bool) -> None:
    """All that is known of one provision, on all days.

    PATH is as legislation.gov.uk has it, for example ukpga/1978/37/section/1; the whole address
    will do.
    """
    known = opened(ctx)
    here = (part.id for act in known.library.instruments() for part in act.provisions)
    with finding(here):
        view = known.library.provision(OFFICIAL.sub("", path).strip("/"))
    if wants_json:
        _write_json(known, view, document="ProvisionDocument")
    else:
        _write_table(ThingTable(known=known).provision(view))


def _write_json(known: Knowledge, view: object, *, document: str) -> None:
    published = contract()
    made = published.enclose(
        getattr(published, document),
        published.fields_of(view),
        checked_on=known.checked_on,
        release=known.release,
    )
    click.echo(made.model_dump_json(indent=2))


def _write_table(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)
