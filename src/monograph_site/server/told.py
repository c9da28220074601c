"""What the terminal hears of a change: one line, and the faults that it brought."""

from __future__ import annotations

import time

from .. import report
from ..live import Change
from .address import encoded

_NAMED = 3


def told(change: Change, seconds: float) -> str:
    """A change in words."""
    parts = [
        _pages(change), _counted(len(change.came), "new finding"), _counted(len(change.went), "finding", " gone")
    ]  # fmt: skip
    line = f"{time.strftime('%H:%M:%S')} {', '.join(part for part in parts if part)} ({seconds * 1000:.0f} ms)"
    grave = report.text(one for one in change.came if one.withheld)
    return f"{line}\n{grave}".rstrip()


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
