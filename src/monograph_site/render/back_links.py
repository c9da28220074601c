"""Links from each reference back to the places that cite it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.words import Words, mark
from ..regex import regex

_CITATION = regex(r'<a href="#(ref-\d+)" aria-label=')
_PLACE = regex(r'<span data-cited="(ref-\d+)"></span>')
"""Where the template wants the links of a reference."""
_LABEL = mark("Back to citation {number}")


def has_citations(html: str) -> bool:
    """Whether a part of a page needs `with_back_links`."""
    return bool(_CITATION.search(html) or _PLACE.search(html))


def has_back_links(html: str) -> bool:
    """Whether a part of a page may have been through `with_back_links`."""
    return 'id="cite-' in html or 'href="#cite-' in html


def with_back_links(parts: Iterable[str], words: Words) -> list[str]:
    """The parts of a page with an id at each citation, `cite-1-2` for the second of reference 1, and
    links to them where the template asks for them."""
    counts: dict[str, int] = {}

    def citation(match: re.Match[str]) -> str:
        reference = match[1]
        counts[reference] = number = counts.get(reference, 0) + 1
        return f'<a id="cite-{reference[4:]}-{number}"{match[0][2:]}'

    def places(match: re.Match[str]) -> str:
        count = counts.get(match[1], 0)
        links = (
            f'<a href="#cite-{match[1][4:]}-{number}" aria-label="{words(_LABEL, number=number)}">'
            f"{'↩' if count == 1 else number}</a>"
            for number in range(1, count + 1)
        )
        return (
            f' <span class="cited">{"↩ " if count > 1 else ""}{" ".join(links)}</span>'
            if count
            else ""
        )

    with_ids = [_CITATION.sub(citation, html) for html in parts]
    return [_PLACE.sub(places, html) for html in with_ids]
