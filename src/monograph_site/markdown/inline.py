"""Cutting inline text: by character offset in its plain text, without breaking its markup."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..regex import regex
from .blocks import Block, Run, inline_text, text_run
from .html import escape

_BOLD_MARK = regex(r"\*{2,}")
_OPERATORS = regex(
    r"(?<=\w)\*+(?=\w)"  # inside a word: `m**2`
    r"|(?<=[\w)\]])\*+(?=[-+−(\[.]*\d)|(?<=\d)\*+(?=[-+−(\[])"  # `(a+b)**2`, `10**-6`, `10**(n)`
    r"|(?<=\d\s)\*+(?=\s)|(?<=\s)\*+(?=\s\d)"  # `10 ** 6`
    r"|(?<=\d)\*+(?=\s+\d)|(?<=\d\s)\*+(?=\d)|(?<=\d\W)\*+(?=\d)|(?<=\d)\*+(?=\W\d)"
)
"""Asterisks that may be part of a number, or without which two numbers would become one."""
_TAGS = {"strong": "strong", "em": "em", "strike": "s"}


def slice_runs(runs: Sequence[Run], start: int, end: int | None) -> tuple[Run, ...]:
    """The runs between two offsets of their joined plain text (`end` None: to the end).

    Emphasis with plain text inside is cut in two; a run with more inside (a link, nested emphasis)
    is never cut: it goes to the side where it starts.
    """
    found: list[Run] = []
    at = 0
    for run in runs:
        first, last = at, at + len(run.text)
        at = last
        stop = len(run.text) if end is None else min(end, last) - first
        begin = max(start, first) - first
        if begin <= 0 and stop >= len(run.text):
            found.append(run)
        elif begin < stop:
            found.extend(_cut(run, max(begin, 0), stop))
    return tuple(found)


def cut_prefix(runs: Sequence[Run], length: int) -> tuple[Run, ...]:
    """The runs without the first `length` characters of their plain text, even inside nested
    emphasis."""
    left = list(runs)
    while (left and length >= len(left[0].text) > 0) or (left and not left[0].text):
        length -= len(left.pop(0).text)
    if left and length > 0:
        run = left[0]
        cut = _cut(run, length, len(run.text))
        if not cut:
            prefix = escape(run.text[:length])
            opened, inner = _opening(run.html)
            cut = (
                (Run(run.kind, run.text[length:], opened + inner.removeprefix(prefix)),)
                if inner.startswith(prefix)
                else (run,)
            )
        left[:1] = cut
    return tuple(left)


def _cut(run: Run, start: int, end: int) -> tuple[Run, ...]:
    text = run.text[start:end]
    if run.kind == "text":
        return (text_run(text),)
    tag = _TAGS.get(run.kind)
    if tag and run.html == f"<{tag}>{escape(run.text)}</{tag}>":
        return (Run(run.kind, text, f"<{tag}>{escape(text)}</{tag}>"),)
    return (run,) if start == 0 else ()


def _opening(html: str) -> tuple[str, str]:
    at = 0
    while html[at : at + 1] == "<":
        at = html.index(">", at) + 1
    return html[:at], html[at:]


def without_bold_marks(text: str) -> str:
    """Text without the pairs of asterisks that are left of bold which nothing ends. Those that may
    be part of a number stay."""
    return "".join(text[start:end] for start, end in _kept(text)) if "**" in text else text


def runs_without_bold_marks(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The same for runs. Code, links and whatever has markup inside stay as they are."""
    text = inline_text(runs)
    if "**" not in text:
        return tuple(runs)
    found: list[Run] = []
    kept, at = _kept(text), 0
    for run in runs:
        last = at + len(run.text)
        inside = "".join(text[max(start, at) : min(end, last)] for start, end in kept)
        at = last
        found += [run] if inside == run.text else _with_text(run, inside)
    return tuple(found)


def blocks_without_bold_marks(blocks: Sequence[Block]) -> list[Block]:
    """The same for blocks, those in lists and quotations included."""
    return [
        replace(
            block,
            runs=runs_without_bold_marks(block.runs),
            children=tuple(blocks_without_bold_marks(block.children)),
        )
        if "**" in block.text
        else block
        for block in blocks
    ]


def _kept(text: str) -> list[tuple[int, int]]:
    """The stretches of a text between left bold marks."""
    kept, at = [], 0
    for mark in _BOLD_MARK.finditer(text):
        if _OPERATORS.match(text, mark.start()) is None:
            kept.append((at, mark.start()))
            at = mark.end() - (mark.end() - mark.start()) % 2
    return [*kept, (at, len(text))]


def _with_text(run: Run, text: str) -> list[Run]:
    if run.kind == "text":
        return [text_run(text)] if text else []
    tag = _TAGS.get(run.kind)
    if tag and run.html == f"<{tag}>{escape(run.text)}</{tag}>":
        return [Run(run.kind, text, f"<{tag}>{escape(text)}</{tag}>")]
    return [run]
