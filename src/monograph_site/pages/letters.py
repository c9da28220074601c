"""The A to Z: medicines under their titles and other names, on one or several pages for each
letter."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import A_TO_Z
from ..site.menu import letter_counts, letter_label
from ..site.site import Labelled, NameLine, Site
from . import page_kind
from ._common import (
    LETTER,
    MORE_PAGES,
    evenly_divided,
    html_page,
    line_height,
    pagers,
    range_label,
)
from .page import Page


@page_kind("letters", rf"{A_TO_Z.rstrip('/')}(?:/{LETTER}{MORE_PAGES})?", in_each_language=True)
def letter_pages(site: Site) -> Iterator[Page]:
    """The page with all letters, and one or several for each letter that has names."""
    if not site.names:
        return
    counts = {letter: len(lines) for letter, lines in site.names.items()}
    letters = letter_counts(site.address(A_TO_Z), counts, site.words)
    name = site.config.title
    yield html_page(
        site,
        site.address(A_TO_Z),
        "letters.html",
        site.words("Medicines A to Z"),
        {"letters": letters},
        description=site.words("All medicines, brands and other names on {site}.", site=name),
    )
    top = Labelled(site.words("A to Z"), site.address(A_TO_Z))
    for letter, lines in site.names.items():
        label = letter_label(letter, site.words)
        whole = site.words("Medicines A to Z: {letter}", letter=label)
        chunks = evenly_divided(lines, [line_height(_text(line)) for line in lines])
        ranges = [range_label([line.name for line in chunk]) for chunk in chunks]
        base = site.address(f"{A_TO_Z}{letter}/")
        for (url, pager), chunk in zip(pagers(base, ranges), chunks, strict=True):
            part = ranges[pager.number - 1] if pager.count > 1 else label
            data = {
                "letter": label,
                "letters": letters,
                "entries": chunk,
                "total": len(lines),
                "pager": pager,
            }
            title = (
                whole
                if pager.number == 1
                else site.words("Medicines A to Z: {letter}", letter=part)
            )
            description = site.words(
                "Medicines, brands and other names under {letter} on {site}.",
                letter=part,
                site=name,
            )
            parents = (top,) if pager.number == 1 else (top, Labelled(label, base))
            yield html_page(
                site, url, "letter.html", title, data, description=description, parents=parents
            )


def _text(line: NameLine) -> str:
    """About what a line shows: its name, and what is behind it."""
    see = (
        f" see {line.card.title}"
        if line.also
        else ""
        if line.card.kind == "drug"
        else " Combination"
    )
    return line.name + see + " badge" * len(line.card.badges)
