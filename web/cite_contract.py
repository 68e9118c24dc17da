"""What /api/v1/citations takes and answers: a part of the contract of the API."""

from collections.abc import Mapping, Sequence

from kb.citation_model import Citation
from kb.errors import QuestionError
from kb.knowledge import Knowledge
from web.contract_parts import Envelope, Provision, Published
from web.params import Parameter, refuse_others

LONGEST = 5_000
CITATIONS = (
    Parameter(
        name="q",
        description=f"Any text with citations in it, at most {LONGEST:,} characters: short titles,"
        " initials, numbers in a series, addresses of legislation.gov.uk. Needed.",
        examples=("PCA 1978 s 1(1)(a)", "2009 asp 9 s 34"),
        needed=True,
        written={},
    ),
)


class NoText(QuestionError):
    """No text, or more than is read."""

    def __init__(self) -> None:
        self.parameter = "q"
        super().__init__(
            f"q is the text with the citations, for example q=PCA 1978 s 1(1)(a): it is needed,"
            f" and has at most {LONGEST:,} characters."
        )


class CitationMatch(Published):
    """Something here that a citation may name."""

    kind: str
    """`provision` or `instrument`."""
    ref: Provision
    pinpoint: str | None
    """The part of the provision that was cited."""


class CitationFound(Published):
    """A citation in the text."""

    text: str
    start: int
    """Where it begins in the text, in characters from 0."""
    end: int
    status: str
    """`one`, `ambiguous` (choose), `not-held` (the nearest is given) or `unknown`."""
    matches: tuple[CitationMatch, ...]
    """What it may name: a provision before an instrument alone."""
    reason: str
    """Why it is not just one, in words; empty if it is."""


class CitationsDocument(Envelope):
    """What a text cites."""

    q: str
    whole: bool
    """Whether the text is one citation and nothing else."""
    citations: tuple[CitationFound, ...]


def read_text(given: Mapping[str, Sequence[str]], *, known: Knowledge) -> str:
    """The text of a query string; raises a QuestionError that says what would be right."""
    refuse_others(given, CITATIONS, schemes=known.schemes)
    text = next(iter(given.get("q", ())), "")
    if not text.strip() or len(text) > LONGEST:
        raise NoText
    return text


def citations_content(
    text: str, found: tuple[Citation, ...], whole: Citation | None
) -> dict[str, object]:
    """The content of the document for a text."""
    return {"q": text, "whole": whole is not None, "citations": found}
