"""Blocks to parts: what a document says under which heading, whatever marks the headings.

A section is recognised by its words. What marks it (a heading of any level, a bold lead, a bulleted
or plain label) only decides which of two candidates is the outer one: a heading outranks a label, a
label outranks a bullet. So a bold `* **Contraindications:**` inside the section `Drug Profile
Summary` stays what it is, running text.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..markdown.blocks import Block, Run, inline_text, text_run
from ..model.strings import squash
from ..regex import regex
from .faq_prefixes import is_question
from .labels import BULLET, HEADING, LABEL, Label, label_of, split_labels
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

_IN_BRACKETS = regex(r"\([^()]*\)")
_BELOW_HEADINGS = 7
"""The level of a label: deeper than any heading."""


def outline(blocks: Sequence[Block], title: str, *, has_labels: bool = True) -> Outline:
    """Divide a document into parts. `title` is the page's, as front matter gives it ('' if it gives
    none). Without `has_labels` only headings begin a part, as on a plain page, where a bold lead is
    text."""
    walker = _Walker(split_labels(blocks) if has_labels else blocks, title)
    walker.walk(has_labels)
    parts = tuple(name_subjects(walker.parts))
    return Outline(parts, tuple(walker.titles), tuple(walker.title_ids))


class _Walker:
    """Goes through the blocks once."""

    def __init__(self, blocks: Sequence[Block], title: str) -> None:
        self.blocks = blocks
        self.title = title
        self.ahead = Lookahead(blocks, title)
        self.parts: list[Part] = []
        self.titles: list[tuple[str, int]] = []
        self.title_ids: list[str] = []
        self.part: Part | None = None
        """The part that takes the next block; None where the next block starts one."""
        self.subject: str | None = None
        """The drug that the text is about, on a page of several."""
        self.subject_level = 0
        """The level of the heading that named the subject; 0 where a label did."""

    def walk(self, has_labels: bool) -> None:
        for at, block in enumerate(self.blocks):
            match block.kind:
                case "heading":
                    self._heading(at, block)
                case "paragraph" if has_labels:
                    self._paragraph(at, block)
                case "list" if has_labels and self._is_list_of_sections(block):
                    self._list(block)
                case _:
                    self._add(block)

    # where a block goes

    def _start(self, key: str, label: Label, line: int, level: int = 0) -> None:
        """Begin a part."""
        if level and level <= self.subject_level < self.ahead.level:
            # beside the headings that name drugs, above those of their sections
            self.subject = None
        speaks_of_page = key == "faqs" and label.tier == LABEL and self._ends_subject(label, line)
        if key in CLOSING or speaks_of_page:
            if self.part is None and self.subject:  # a drug was named and nothing is said about it
                self.parts.append(Part("other", self.subject, None, LABEL, line))
            self.subject = None
        self.part = Part(
            key,
            label.text,
            self.subject,
            label.tier,
            line,
            level,
            id=label.id,
            audience=label.audience,
        )
        self.parts.append(self.part)
        self._append_runs(label.rest, line)
        at_top = key == "disclaimer" and label.rest and not level and not self._has_content()
        if at_top:  # the page begins below it
            self.part = None

    def _ends_subject(self, label: Label, line: int) -> bool:
        """Whether an FAQ label speaks of the page again: the drug's own sections were bullets, or
        the label has a bracket and no drug is described after it."""
        last = "(" in label.text and not any(
            later > line and key in DESCRIBING for later, key in self.ahead.sections
        )
        return last or any(
            part.subject == self.subject and part.tier == BULLET for part in self.parts
        )

    def _has_content(self) -> bool:
        return any(part.key not in CLOSING for part in self.parts)

    def _append_runs(self, runs: tuple[Run, ...], line: int) -> None:
        """Add the text after a label to the part that the label started."""
        if runs and self.part:
            self.part.blocks.append(Block("paragraph", line, line, runs=runs))

    def _add(self, block: Block) -> None:
        if self._among_bullets():  # the bulleted sections of a drug end with their list
            self.part = None
        if self.part is None:
            key = "other" if self._has_content() else "preamble"
            self.part = Part(key, "", self.subject, LABEL, block.line)
            self.parts.append(self.part)
        self.part.blocks.append(block)

    def _add_runs(self, runs: tuple[Run, ...], line: int) -> None:
        if runs:
            self._add(Block("paragraph", line, line, runs=runs))

    def _is_open(self) -> bool:
        """Whether no section has begun that a label could not end."""
        return self.part is None or self.part.key in ("preamble", "other")

    def _among_bullets(self) -> bool:
        """Whether the current section is an item of a drug's list of sections."""
        return self.part is not None and self.part.tier == BULLET

    def _in_faqs(self) -> bool:
        return self.part is not None and self.part.key == "faqs"

    # headings

    def _heading(self, at: int, block: Block) -> None:
        label = self.ahead.labels[at]
        if label is None or not label.text:
            return self._add(block) if block.runs else None
        key = self.ahead.keys[at]
        if key == "note" and not self._is_above_ai_note(at):
            key = None
        if self._is_title(block, label, key):
            self.titles.append((label.text, block.line))
            self.title_ids += [block.html] if block.html else []
            add = self._append_runs if self.part else self._add_runs
            return add(label.rest, block.line)
        if self.part and self._belongs_to_faqs(block, label, key):
            return self.part.blocks.append(block)
        if key and self._starts_section(block, key):
            return self._start(key, label, block.line, block.level)
        if block.level > self.ahead.level and self.part:
            self._add(_with_words(block, label.text))
            return self._append_runs(label.rest, block.line)
        if self._names_drug(at, label) and not self._has_sections_within(self.blocks[at + 1]):
            self.subject, self.part = subject_of(label.text), None
            self.subject_level = block.level
            return None
        return self._start("other", label, block.line, block.level)

    def _belongs_to_faqs(self, block: Block, label: Label, key: str | None) -> bool:
        """Whether a heading in an FAQ section is a question, or a heading over some of them."""
        if not self._in_faqs():
            return False
        if is_question(block.text) or is_question(label.text):
            return True
        return block.level > self.ahead.level and key not in self.ahead.lifted

    def _starts_section(self, block: Block, key: str) -> bool:
        beside = self.part is not None and self.part.level == block.level and not self._in_faqs()
        is_outer = block.level <= self.ahead.level
        return is_outer or self._is_open() or key in self.ahead.lifted or beside

    def _names_drug(self, at: int, label: Label) -> bool:
        named = (
            not label.rest
            and may_be_subject(label.text, "")
            and not names_all(label.text, self.title)
        )
        return named and self._leads_to_sections(at, self.blocks[at].level)

    def _is_above_ai_note(self, at: int) -> bool:
        """Whether a heading is followed by a note on the origin of the page; other notes are part of
        the text."""
        return at + 1 < len(self.blocks) and is_ai_note(self.blocks[at + 1].text)

    def _is_title(self, block: Block, label: Label, key: str | None) -> bool:
        for part in self.parts:  # usually the first one answers
            if part.key != "preamble":
                return False
        if self.title and squash(label.text) == squash(self.title):
            return True
        if key is not None:
            return False
        first = squash(self.title.partition(" + ")[0])
        if names_all(label.text, self.title) and squash(label.text).startswith(first):
            return True
        return block.level == 1 and not self.titles and not is_question(label.text)

    # labels

    def _paragraph(self, at: int, block: Block) -> None:
        label = self.ahead.labels[at]
        is_last = at + 1 == len(self.blocks)
        if is_last and label is None and is_ai_note(block.text, labelled=False):
            return self._start("note", Label("Note", block.runs, LABEL, True), block.line)
        if label is None or not label.closed or (self._in_faqs() and is_question(label.text)):
            return self._text(block)
        key = key_for(label.text, self.title)
        if key == "note" and not is_ai_note(block.text):
            key = None
        if key in ("note", "disclaimer") or (key and self._may_start(key, label)):
            is_remark = (
                label.rest and len(block.runs) == 1 and block.runs[0].kind in ("em", "strong")
            )
            if is_remark and at < self.ahead.last_section:
                return self._add(block)
            in_core = self._under_heading() and key in vocabulary().core
            tier = HEADING if in_core else label.tier
            label = label if label.tier == tier else replace(label, tier=tier)
            return self._start(str(key), label, block.line)
        return self._other_label(at, block, label)

    def _other_label(self, at: int, block: Block, label: Label) -> None:
        """A label that names no section: it names a drug, speaks of the page again, is a heading of
        its own, or is text."""
        free = not self._under_heading()
        together = free and names_all(label.text, self.title)
        named = free and not together and may_be_subject(label.text, inline_text(label.rest))
        if named and self._leads_to_sections(at, _BELOW_HEADINGS):
            if self._has_sections_within(self.blocks[at + 1]):
                # the items of the list name their drugs: the label is the heading over all of them
                self.subject = None
                return self._start("other", label, block.line)
            self.subject, self.part, self.subject_level = subject_of(label.text), None, 0
            return self._add_runs(label.rest, block.line)
        if self.subject and together and not label.rest:
            self.subject = None  # `**Combining A and B:**` speaks of the page again
            return self._start("other", label, block.line)
        if label.rest and (
            self._below_sub_heading() or label.text.casefold() in self.ahead.repeated_labels
        ):
            return self._text(block)  # `**Interpretation:** …` under each of several headings
        if (self._is_open() or self._among_bullets()) and is_heading_like(label.text):
            if self._among_bullets():  # what follows a drug's own list speaks of the page again
                self.subject = None
            return self._start("other", label, block.line)
        return self._text(block)

    def _text(self, block: Block) -> None:
        """A paragraph of running text. After a drug's own list it speaks of the page again, unless
        headings divide the page."""
        if self._among_bullets() and not self.subject_level:
            self.subject = None
        self._add(block)

    def _under_heading(self) -> bool:
        return self.part is not None and self.part.tier == HEADING and not self._is_open()

    def _below_sub_heading(self) -> bool:
        """Whether the text is under a deeper heading of a section that is not in the vocabulary: the
        next such heading would be lost in a section that starts here."""
        part = self.part
        return (
            part is not None
            and part.key == "other"
            and part.level > 0
            and any(block.kind == "heading" for block in part.blocks)
        )

    def _may_start(self, key: str, label: Label) -> bool:
        """Whether a label starts the section it names, in the section where it is."""
        if label.rest and self._below_sub_heading():
            return False
        if self.part is None or self._among_bullets() or self._is_open():
            return is_clear(label.text) or not label.rest or self.part is None
        if self.part.tier == HEADING:
            # A bold line may be the heading of a section that has none; but pregnancy is one of the
            # usual labels inside the warnings.
            usual_label = (self.part.key, key) == ("warnings", "pregnancy")
            lifted = key in self.ahead.lifted and not usual_label
            is_remark = _IN_BRACKETS.fullmatch(inline_text(label.rest).strip()) is not None
            return (
                (not label.rest or (key == "faqs" and is_remark))
                and not self._in_faqs()
                and lifted
                and is_clear(label.text)
            )
        in_core = key in vocabulary().core and "(" in label.text
        return key != self.part.key and (is_clear(label.text) or in_core)

    # lists

    def _leads_to_sections(self, at: int, level: int) -> bool:
        return self.ahead.leads_to_sections(at, level, among_bullets=self._among_bullets())

    def _count_sections(self, block: Block) -> int:
        return self.ahead.count_sections(block, among_bullets=self._among_bullets())

    def _has_sections_within(self, block: Block) -> bool:
        return self.ahead.has_sections_within(block, among_bullets=self._among_bullets())

    def _is_list_of_sections(self, block: Block) -> bool:
        """Whether a list's items are sections: labels that name some, where no section is open that
        would own them."""
        if self.part and self.part.key == "names" and self.part.tier == LABEL:
            return self._has_sections_within(block)
        if not (self._is_open() or self._among_bullets()):
            return False
        expected = (self.part is None and self.subject is not None) or self._among_bullets()
        return self._count_sections(block) >= (1 if expected else 2) or self._has_sections_within(
            block
        )

    def _list(self, block: Block) -> None:
        outer = self.subject
        for item in block.children:
            lists = [
                child
                for child in item.children
                if child.kind == "list" and self._count_sections(child) > 1
            ]
            label = label_of(item)
            if lists and label:
                self._drug_item(item, label)
                self.part = Part("other", "", outer, BULLET, item.line)
            else:
                self.subject = outer if self._has_sections_within(block) else self.subject
                self._items(replace(block, children=(item,)))
        if self._has_sections_within(block):
            self.subject = outer

    def _drug_item(self, item: Block, label: Label) -> None:
        """An item that names a drug and holds the list of its sections."""
        self.subject, self.part = subject_of(label.text), None
        self._add_runs(label.rest, item.line)
        for child in item.children[1:]:
            if child.kind == "list":
                self._items(child)
            else:
                self._add(child)

    def _items(self, block: Block) -> None:
        for item in block.children:
            label = label_of(item)
            if label is None or not label.closed:
                if not self.parts or self.part is not self.parts[-1]:
                    self.part = Part("other", "", self.subject, BULLET, item.line)
                    self.parts.append(self.part)
                self.part.blocks.append(replace(block, children=(item,)))
                continue
            key = key_for(label.text, self.title)
            is_section = (
                key and key != "note" and (is_clear(label.text) or key in vocabulary().core)
            )
            self._start(key if key and is_section else "other", label, item.line)
            if self.part:
                self.part.blocks.extend(item.children[1:])


def _with_words(heading: Block, words: str) -> Block:
    """A heading with these words alone, without markup."""
    runs = heading.runs
    if len(runs) == 1 and runs[0].kind == "text" and runs[0].text == words:  # as most are
        return heading
    return replace(heading, runs=(text_run(words),))
