"""Links in the view of a page that lead to what the view leaves out."""

from __future__ import annotations

import re

from ..markdown.html import attribute
from ..regex import regex

_ID = regex(r'\sid="([^"]+)"')
_ANCHOR = regex(r'(<a [^>]*?href=")#([^"]+)"')


def with_links_to_whole(html: str, whole: str) -> str:
    """The HTML of a view, where a link to an anchor that the view does not have leads to the whole
    page, whose address is `whole`."""
    ids = {match[1] for match in _ID.finditer(html)}

    def resolved(link: re.Match[str]) -> str:
        return link[0] if link[2] in ids else f'{link[1]}{attribute(whole)}#{link[2]}"'

    return _ANCHOR.sub(resolved, html)
