"""What pydantic finds wrong, said in the words of the person who wrote the value, at its place; and 'did you mean'."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from .diagnostics import Diagnostic, Finding
from .text import Span, squash

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

NEAR = 75.0
"""The least likeness, of 100, that makes a word a near miss: `lnag` for `lang` is 75."""

_LONG = 60
"""Characters of a value that a message shows."""
_EXPECTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "model_type": "a mapping (lines of 'key: value')",
    "model_attributes_type": "a mapping (lines of 'key: value')",
    "dataclass_type": "a mapping (lines of 'key: value')",
    "dict_type": "a mapping (lines of 'key: value')",
    "tuple_type": "a list",
    "list_type": "a list",
}

HOW = {
    "text": "Write only the text behind the colon.",
    "true or false": "Write one of the two words.",
    "a whole number": "Write digits only.",
    "a mapping (lines of 'key: value')": "Write its parts below it, indented, each in a line of its own.",
    "a list": "Write its parts below it, each in a line of its own that starts with '- '.",
}
"""What to do where a value should be something else."""


def faults(error: ValidationError, finding: Finding, path: str, span_of: Callable[..., Span]) -> tuple[Diagnostic, ...]:
    """One diagnostic for each thing wrong, at the value its path of keys leads to."""
    return tuple(
        finding.at(path, span_of(*detail["loc"]), f"{key_path(detail['loc'])}: {_message(detail)}")
        for detail in error.errors(include_url=False)
    )


def key_path(steps: Iterable[str | int]) -> str:
    """A path as an author knows it: the keys, without the places in lists (the line says those)."""
    return ".".join(step for step in steps if isinstance(step, str))


def closest(word: str, choices: Iterable[str]) -> str:
    """The choice a word was probably meant to be; '' where none is near."""
    from rapidfuzz import fuzz, process  # only a fault needs it, and most runs have none
    from rapidfuzz.distance import OSA

    names, key = sorted(choices), squash(word)
    best = process.extractOne(key, names, scorer=fuzz.ratio, processor=squash, score_cutoff=NEAR)
    if best is not None:
        return best[0]
    # `ulr` is only 67 like `url`, and one slip away; of two letters every two words are.
    slips = (name for name in names if len(key) > 2 and OSA.distance(key, squash(name), score_cutoff=1) <= 1)
    return next(slips, "")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A sentence that offers the nearest choice, '' where none is near."""
    near = closest(word, choices)
    return f"Did you mean {near!r}?" if near else ""


def shown(value: Any) -> str:
    """A value for a message: what it is, or the value itself, cut short."""
    if value is None:
        return "empty"
    if isinstance(value, list | tuple | dict):
        kind = "mapping" if isinstance(value, dict) else "list"
        return f"the {kind} {_cut(_flow(value))}"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= _LONG else f"{_cut(text)}{text[0]}"


def _flow(value: Any) -> str:
    """A value as YAML in one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(part)}' for key, part in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    return "" if value is None else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 3]}…"


def _message(detail: ErrorDetails) -> str:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "literal_error":
        expected = str(context["expected"])
        choices = [part for part in expected.split("'") if part.strip(", ") not in ("", "or")]
        return f"{shown(value)} is not one of {expected}.\n{did_you_mean(str(value), choices)}"
    if kind == "missing":
        return "is missing."
    if kind == "value_error":
        return str(context["error"])
    if kind in _EXPECTED:
        return f"must be {_EXPECTED[kind]}, not {shown(value)}.\n{HOW[_EXPECTED[kind]]}"
    return f"{detail['msg']}, not {shown(value)}."
