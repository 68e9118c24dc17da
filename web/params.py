"""The parameters of the API: one table, from which they are checked, explained and described."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kb.asked import BadDay, BadPeriod, parse_asked, parse_question
from kb.errors import BadAge, QuestionError, UnknownValue
from kb.model import Asked, AskedPeriod
from kb.releases import PARAMETER as AS_KNOWN
from kb.schemes import Schemes

YEARS = "(?:[0-9]|[1-9][0-9]|1[01][0-9]|120)"
AGE = f"^(?:{YEARS}|{YEARS}-{YEARS}|under-{YEARS}|over-{YEARS}|{YEARS}-or-over)$"
AGE_EXAMPLES = ("17", "13-15", "under-16", "over-17", "18-or-over")
DAY_EXAMPLE = "2017-07-02"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter of a question: a word of a scheme, or else written as the examples are."""

    name: str
    description: str
    scheme: str | None = None
    repeats: bool = False
    needed: bool = False
    examples: tuple[str, ...] = ()
    written: Mapping[str, str]

    def valid(self, schemes: Schemes) -> tuple[str, ...]:
        """What it can be: every word of its scheme, or examples of how it is written."""
        return schemes.slugs(self.scheme) if self.scheme else self.examples

    def schema(self, schemes: Schemes) -> dict[str, Any]:
        """Its JSON Schema, with the words that the scheme has at this moment."""
        words = {"enum": list(self.valid(schemes))} if self.scheme else self.written
        one = {"type": "string", **words}
        return {"type": "array", "items": one} if self.repeats else one


class BadParameter(QuestionError):
    """A parameter that cannot be read: which, what was given, and (tuple of str) what is valid."""

    def __init__(
        self, message: str, *, parameter: str, value: str | tuple[str, ...], valid: tuple[str, ...]
    ) -> None:
        self.parameter, self.value, self.valid = parameter, value, valid
        super().__init__(message)


def _word(name: str, scheme: str, description: str, *, repeats: bool = False) -> Parameter:
    return Parameter(name=name, scheme=scheme, description=description, repeats=repeats, written={})


def _age(name: str, whose: str) -> Parameter:
    return Parameter(
        name=name,
        description=f"The age of {whose}, in years from 0 to 120: a number or a range.",
        examples=AGE_EXAMPLES,
        written={"pattern": AGE},
    )


LAW = (
    _word("nation", "nations", "The place. All of them if none is stated.", repeats=True),
    Parameter(
        name="on",
        description="The day of the conduct, year-month-day. Today in London if none is stated.",
        examples=(DAY_EXAMPLE,),
        written={"format": "date"},
    ),
    _word("conduct", "conducts", "What was done.", repeats=True),
    _word("material", "materials", "What it was done to.", repeats=True),
    _age("depicted_age", "the person in the image; of a fake, the age that they appear to be"),
    _age("accused_age", "the person whose conduct it is"),
    _age("recipient_age", "the person to whom it was sent or said, or of whom it was asked"),
    _word("consent", "consents", "Whether the person shown, or sent to, agreed."),
    _word("relationship", "relationships", "What the accused and the person shown are."),
    Parameter(
        name=AS_KNOWN,
        description="A release of the data, by its id: what was said then, instead of now.",
        examples=(f"{DAY_EXAMPLE}.1",),
        written={"pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]+$"},
    ),
)


PERIOD = (
    Parameter(
        name="from",
        description="The first day of a period of conduct, year-month-day; in place of `on`.",
        examples=(DAY_EXAMPLE,),
        written={"format": "date"},
    ),
    Parameter(
        name="to",
        description="The first day after the period: the day itself is no longer in it.",
        examples=(DAY_EXAMPLE,),
        written={"format": "date"},
    ),
)


PLACE = tuple(parameter for parameter in LAW if parameter.name in ("nation", "on"))


def read_question(given: Mapping[str, Sequence[str]], *, schemes: Schemes) -> Asked | AskedPeriod:
    """The question of a query string, about a day or about a period; raises BadParameter."""
    refuse_others(given, (*LAW, *PERIOD), schemes=schemes)
    with _explained(schemes):
        return parse_question(dict(given), schemes=schemes)


def read_place(given: Mapping[str, Sequence[str]], *, schemes: Schemes) -> Asked:
    """The nations and the day alone, of a page about one thing; raises BadParameter."""
    refuse_others(given, PLACE, schemes=schemes)
    with _explained(schemes):
        return parse_asked(dict(given), schemes=schemes)


@contextmanager
def _explained(schemes: Schemes) -> Iterator[None]:
    """Say of a value that cannot be read what would be right."""
    try:
        yield
    except (BadAge, BadDay, BadPeriod, UnknownValue) as error:
        parameter = next(known for known in (*LAW, *PERIOD) if known.name == error.parameter)
        raise BadParameter(
            str(error),
            parameter=parameter.name,
            value=error.value,
            valid=parameter.valid(schemes),
        ) from error


def refuse_others(
    given: Mapping[str, Sequence[str]], taken: tuple[Parameter, ...], *, schemes: Schemes
) -> None:
    """Raises BadParameter for a parameter that is not ``taken``, and for one given too often."""
    by_name = {parameter.name: parameter for parameter in taken}
    takes = f"It takes: {', '.join(by_name)}." if by_name else "It takes no parameters."
    for name, values in given.items():
        if name not in by_name:
            raise BadParameter(
                f"There is no parameter {name!r} here. {takes}",
                parameter=name,
                value=values[0],
                valid=tuple(by_name),
            )
        if len(values) > 1 and not by_name[name].repeats:
            raise BadParameter(
                f"{name} takes one value, and was given {len(values)} times.",
                parameter=name,
                value=tuple(values),
                valid=by_name[name].valid(schemes),
            )


def described(parameter: Parameter, schemes: Schemes) -> dict[str, Any]:
    """A parameter as OpenAPI describes it. An empty value counts as not stated."""
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.needed,
        "allowEmptyValue": not parameter.needed,
        "description": parameter.description,
        "schema": parameter.schema(schemes),
        **({"style": "form", "explode": True} if parameter.repeats else {}),
        **_examples(parameter),
    }


def _examples(parameter: Parameter) -> dict[str, Any]:
    if not parameter.examples:
        return {}
    return {
        "examples": {
            example: {"value": [example] if parameter.repeats else example}
            for example in parameter.examples
        }
    }
