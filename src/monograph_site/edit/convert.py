"""`convert`: a content file in the canonical form, with the same record, and what became of each of its
blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from ..config import Config
from ..markdown.blocks import Block
from ..model.finding import Finding
from .canonical import MOVED, front_edits, lines_left, question_edits, section_edits, subject_edits
from .fix import fix_content
from .fixes import NEUTRAL, Page
from .text import Edit, FileText, without_overlaps

MAX_ROUNDS = 8
"""Rounds of proposals: a heading may make it possible to tell another one."""
REFUSED = "the canonical form would change the page"
FATES = ("recognised", "moved", "repaired", "unplaced")


class UnplacedBlock(NamedTuple):
    """A block that stays as it is."""

    line: int
    reason: str


class ConvertedFile(Struct):
    """What conversion made of a file."""

    content: bytes
    fates: Counter[str] = field(default_factory=Counter)
    """The number of blocks of the original by what became of them (see FATES): recognised in their
    place, moved to another one, repaired, or left as they are. The keys of the front matter count as
    blocks."""
    unplaced: tuple[UnplacedBlock, ...] = ()
    problem: str = ""
    """Why the file was not converted; '' where it was."""


def convert_content(path: str, content: bytes, config: Config) -> ConvertedFile:
    """A file in the canonical form. Its record is that of the original; what would change the record
    is left as it is. Raises UnicodeDecodeError."""
    original = Page(path, FileText.of(content), config)
    if original.monograph is None:
        return ConvertedFile(content, problem="no page can be made of it")
    page = Page(path, FileText.of(_repaired(path, content, config)), config)
    for _ in range(MAX_ROUNDS):
        before = page
        for propose in (front_edits, _headings, section_edits, question_edits):
            page = _propose(page, propose)
        if page is before:
            break
    return _account(original, page)


def _repaired(path: str, content: bytes, config: Config) -> bytes:
    """The file after the corrections that change nothing in its record."""

    def is_wanted(finding: Finding) -> bool:
        return finding.name in NEUTRAL

    return fix_content(path, content, config, is_wanted).content


def _headings(page: Page) -> Iterator[Edit]:
    """The edits of sections and of the drugs over them, which may need each other."""
    yield from section_edits(page)
    yield from subject_edits(page)


def _propose(page: Page, propose: Callable[[Page], Iterator[Edit]]) -> Page:
    """The page after as many of the proposed edits as leave the record the same."""
    kept = _sound(page, [], without_overlaps(propose(page)))
    return replace(page, file=page.file.with_edits(kept)) if kept else page


def _sound(page: Page, kept: list[Edit], edits: Sequence[Edit]) -> list[Edit]:
    """The edits, besides those that are kept already, after which the record is the same: all of
    them, or what is left of each half."""
    if not edits:
        return kept
    candidate = replace(page, file=page.file.with_edits([*kept, *edits]))
    if candidate.monograph == page.monograph:
        return [*kept, *edits]
    if len(edits) == 1 or edits[0].name == MOVED:
        return kept
    middle = len(edits) // 2
    return _sound(page, _sound(page, kept, edits[:middle]), edits[middle:])


# what became of each block


def _account(original: Page, converted: Page) -> ConvertedFile:
    """The result, with the fate of each key of the front matter and each block of the original."""
    fates: Counter[str] = Counter()
    front = converted.draft.front.data
    for key, value in original.draft.front.data.items():
        is_moved = key not in front and key != "description"
        fates["moved" if is_moved else "recognised" if front.get(key) == value else "repaired"] += 1
    left = {converted.file.line(number)[1] for number in lines_left(converted)}
    remaining = set(converted.text.split("\n"))
    repaired = {
        finding.span.line for finding in original.loaded.findings if finding.name in NEUTRAL
    }
    unplaced: list[UnplacedBlock] = []
    for block in original.draft.document.blocks:
        numbers = range(block.line, block.last + 1)
        lines = [original.file.line(number)[1] for number in numbers]
        reason = REFUSED if not left.isdisjoint(lines) else _without_heading(original, block)
        if reason:
            unplaced.append(UnplacedBlock(block.line, reason))
        elif block.kind == "list" and not remaining.issuperset(lines):
            fates["moved"] += 1
        else:
            fates["recognised" if repaired.isdisjoint(numbers) else "repaired"] += 1
    fates["unplaced"] += len(unplaced)
    return ConvertedFile(converted.file.content, fates, tuple(unplaced))


def _without_heading(page: Page, block: Block) -> str:
    """What is wrong with a block that follows a section and is not part of it; else ''."""
    parts = page.draft.outline.parts
    above = [part for part in parts if part.line <= block.line]
    last = max(above, key=lambda part: part.line, default=None)
    is_rest = last is not None and last.key == "other" and not last.heading
    return "it is under no heading of its own" if is_rest else ""
