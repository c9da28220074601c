"""What the terminal hears of a change: one line, and the faults that it brought."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from .. import report
from ..diagnostics import Diagnostic
from ..live import Change

_NAMED = 3


def told(change: Change, before: Iterable[Diagnostic], now: Iterable[Diagnostic], seconds: float) -> str:
    """A change in words. `before` and `now` are all findings before and after it."""
    known, found = set(before), set(now)
    new, gone = found - known, known - found
    parts = [_pages(change), *_counted(len(new), "new finding"), *_counted(len(gone), "finding", " gone")]
    line = f"{time.strftime('%H:%M:%S')} {', '.join(part for part in parts if part)} ({seconds * 1000:.0f} ms)"
    grave = report.text(list(_grave(new)))
    return f"{line}\n{grave}".rstrip()


def _pages(change: Change) -> str:
    if change.urls is None:
        return "all pages may have changed"
    urls = sorted(change.urls, key=lambda url: (not url.endswith("/"), len(url), url))
    if not urls:
        return ""
    return ", ".join(urls[:_NAMED]) + (f" and {len(urls) - _NAMED:,} more" if len(urls) > _NAMED else "")


def _counted(number: int, word: str, after: str = "") -> Iterator[str]:
    if number:
        yield f"{number:,} {word}{'s' if number > 1 else ''}{after}"


def _grave(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those that keep a file from being a page."""
    return (one for one in found if one.withheld)
