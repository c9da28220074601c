"""What stands ahead in a document: whether drugs' own sections follow, and which sections its
labels name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ..markdown.blocks import Block
from ..model.strings import squash
from .labels import BULLET, label_of, usual_level
from .parts import CLOSING, Part
from .sections import is_clear, key_for

DESCRIBING = frozenset({"uses", "how_it_works", "names"})
"""A list of sections tells what a drug is or does; a list of risks ("Interactions: …") is running
text."""
_NO_CONTENT = frozenset({"faqs", *CLOSING})


class Lookahead:
    """The blocks of a document, and `cur`: the part that takes the next one."""

    def __init__(self, blocks: Sequence[Block], title: str) -> None:
        self.blocks = blocks
        self.title = title
        self.cur: Part | None = None
        self.level, self.present = usual_level(blocks, title)

    def _leads_to_sections(self, at: int, level: int) -> bool:
        """Whether the next block is a section of a drug: then the heading before it names the drug."""
        if at + 1 >= len(self.blocks):
            return False
        after = self.blocks[at + 1]
        if self._remark_before(at):  # `**Sulbactam**`, a remark in brackets, `**Generic Name:** …`
            after = self.blocks[at + 2]
        if after.kind == "list":
            return self._labels_in(after) > (0 if self._is_ingredient(at) else 1) or self._nested(
                after
            )
        label = label_of(after)
        if label is None or not label.closed or (after.kind == "heading" and after.level < level):
            return False
        key = key_for(label.text, self.title)
        return (
            key is not None
            and key not in _NO_CONTENT
            and (after.kind == "heading" or is_clear(label.text))
        )

    def _remark_before(self, at: int) -> bool:
        remark, more = self.blocks[at + 1], at + 2 < len(self.blocks)
        return (
            self._is_ingredient(at)
            and more
            and remark.kind == "paragraph"
            and label_of(remark) is None
        )

    def _is_ingredient(self, at: int) -> bool:
        return squash(self.blocks[at].text.rstrip(": ")) in squash(self.title)

    @cached_property
    def _last_section(self) -> int:
        """The last block that names a section: a remark in italics (`*Note: …*`) closes the page
        only behind it."""
        named = {line for line, key in self._keys if key not in ("note", "disclaimer")}
        return next(
            (at for at in reversed(range(len(self.blocks))) if self.blocks[at].line in named), -1
        )

    @cached_property
    def _keys(self) -> list[tuple[int, str]]:
        """The sections that headings and labels name, each with its line."""
        labels = ((block.line, label_of(block)) for block in self.blocks)
        keys = ((line, key_for(x.text, self.title)) for line, x in labels if x and x.closed)
        return [(line, key) for line, key in keys if key]

    def _labels_in(self, block: Block) -> int:
        labels = [label_of(item) for item in block.children]
        keys = {
            key_for(x.text, self.title) for x in labels if x and x.closed and is_clear(x.text)
        } - {None}
        return len(keys) if keys & DESCRIBING or (self.cur and self.cur.tier == BULLET) else 0

    def _nested(self, block: Block) -> bool:
        inner = [
            child for item in block.children for child in item.children if child.kind == "list"
        ]
        return any(self._labels_in(child) > 1 for child in inner)
