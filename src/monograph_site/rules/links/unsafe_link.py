"""unsafe-link (W404)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...markdown.html import URL_SCHEMES
from ...model.finding import Problem
from .. import rule

# What Markdown's three ways to write a link look like in the text of a page where no link was made
# of them.
_LINK = re.compile(
    r"(?:\]\(\s*<?|^\[[^\]\n]{1,200}\]:\s*<?|<)([A-Za-z][A-Za-z0-9+.-]{1,31}):(?=[^\s)>])",
    re.MULTILINE,
)


@rule("W404", "unsafe-link")
def unsafe_link(page: Draft) -> Iterator[Problem]:
    """A link to an address that is not of the web, mail or telephone is not made: it is shown as it
    is typed.

    Why it matters: `javascript:` and `data:` addresses act in a reader's browser, in the name of
    this site.

    Wrong: `[Read more](javascript:void(0))`

    Right: `[Read more](https://example.org/)`

    How to fix: write an address that starts with `https://`, `mailto:` or `tel:`, or a path of this
    site.
    """
    if (
        "](" not in page.source.text
        and "]:" not in page.source.text
        and "<" not in page.source.text
    ):
        return
    for block in page.blocks():
        for match in _LINK.finditer(_typed(block)):
            scheme = match.group(1)
            if scheme.lower() not in URL_SCHEMES:
                message = f"{scheme + ':'!r} is no address to link to.\nWrite one that starts with https://."
                yield page.find(f"{scheme}:", message, block.line)


def _typed(block: Block) -> str:
    """The text of a block without code, which may show any address."""
    if block.children:
        return "\n".join(map(_typed, block.children))
    return "".join(run.text for run in block.runs if run.kind != "code") or (
        "" if block.kind == "code" else block.plain
    )
