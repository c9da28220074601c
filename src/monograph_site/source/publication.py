"""Whether and when a file may be published, as its front matter states in the words of any usual
tool."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

DRAFT_KEYS = frozenset({"draft", "drafts", "unpublished", "private"})
"""Keys of which every value but false keeps the page from readers."""
PUBLISHED_KEYS = frozenset({"published", "publish"})
"""Keys of which only false does; another value may be a date."""
FROM_KEYS = ("publishDate", "publish_date", "publish-date", "publishdate")
UNTIL_KEYS = ("expiryDate", "expiry_date", "expirydate", "unpublishDate", "unpublish_date")
_FALSE = frozenset({"false", "no", "off", "0", ""})
_UNPUBLISHED_STATES = frozenset({"draft", "unpublished", "private", "wip", "work in progress"})
"""Values of `status` that other tools mean as 'not for readers'; none is a status of a medicine."""


def is_draft(data: Mapping[str, Any]) -> bool:
    """Whether front matter says that its page is not for readers yet. `review: draft` does not: that
    page is published with a notice."""
    return (
        any(key in data and not _is_false(data[key]) for key in DRAFT_KEYS)
        or any(key in data and _is_false(data[key], empty=False) for key in PUBLISHED_KEYS)
        or is_draft_status(data.get("status"))
    )


def is_draft_status(status: Any) -> bool:
    """Whether a `status` is one of a text, and says that it is not finished."""
    return isinstance(status, str) and re.sub(r"[\s_-]+", " ", status.strip().lower()) in (
        _UNPUBLISHED_STATES
    )


def _is_false(value: Any, *, empty: bool = True) -> bool:
    """Whether a value is false; `empty`: also where there is none."""
    if value is None or value == "":
        return empty
    return value is False or (isinstance(value, str) and value.strip().lower() in _FALSE)
