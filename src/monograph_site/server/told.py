"""What the terminal hears of a change: one line, and the faults that it brought."""

from __future__ import annotations

import time
from collections.abc import Sequence

from .. import report
from ..diagnostics import Diagnostic
from ..live import Change
from .address import encoded

_NAMED = 3


def told(change: Change, before: Sequence[Diagnostic], now: Sequence[Diagnostic], seconds: float) -> str:
    """A change in words. `before` and `now` are all findings before and after it."""
    new, gone = _without(now, before), _without(before, now)
    parts = [_pages(change), _counted(len(new - gone), "new finding"), _counted(len(gone - new), "finding", " gone")]
    line = f"{time.strftime('%H:%M:%S')} {', '.join(part for part in parts if part)} ({seconds * 1000:.0f} ms)"
    grave = report.text(one for one in new - gone if one.withheld)
    return f"{line}\n{grave}".rstrip()


def _without(found: Sequence[Diagnostic], others: Sequence[Diagnostic]) -> set[Diagnostic]:
    """The findings that are not among others. Of ten thousand nearly all are the same objects, which is cheap to see;
    to compare them all took longer than the edit."""
    same = set(map(id, others))
    return {one for one in found if id(one) not in same}


def _pages(change: Change) -> str:
    if change.urls is None:
        return "all pages may have changed"
    urls = sorted(change.urls, key=lambda url: (not url.endswith("/"), len(url), url))
    if not urls:
        return ""
    shown = (url if url.isprintable() else encoded(url) for url in urls[:_NAMED])
    return ", ".join(shown) + (f" and {len(urls) - _NAMED:,} more" if len(urls) > _NAMED else "")


def _counted(number: int, word: str, after: str = "") -> str:
    return f"{number:,} {word}{'s' if number > 1 else ''}{after}" if number else ""
