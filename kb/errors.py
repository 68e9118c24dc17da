"""Everything that can go wrong in the knowledge base, in one tree.

KnowledgeError
├── DataError          a file of ours cannot be read: names the file and what is wrong
├── QueryError         a question file and what was asked of it do not fit
└── QuestionError      what was asked cannot be answered as asked
    ├── UnknownValue   a word that is not in its scheme: names the words that are
    ├── BadAge         an age that is not a number or a range
    └── NotFound       no such offence, provision, instrument, scheme …
"""


class KnowledgeError(Exception):
    """The root: catch this to catch everything that the knowledge base raises."""


class DataError(KnowledgeError):
    """A data file cannot be read."""


class QueryError(KnowledgeError):
    """A question was given a parameter too many, too few, or of the wrong kind."""


class QuestionError(KnowledgeError):
    """What was asked cannot be answered as asked; the message says what would be right."""


class UnknownValue(QuestionError):
    """A word that is not in its scheme.

    ``parameter`` and ``value`` say what was asked, ``valid`` (tuple of str) what could have been.
    """

    def __init__(self, parameter: str, value: str, valid: tuple[str, ...]) -> None:
        self.parameter, self.value, self.valid = parameter, value, valid
        super().__init__(
            f"{parameter} cannot be {value!r}. It can be: {', '.join(valid) or 'nothing'}."
        )


class BadAge(QuestionError):
    """An age that is neither a number of years nor a range."""

    def __init__(self, parameter: str, value: str) -> None:
        self.parameter, self.value = parameter, value
        super().__init__(
            f"{parameter} cannot be {value!r}. It is a number of years from 0 to 120 (17),"
            " a range (13-15), or an open range (under-16, over-17, 18-or-over)."
        )


class NotFound(QuestionError):
    """No such thing is here."""

    def __init__(self, kind: str, slug: str, hint: str = "") -> None:
        self.kind, self.slug = kind, slug
        super().__init__(f"There is no {kind} {slug!r} here. {hint}".strip())
