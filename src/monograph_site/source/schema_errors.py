"""What pydantic finds wrong, in the words of the person who wrote the value, at its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from ..model.finding import Finding, FindingKind
from ..model.source import Span
from ..model.suggest import closest, did_you_mean

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_MAPPING = (
    "a mapping (lines of 'key: value')",
    "Write the keys below it, each indented, or {key: value}.",
)


MAX_SHOWN_LENGTH = 60
"""Characters of a value that a message shows."""


_EXPECTED = {
    "string_type": ("text", "Write one text, in quotes if it looks like a number or a date."),
    "bool_type": ("true or false", "Write true or false, without quotes."),
    "bool_parsing": ("true or false", "Write true or false, without quotes."),
    "int_type": ("a whole number", "Write it in digits."),
    "int_parsing": ("a whole number", "Write it in digits."),
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dataclass_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": ("a list", "Write it as [first, second]."),
    "list_type": ("a list", "Write it as [first, second]."),
}
"""Kind of pydantic's error -> what is expected, and what to do."""


class Places(Protocol):
    """The places of the values of a text: a `YamlDocument`, or what has one."""

    def span_of(self, *path: str | int) -> Span:
        """Where the value at a path of keys starts."""

    def length_of(self, *path: str | int) -> int:
        """How many characters of that line it takes."""


def findings_on(
    error: ValidationError, kind: FindingKind, path: str, places: Places
) -> tuple[Finding, ...]:
    """A finding of this kind for each error, at the value that its path of keys leads to."""
    return tuple(
        kind.at(
            path,
            places.span_of(*loc),
            f"{key_path(loc)}: {_message(detail)}",
            places.length_of(*loc),
        )
        for detail in error.errors(include_url=False)
        for loc in (detail["loc"],)
    )


def is_slip(detail: ErrorDetails) -> bool:
    """Whether a value is nearly one of the allowed words: it is meant for this tool, and misspelt."""
    return detail["type"] == "literal_error" and bool(
        closest(str(detail["input"]), _choices(detail))
    )


def advice_on(detail: ErrorDetails) -> str:
    """What to write instead of a wrong value; the same for every wrong value of a key."""
    if detail["type"] == "literal_error":
        return f"Where it is meant for this tool, write {detail['ctx']['expected']}."
    return _message(detail).partition("\n")[2]


def key_path(steps: Iterable[str | int]) -> str:
    """A path as an author knows it: the keys, without the indices in lists."""
    return ".".join(step for step in steps if isinstance(step, str))


def describe_value(value: Any) -> str:
    """A value for a message: what it is, or the value itself, cut short."""
    if value is None:
        return "empty"
    if isinstance(value, list | tuple | dict):
        word = "mapping" if isinstance(value, dict) else "list"
        return f"the {word} {_cut(_flow(value))}"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{_cut(text)}{text[0]}"


def _flow(value: Any) -> str:
    """A value as YAML in one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(part)}' for key, part in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    return "" if value is None else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[: MAX_SHOWN_LENGTH - 3]}…"


def _choices(detail: ErrorDetails) -> list[str]:
    """The words that pydantic allows."""
    expected = str(detail["ctx"]["expected"])
    return [part for part in expected.split("'") if part.strip(", ") not in ("", "or")]


def _message(detail: ErrorDetails) -> str:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "literal_error":
        expected = str(context["expected"])
        fix = did_you_mean(str(value), _choices(detail)) or "Write one of them."
        return f"{describe_value(value)} is not one of {expected}.\n{fix}"
    if kind == "missing":
        key = str(detail["loc"][-1])
        near = closest(key, map(str, value)) if isinstance(value, dict) else ""
        return f"is missing.\n{f'Is {near!r} meant to be {key!r}?' if near else f'Add {key!r}.'}"
    if kind == "value_error":
        return str(context["error"])
    if kind in _EXPECTED:
        expected, fix = _EXPECTED[kind]
        return f"must be {expected}, not {describe_value(value)}.\n{fix}"
    return f"{detail['msg']}, not {describe_value(value)}."
