"""The published pieces that several answers of the JSON API share.

Each model is made from a frozen record of ``kb`` by its attributes. ``start`` and ``end`` of a
record are published as ``from`` and ``to``: the first day, and the first day no longer.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

From = Annotated[
    date | None,
    Field(serialization_alias="from", description="The first day; null where none is recorded."),
]
To = Annotated[
    date | None,
    Field(
        serialization_alias="to",
        description="The first day on which it no longer holds; null while it still does.",
    ),
]
Fact = Annotated[str, Field(description="The identifier of the dated fact that says so.")]
Confidence = Annotated[
    str,
    Field(
        description="How closely it was read: a word of the scheme `confidences`. What rests on"
        " `memory` is likely, and not confirmed from an official source."
    ),
]
Path = Annotated[
    str,
    Field(
        description="The path of an official identifier, without the host.",
        examples=["ukpga/1978/37/section/1"],
    ),
]
LEFT_OUT_IF_NONE = Field(exclude_if=lambda value: value is None)


class Published(BaseModel):
    """The root of every model of the contract."""

    model_config = ConfigDict(
        defer_build=True,
        from_attributes=True,
        frozen=True,
        json_schema_serialization_defaults_required=True,
        serialize_by_alias=True,
        use_attribute_docstrings=True,
    )


class Release(Published):
    """Which data answered."""

    id: str
    """The id of the release; `unreleased` where the data is that of none."""
    sha256: str
    """The digest of the dataset: its N-Quads, sorted."""


class Licence(Published):
    """The licence of the facts."""

    name: str
    url: str


class Envelope(Published):
    """What every answer says about itself."""

    checked_on: date
    """The day on which the law was last checked."""
    release: Release
    disclaimer: str
    """That this is not legal advice."""
    licence: Licence


class Source(Published):
    """Where a row was read."""

    label: str
    """What was read, in the words it was recorded in."""
    address: str | None
    """Its public address."""
    note: str | None


class Provision(Published):
    """A provision as it is named in an answer."""

    id: Path
    uri: str
    """The official identifier itself."""
    citation: str
    limb: str | None
    """The separately chargeable part, where the provision has several."""


class Successor(Published):
    """An offence as another row refers to it."""

    id: str
    label: str
    provision: Provision


class Penalty(Published):
    """A maximum penalty."""

    tried: str
    """A word of the scheme `ways-tried`."""
    text: str
    months: int | None
    """Months of custody; 0 is a fine only; null with `life`, and where a rule sets it."""
    months_rule: str | None
    """The rule that sets the months on the day of conviction."""
    life: bool
    fine: bool | None
    """Whether there can be a fine as well; null where that was not recorded."""
    case: str | None
    """The case it is for, where there are several."""
    provision: Path | None
    start: From
    end: To
    note: str | None
    confidence: Confidence
    fact: Fact


class Mode(Published):
    """A mode of trial."""

    mode: str
    """A word of the scheme `modes-of-trial`."""
    case: str | None
    """The case it is for, where there are several."""
    start: From
    end: To
    confidence: Confidence
    fact: Fact


class Provided(Published):
    """A defence, a time limit or a mental element: in our words."""

    text: str
    provision: Path | None
    start: From
    end: To
    confidence: Confidence
    fact: Fact


class Reach(Published):
    """Whether the offence reaches what is done abroad."""

    reach: str
    """A word of the scheme `reaches`."""
    text: str
    provision: Path | None
    confidence: Confidence
    fact: Fact


class ProsecutionConsent(Published):
    """Who has to agree to a prosecution."""

    who: str
    provision: Path | None
    accused_below: int | None
    """It is needed only where the accused is younger than this; null for everybody."""
    confidence: Confidence
    fact: Fact


class NotKnown(Published):
    """What is doubtful or missing about a row, and why."""

    field: str
    """A word of the scheme `unknown-fields`."""
    label: str
    why: str
    doubt: str | None
    """The open doubt that holds it up."""
    missing: bool
    """Whether it is empty, rather than doubtful."""


class Doubt(Published):
    """An open doubt about the law, and where it might be settled."""

    id: str
    about: str
    what_is_missing: str
    where_to_look: str
    nations: tuple[str, ...]
    blocks: tuple[str, ...]
    """The offences, rules, provisions and instruments that it holds up."""
