"""Typographic quotation marks, apostrophes, dashes and ellipses, where site.yaml asks for them.

Straight marks stay where they may be units or part of an amount (`5'`, `6"`, `5--10 mg`), in code, in
the words of links and in HTML of the source. Quotation marks are those of English; texts in other
languages, which have marks of their own, keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ..markdown.blocks import Block, Run
from ..markdown.html import escape
from ..regex import regex

_TAGS = {"text": "", "strong": "strong", "em": "em", "strike": "s"}
_MARKS = regex(r"""["']|(?<!\.)\.{3}(?!\.)|(?<!-)-{2,3}(?!-)""")
_CHARACTERS = ('"', "'", "--", "...")
_OPENS_AFTER = frozenset("([{/-–—“‘")
_DASHES = {"--": "–", "---": "—"}


def with_smart_punctuation(blocks: Iterable[Block], language: str) -> tuple[Block, ...]:
    """Blocks whose text has typographic marks. `language` is a tag of BCP 47."""
    has_quotes = language.partition("-")[0].lower() in ("", "en")
    return tuple(_block(block, has_quotes) for block in blocks)


def _block(block: Block, has_quotes: bool) -> Block:
    if block.kind in ("code", "html"):
        return block
    return replace(
        block,
        runs=_runs(block.runs, has_quotes),
        children=tuple(_block(child, has_quotes) for child in block.children),
        rows=tuple(tuple(_runs(cell, has_quotes) for cell in row) for row in block.rows),
    )


def _runs(runs: tuple[Run, ...], has_quotes: bool) -> tuple[Run, ...]:
    """The runs of one text: a quotation may begin in one and end in another."""
    if not any(mark in run.text for run in runs for mark in _CHARACTERS):
        return runs
    writer = _Writer(has_quotes)
    return tuple(map(writer.run, runs))


class _Writer:
    """Replaces marks in a text, run by run."""

    def __init__(self, has_quotes: bool) -> None:
        self.has_quotes = has_quotes
        self.before = ""
        """The character before the run."""
        self.is_open = False
        """Whether a quotation has begun."""

    def run(self, run: Run) -> Run:
        """The run with its marks replaced, where its text has no markup inside."""
        tag = _TAGS.get(run.kind)
        opening, closing = (f"<{tag}>", f"</{tag}>") if tag else ("", "")
        if tag is not None and run.html == f"{opening}{escape(run.text)}{closing}":
            text = self._text(run.text)
            run = Run(run.kind, text, f"{opening}{escape(text)}{closing}")
        self.before = " " if run.kind == "break" else (run.text[-1:] or self.before)
        return run

    def _text(self, text: str) -> str:
        pieces: list[str] = []
        end = 0
        for match in _MARKS.finditer(text):
            start = match.start()
            before = text[start - 1] if start else self.before
            after = text[match.end() : match.end() + 1]
            is_range = (
                text[:start].rstrip()[-1:].isdigit() and text[match.end() :].lstrip()[:1].isdigit()
            )
            mark = match.group()
            pieces += (text[end:start], mark if is_range else self._mark(mark, before, after))
            end = match.end()
        return "".join((*pieces, text[end:]))

    def _mark(self, mark: str, before: str, after: str) -> str:
        if mark == "...":
            return "…"
        if mark in _DASHES:
            is_between = before.isalpha() and after.isalpha()
            is_apart = before.isspace() and after.isspace()
            return _DASHES[mark] if is_between or is_apart else mark
        opens = not before or before.isspace() or before in _OPENS_AFTER
        opens = opens or (before == '"' and self.is_open)
        if mark == "'":
            return self._apostrophe(opens, before, after)
        if not self.has_quotes or (before.isdigit() and not self.is_open):
            return mark
        self.is_open = opens
        return "“" if opens else "”"

    def _apostrophe(self, opens: bool, before: str, after: str) -> str:
        if before.isalpha() and after.isalpha():
            return "’"
        if not self.has_quotes or before.isdigit() or (opens and not after.isalpha()):
            return "'"
        return "‘" if opens else "’"
