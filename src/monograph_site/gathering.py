"""A draft to what the rules over several files need of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .claims import claims
from .coverage import missing
from .draft import Draft
from .facts import Facts, InternalLink
from .html import leads_away
from .text import collapse

MANY = 200
"""Links of one file into the site that are looked at: no page has as many, but a file made to be slow has."""
_TOLD_APART = re.compile(r"confus(?:ed|ion|e|ing)\b[^.\n]{0,80}\b(?:with|for|between)\b[^.\n]{0,120}")


def gather(page: Draft) -> Facts:
    """The facts of a file."""
    return Facts(tuple(_links(page)), claims(page), tuple(_told_apart(page)), " ".join(missing(page)))


def _told_apart(page: Draft) -> Iterator[str]:
    if "confus" in page.lower:
        for match in _TOLD_APART.finditer(page.lower):
            yield collapse(match.group())


def _links(page: Draft) -> Iterator[InternalLink]:
    count = 0
    for link in page.links:
        # A colon before the first slash is no path, whatever else it is: see `unsafe-link`.
        away = leads_away(link.target) or ":" in link.target.partition("/")[0]
        if link.target and not away and link.kind not in ("image", "key") and count < MANY:
            place, count = page.source.span(link.place), count + 1
            yield InternalLink(link.target, place.line, place.column)
