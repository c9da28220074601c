"""Reviews: when one is overdue, what follows for search engines, and whether the time stamps of the
content are one import."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime

from ..config import Config
from ..model.dates import months_after
from ..model.monograph import Review
from .entry import Entry

MIN_STAMPS = 10
"""Fewer time stamps than this are not taken for an import."""
IMPORT_SECONDS = 3600
"""Time stamps of one import lie within this time of one another."""


def is_overdue(review: Review, months: int, as_of: str) -> bool:
    """Whether a review that took place should have been repeated. A text that was never reviewed is
    unreviewed, not overdue.

    `as_of` is the ISO date that counts as today. `months` count from the last review, where the
    text names no date for the next.
    """
    if review.status == "retired":
        return False
    due = review.next_due[:10] or (review.on and months_after(review.on, months))
    return bool(due) and due < as_of[:10]


def is_unindexed(entry: Entry, config: Config) -> bool:
    """Whether search engines are asked to leave out the page of an entry: no monograph, a text with
    a serious fault or, where site.yaml says so, one that is not approved."""
    if entry.not_a_monograph or "fault" in entry.alerts:
        return True
    if entry.kind == "page":
        return entry.has_errors
    return config.review.noindex_unapproved and entry.review.status != "approved"


def is_one_import(stamps: Sequence[str]) -> bool:
    """Whether at least ten files have a machine's time stamp, and nine in ten of these fall within
    one hour."""
    times = sorted(time for time in map(_timestamp, stamps) if time is not None)
    if len(times) < MIN_STAMPS:
        return False
    largest = max(
        bisect_right(times, start + IMPORT_SECONDS) - at for at, start in enumerate(times)
    )
    return largest * 10 >= len(times) * 9


def _timestamp(stamp: str) -> float | None:
    """Seconds since 1970 of an ISO date or time; None for another text."""
    try:
        time = datetime.fromisoformat(stamp)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
