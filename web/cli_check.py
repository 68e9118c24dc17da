"""``whichlaw check``: every mistake in the data files, with what would be right."""

from pathlib import Path

import click

from kb.checks import check
from kb.store import DATA, ONTOLOGY
from web.cli import Folders
from web.cli_layout import detail, item


@click.command("check")
@click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of rules to check by, instead of the project's own.",
)
@click.pass_context
def check_data(ctx: click.Context, rules: Path | None) -> None:
    """Check the data files: their layout, their shapes, and the rules that span facts.

    Exits with 1 if there is any problem.
    """
    folders: Folders = ctx.find_root().obj
    click.echo("Checking the data: this takes a while.", err=True)
    problems = check(folders.data or DATA, folders.ontology or ONTOLOGY, rules)
    for problem in problems:
        click.echo(item(f"{problem.file}: {problem.subject}"))
        click.echo(detail(problem.problem))
        click.echo(detail(problem.right, label="Right would be"))
    if problems:
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        click.echo(f"\n{count} found.", err=True)
        ctx.exit(1)
    click.echo("No problem was found.")
