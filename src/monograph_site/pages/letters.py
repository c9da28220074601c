"""The A to Z: medicines under their titles and other names, one page for each letter."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import A_TO_Z
from ..site.menu import letter_counts, letter_label
from ..site.site import Site
from . import page_kind
from ._common import LETTER, html_page
from .page import Page


@page_kind("letters", rf"{A_TO_Z.rstrip('/')}(?:/{LETTER})?", in_each_language=True)
def letter_pages(site: Site) -> Iterator[Page]:
    """The page with all letters, and one for each letter that has names."""
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
    for letter, lines in site.names.items():
        label = letter_label(letter, site.words)
        data = {"letter": label, "letters": letters, "entries": lines}
        title = site.words("Medicines A to Z: {letter}", letter=label)
        description = site.words(
            "Medicines, brands and other names under {letter} on {site}.", letter=label, site=name
        )
        url = site.address(f"{A_TO_Z}{letter}/")
        yield html_page(site, url, "letter.html", title, data, description=description)
