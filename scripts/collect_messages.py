"""Collects what the interface says from the code and the templates into each catalogue.

``scripts/messages`` runs this in the project's own environment. What is new gets an empty entry
for a translator to fill; with ``--check`` nothing is changed, and every problem is listed.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
CATALOGUES = "translations/*/LC_MESSAGES/messages.po"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.svg", "jinja2")]
NOT_REVIEWED = "not reviewed"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def main(arguments: list[str] | None = None) -> int:
    """Brings the catalogues up to date, or with ``--check`` compares; the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/messages", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="change nothing, list what is wrong")
    given = parser.parse_args(arguments)
    said = collected()
    found = []
    for path in sorted(WEB.glob(CATALOGUES)):
        tag = path.parents[1].name
        with path.open("rb") as file:
            catalogue = read_po(file, locale=tag)
        before = {message.id for message in catalogue if message.id}
        wanted = {message.id for message in said if message.id}
        if given.check:
            found += [f"{tag}: no longer said: {message!r}" for message in before - wanted]
            found += [f"{tag}: missing: {message!r}" for message in wanted - before]
        else:
            update(catalogue, said)
            path.write_bytes(written(catalogue))
        found += [f"{tag}: {wrong}" for wrong in problems(catalogue)]
    print("\n".join(sorted(found)) or f"{len(said)} messages, all of them translated.")
    return 1 if given.check and found else 0


def collected() -> Catalog:
    """Every message of the interface, with the files that say it."""
    said = Catalog(fuzzy=False)
    for file, _, message, comments, _ in extract_from_dir(WEB, method_map=METHODS):
        said.add(message, locations=[(f"web/{file}", 0)], auto_comments=comments)
    return said


def update(catalogue: Catalog, said: Catalog) -> None:
    """Let a catalogue have what is said, and nothing else; new entries are marked as unread."""
    created = catalogue.creation_date
    catalogue.update(said, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.creation_date = created
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.id and not _complete(message) and NOT_REVIEWED not in message.user_comments:
            message.user_comments.append(NOT_REVIEWED)


def written(catalogue: Catalog) -> bytes:
    """A catalogue as its file: in the order of the messages, without numbers of lines."""
    file = BytesIO()
    write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    return file.getvalue()


def problems(catalogue: Catalog) -> Iterator[str]:
    """What is empty, doubtful, or puts other things into its sentence than the message does."""
    for message in catalogue:
        if not message.id:
            continue
        if not _complete(message):
            yield f"not translated: {message.id!r}"
        elif message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        elif _puts_in_others(message):
            yield f"other placeholders: {message.id!r}"


def _complete(message: Message) -> bool:
    forms = _forms(message.string)
    return bool(forms) and all(forms)


def _forms(said: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def _puts_in_others(message: Message) -> bool:
    """The form for any number takes all that the message takes; one for a number may leave it."""
    wanted = _placeholders(_forms(message.id)[-1])
    first, *others = (_placeholders(form) for form in _forms(message.string))
    return first != wanted or any(form - wanted for form in others)


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


if __name__ == "__main__":
    sys.exit(main())
