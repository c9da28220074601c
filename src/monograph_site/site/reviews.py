"""Dates: when a review is due again, and whether the time stamps of the content are one import."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime

from ..model.dates import months_after
from ..model.monograph import Review


def is_overdue(review: Review, months: int, as_of: str) -> bool:
    """Whether a review that took place has to be repeated by now. What was never reviewed is
    unreviewed, not overdue.

    `as_of` is today's ISO date; `months` count from the last review where the text names no date
    for the next.
    """
    if review.status == "retired":
        return False
    due = review.next_due[:10] or months_after(review.on, months)
    return bool(due) and due < as_of[:10]


def one_import(stamps: Sequence[str]) -> bool:
    """Whether at least ten files have a machine's time stamp and nine in ten of them fall within
    one hour."""
    times = sorted(time for time in map(_seconds, stamps) if time is not None)
    if len(times) < 10:
        return False
    most = max(bisect_right(times, start + 3600) - place for place, start in enumerate(times))
    return most * 10 >= len(times) * 9


def _seconds(stamp: str) -> float | None:
    try:
        time = datetime.fromisoformat(stamp)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
