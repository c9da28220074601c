"""Values that another tool's front matter has under the names of our keys: they are set aside, and
shown under their own name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.finding import Finding
from ..model.source import Source
from .findings_front_matter import FOREIGN_VALUE, WRONG_VALUE
from .front_matter import FrontMatter
from .schema_errors import advice_on, findings_on, is_slip, key_path

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]

_ALWAYS_SERIOUS = frozenset({"is_banned"})
"""Keys of which every value that cannot be read is an error: readers must not miss a ban."""
_SERIOUS_WHEN_MISSPELT = frozenset(
    {"status.state", "review.status", "alerts.level", "provenance.origin"}
)
"""Keys of which a misspelt word (`aproved`, `baned`) is an error: its page would state less, or
more, than the author meant."""


class ForeignValue(NamedTuple):
    """A value that is set aside, and the path of its key."""

    path: Path
    value: Any


class Foreign:
    """The values of one file that were set aside, and the findings on them."""

    def __init__(self, front: FrontMatter, source: Source) -> None:
        self.values: list[ForeignValue] = []
        self.findings: list[Finding] = []
        self._front, self._source = front, source

    def set_aside(self, error: ValidationError, data: dict[str, Any]) -> dict[str, Any]:
        """The data without the values that an error is about.

        A value is taken out alone where it has a key of its own; an element of a list goes with its
        list, whose other elements would otherwise have another number.
        """
        errors = findings_on(error, WRONG_VALUE, self._source.path, self._front)
        for detail, finding in zip(error.errors(include_url=False), errors, strict=True):
            path = _existing_key(data, detail["loc"])
            if is_slip(detail) or key_path(detail["loc"]) in _ALWAYS_SERIOUS:
                self.findings.append(finding if _is_serious(detail) else _lighter(finding))
            elif not any(value.path[: len(path)] == path for value in self.values):
                self.findings.append(_lighter(finding, _common_text(detail)))
            if path:
                self.values.append(ForeignValue(path, _value_at(data, path)))
                data = _without(data, path)
        return data


def _lighter(finding: Finding, text: str = "") -> Finding:
    """The same as a foreign value; with another text where there is one."""
    text = text or f"{finding.message}\n{finding.hint}"
    return FOREIGN_VALUE.at(finding.path, finding.span, text, finding.length)


def _common_text(detail: ErrorDetails) -> str:
    """What is said of every foreign value of a key, whatever it is: many files have them."""
    return (
        f"{key_path(detail['loc'])}: the value is not understood; the page shows it among the other "
        f"details.\n{advice_on(detail)}"
    )


def _is_serious(detail: ErrorDetails) -> bool:
    path = key_path(detail["loc"])
    return path in _ALWAYS_SERIOUS or (path in _SERIOUS_WHEN_MISSPELT and is_slip(detail))


def _existing_key(data: dict[str, Any], loc: Path) -> Path:
    """The part of an error's path that ends at the innermost key that is in the data: that of the
    wrong value, or, where a key is missing, that of the value that lacks it."""
    path: Path = ()
    value: Any = data
    for step in loc:
        if isinstance(step, int) and not isinstance(value, list):
            continue  # the only element, written without the list
        is_there = step in value if isinstance(value, dict) else _is_index(step, value)
        if not is_there:
            break
        path, value = (*path, step), value[step]
    while path and isinstance(path[-1], int):
        path = path[:-1]
    return path


def _is_index(step: str | int, value: Any) -> bool:
    return isinstance(step, int) and isinstance(value, list) and step < len(value)


def _value_at(value: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        value = value[step]
    return value


def _without(value: Any, path: Path) -> Any:
    """A copy of a value without what is at a path, which ends at a key."""
    step, *rest = path
    if isinstance(value, list):
        return [
            _without(part, tuple(rest)) if number == step else part
            for number, part in enumerate(value)
        ]
    if rest:
        return {**value, step: _without(value[step], tuple(rest))}
    return {key: part for key, part in value.items() if key != step}
