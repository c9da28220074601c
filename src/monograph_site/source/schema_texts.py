"""Values of front matter as text. Reading them needs no pydantic, which takes a tenth of a second to
import."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ..model.dates import iso_date
from ..model.strings import collapse
from ..regex import regex
from .schema_errors import describe_value

_INSTANT = regex(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-][\d:]+)?)?")


def as_text(value: Any) -> str:
    """A value as text, without the white space around it. Raises ValueError for a list, a mapping or
    a truth value."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        raise ValueError(
            f"must be text, not {describe_value(value)}.\nPut it in quotes if it is meant as a word."
        )
    if isinstance(value, int | float | date):
        return str(value)
    raise ValueError(
        f"must be text, not {describe_value(value)}.\nWrite one text, on one line or in quotes."
    )


def as_line(value: Any) -> str:
    """A value as text on one line. Raises what `as_text` raises."""
    return collapse(as_text(value))


def as_instant(value: Any) -> str:
    """An ISO date, or date and time; `2025-01-20 10:00` gets its `T`. Another form is read where it
    is certain (see `iso_date`). Raises ValueError for another."""
    text = value.isoformat() if isinstance(value, date) else as_text(value)
    if text and _INSTANT.match(text) is None:
        text = iso_date(text) or text
    joined = text.replace(" ", "T", 1).replace(" ", "")
    try:
        if text and (_INSTANT.fullmatch(joined) is None or datetime.fromisoformat(joined) is None):
            raise ValueError
    except ValueError:
        raise ValueError(
            f"{describe_value(text)} is not a date.\nWrite it as YYYY-MM-DD, such as 2025-01-31."
        ) from None
    return joined


def plain(value: Any) -> str:
    """Any front matter value as a line of text."""
    if isinstance(value, dict):
        return ", ".join(
            f"{label_of_path((key,))}: {plain(part)}"
            for key, part in value.items()
            if part not in (None, "")
        )
    if isinstance(value, list):
        separator = "; " if any(isinstance(part, dict | list) for part in value) else ", "
        return separator.join(plain(part) for part in value if part is not None)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip()


def label_of_path(path: Iterable[str | int]) -> str:
    """`US_supply` → `US supply`, `packSize` → `Pack Size`, and the keys of a path joined by a
    colon."""
    words = (
        re.sub(r"(?<=[a-z])(?=[A-Z])|[_\s-]+", " ", key).strip()
        for key in path
        if isinstance(key, str)
    )
    text = ": ".join(words)
    return text[:1].upper() + text[1:]
