"""Calendar arithmetic on ISO dates, and the intervals between reviews."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_INTERVAL = re.compile(r"([1-9]\d{0,3}) (month|year)s?")


def is_interval(text: str) -> bool:
    """Whether a text is an interval such as `36 months` or `3 years`."""
    return _INTERVAL.fullmatch(text) is not None


def months_in(interval: str) -> int:
    """The months in an interval. ValueError where it is not one."""
    match = _INTERVAL.fullmatch(interval)
    if match is None:
        raise ValueError(f"{interval!r} is not an interval")
    return int(match[1]) * (12 if match[2] == "year" else 1)


def months_after(day: str, months: int) -> str:
    """The ISO date a number of months after another, in a shorter month its last day; '' where the
    text is not a date or the result is out of range."""
    try:
        start = date.fromisoformat(day[:10])
        years, month = divmod(start.month - 1 + months, 12)
        last = monthrange(start.year + years, month + 1)[1]
        return start.replace(
            year=start.year + years, month=month + 1, day=min(start.day, last)
        ).isoformat()
    except ValueError:
        return ""
