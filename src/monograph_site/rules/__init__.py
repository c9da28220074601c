"""The validation rules, one module each; the docstring of a rule's function is its manual page.

A rule is a function from a `Draft` to diagnostics. To add one, add a module here that puts its function into `RULES`
under the name of its finding, and a test document of the same name in `tests/rules/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from ..diagnostics import Diagnostic
from ..draft import Draft
from ..registry import Registry, discover

Rule = Callable[[Draft], Iterator[Diagnostic]]
"""Yields what it finds in one file; it must not raise, and must not look at anything but the draft."""

RULES: Registry[Rule] = Registry("rule")


def check(page: Draft) -> Iterator[Diagnostic]:
    """Everything all rules find in a file, in the order of the rules' names."""
    for rule in _rules():
        yield from rule(page)


@cache
def _rules() -> tuple[Rule, ...]:
    discover(__name__)
    return RULES.values()
