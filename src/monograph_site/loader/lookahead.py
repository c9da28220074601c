"""What comes later in a document: whether a drug's own sections follow a block, and which sections
the labels of a list name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..cached import cached_property
from ..markdown.blocks import Block
from ..model.strings import squash
from .labels import Label, label_of, usual_level
from .parts import CLOSING
from .sections import is_clear, key_for, vocabulary

DESCRIBING = frozenset({"uses", "how_it_works", "names"})
"""Sections that say what a drug is or does. A list of labels is a list of sections only if one of
them is among these; a list of risks ("Interactions: …") is running text."""
_NOT_OF_A_DRUG = frozenset({"faqs", *CLOSING})


class Lookahead:
    """The blocks of a document, and questions about what follows one of them. It reads only: what
    has been read so far is known to its caller, who says `among_bullets` where a drug's sections
    are the items of a list."""

    def __init__(self, blocks: Sequence[Block], title: str) -> None:
        self.blocks = blocks
        self.title = title
        self.labels: list[Label | None] = [label_of(block) for block in blocks]
        """The label of each block."""
        self.keys: list[str | None] = [
            key_for(label.text, title) if label and block.kind == "heading" else None
            for block, label in zip(blocks, self.labels, strict=True)
        ]
        """The section that each heading names; None for other blocks."""
        self.level, self.usual_sections = usual_level(blocks, self.labels, self.keys)
        """The heading level of the document's sections, and the keys of the sections on it."""

    def leads_to_sections(self, at: int, level: int, *, among_bullets: bool) -> bool:
        """Whether the block after `at` is a section of a drug: then the words at `at` name the
        drug. `level` is their heading level."""
        if at + 1 >= len(self.blocks):
            return False
        # `**Sulbactam**`, a remark in brackets, `**Generic Name:** …`
        next_at = at + 2 if self._remark_follows(at) else at + 1
        following, label = self.blocks[next_at], self.labels[next_at]
        if following.kind == "list":
            least = 1 if self._is_ingredient(at) else 2
            return self.count_sections(
                following, among_bullets=among_bullets
            ) >= least or self.has_sections_within(following, among_bullets=among_bullets)
        is_heading = following.kind == "heading"
        if label is None or not label.closed or (is_heading and following.level < level):
            return False
        key = key_for(label.text, self.title)
        return (
            key is not None and key not in _NOT_OF_A_DRUG and (is_heading or is_clear(label.text))
        )

    def count_sections(self, block: Block, *, among_bullets: bool) -> int:
        """How many sections the labels of a list's items name; 0 where they are running text."""
        labels = [label_of(item) for item in block.children]
        keys = {
            key_for(label.text, self.title)
            for label in labels
            if label and label.closed and is_clear(label.text)
        } - {None}
        return len(keys) if keys & DESCRIBING or among_bullets else 0

    def has_sections_within(self, block: Block, *, among_bullets: bool) -> bool:
        """Whether an item of a list holds a list of sections."""
        lists = [
            child for item in block.children for child in item.children if child.kind == "list"
        ]
        return any(self.count_sections(inner, among_bullets=among_bullets) > 1 for inner in lists)

    @cached_property
    def lifted(self) -> frozenset[str]:
        """Keys that a deeper heading may start: the core sections that no heading of the usual
        level names."""
        return (vocabulary().core | CLOSING) - self.usual_sections - {"note"}

    @cached_property
    def sections(self) -> list[tuple[int, str]]:
        """The sections that headings and labels name: line and key of each."""
        keys = (
            (block.line, key_for(label.text, self.title))
            for block, label in zip(self.blocks, self.labels, strict=True)
            if label and label.closed
        )
        return [(line, key) for line, key in keys if key]

    @cached_property
    def repeated_labels(self) -> frozenset[str]:
        """Labels with text behind them that several paragraphs have, and no section is named by."""
        counts = Counter(
            label.text.casefold()
            for block, label in zip(self.blocks, self.labels, strict=True)
            if block.kind == "paragraph"
            and label
            and label.rest
            and key_for(label.text, self.title) is None
        )
        return frozenset(text for text, count in counts.items() if count > 1)

    @cached_property
    def last_section(self) -> int:
        """The index of the last block that names a section, -1 where none does: only after it does
        a remark in italics (`*Note: …*`) close the page."""
        lines = {line for line, key in self.sections if key not in ("note", "disclaimer")}
        indices = reversed(range(len(self.blocks)))
        return next((at for at in indices if self.blocks[at].line in lines), -1)

    def _remark_follows(self, at: int) -> bool:
        remark, is_last = self.blocks[at + 1], at + 2 >= len(self.blocks)
        return (
            self._is_ingredient(at)
            and not is_last
            and remark.kind == "paragraph"
            and self.labels[at + 1] is None
        )

    def _is_ingredient(self, at: int) -> bool:
        return squash(self.blocks[at].text.rstrip(": ")) in squash(self.title)
