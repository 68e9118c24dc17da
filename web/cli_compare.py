"""``whichlaw compare``: nations, or days, side by side, from a terminal."""

from collections.abc import Iterator
from importlib import import_module

import click

from kb.comparison_model import Cell, Column, Comparison, Listed, Row
from kb.comparison_words import FACETS
from kb.errors import QuestionError
from kb.releases import PARAMETER as AS_KNOWN
from kb.schemes import Schemes
from kb.wording import day, first_lower
from web.cli_law import asks, explained
from web.cli_layout import bullet, detail, heading, item, title, wrapped
from web.cli_opening import as_json, opened
from web.cli_tables import about_the_data
from web.compare_asked import COMPARE, read_comparison

AGES = {"depicted_age": "person shown", "recipient_age": "other person", "accused_age": "accused"}
NO_AGE = "no age set"


@click.command()
@asks(COMPARE)
@as_json
@click.option("--csv", "wants_csv", is_flag=True, help="Answer as a table for a spreadsheet.")
@click.pass_context
def compare(
    ctx: click.Context,
    /,
    *,
    wants_json: bool,
    wants_csv: bool,
    **given: str | tuple[str, ...] | None,
) -> None:
    """What each nation has for each conduct on a day, or how two nations, or two days, differ.

    \b
    For example:
      whichlaw compare --conduct share --on 2017-07-03
      whichlaw compare --nation scotland --other-nation wales
      whichlaw compare --nation scotland --on 2017-07-02 --other-on 2017-07-03
    """
    known = opened(ctx, as_known=given.pop(AS_KNOWN, None))
    stated = {
        name: [value] if isinstance(value, str) else list(value)
        for name, value in given.items()
        if value
    }
    try:
        found = known.compare(read_comparison(stated, known=known))
    except QuestionError as error:
        raise click.UsageError(explained(error, takes=COMPARE), ctx=ctx) from error
    if wants_json:
        click.echo(_document(found))
    elif wants_csv:
        click.echo(import_module("web.compare_csv").comparison_csv(found), nl=False)
    else:
        for line in comparison_lines(found, schemes=known.schemes):
            click.echo(line)


def _document(found: Comparison) -> str:
    """The comparison as the API publishes it, by modules that nobody else waits for."""
    published = import_module("web.compare_contract")
    document = import_module("web.contract").enclose(
        published.ComparisonDocument,
        published.comparison_content(found),
        checked_on=found.checked_on,
        release=found.release,
    )
    text: str = document.model_dump_json(indent=2)
    return text


def comparison_lines(found: Comparison, *, schemes: Schemes) -> Iterator[str]:
    """Everything: warnings, the sides, how they differ, and row by row what each has."""
    for warning in found.warnings:
        yield heading(f"Warning: {warning}", colour="red")
        yield ""
    sides = "; ".join(f"{column.label}, {day(column.on)}" for column in found.columns)
    yield wrapped(f"Compared: {sides}.")
    if found.differences is not None:
        count = len(found.differences)
        yield ""
        yield heading(f"What differs ({count})" if count else "No difference is recorded")
        for difference in found.differences:
            yield bullet(f"{difference.about}: {difference.text}")
    for row in found.rows:
        yield ""
        yield title(row.label)
        if row.differs:
            yield wrapped(f"Differs: {'; '.join(FACETS[name] for name in row.differs)}.")
        for column, cell in zip(found.columns, row.cells, strict=True):
            yield from _cell(column, cell, row, found, schemes=schemes)
    if found.empty:
        yield ""
        yield wrapped(f"Nothing is recorded, on any side, for: {'; '.join(found.empty)}.")
    yield ""
    yield about_the_data(found.checked_on, release=found.release)


def _cell(
    column: Column, cell: Cell, row: Row, found: Comparison, *, schemes: Schemes
) -> Iterator[str]:
    several = len({side.on for side in found.asked.sides}) > 1
    place = f"{column.label}, {day(column.on)}" if several else column.label
    if cell.same_as is not None:
        yield item(f"{place}: as {found.columns[cell.same_as].label}")
        return
    yield item(place if cell.offences else f"{place}: none recorded")
    for reason in cell.none:
        yield detail(reason)
    rows = {other.conduct: other.label for other in found.rows}
    for one in cell.offences:
        if one.shown_at is None:
            yield bullet(_offence(one, schemes=schemes), indent=4)
    for slug in dict.fromkeys(one.shown_at for one in cell.offences if one.shown_at):
        count = sum(one.shown_at == slug for one in cell.offences)
        yield bullet(f"{count} more under “{rows.get(slug, slug)}”", indent=4)


def _offence(one: Listed, *, schemes: Schemes) -> str:
    found = one.offence
    state = schemes.concept("states", one.state, parameter="state").label
    ages = [
        f"{name} {' or '.join(limit.text for limit in getattr(found, person))}"
        for person, name in AGES.items()
        if getattr(found, person)
    ]
    confidence = schemes.concept("confidences", found.confidence, parameter="confidence").label
    parts = [first_lower(state), *(ages or [NO_AGE])]
    parts.append(f"maximum {found.maximum.text if found.maximum else 'not recorded'}")
    parts += [first_lower(confidence)] if found.likely_only else []
    return f"{found.provision.citation} [{found.id}]: {'; '.join(parts)}"
