"""unsafe-link (W404)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...markdown.html import URL_SCHEMES
from ...model.finding import Problem
from ...regex import regex
from .. import rule

_LINK = regex(
    r"(?:\]\(\s*<?|^\[[^\]\n]{1,200}\]:\s*<?|<)([A-Za-z][A-Za-z0-9+.-]{1,31}):(?=[^\s)>])",
    re.MULTILINE,
)
"""Markdown's three ways to write a link, in the text of a block where they did not become one."""
_ANGLE = regex(r"<(?![\s\d=])")
"""An angle that does not compare, as in `<12` and `< 12`."""


@rule("W404", "unsafe-link")
def unsafe_link(page: Draft) -> Iterator[Problem]:
    """A link has an address that is not for the web, mail or telephone. It is shown as typed, not
    as a link.

    Why it matters: `javascript:` and `data:` addresses run in a reader's browser, in the name of
    this site.

    Wrong: `[Read more](javascript:void(0))`

    Right: `[Read more](https://example.org/)`

    How to fix: use an address that starts with `https://`, `mailto:` or `tel:`, or a path of this
    site.
    """
    source = page.source.text
    may_be_angle = "<" in source and ("&" in source or _ANGLE.search(source))
    may_be_bracket = "]" in source and ("](" in source or "]:" in source)
    if not (may_be_angle or may_be_bracket):
        return
    for block in page.blocks():
        text = _text_without_code(block)
        if not ("<" in text or "](" in text or "]:" in text):
            continue  # as in most: what became a link has none of these in its text
        for match in _LINK.finditer(text):
            scheme = match.group(1)
            if scheme.lower() not in URL_SCHEMES:
                message = f"Unsafe link scheme {scheme + ':'!r}.\nUse an https:// address."
                yield page.find(f"{scheme}:", message, block.line)


def _text_without_code(block: Block) -> str:
    """The text of a block without code, which may show any address."""
    if block.children:
        return "\n".join([_text_without_code(child) for child in block.children])
    return "".join([run.text for run in block.runs if run.kind != "code"]) or (
        "" if block.kind == "code" else block.plain
    )
