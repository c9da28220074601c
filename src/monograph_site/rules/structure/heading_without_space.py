"""heading-without-space (W119)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.sections import key_for
from ...markdown.blocks import Block
from ...model.finding import Problem
from ...regex import regex
from .. import rule

_TIGHT = regex(r"#[^\s#]")
"""What every suspect line has, and few pages: it is looked for first, and fast."""
_SUSPECT = regex(r"\n[ ]{0,3}#{1,6}[^\s#]")
_HEADING = regex(r"[ ]{0,3}(#{1,6})([^\s#].{0,100})$")


@rule("W119", "heading-without-space", fixable=True)
def heading_without_space(page: Draft) -> Iterator[Problem]:
    """There is no space between `#` and the words of a heading, so it is shown as text.

    Why it matters: the section is lost: what is below it belongs to the section before it.

    Wrong: `##Dosage`

    Right: `## Dosage`

    How to fix: put a space after the last `#`.
    """
    text = page.source.text
    if not (_TIGHT.search(text) and _SUSPECT.search(text)):
        return
    for block in page.document.blocks:
        yield from _in_block(page, block)


def _in_block(page: Draft, block: Block) -> Iterator[Problem]:
    for number in range(block.line, block.last + 1) if block.kind == "paragraph" else ():
        match = _HEADING.match(page.lines[number - 1])
        words = match[2].strip(" *#:") if match else ""
        is_tag = words[:1].islower()  # as Obsidian has it: `#cautions`
        if match and (len(match[1]) > 1 or (key_for(words) and not is_tag)):
            message = f"No space after `{match[1]}`: {match.group().strip()!r} is not a heading."
            yield page.at(number, f"{message}\nWrite '{match[1]} {match[2].strip()}'.")
