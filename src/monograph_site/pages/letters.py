"""The A to Z: medicines under their titles and their other names, one page a letter."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import A_TO_Z
from ..site.menu import letter_label, letters
from ..site.site import Site
from . import PAGE_KINDS
from ._common import html_page
from .page import Page


@PAGE_KINDS.named("letters")
def a_to_z(site: Site) -> Iterator[Page]:
    """The page with all letters, and one for each letter that has names."""
    if not site.names:
        return
    every = letters(A_TO_Z, {letter: len(lines) for letter, lines in site.names.items()})
    yield html_page(site, A_TO_Z, "letters.html", "Medicines A to Z", {"letters": every})
    for letter, lines in site.names.items():
        shown = letter_label(letter)
        data = {"letter": shown, "letters": every, "entries": lines}
        yield html_page(
            site, f"{A_TO_Z}{letter}/", "letter.html", f"Medicines A to Z: {shown}", data
        )
