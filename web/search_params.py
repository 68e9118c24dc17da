"""The parameters of a search: on its page, of its feed and of its API."""

from kb.search_asked import MOST
from kb.search_model import FACETS, KINDS, SORTS
from web.params import DAY_EXAMPLE, Parameter

ABOUT = {
    "kind": "The kinds of things to find.",
    "nation": "Only what is law there: on the day if `on` is stated, else on any day. With `state`"
    " or `document_state`: what is in that state there.",
    "state": "The state of offences, provisions and rules on the day, or today.",
    "document_state": "The state of guidance and services on the day, or today.",
    "instrument": "Only what is part of, or about, these instruments, by their paths.",
    "topic": "Only what is in these topics.",
    "conduct": "Only what is about these conducts.",
    "material": "Only what is about these materials.",
    "body": "Only what these bodies publish or run.",
    "audience": "Only what is for these people.",
    "verdict": "Only claims and beliefs with these verdicts.",
}
ACT = {"pattern": r"^(?:[A-Za-z0-9-]+(?:/[A-Za-z0-9-]+)+)?$"}


def _filter(name: str, scheme: str | None) -> Parameter:
    """The parameter of a facet."""
    own = {"pattern": f"^(?:{'|'.join(KINDS)})?$"} if name == "kind" else ACT
    return Parameter(
        name=name,
        description=f"{ABOUT[name]} All if none is stated.",
        scheme=scheme,
        repeats=True,
        examples=() if scheme else KINDS if name == "kind" else ("ukpga/1978/37",),
        written={} if scheme else own,
    )


SEARCH = (
    Parameter(
        name="q",
        description='What to search for: words, a "phrase", the beginning of a word (deepf*), -word'
        " to leave out, OR between two, brackets, a field (title:, name:, cited:, text:, or a"
        " filter such as kind:), or a citation. Needed.",
        examples=("revenge porn", '"without consent"', "deepf*", "title:sexting kind:guidance"),
        needed=True,
        written={},
    ),
    *(_filter(name, scheme) for name, scheme in FACETS.items()),
    Parameter(
        name="on",
        description="Only what is, or may be, law on this day, year-month-day.",
        examples=(DAY_EXAMPLE,),
        written={"format": "date"},
    ),
    Parameter(
        name="sort",
        description="In which order: the best first, the newest first, or by title.",
        examples=SORTS,
        written={"pattern": f"^(?:{'|'.join(SORTS)})?$"},
    ),
    Parameter(
        name="limit",
        description=f"How many results to a page, from 1 to {MOST}; 20 if not stated.",
        examples=("20",),
        written={"pattern": "^(?:[1-9][0-9]?|100)?$"},
    ),
    Parameter(
        name="page",
        description="Which page, from 1.",
        examples=("1",),
        written={"pattern": "^(?:[1-9][0-9]{0,4})?$"},
    ),
)
