"""Calendar arithmetic on ISO dates, and the intervals between reviews."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from ..regex import regex

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR_FIRST = regex(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_YEAR_LAST = regex(r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})")
_MONTH_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY_AND_NAME = regex(
    rf"(?:[a-z]{{3,9}},?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH_NAME},?[\s-]+(?P<year>\d{{4}})"
)
_NAME_AND_DAY = regex(
    rf"(?:[a-z]{{3,9}},?\s+)?{_MONTH_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
)
_INTERVAL = regex(r"([1-9]\d{0,3}) (month|year)s?")


def iso_date(text: str) -> str:
    """A date in another form as an ISO date, where it can only mean one day: `16-05-2023`,
    `2023/5/6`, `6 May 2023`; '' for `12/01/2026`, which may be a day in January or in December."""
    plain = text.strip().lower()
    for form in (_YEAR_FIRST, _YEAR_LAST, _DAY_AND_NAME, _NAME_AND_DAY):
        if match := form.fullmatch(plain):
            break
    else:
        return ""
    parts = match.groupdict()
    year, day = int(parts["year"]), int(parts["day"])
    month = _MONTHS.index(parts["name"][:3]) + 1 if "name" in parts else int(parts["month"])
    if form is _YEAR_LAST and month > 12:
        day, month = month, day
    elif form is _YEAR_LAST and day <= 12 and day != month:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


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
