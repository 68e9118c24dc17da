"""Which form of a thing a request wants: a page, or one of the forms of a graph."""

from collections.abc import Iterable

from flask import request

from kb.forms import FORMS

PAGE = "html"
PAGES = ("text/html", "application/xhtml+xml")
MEDIA_TYPES: dict[str, tuple[str, ...]] = {PAGE: PAGES} | {
    form.suffix: (form.media_type, *form.others) for form in FORMS
}
SUFFIXES = tuple(MEDIA_TYPES)


def wanted(among: Iterable[str] = SUFFIXES) -> str | None:
    """The suffix that the request likes best, the first of equals; None if it likes none.

    Where several ranges of Accept fit, the most specific one counts, as RFC 9110 has it: a media
    type that is refused by name (``q=0``) is not brought back by ``*/*``. What is asked for by name
    goes before what a wildcard lets in, and a wildcard means the media type that we really send.
    """
    ranges = {str(one).partition(";")[0].strip().lower(): q for one, q in _accepted()}
    if not ranges:
        return next(iter(among))
    best, found = (0.0, False), None
    for suffix in among:
        for media_type in MEDIA_TYPES[suffix]:
            named = media_type in ranges
            if named or media_type == MEDIA_TYPES[suffix][0]:
                rank = (_quality(media_type, ranges), named)
                if rank[0] > 0 and rank > best:
                    best, found = rank, suffix
    return found


def _accepted() -> list[tuple[str, float]]:
    """The ranges of Accept, the least wanted first."""
    return sorted(request.accept_mimetypes, key=lambda pair: pair[1])


def _quality(media_type: str, ranges: dict[str, float]) -> float:
    """What the most specific range that fits a media type says of it."""
    for one in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if one in ranges:
            return ranges[one]
    return 0.0


def split(path: str) -> tuple[str, str | None]:
    """A path without the suffix of a form, and that suffix if it ends in one."""
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and stem and suffix in SUFFIXES else (path, None)
