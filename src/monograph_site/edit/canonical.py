"""From the conventions of formularies to the canonical form: edits that give each section a heading
`## Dosage`, each question a heading `### May I drive?`, and each text of the front matter a section.

The edits are proposals: `convert` keeps those after which the record is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..loader.faq_pairs import Pair
from ..loader.faq_prefixes import ANSWER_PREFIX, QUESTION_NUMBER
from ..loader.front_sections import front_sections
from ..loader.labels import BULLET, label_of
from ..loader.parts import Part, subject_of
from ..markdown.blocks import Block
from ..model.strings import squash
from ..regex import regex
from ..source.schema import read_fields
from .fixes import Page
from .text import Edit
from .yaml_spans import remove_entry

SECTION, QUESTION, SUBJECT, MOVED = "section", "question", "subject", "moved"
"""Names of edits: what they make of a place."""
_SECTION_LEVEL = 2
_HEADING = regex(r"[ ]{0,3}#{1,6}[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = regex(r"[ ]{0,3}(?:=+|-{2,})[ \t]*")
_ITEM = regex(r"(?P<margin>[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+)")
_BOLD = regex(r"(?P<open>\*\*\*|\*\*|__|\*|_)(?P<text>(?:(?!(?P=open)).)+?)\s*(?P=open)")
_WHOLE_BOLD = regex(r"(\*\*|__)(?P<text>(?:(?!\1).)+)\1\s*:?\s*(?P<id>\{[^{}]*\})?")
_AFTER_LABEL = regex(r"\s*:?\s*(?:[-–—]\s+(?!\d))?")
_PLAIN_LABEL = regex(r"(?P<text>[^:*_]{1,120}?)\s*:(?:\s+|$)")
_MARKUP_BEFORE = regex(r"^(?:[ \t>]|[-*+][ \t]|\d{1,3}[.)][ \t]|#{1,6}[ \t]|[*_])*")
_MARKUP_AFTER = regex(r"[*_]*[ \t]*#*[ \t]*")
_BREAK = regex(r"(?:[ \t]+|\\)$")


def section_edits(page: Page) -> Iterator[Edit]:
    """An edit for each section whose heading is not in the canonical form."""
    items = dict(_items(page.draft.document.blocks))
    for part, line in section_lines(page):
        level = _SECTION_LEVEL + (part.subject is not None)
        item = items.get(line) if part.tier == BULLET else None
        edit = _from_item(page, item, level) if item else _from_line(page, line, level, SECTION)
        if edit:
            yield edit


def section_lines(page: Page) -> Iterator[tuple[Part, int]]:
    """The sections of the body that have a heading or label, each with its line."""
    taken = 0
    for part in page.draft.outline.parts:
        if part.line >= page.draft.front.body_line and part.heading:
            taken = _line_of(page, part, max(part.line, taken + 1))
            yield part, taken


def _line_of(page: Page, part: Part, first: int) -> int:
    """The line of the label that starts a section, which may be within a paragraph."""
    words = squash(part.heading)
    number, last = first, page.text.count("\n") + 1
    while number <= last and (line := page.file.line(number)[1]).strip():
        label = _label(line.strip())
        if words in squash(line) and (number == part.line or (label and words == squash(label[0]))):
            return number
        number += 1
    return part.line


def subject_edits(page: Page) -> Iterator[Edit]:
    """An edit for each line that names the drug of the sections below it."""
    subjects = {part.subject for part in page.draft.outline.parts} - {None}
    starts = {line for _, line in section_lines(page)}
    for block in page.draft.document.blocks if subjects else ():
        label = label_of(block) if block.line not in starts else None
        if label and not label.rest and subject_of(label.text) in subjects:
            edit = _from_line(page, block.line, _SECTION_LEVEL, SUBJECT)
            if edit:
                yield edit


def question_edits(page: Page) -> Iterator[Edit]:
    """An edit for each question that is not a heading of its own."""
    items = dict(_items(page.draft.document.blocks))
    levels = {part.heading: part.subject is not None for part in page.draft.outline.parts}
    level = _SECTION_LEVEL + 1 + any(levels.values())
    for pair in page.draft.body.pairs:
        edit = _question(page, pair, items.get(pair.line), level)
        if edit:
            yield edit


def front_edits(page: Page) -> Iterator[Edit]:
    """Edits that move the texts of the front matter into sections of the body."""
    draft = page.draft
    fields, _ = read_fields(page.front, page.source)
    sections = [*front_sections(page.front, fields)] if page.front.document else []
    removals = [
        remove_entry(page.source, page.front, [section.name], MOVED) for section in sections
    ]
    if not sections or not all(removals):
        return
    for removal in removals:
        yield from removal
    parts = [part for part in draft.outline.parts if part.line >= draft.front.body_line]
    top = next((part.line for part in parts if part.key != "preamble"), 0)
    texts: dict[int, str] = {}
    for section in sections:
        line = next((part.line for part in parts if part.key == section.key), top)
        at = page.file.line(line)[0] if line else len(page.text)
        texts[at] = texts.get(at, "") + f"## {section.heading}\n\n{section.markdown}\n\n"
    for at, text in texts.items():
        lead = "\n" if at > draft.body_start and not _is_blank_line_before(page, at) else ""
        yield Edit(at, at, lead + text, MOVED)


def lines_left(page: Page) -> Iterator[int]:
    """The lines that start a section or question and are not headings, and those of clinical texts
    that are still in the front matter."""
    is_heading = re.compile(r"#{2,6} ").match
    for _, line in section_lines(page):
        if not is_heading(page.file.line(line)[1]):
            yield line
    for pair in page.draft.body.pairs:
        words = _question_words(page, pair)
        line = page.text.count("\n", 0, words.start()) + 1 if words else pair.line
        if not is_heading(page.file.line(line)[1]):
            yield line


# one line or item


def _from_line(page: Page, number: int, level: int, name: str) -> Edit | None:
    """The heading in place of a line that starts a section, with its text below it; None where it is
    such a heading already, or cannot be told from its text."""
    start, line = page.file.line(number)
    end = start + len(line)
    heading = _HEADING.fullmatch(line)
    following = page.text[end + 1 : page.text.find("\n", end + 1) + 1 or None]
    if heading:
        text, rest = _bare(heading["text"]), ""
    elif _UNDERLINE.fullmatch(following.rstrip("\n")):
        text, rest, end = _bare(line.strip()), "", end + len(following.rstrip("\n")) + 1
    else:
        label = _label(line.strip())
        if label is None:
            return None
        text, rest = label
    return _with_blank_lines(page, start, end, f"{'#' * level} {text}", rest, name)


def _from_item(page: Page, item: Block, level: int) -> Edit | None:
    """The same for a list item, with the blocks below it moved out of the list."""
    start, line = page.file.line(item.line)
    mark = _ITEM.match(line)
    label = _label(line[mark.end() :].strip()) if mark else None
    if mark is None or label is None:
        return None
    last_start, last_line = page.file.line(item.last)
    end = last_start + len(last_line)
    below = page.text[start + len(line) + 1 : end] if item.last > item.line else ""
    rest = f"{label[1]}\n{_dedented(below, len(mark['margin']))}".strip("\n")
    return _with_blank_lines(page, start, end, f"{'#' * level} {label[0]}", rest, SECTION)


def _label(text: str) -> tuple[str, str] | None:
    """The words of a label, and the text behind it."""
    bold = _BOLD.match(text)
    if bold:
        behind = _AFTER_LABEL.match(text, bold.end())
        rest = text[behind.end() if behind else bold.end() :]
        return bold["text"].strip().rstrip(": ").strip(), _without_break(rest)
    plain = _PLAIN_LABEL.match(text)
    if plain:
        return plain["text"].strip(), _without_break(text[plain.end() :])
    return (text, "") if text.isupper() else None


def _without_break(text: str) -> str:
    return _BREAK.sub("", text)


def _bare(text: str) -> str:
    """The words of a heading without the bold around all of them, and its colon."""
    bold = _WHOLE_BOLD.fullmatch(text)
    words = bold["text"] + (f" {bold['id']}" if bold["id"] else "") if bold else text
    return words.strip().rstrip(": ").strip() if not words.endswith("}") else words.strip()


def _dedented(text: str, margin: int) -> str:
    """Lines moved to the left by the margin of their list item, as far as they are indented."""
    return "\n".join(
        line[min(margin, len(line) - len(line.lstrip())) :] for line in text.split("\n")
    )


def _with_blank_lines(
    page: Page, start: int, end: int, heading: str, rest: str, name: str
) -> Edit | None:
    """The edit that puts a heading and the text below it between blank lines; None where nothing
    changes."""
    before, after = page.text[:start], page.text[end:]
    lead = "\n" if before and not _is_blank_line_before(page, start) else ""
    text = f"{lead}{heading}" + (f"\n\n{rest}" if rest.strip() else "")
    if _needs_blank_line(page, end) and (not rest.strip() or _starts_block(after[1:])):
        text += "\n"
    return Edit(start, end, text, name) if page.text[start:end] != text else None


def _needs_blank_line(page: Page, end: int) -> bool:
    """Whether a line of text follows a line that ends at an offset, and gets no blank line before it
    as the start of a section or question."""
    following = page.text[end + 1 : page.text.find("\n", end + 1) + 1 or None]
    number = page.text.count("\n", 0, end) + 2
    starts = {line for _, line in section_lines(page)}
    starts.update(pair.line for pair in page.draft.body.pairs)
    return bool(following.strip()) and number not in starts


def _starts_block(text: str) -> bool:
    return _ITEM.match(text) is not None or text.startswith(("#", "|", ">"))


def _is_blank_line_before(page: Page, start: int) -> bool:
    line_start = page.text.rfind("\n", 0, max(start - 1, 0)) + 1
    is_top = start <= page.draft.body_start
    return is_top or not page.text[line_start : max(start - 1, 0)].strip()


def _items(blocks: tuple[Block, ...]) -> Iterator[tuple[int, Block]]:
    """The items of all lists, by their first line; of nested ones the outer one."""
    for block in reversed(blocks):
        yield from _items(block.children)
        if block.kind == "item":
            yield block.line, block


# questions


def _question(page: Page, pair: Pair, item: Block | None, level: int) -> Edit | None:
    """A heading in place of the words of a question, with the answer below it."""
    words = _question_words(page, pair)
    if words is None:
        return None
    start, line = page.file.line(page.text.count("\n", 0, words.start()) + 1)
    behind = _MARKUP_AFTER.match(page.text, words.end())
    end = behind.end() if behind else words.end()
    last = _end_of_line(page, item.last) if item else page.text.find("\n", end)
    last = last if last >= 0 else len(page.text)
    mark = _ITEM.match(line) if item else None
    answer = _without_prefix(_dedented(page.text[end:last], len(mark["margin"]) if mark else 0))
    text = _heading_of(page, start, level, words.group())
    if not answer.strip() and not item:
        prefix = _prefix_below(page, last)
        if prefix:
            closing = "**" * (prefix.group().count("**") == 1)
            return Edit(start, prefix.end(), f"{text}\n\n{closing}", QUESTION)
    text += f"\n\n{answer.strip()}" if answer.strip() else ""
    text += "\n" if _needs_blank_line(page, last) else ""
    return None if page.text[start:last] == text else Edit(start, last, text, QUESTION)


def _question_words(page: Page, pair: Pair) -> re.Match[str] | None:
    """The words of a question in the file, where nothing but markup and its number is before them on
    the line."""
    if any(run.kind not in ("text", "strong", "em", "break") for run in pair.question):
        return None
    start = page.file.line(pair.line)[0]
    words = _words(pair.text).search(page.text, start)
    if words is None or "\n\n" in page.text[start : words.start()]:
        return None
    start = page.text.rfind("\n", 0, words.start()) + 1
    before = _MARKUP_BEFORE.sub("", page.text[start : words.start()], count=1)
    number = QUESTION_NUMBER.match(before)
    rest = before[number.end() :] if number else before
    return None if rest.strip("* ") else words


def _prefix_below(page: Page, end: int) -> re.Match[str] | None:
    """The prefix of an answer that is in the paragraph below a line."""
    following = re.compile(r"\s*").match(page.text, end)
    return ANSWER_PREFIX.match(page.text, following.end()) if following else None


def _heading_of(page: Page, start: int, level: int, words: str) -> str:
    lead = "" if _is_blank_line_before(page, start) else "\n"
    return f"{lead}{'#' * level} {' '.join(words.split())}"


def _end_of_line(page: Page, number: int) -> int:
    start, line = page.file.line(number)
    return start + len(line)


@cache
def _words(text: str) -> re.Pattern[str]:
    """A pattern for words, whatever white space is between them."""
    return re.compile(r"\s+".join(map(re.escape, text.split())))


def _without_prefix(answer: str) -> str:
    """An answer without its prefix, which may be in bold or an item of its own."""
    lead = re.match(r"\s*(?:[-*+]\s+)?", answer)
    start = lead.end() if lead else 0
    prefix = ANSWER_PREFIX.match(answer, start)
    if prefix is None:
        return answer
    closing = prefix.group().count("**") == 1  # bold that goes on behind the prefix
    return "**" * closing + answer[prefix.end() :]
