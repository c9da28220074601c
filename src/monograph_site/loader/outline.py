"""Blocks to parts: what a document says under which heading, whatever marks the headings.

A section is recognised by its words. What marks it (a heading of any level, a bold lead, a bulleted
or plain label) only decides which of two candidates is the outer one: a heading outranks a label, a
label outranks a bullet. So a bold `* **Contraindications:**` inside the section `Drug Profile
Summary` stays what it is, running text.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..markdown.blocks import Block, Run, inline_text, text_run
from ..model.strings import squash
from .labels import BULLET, HEADING, LABEL, Label, is_question, label_of, split_labels
from .lookahead import DESCRIBING, Lookahead
from .parts import (
    CLOSING,
    Outline,
    Part,
    is_ai_note,
    is_heading_like,
    may_be_subject,
    name_subjects,
    names_all,
    subject_of,
)
from .sections import is_clear, key_for, vocabulary


def outline(blocks: Sequence[Block], title: str) -> Outline:
    """Divide a document into parts. `title` is the page's, as front matter gives it ('' if it gives
    none)."""
    walker = _Walker(split_labels(blocks), title)
    walker.walk()
    return Outline(tuple(name_subjects(walker.parts)), tuple(walker.titles))


class _Walker(Lookahead):
    """Goes through the blocks once; `cur` is the part that takes the next block, `subject` the drug
    spoken of."""

    def __init__(self, blocks: Sequence[Block], title: str) -> None:
        super().__init__(blocks, title)
        self.parts: list[Part] = []
        self.titles: list[tuple[str, int]] = []
        self.subject: str | None = None
        self.scope = 0
        """The level of the heading that named the subject; 0 where a label did."""

    def walk(self) -> None:
        for at, block in enumerate(self.blocks):
            match block.kind:
                case "heading":
                    self._heading(at, block)
                case "paragraph":
                    self._paragraph(at, block)
                case "list" if self._is_structure(block):
                    self._list(block)
                case _:
                    self._add(block)

    # where a block goes

    def _start(self, key: str, label: Label, line: int, level: int = 0) -> None:
        if (
            level and level <= self.scope < self.level
        ):  # beside the drugs' own headings, above their sections
            self.subject = None
        if key in CLOSING or (
            key == "faqs" and label.tier == LABEL and self._subject_is_narrower(label, line)
        ):
            if self.cur is None and self.subject:  # a drug was named, and nothing is said of it
                self.parts.append(Part("other", self.subject, None, LABEL, line))
            self.subject = None
        self.cur = Part(key, label.text, self.subject, label.tier, line, level)
        self.parts.append(self.cur)
        self._rest(label.rest, line)
        if (
            key == "disclaimer" and label.rest and not level and not self._begun()
        ):  # at the top, the page begins below
            self.cur = None

    def _subject_is_narrower(self, label: Label, line: int) -> bool:
        """Whether an FAQ label speaks of the page again: the drug's own sections were bullets, or a
        bracket says so."""
        last = "(" in label.text and not any(
            n > line and key in DESCRIBING for n, key in self._keys
        )
        return last or any(p.subject == self.subject and p.tier == BULLET for p in self.parts)

    def _begun(self) -> bool:
        return any(p.key not in CLOSING for p in self.parts)

    def _rest(self, runs: tuple[Run, ...], line: int) -> None:
        if runs and self.cur:
            self.cur.blocks.append(Block("paragraph", line, line, runs=runs))

    def _add(self, block: Block) -> None:
        if (
            self.cur is not None and self.cur.tier == BULLET
        ):  # the bulleted sections of a drug end with their list
            self.cur = None
        if self.cur is None:
            self.cur = Part(
                "other" if self._begun() else "preamble", "", self.subject, LABEL, block.line
            )
            self.parts.append(self.cur)
        self.cur.blocks.append(block)

    def _open(self) -> bool:
        """Whether the text stands in no section yet that a label could not end."""
        return self.cur is None or self.cur.key in ("preamble", "other")

    # headings

    def _heading(self, at: int, block: Block) -> None:
        label = label_of(block)
        if label is None or not label.text:
            return self._add(block) if block.runs else None
        key = key_for(label.text, self.title)
        if self._is_title(block, label, key):
            self.titles.append((label.text, block.line))
            return (
                self._rest(label.rest, block.line)
                if self.cur
                else self._loose(label.rest, block.line)
            )
        question = is_question(block.text) or is_question(label.text)
        if (
            self.cur
            and self.cur.key == "faqs"
            and (question or (block.level > self.level and key not in self._lifted()))
        ):
            self.cur.blocks.append(block)
        elif key and (
            block.level <= self.level
            or self._open()
            or key in self._lifted()
            or self._beside(block)
        ):
            self._start(key, label, block.line, block.level)
        elif block.level > self.level and self.cur:
            self._add(block._replace(runs=(text_run(label.text),)))
            self._rest(label.rest, block.line)
        elif self._names_drug(at, label) and not self._nested(self.blocks[at + 1]):
            self.subject, self.cur, self.scope = subject_of(label.text), None, block.level
        else:
            self._start("other", label, block.line, block.level)
        return None

    def _loose(self, runs: tuple[Run, ...], line: int) -> None:
        if runs:
            self._add(Block("paragraph", line, line, runs=runs))

    def _beside(self, block: Block) -> bool:
        return self.cur is not None and self.cur.level == block.level and self.cur.key != "faqs"

    def _names_drug(self, at: int, label: Label) -> bool:
        named = (
            not label.rest
            and may_be_subject(label.text, "")
            and not names_all(label.text, self.title)
        )
        return named and self._leads_to_sections(at, self.blocks[at].level)

    def _lifted(self) -> frozenset[str]:
        """Keys that a deeper heading may start: the core sections that no heading of the usual
        level names."""
        return (vocabulary().core | CLOSING) - self.present - {"note"}

    def _is_title(self, block: Block, label: Label, key: str | None) -> bool:
        if self.parts and any(p.key != "preamble" for p in self.parts):
            return False
        same = self.title and squash(label.text) == squash(self.title)
        first = squash(self.title.partition(" + ")[0])
        same = same or (
            key is None
            and names_all(label.text, self.title)
            and squash(label.text).startswith(first)
        )
        return bool(same) or (
            block.level == 1 and key is None and not self.titles and not is_question(label.text)
        )

    # labels

    def _paragraph(self, at: int, block: Block) -> None:
        label = label_of(block)
        asked = (
            label is not None
            and self.cur is not None
            and self.cur.key == "faqs"
            and is_question(label.text)
        )
        if at + 1 == len(self.blocks) and label is None and is_ai_note(block.text, labelled=False):
            return self._start("note", Label("Note", block.runs, LABEL, True), block.line)
        if label is None or not label.closed or asked:
            return self._text(block)
        key = key_for(label.text, self.title)
        if key == "note":
            key = "note" if is_ai_note(block.text) else None
        if key in ("note", "disclaimer") or (key and self._may_start(key, label)):
            remark = label.rest and len(block.runs) == 1 and block.runs[0].kind in ("em", "strong")
            if remark and at < self._last_section:
                return self._add(block)
            tier = HEADING if self._under_heading() and key in vocabulary().core else label.tier
            return self._start(str(key), label._replace(tier=tier), block.line)
        together = names_all(label.text, self.title)
        named = not together and may_be_subject(label.text, inline_text(label.rest))
        if named and not self._under_heading() and self._leads_to_sections(at, 7):
            if self._nested(
                self.blocks[at + 1]
            ):  # the list names its drugs itself: this stands over all of them
                self.subject = None
                return self._start("other", label, block.line)
            self.subject, self.cur, self.scope = subject_of(label.text), None, 0
            return self._loose(label.rest, block.line)
        if self.subject and together and not label.rest and not self._under_heading():
            self.subject = None  # `**Combining A and B:**` speaks of the page again
            return self._start("other", label, block.line)
        if (self._open() or (self.cur and self.cur.tier == BULLET)) and is_heading_like(label.text):
            if (
                self.cur and self.cur.tier == BULLET
            ):  # what follows a drug's own list speaks of the page again
                self.subject = None
            return self._start("other", label, block.line)
        return self._text(block)

    def _text(self, block: Block) -> None:
        """A paragraph of running text. Behind a drug's own list it speaks of the page again, unless
        headings divide."""
        if self.cur and self.cur.tier == BULLET and not self.scope:
            self.subject = None
        self._add(block)

    def _under_heading(self) -> bool:
        return self.cur is not None and self.cur.tier == HEADING and not self._open()

    def _may_start(self, key: str, label: Label) -> bool:
        if self.cur is None or self.cur.tier == BULLET or self.cur.key in ("preamble", "other"):
            return is_clear(label.text) or not label.rest or self.cur is None
        if (
            self.cur.tier == HEADING
        ):  # a bold line may stand for the heading of a section that has none
            lifted = key in self._lifted() and (self.cur.key, key) != (
                "warnings",
                "pregnancy",
            )  # one of its own labels
            return not label.rest and self.cur.key != "faqs" and lifted and is_clear(label.text)
        return key != self.cur.key and (
            is_clear(label.text) or (key in vocabulary().core and "(" in label.text)
        )

    # bullets

    def _is_structure(self, block: Block) -> bool:
        """Whether a list's items are sections: labels of the table, where no section is open that
        would own them."""
        if self.cur and self.cur.key == "names" and self.cur.tier == LABEL:
            return self._nested(block)
        if not (self._open() or (self.cur and self.cur.tier == BULLET)):
            return False
        expected = (self.cur is None and self.subject is not None) or (
            self.cur and self.cur.tier == BULLET
        )
        return self._labels_in(block) >= (1 if expected else 2) or self._nested(block)

    def _list(self, block: Block) -> None:
        outer = self.subject
        for item in block.children:
            lists = [c for c in item.children if c.kind == "list" and self._labels_in(c) > 1]
            label = label_of(item)
            if lists and label:
                self.subject, self.cur = subject_of(label.text), None
                self._loose(label.rest, item.line)
                for child in item.children[1:]:
                    if child.kind == "list":
                        self._items(child)
                    else:
                        self._add(child)
                self.cur = Part("other", "", outer, BULLET, item.line)
            else:
                self.subject = outer if self._nested(block) else self.subject
                self._items(block._replace(children=(item,)))
        if self._nested(block):
            self.subject = outer

    def _items(self, block: Block) -> None:
        for item in block.children:
            label = label_of(item)
            if label is None or not label.closed:
                if not self.parts or self.cur is not self.parts[-1]:
                    self.cur = Part("other", "", self.subject, BULLET, item.line)
                    self.parts.append(self.cur)
                self.cur.blocks.append(block._replace(children=(item,)))
                continue
            key = key_for(label.text, self.title)
            known = key and key != "note" and (is_clear(label.text) or key in vocabulary().core)
            self._start(key if key and known else "other", label, item.line)
            if self.cur:
                self.cur.blocks.extend(item.children[1:])
