"""Calendar arithmetic on ISO dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: str, months: int) -> str:
    """The ISO date some months after another, on the last day of a shorter month; '' where there is
    no such date."""
    try:
        start = date.fromisoformat(day[:10])
        years, month = divmod(start.month - 1 + months, 12)
        last = monthrange(start.year + years, month + 1)[1]
        return start.replace(
            year=start.year + years, month=month + 1, day=min(start.day, last)
        ).isoformat()
    except ValueError:
        return ""
