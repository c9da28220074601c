"""The values of front matter: each is brought to one form, or refused with a sentence that says
what to write."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import BeforeValidator

from ..model import monograph
from ..model.classification import ATC_CODE
from ..model.dates import is_interval
from ..regex import regex
from .schema_errors import describe_value
from .schema_texts import as_instant, as_line, as_text

T = TypeVar("T")


class Place(NamedTuple):
    """Mark of a field of which site rules need to know where its value is (see `places_in`)."""

    name: str
    by_value: bool = False
    """Whether each value has a place of its own, `name:value`."""


_PARTIAL_DATE = regex(r"\d{4}(-(0[1-9]|1[0-2]))?")


def _word(value: Any) -> Any:
    """A word of a fixed set: `AI generated` and `ai-generated` are `ai_generated`."""
    return re.sub(r"[\s_-]+", "_", value.strip().lower()) if isinstance(value, str) else value


def _kind(value: Any) -> Any:
    word = _word(value)
    return "drug" if word == "substance" else word


def _audience(value: Any) -> Any:
    words = [_word(part) for part in value] if isinstance(value, list) else [_word(value)]
    return (
        "both"
        if "patient" in words and "professional" in words
        else words[0]
        if len(words) == 1
        else value
    )


def _interval(value: Any) -> str:
    text = as_line(value)
    if text and not is_interval(text):
        raise ValueError(
            f"{describe_value(text)} is not an interval.\nWrite it as '36 months' or '3 years'."
        )
    return text


def _atc(value: Any) -> Any:
    """One or several codes of the ATC classification, also in one text: `N02BE01, N02BE51`."""
    values = value if isinstance(value, list) else [value]
    codes = [
        code for part in values for code in re.split(r"[\s,;/]+", as_line(part).upper()) if code
    ]
    for code in codes:
        if not ATC_CODE.fullmatch(code):
            raise ValueError(
                f"{describe_value(code)} is not an ATC code.\nWrite it like 'N02BE01' or 'N02'."
            )
    return codes


def _partial_date(value: Any) -> str:
    text = "" if isinstance(value, date) else as_text(value)
    return text if _PARTIAL_DATE.fullmatch(text) else as_instant(value)


def _published(value: Any) -> str:
    """A date in any wording: publications are also dated by season or quarter."""
    return value.isoformat() if isinstance(value, date) else as_line(value)


def _url(value: Any) -> str:
    text = as_text(value)
    if text and not re.match(r"https?://[^\s/]|/(?!/)", text, re.IGNORECASE):
        raise ValueError(
            f"{describe_value(text)} is not an address.\n"
            "Write one that starts with https:// or, on this site, /."
        )
    return text


def many(value: Any) -> Any:
    """A list: a single value becomes a list of it, None an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def short(key: str) -> Callable[[Any], Any]:
    """A validator for the short form of a mapping: a text is the value of its `key`."""
    return lambda value: {key: value} if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(as_text)]
Line = Annotated[str, BeforeValidator(as_line)]
Instant = Annotated[str, BeforeValidator(as_instant)]
PartialDate = Annotated[str, BeforeValidator(_partial_date)]
Published = Annotated[str, BeforeValidator(_published)]
Url = Annotated[str, BeforeValidator(_url)]
Many = Annotated[tuple[T, ...], BeforeValidator(many)]
AtcCodes = Annotated[tuple[str, ...], BeforeValidator(_atc)]
Interval = Annotated[str, BeforeValidator(_interval)]
Kind = Annotated[monograph.Kind, BeforeValidator(_kind)]
Audience = Annotated[monograph.Audience, BeforeValidator(_audience)]
State = Annotated[monograph.State, BeforeValidator(_word)]
Origin = Annotated[monograph.Origin, BeforeValidator(_word)]
ReviewStatus = Annotated[
    Literal["draft", "submitted", "in_review", "approved", "retired"], BeforeValidator(_word)
]
AlertLevel = Annotated[
    Literal["boxed", "recall", "safety", "shortage", "banned"], BeforeValidator(_word)
]
SourceType = Annotated[
    Literal[
        "label",
        "guideline",
        "systematic_review",
        "rct",
        "observational",
        "database",
        "textbook",
        "web",
        "article",
        "report",
        "other",
    ],
    BeforeValidator(_word),
]
