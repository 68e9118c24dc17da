"""The command line: ``whichlaw law``, ``compare``, ``offence``, ``provision``, ``check``, ``serve``

Each command stands in a module of its own that is loaded when the command is used: a question is
not kept waiting by the web server or the checker.
"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

DATA_SETTING = "KB_DATA"
ONTOLOGY_SETTING = "KB_ONTOLOGY"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@dataclass(frozen=True, kw_only=True)
class Lazy:
    """A command, by its module and name, and what it is for."""

    module: str
    name: str
    about: str

    def load(self) -> Any:
        """The command itself."""
        return getattr(import_module(self.module), self.name)


COMMANDS = {
    "law": Lazy(
        module="web.cli_law", name="law", about="Which law applies, in which nation, on which day?"
    ),
    "compare": Lazy(
        module="web.cli_compare", name="compare", about="Nations, or days, side by side."
    ),
    "offence": Lazy(
        module="web.cli_library", name="offence", about="All that is known of one offence."
    ),
    "provision": Lazy(
        module="web.cli_library", name="provision", about="All that is known of one provision."
    ),
    "check": Lazy(module="web.cli_check", name="check_data", about="Check the data files."),
    "serve": Lazy(module="web.serving", name="serve", about="Serve the website and the API."),
}


class LazyGroup(click.Group):
    """A group whose commands are loaded when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = COMMANDS[cmd_name].load()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.about) for name, command in COMMANDS.items()])


@dataclass(frozen=True, kw_only=True)
class Folders:
    """Where the facts and the words are read from; None is the project's own."""

    data: Path | None
    ontology: Path | None

    def given(self) -> dict[str, Path]:
        """Those that were given, as arguments of what reads them."""
        named = {"data": self.data, "ontology": self.ontology}
        return {name: folder for name, folder in named.items() if folder is not None}


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 answered; 1 not found, or it could not be done; 2 the question cannot be"
    " answered as asked. Not legal advice.",
)
@click.option("--data", type=FOLDER, envvar=DATA_SETTING, help="The folder of the facts.")
@click.option("--ontology", type=FOLDER, envvar=ONTOLOGY_SETTING, help="The folder of the words.")
@click.pass_context
def main(ctx: click.Context, data: Path | None, ontology: Path | None) -> None:
    """Which law on intimate images applies, in which nation of the United Kingdom, on which day.

    \b
    For example:
      whichlaw law --nation scotland --on 2017-07-02 --conduct share
      whichlaw compare --nation scotland --other-nation wales
      whichlaw law --conduct take --material indecent-photograph --depicted-age 17
      whichlaw serve
    """
    ctx.obj = Folders(data=data, ontology=ontology)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


if __name__ == "__main__":
    main(prog_name="whichlaw")
