"""Dates: when a review is due again, and whether the time stamps of the content are one import."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime

from .model import Review


def is_overdue(review: Review, months: int, as_of: str) -> bool:
    """Whether a review that took place has to be repeated by now. What was never reviewed is unreviewed, not overdue.

    `as_of` is today's ISO date; `months` count from the last review where the text names no date for the next.
    """
    if review.status == "retired":
        return False
    due = review.next_due[:10] or months_after(review.on, months)
    return bool(due) and due < as_of[:10]


def months_after(day: str, months: int) -> str:
    """The ISO date some months after another, on the last day of a shorter month; '' where there is no such date."""
    try:
        start = date.fromisoformat(day[:10])
        years, month = divmod(start.month - 1 + months, 12)
        last = monthrange(start.year + years, month + 1)[1]
        return start.replace(year=start.year + years, month=month + 1, day=min(start.day, last)).isoformat()
    except ValueError:
        return ""


def one_import(stamps: Sequence[str]) -> bool:
    """Whether at least ten files have a machine's time stamp and nine in ten of them fall within one hour."""
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
