"""use-contraindicated (W232)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...model.finding import Problem
from ...model.strings import squash
from ...regex import regex
from .. import rule

MIN_LETTERS = 4
"""Letters of a condition that is compared."""
_REST = regex(r"[:(.;,–—-](?:(?<!-)|(?<=\s-)(?=\s))")


@rule("W232", "use-contraindicated", languages=("en",))
def use_contraindicated(page: Draft) -> Iterator[Problem]:
    """A condition is in the list of uses and, in the same words, in the list of contraindications.

    Why it matters: one of the two lists is wrong, and a reader with this condition finds both.

    Wrong: `- Asthma` under Uses and `- Asthma` under Contraindications.

    Right: `- Acute asthma attacks` under Contraindications.

    How to fix: check the current label; say in which form of the condition it must not be used.
    """
    keys = {part.key for part in page.content}
    if not page.is_medicine or not keys >= {"uses", "contraindications"}:
        return
    uses: dict[tuple[str | None, str], int] = {}
    for part in page.content:
        for item in _items(part.blocks) if part.key in ("uses", "contraindications") else ():
            text = item.text.strip().partition("\n")[0]
            rest = _REST.search(text)
            name = text[: rest.start()].rstrip() if rest else text
            key = (part.subject, squash(name))
            if len(key[1]) < MIN_LETTERS:
                continue
            if part.key == "uses":
                uses.setdefault(key, item.line)
            elif key in uses and name == text.rstrip(". "):
                message = f"{name!r} is also a use, on line {uses[key]}."
                hint = "Check the label; say in which form of it the medicine must not be used."
                yield page.find(name, f"{message}\n{hint}", item.line)


def _items(blocks: list[Block]) -> Iterator[Block]:
    """The items of the lists among blocks."""
    for block in blocks:
        if block.kind == "list":
            yield from block.children
