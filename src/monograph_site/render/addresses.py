"""Puts the addresses that only the whole site knows into the HTML of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..markdown.html import attribute
from ..markdown.links import PAGE_SCHEME
from ..model.monograph import Monograph, map_html


def with_addresses(monograph: Monograph, addresses: Iterable[tuple[str, str]]) -> Monograph:
    """A record whose links lead to the pages they mean. A link to a page that does not exist is
    left as its words, and so is a wikilink that is not among the links of its file's facts: one in a
    text of the front matter, or far down a long list. `addresses` are those of
    `site.internal_links`."""
    table = {attribute(typed): attribute(address) for typed, address in addresses}
    known = map(re.escape, sorted(table, key=len, reverse=True))
    typed = "|".join((*known, rf'{PAGE_SCHEME}[^"]*'))
    link = re.compile(rf'<a href="({typed})(#[^"]*)?"([^>]*)>(.*?)</a>', re.DOTALL)

    def resolved(match: re.Match[str]) -> str:
        address = table.get(match[1], "")
        opening = f'<a href="{address}{match[2] or ""}"{match[3]}>' if address else ""
        return f"{opening}{match[4]}</a>" if opening else match[4]

    return map_html(monograph, lambda html: link.sub(resolved, html) if "<a " in html else html)
