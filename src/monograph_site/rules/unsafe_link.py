"""unsafe-link (MS404)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from ..html import URL_SCHEMES
from . import RULES

UNSAFE_LINK = Finding("MS404", "unsafe-link", Severity.WARNING)

# What Markdown's three ways to write a link look like in the text of a page where no link was made of them.
_LINK = re.compile(r"(?:\]\(\s*<?|^\[[^\]\n]{1,200}\]:\s*<?|<)([A-Za-z][A-Za-z0-9+.-]{1,31}):(?=[^\s)>])", re.MULTILINE)


@RULES.named("unsafe-link")
def unsafe_link(page: Draft) -> Iterator[Diagnostic]:
    """A link to an address that is not of the web, mail or telephone is not made: it is shown as it is typed.

    Why it matters: `javascript:` and `data:` addresses act in a reader's browser, in the name of this site.

    Example: `[Read more](javascript:void(0))`
    """
    if "](" not in page.lower and "]:" not in page.lower and "<" not in page.lower:
        return
    for block in page.blocks():
        for match in _LINK.finditer(block.text):
            scheme = match.group(1)
            if scheme.lower() not in URL_SCHEMES:
                message = f"{scheme + ':'!r} is no address to link to; write one that starts with https://."
                yield page.find(UNSAFE_LINK, f"{scheme}:", message, block.line)
