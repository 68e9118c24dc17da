"""``whichlaw law``: the question that everything serves, from a terminal."""

import difflib
from collections.abc import Callable

import click

from kb.errors import QuestionError
from kb.model import AskedPeriod
from kb.period_model import PeriodAnswer
from kb.releases import PARAMETER as AS_KNOWN
from kb.schemes import Schemes
from web.cli_layout import wrapped
from web.cli_opening import as_json, contract, contract_period, opened
from web.cli_period import period_lines
from web.cli_tables import LawTable
from web.params import LAW, PERIOD, BadParameter, Parameter, read_question

Command = Callable[..., None]


def asks(parameters: tuple[Parameter, ...]) -> Callable[[Command], Command]:
    """Give a command an option for each parameter of its question."""

    def give(command: Command) -> Command:
        for parameter in reversed(parameters):
            command = click.option(
                option_of(parameter.name),
                multiple=parameter.repeats,
                metavar=_metavar(parameter),
                help=parameter.description + (" May be repeated." if parameter.repeats else ""),
            )(command)
        return command

    return give


def option_of(name: str) -> str:
    """The option of a parameter: ``--depicted-age`` of ``depicted_age``."""
    return "--" + name.replace("_", "-")


def _metavar(parameter: Parameter) -> str:
    if parameter.scheme:
        return "WORD"
    if parameter.name == AS_KNOWN:
        return "RELEASE"
    return "AGE" if "pattern" in parameter.written else "DAY"


@click.command()
@asks((*LAW, *PERIOD))
@click.option("--rules", is_flag=True, help="List the rules that cut across offences too.")
@as_json
@click.pass_context
def law(
    ctx: click.Context,
    /,
    *,
    rules: bool,
    wants_json: bool,
    **given: str | tuple[str, ...] | None,
) -> None:
    """Which law applies, in these nations, on this day or over this period, to these facts?

    What is not stated rules nothing out. A word that is not known is answered with those that are.

    \b
    For example:
      whichlaw law --nation scotland --on 2017-07-02 \\
                   --conduct share --material intimate-image
    """
    known = opened(ctx, as_known=given.pop(AS_KNOWN, None))
    stated = {
        name: [value] if isinstance(value, str) else list(value)
        for name, value in given.items()
        if value
    }
    try:
        asked = read_question(stated, schemes=known.schemes)
    except QuestionError as error:
        raise click.UsageError(explained(error), ctx=ctx) from error
    if isinstance(asked, AskedPeriod):
        over = known.law_over(asked)
        _shown(over, known.schemes, wants_json=wants_json)
        return
    answer = known.which_law(asked)
    if wants_json:
        click.echo(contract().law_document(answer).model_dump_json(indent=2))
    else:
        for line in LawTable(answer=answer, schemes=known.schemes, with_rules=rules).lines():
            click.echo(line)


def _shown(over: PeriodAnswer, schemes: Schemes, *, wants_json: bool) -> None:
    """Print the answer for a period."""
    if wants_json:
        click.echo(contract_period().period_document(over).model_dump_json(indent=2))
        return
    for line in period_lines(over, schemes=schemes):
        click.echo(line)


def explained(error: QuestionError, *, takes: tuple[Parameter, ...] = LAW) -> str:
    """What is wrong, by the name of the option, and the nearest word that would be right."""
    if not isinstance(error, BadParameter):
        return str(error)
    by_word = {parameter.name for parameter in takes if parameter.scheme}
    message = str(error).replace(error.parameter, option_of(error.parameter), 1)
    words = error.valid if error.parameter in by_word else ()
    near = difflib.get_close_matches(str(error.value), words, n=1)
    return wrapped(f"Error: {message}{f' Did you mean {near[0]}?' if near else ''}")[7:]
