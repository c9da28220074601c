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

_TOLD_APART = re.compile(r"confus(?:ed|ion|e|ing)\b[^.\n]{0,80}\b(?:with|for|between)\b[^.\n]{0,120}")


def gather(page: Draft) -> Facts:
    """The facts of a file."""
    return Facts(tuple(_links(page)), claims(page), tuple(_told_apart(page)), " ".join(missing(page)))


def _told_apart(page: Draft) -> Iterator[str]:
    if "confus" in page.lower:
        for match in _TOLD_APART.finditer(page.lower):
            yield collapse(match.group())


def _links(page: Draft) -> Iterator[InternalLink]:
    for link in page.links:
        if link.target and link.kind not in ("image", "key") and not leads_away(link.target):
            place = page.source.span(link.place)
            yield InternalLink(link.target, place.line, place.column)
