"""Cutting inline text: by character offset in its plain text, without breaking its markup."""

from __future__ import annotations

from collections.abc import Sequence

from .blocks import Run, text_run
from .html import escape

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
